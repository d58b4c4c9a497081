"""Two texts compared word by word."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from annotations.words import compared

WORDS = st.lists(
    st.sampled_from(["the", "12,000", "men", "😀", "e\u0301", "مرحبا", "\n", " ", "."]), max_size=30
)
TEXTS = WORDS.map("".join)


@given(TEXTS, TEXTS)
def test_the_parts_of_each_are_the_text_again_and_what_is_alike_is_alike(one, other):
    left, right = compared(one, other)

    same = [part.text for part in left if not part.differs]
    assert "".join(part.text for part in left) == one
    assert "".join(part.text for part in right) == other
    assert "".join(same) == "".join(part.text for part in right if not part.differs)


def test_only_the_words_that_differ_are_marked():
    left, right = compared("Over 12,000 are there.", "Over 11,000 were there.")

    assert [part.text for part in left if part.differs] == ["12", "are"]
    assert [part.text for part in right if part.differs] == ["11", "were"]


def test_the_longest_texts_are_compared_at_once():
    began = time.monotonic()

    compared("a b " * 5_000, "b a c " * 3_300)

    assert time.monotonic() - began < 2
