"""The browser's side of the span rule, in a real browser, against the Python side and the real template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.articles.text import clean_or_refuse, has_visible
from annotations.claims import spans
from annotations.screens.text import Mark, text_of

MODULE = Path(__file__).resolve().parent.parent.parent / "assets" / "js" / "lib" / "spans.js"
PIECES = [
    "soldiers", "12,000", "the U.N.", "👩‍🚀", "🇰🇵", "👍🏽", "e\u0301te\u0301", "ﷺ", "مرحبا", "שלום", "한국",
    "नमस्ते", "𝔘𝔫",
    "\u202eabc\u202c", "<b>&amp;</b>", "“quoted”", "x\u200dy",
]  # fmt: skip
texts = st.lists(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4
).flatmap(lambda parts: st.sampled_from(["\n\n", "\n", "\n \n\n"]).map(lambda gap: gap.join(parts)))


@pytest.fixture(scope="module")
def tab(one_browser: Any) -> Iterator[Any]:
    context = one_browser.new_context()
    page = context.new_page()
    page.set_content("<main></main>")
    page.evaluate(
        """source => import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})))
            .then(module => { window.spans = module })""",
        MODULE.read_text(),
    )
    yield page
    context.close()


def show(tab: Any, text: str, marks: list[tuple[int, int]]) -> None:
    """Put the article on the page as the workbench would, reference numbers included."""
    found = [
        Mark(n, a, b, n, "candidate", "", f"Claim {n}, Candidate", f"?claim={n}")
        for n, (a, b) in enumerate(marks, start=1)
    ]
    board = {"paragraphs": text_of(text, found)}
    html = render_to_string("workbench/_text.html", {"board": board, "article": {}, "here": "/"})
    tab.evaluate("html => { document.querySelector('main').innerHTML = html }", html)


def select(tab: Any, start: int, end: int) -> dict[str, Any] | None:
    """Select these code points the way a person does, and read the span back from the selection."""
    found: dict[str, Any] | None = tab.evaluate(
        """([start, end]) => {
            const article = document.getElementById('article');
            const range = spans.rangeOf(article, start, end);
            if (!range) return null;
            const selection = getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
            return spans.spanOfSelection(article, selection);
        }""",
        [start, end],
    )
    return found


@settings(max_examples=60, deadline=None)
@given(text=texts, data=st.data())
def test_a_selection_comes_back_as_the_words_that_the_server_has_there(
    tab: Any, text: str, data: Any
) -> None:
    text = clean_or_refuse(text)
    words = [piece for piece in text.split() if has_visible(piece)]
    first = data.draw(st.integers(0, len(words) - 1))
    start = _place(text, first)
    last = data.draw(st.integers(first, len(words) - 1))
    end = _place(text, last) + len(words[last])
    show(tab, text, [(start, end), (0, max(1, start))])

    found = select(tab, start, end)

    assert found == vars(spans.pin(text, start, end))


@settings(max_examples=60, deadline=None)
@given(text=texts, data=st.data())
def test_any_cut_grows_to_whole_graphemes_and_always_passes_the_servers_check(
    tab: Any, text: str, data: Any
) -> None:
    text = clean_or_refuse(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    show(tab, text, [])

    found = tab.evaluate(
        """([text, start, end]) => spans.describe(text, spans.toUtf16(text, start), spans.toUtf16(text, end))""",
        [text, start, end],
    )

    if found is None:
        assert not has_visible(text[start:end])
    else:
        spans.check(text, **found)
        assert found["start"] <= start + len(text[start:end]) - len(text[start:end].lstrip())
        assert found["end"] >= end - (len(text[start:end]) - len(text[start:end].rstrip()))


@settings(max_examples=80, deadline=None)
@given(text=st.text(min_size=1, max_size=40), data=st.data())
def test_positions_are_converted_as_python_converts_them(tab: Any, text: str, data: Any) -> None:
    at = data.draw(st.integers(0, len(text)))
    units = spans.code_points_to_utf16(text, at)

    there, back = tab.evaluate(
        "([text, at, units]) => [spans.toUtf16(text, at), spans.toCodePoints(text, units)]", [text, at, units]
    )

    assert (there, back) == (units, at)


def test_half_an_emoji_is_the_whole_emoji(tab: Any) -> None:
    text = "They sent 👩‍🚀 home."

    found = tab.evaluate("text => spans.describe(text, 11, 12)", text)

    assert found["exact"] == "👩‍🚀"
    assert (found["start"], found["end"]) == (10, 13)


def test_reference_numbers_are_no_words_of_the_article(tab: Any) -> None:
    text = "Over 12,000 soldiers are there and 45,000 died."
    show(tab, text, [(0, 20), (35, 46)])

    found = tab.evaluate(
        """() => {
            const article = document.getElementById('article');
            getSelection().selectAllChildren(article);
            return spans.spanOfSelection(article, getSelection());
        }"""
    )

    assert found["exact"] == text


def test_a_selection_that_begins_inside_a_reference_number_begins_behind_it(tab: Any) -> None:
    text = "Over 12,000 soldiers are there."
    show(tab, text, [(0, 20)])

    found = tab.evaluate(
        """() => {
            const article = document.getElementById('article');
            const number = article.querySelector('sup a').firstChild;
            const tail = article.querySelector('p').lastChild;
            getSelection().setBaseAndExtent(number, 0, tail, tail.data.length);
            return spans.spanOfSelection(article, getSelection());
        }"""
    )

    assert found["exact"] == "are there."


def test_a_selection_outside_the_article_is_none(tab: Any) -> None:
    tab.evaluate(
        """() => {
            const html = '<p id=other>words</p><div id=article><p data-start=0>text</p></div>';
            document.querySelector('main').innerHTML = html;
        }"""
    )

    found = tab.evaluate(
        """() => {
            getSelection().selectAllChildren(document.getElementById('other'));
            return spans.spanOfSelection(document.getElementById('article'), getSelection());
        }"""
    )

    assert found is None


def _place(text: str, number: int) -> int:
    at = 0
    for n, word in enumerate(piece for piece in text.split() if has_visible(piece)):
        at = text.index(word, at)
        if n == number:
            return at
        at += len(word)
    raise AssertionError(number)
