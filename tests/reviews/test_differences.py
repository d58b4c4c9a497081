"""What differs between two texts, word by word."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from annotations.reviews.differences import word_diff


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in pieces)


def test_words_that_differ_are_marked_on_both_sides():
    one, other = word_diff(
        "Two estimates come close, both official.", "Two counts come close, both are official."
    )

    assert marked(one) == "Two [estimates] come close, both official."
    assert marked(other) == "Two [counts] come close, both [are] official."


def test_a_changed_figure_is_marked_whole():
    one, other = word_diff("It says 12,000 men.", "It says 12,500 men.")

    assert marked(one) == "It says 12,[000] men."
    assert marked(other) == "It says 12,[500] men."


def test_words_in_a_row_are_one_mark():
    one, other = word_diff("all of these words", "none there is")

    assert (marked(one), marked(other)) == ("[all of these words]", "[none there is]")


def test_nothing_against_something_is_all_marked():
    assert [marked(side) for side in word_diff("", "new words")] == ["", "[new words]"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_pieces_are_the_texts(one, other):
    pieces = word_diff(one, other)

    assert ["".join(piece.text for piece in side) for side in pieces] == [one, other]


@given(st.text(max_size=200))
def test_a_text_does_not_differ_from_itself(text):
    assert not any(piece.is_changed for side in word_diff(text, text) for piece in side)


def test_long_texts_do_not_take_long():
    began = time.monotonic()

    word_diff("a b " * 5_000, "b a c " * 5_000)
    word_diff("ab " * 600, "b a " * 600)

    assert time.monotonic() - began < 5
