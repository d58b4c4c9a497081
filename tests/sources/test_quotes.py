"""Quoted words in a stored copy: what counts as the same, and what never does."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.sources.folding import fold
from annotations.sources.quotes import State, find_quote

COPY = (
    "Press release, 8 January.\n\nThe ambassador said: “Over 12,000 soldiers are currently in Russia, and they did not "
    "leave – at least not yet.” She added that the council’s in\u00adfor\u00adma\u00adtion is dated.\n\n"
    "In Gaza, officials count 45,000 dead; the ministry in the capital does not agree. "
    "Sanctions of 1718 (2006) stay in force..."
)


def say(quote: str, copy: str = COPY, near: int | None = None) -> tuple[str, str]:
    found = find_quote(copy, quote, near=near)
    return found.state, copy[found.start : found.end]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Over 12,000 soldiers are currently in Russia", "Over 12,000 soldiers are currently in Russia"),
        ("Over 12,000  soldiers\nare currently", "Over 12,000 soldiers are currently"),
        ("“Over 12,000 soldiers”", "Over 12,000 soldiers"),
        ("did not leave - at least not yet", "did not leave – at least not yet"),
        ("did not leave—at least not yet.", "did not leave – at least not yet."),
        ("the council's information is dated", "the council’s in\u00adfor\u00adma\u00adtion is dated"),
        ("officials count 45,000 dead.", "officials count 45,000 dead"),
        ("stay in force…", "stay in force..."),
        (
            "In Gaza, […] the ministry in the capital",
            "In Gaza, officials count 45,000 dead; the ministry in the capital",
        ),
        (
            "The ambassador said ... in Russia",
            "The ambassador said: “Over 12,000 soldiers are currently in Russia",
        ),
    ],
)
def test_what_printing_changes_is_no_difference(quote, words):
    assert say(quote) == (State.VERIFIED, words)


@pytest.mark.parametrize(
    "quote",
    [
        "Over 12,500 soldiers are currently in Russia",
        "Over 12.000 soldiers are currently in Russia",
        "Over 1,200 soldiers are currently in Russia",
        "Over 12000 soldiers are currently in Russia",
        "and they did leave – at least not yet",
        "they did … leave",
        "the ministry in the capital does agree",
        "the ministry in the capital … agree",
        "Over 12,000 soldiers are currently in Belarus",
        "over 12,000 soldiers are currently in russia",
        "leave – at least not yet",
        "Sanctions of 1718 (2016) stay in force",
    ],
)
def test_other_digits_negations_and_names_are_near_at_best(quote):
    state, words = say(quote)

    assert state == State.NEAR
    assert words in COPY


@pytest.mark.parametrize(
    ("copy", "quote"),
    [
        ("It killed 12,000 people.", "It killed 12"),
        ("It killed 12 000 people.", "It killed 12"),
        ("It killed 12.5 people a day.", "It killed 12"),
        ("It cost 12 million.", "It cost 12"),
        ("It rose 12% in May.", "It rose 12"),
        ("It rose 12 percent in May.", "It rose 12"),
        ("They count 10–12 ships.", "They count 10"),
        ("They count 10–12 ships.", "12 ships"),
        ("It fell to −5 degrees.", "5 degrees"),
        ("It fell to -5 degrees.", "It fell to 5 degrees"),
        ("He did not kill her.", "kill her"),
        ("He didn’t kill her.", "kill her"),
        ("It is 6'5 tall.", 'It is 6"5 tall'),
        ("それは12万人だ", "それは12"),
        ("Er hat das nicht gesagt.", "gesagt"),
        ("This is unreliable.", "reliable"),
    ],
)
def test_no_figure_is_cut_short_and_no_negation_cut_off(copy, quote):
    assert find_quote(copy, quote).state != State.VERIFIED


@pytest.mark.parametrize(
    ("copy", "quote"),
    [
        ("- 5 people died.", "5 people died"),
        ("2010 – 2012 were hard.", "2010-2012 were hard"),
        ("Il a dit «\u00a0oui\u00a0» hier.", "Il a dit “oui” hier"),
        ("He e\u0301te\u0301 here", "He été here"),
        ("The ﬁrst oﬃce", "The first office"),
        ("약 12,000명의 병력이 러시아에 있다", "12,000명의 병력이 러시아"),
        ("他说有很多人。", "有很多人"),
        ("قال إن “الوضع صعب” اليوم", 'قال إن "الوضع صعب" اليوم'),
    ],
)
def test_other_scripts_and_marks_are_verified_as_well(copy, quote):
    found = find_quote(copy, quote)

    assert found.state == State.VERIFIED
    assert found.score == 1.0


@pytest.mark.parametrize("quote", ["Nothing of this stands there at all", "…", "“”", "   ", "—", "\x00"])
def test_what_is_not_there_is_not_found(quote):
    assert say(quote) == (State.NOT_FOUND, "")


def test_an_ellipsis_does_not_join_what_stands_far_apart():
    copy = "The first words. " + "Filler sentence. " * 500 + "The last words."

    assert find_quote(copy, "The first words … The last words").state != State.VERIFIED


def test_of_several_places_the_nearest_is_taken_and_else_the_first():
    copy = "Five men came. Six went. Five men came. Six went. Five men came."

    assert find_quote(copy, "Five men came").start == 0
    assert find_quote(copy, "Five men came", near=26).start == 25
    assert find_quote(copy, "Five men came", near=60).start == 50


def test_a_paraphrase_is_near_at_the_passage_it_resembles():
    state, words = say("officials count some 45,000 dead and the ministry in the capital does not agree")

    assert state == State.NEAR
    assert words.startswith("officials count") and words.endswith("agree")


def test_a_near_passage_takes_in_the_word_that_stands_for_the_one_quoted():
    state, words = say("45,000 dead; the ministry in the town", COPY)
    other, figure = say("12,500 soldiers are currently in Russia, and they")

    assert (state, words) == (State.NEAR, "45,000 dead; the ministry in the capital")
    assert (other, figure) == (State.NEAR, "12,000 soldiers are currently in Russia, and they")


@pytest.mark.parametrize(
    ("copy", "quote"),
    [
        ("a" * 1_000_000, "b" * 5_000),
        ("a " * 500_000, "a " * 2_000 + "b"),
        (" " * 1_000_000, "word"),
        ("-" * 500_000 + "." * 500_000, "- . - ."),
        ("ab … " * 200_000, "ab … ab … ab … zz"),
        ("not " * 250_000, "a not " * 800),
        ("12,000 soldiers " * 60_000, "12,000 soldiers … 12,001 soldiers"),
        ("e\u0301" * 400_000, "e\u0301" * 2_000 + "x"),
    ],
    ids=range(8),
)
def test_a_megabyte_takes_seconds_at_most_however_it_is_built(copy, quote):
    began = time.monotonic()

    find_quote(copy, quote[:5_000])

    assert time.monotonic() - began < 8


pieces = st.lists(
    st.sampled_from(
        ["not", "12,000", "Shea", "soldiers", "…", "“yes”", "–", "-5", "5 %", "e\u0301", "\u00ad", "\n", "İ"]
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(copy=pieces, quote=pieces)
def test_what_is_verified_has_the_same_digits_and_letters(copy, quote):
    found = find_quote(copy, quote)

    assert 0 <= found.start <= found.end <= len(copy)
    if found.state == State.VERIFIED and "..." not in fold(quote).text:
        kept = re.compile(r"[^\W_]")
        assert kept.findall(fold(copy[found.start : found.end]).text) == kept.findall(fold(quote).text)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60), data=st.data())
def test_places_lead_back_to_the_words_they_came_from(text, data):
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))

    first, last = folded.places(start, end)

    assert 0 <= first <= last <= len(text)
    letters = re.compile(r"[^\W_]")
    assert "".join(letters.findall(folded.text[start:end])) in "".join(
        letters.findall(fold(text[first:last]).text)
    )


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(st.sampled_from("alpha beta gamma delta 12,000 not Kim".split()), min_size=6, max_size=30),
    data=st.data(),
)
def test_whole_words_taken_from_a_copy_are_found_where_they_were_taken(words, data):
    copy = " ".join(words)
    start = data.draw(st.integers(0, len(words) - 2))
    end = data.draw(st.integers(start + 1, len(words)))
    quote, at = " ".join(words[start:end]), len(" ".join(words[:start])) + bool(start)

    found = find_quote(copy, quote, near=at)

    assert copy[found.start : found.end] == quote
    assert found.state == State.VERIFIED or words[start - 1] == "not"
