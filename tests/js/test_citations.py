"""Citing while one types, in a real browser, against the rule of the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.verdicts import citations

MODULE = Path(__file__).resolve().parent.parent.parent / "assets" / "js" / "lib" / "citations.js"


@pytest.fixture(scope="module")
def tab(one_browser: Any) -> Iterator[Any]:
    context = one_browser.new_context()
    page = context.new_page()
    page.evaluate(
        """source => import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})))
            .then(module => { window.citations = module })""",
        MODULE.read_text(),
    )
    yield page
    context.close()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab .,[]0123456789;\n", max_size=60), st.integers(0, 12))
def test_the_browser_reads_the_same_numbers_as_the_server(tab: Any, text: str, count: int) -> None:
    found = tab.evaluate(
        "([text, count]) => [citations.cited(text), citations.unknown(text, count)]", [text, count]
    )

    assert found == [citations.cited(text), citations.unknown(text, count)]


@pytest.mark.parametrize(
    ("before", "after", "typed"),
    [
        ("So [", "", ""),
        ("So [1", " and", "1"),
        ("So", "", None),
        ("So [1]", "", None),
        ("So [", "2] it", None),
    ],
)
def test_an_open_bracket_asks_for_a_number(tab: Any, before: str, after: str, typed: str | None) -> None:
    assert (
        tab.evaluate("([text, caret]) => citations.begun(text, caret)", [before + after, len(before)])
        == typed
    )


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("So [", ".", "So [3]."),
        ("So [1", ".", "So [3]."),
        ("So", ".", "So [3]."),
        ("So ", "it is", "So [3]it is"),
        ("So [1]", ".", "So [1][3]."),
        ("", "", "[3]"),
    ],
)
def test_a_number_goes_in_at_the_caret(tab: Any, before: str, after: str, whole: str) -> None:
    found = tab.evaluate(
        """([text, caret]) => {
            const { from, to, words } = citations.citing(text, caret, 3);
            return text.slice(0, from) + words + text.slice(to);
        }""",
        [before + after, len(before)],
    )

    assert found == whole
