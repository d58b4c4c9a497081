"""A picture of every page and state, by day and by night, at three widths. No test: run by `make screenshots`.

The pictures land in `var/screenshots/`, named page-width-scheme.png; pages of text are taken down to their foot.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from annotations.people.models import User
from tests.journeys.test_axe import desk

__all__ = ["desk"]

pytestmark = pytest.mark.django_db(transaction=True)

OUT = Path(__file__).resolve().parent.parent / "var" / "screenshots"
HEIGHTS = {1440: 900, 1024: 768, 390: 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", HEIGHTS)
def test_take_screenshots(
    width: int,
    scheme: str,
    desk: dict[str, str],
    new_page: Callable[..., Any],
    live_server: Any,
    editor: User,
) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    session = {"name": "session", "value": client.cookies["session"].value, "url": live_server.url}
    page = new_page(
        viewport={"width": width, "height": HEIGHTS[width]}, color_scheme=scheme, reduced_motion="reduce"
    )

    for name, address in sorted(desk.items(), key=lambda item: item[0] != "sign-in"):
        page.goto(address)
        page.locator("main").wait_for()
        page.wait_for_load_state("load")
        file = f"{re.sub('[^a-z0-9]+', '-', name)}-{width}-{scheme}.png"
        page.screenshot(path=OUT / file, full_page=not page.locator("main.board").count())
        page.context.add_cookies([session])
