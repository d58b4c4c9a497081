"""Moments in the browser's own zone, and the way from UTC into a field and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

MODULE = (Path(__file__).resolve().parent.parent.parent / "assets/js/lib/moments.js").read_text()


@pytest.fixture(scope="module")
def call(one_browser: Any) -> Any:
    """A function of the module, run in a blank tab in Berlin, where it is an hour later than in UTC."""
    context = one_browser.new_context(timezone_id="Europe/Berlin")
    page = context.new_page()
    page.evaluate(
        "async (text) => { window.moments = await import(`data:text/javascript,${encodeURIComponent(text)}`); }",
        MODULE,
    )
    yield lambda script: page.evaluate(script)
    context.close()


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2025-01-09T16:00:00Z", "today 17:00"),
        ("2025-01-09T23:30:00Z", "tomorrow 00:30"),
        ("2025-01-08T08:05:00Z", "yesterday 09:05"),
        ("2025-03-02T08:05:00Z", "2 Mar, 09:05"),
        ("2026-01-09T16:00:00Z", "9 Jan 2026, 17:00"),
    ],
)
def test_moments_are_said_as_people_say_them(call: Any, at: str, words: str) -> None:
    assert call(f"() => moments.said(new Date('{at}'), new Date('2025-01-09T11:00:00Z'))") == words


def test_a_field_shows_local_time_and_sends_utc(call: Any) -> None:
    assert call("() => moments.localValue(new Date('2025-07-01T10:00Z'))") == "2025-07-01T12:00"
    assert call("() => moments.utcValue('2025-07-01T12:00')") == "2025-07-01T10:00"
    assert call("() => moments.utcValue('')") == ""
    assert call("() => moments.utcValue('nonsense')") == ""
