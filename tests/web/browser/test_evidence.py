"""Sources weighed in the panel as hands do it: flagged, given a figure, set apart; by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.claims.services.wording import edit_claim
from annotations.people.models import User
from annotations.snapshots.copies import pasted
from annotations.sources.services import keep_copy
from tests import factories
from tests.sources.test_origins import OWN_HEAD, WITH_DATELINE
from tests.web.browser.test_workbench_page import open_as  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Any]


def test_sources_are_weighed_by_mouse_and_by_keyboard(
    open_as: Open,  # noqa: F811
    article: Article,
    reviewer: User,
) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    edit_claim(claim=claim, version=claim.version, said_on=date(2025, 1, 8), by=reviewer)
    facts = {"is_primary": False, "published_on": date(2025, 3, 4)}
    for paper, text in (("Times", WITH_DATELINE), ("Herald", OWN_HEAD)):
        item = factories.cited(claim, reviewer, title=paper, publisher=paper, **facts)
        keep_copy(source=item.source, matter=pasted(text), by=reviewer)
    page = open_as(reviewer, article, claim)
    first, last = page.locator("#sources .src").nth(0), page.locator("#sources .src").nth(1)

    # By mouse: a figure and why, then the other one is set apart.
    first.get_by_text("Edit", exact=True).click()
    first.get_by_label("Reason in a line").fill("It counts soldiers.")
    first.get_by_text("A figure of this source").first.click()
    first.get_by_label("Number").fill("12,300")
    first.get_by_label("Unit").fill("soldiers")
    first.get_by_role("button", name="Save").click()
    expect(first).to_contain_text("12,300 is 2.5 % over “more than 12,000”.")
    expect(page.locator("#sources")).to_contain_text("tell the same wire story")
    last.get_by_role("button", name="No, it tells its own story").click()
    expect(last).to_contain_text("Set apart by hand")

    # By keyboard alone: flagged, and answered.
    first.locator("summary", has_text="Flag").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Counts vehicles, too.")
    page.keyboard.press("Enter")
    expect(first.locator(".note")).to_contain_text("Counts vehicles, too.")
    first.get_by_label("What was done about it").focus()
    page.keyboard.type("Asked the author.")
    page.keyboard.press("Enter")
    expect(first).to_contain_text("Answered flags · 1")
    expect(page.locator("#needs")).to_contain_text("Later sources")
