"""Where a text repeats a claim: the very words, the same words, and the same figures with the same main words."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.mentions.matching import (
    EXACT,
    LIKE,
    SAME,
    figures,
    figures_pattern,
    main_words,
    places,
    words_pattern,
)

CLAIM = "over 12,000 North Korean soldiers are in Russia"


def found(text: str, words: str) -> list[tuple[str, str]]:
    return [(text[place.start : place.end], place.kind) for place in places(text, words)]


def test_the_very_words_are_found_each_time() -> None:
    text = f"He said {CLAIM}. Later: {CLAIM}?"

    assert found(text, CLAIM) == [(CLAIM, EXACT), (CLAIM, EXACT)]


@pytest.mark.parametrize(
    "written",
    [
        "Over 12,000 North Korean soldiers are in Russia",
        "over 12,000\nNorth  Korean soldiers\u00a0are in Russia",
        "OVER 12,000 NORTH KOREAN SOLDIERS ARE IN RUSSIA",
    ],
)
def test_other_case_and_white_space_are_the_same_words(written: str) -> None:
    assert found(f"Well: {written}!", CLAIM) == [(written, SAME)]


def test_any_quote_mark_is_the_same_quote_mark() -> None:
    assert found("He called it «a “great” day».", '“a "great" day”') == [("«a “great” day»", SAME)]


def test_words_inside_other_words_and_numbers_inside_other_numbers_are_not_meant() -> None:
    text = "512,000 boats, 12,000.5 boats, 12,000 boatsmen and 12,000 boats."

    assert found(text, "12,000 boats") == [("12,000 boats", EXACT)]
    assert found("It cost 1.12 and 12,5 and 12.", "12") == [("12", EXACT)]


def test_a_sentence_with_the_same_figure_and_most_main_words_is_offered() -> None:
    text = (
        "Officials repeated it. In Russia there were more than 12 thousand Korean soldiers from the North, they said."
        " The 12,000 voters stayed at home."
    )

    assert found(text, CLAIM) == [
        ("In Russia there were more than 12 thousand Korean soldiers from the North, they said.", LIKE)
    ]


def test_another_figure_is_never_offered() -> None:
    assert found("Over 11,000 North Korean soldiers are in Russia.", CLAIM) == []


def test_words_without_a_figure_are_found_as_words_only() -> None:
    words = "the harbour was closed to cars"

    assert figures_pattern(words) == ""
    assert found("Cars: the harbour was closed.", words) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,000", 12_000),
        ("12.000", 12_000),
        ("12 thousand", 12_000),
        ("1.5 million", 1_500_000),
        ("5bn", 5 * 10**9),
    ],
)
def test_a_figure_is_its_value_however_it_is_written(text: str, value: int) -> None:
    assert figures(f"about {text} of them") == {Decimal(value).normalize()}


def test_a_plural_does_not_change_a_main_word() -> None:
    assert main_words("The soldiers’ boats") & main_words("a soldier with a boat") == {"soldier", "boat"}


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_are_found_in_a_text_that_holds_them_as_such(before: str, words: str) -> None:
    words = words.strip()
    text = f"{before} {words} ."

    hits = places(text, words) if words else []

    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    if words and words.isalnum():
        assert any(text[hit.start : hit.end] == words for hit in hits)


@given(st.text(min_size=1, max_size=300))
def test_the_pattern_for_the_database_fits_the_words_it_was_made_from(words: str) -> None:
    pattern = words_pattern(words)

    assert re.search(pattern, words)


def test_a_long_article_is_searched_in_linear_time() -> None:
    short = "Over 12,000 men came. Nothing else happened on that day in the town.\n\n" * 500
    long = short * 8
    times = []
    for text in (short, long):
        start = time.perf_counter()
        places(text, CLAIM)
        times.append(time.perf_counter() - start)

    assert times[1] < 24 * max(times[0], 0.01)
