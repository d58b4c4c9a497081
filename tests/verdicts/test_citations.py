"""Numbers in the reasons that point at sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.verdicts import citations


@pytest.mark.parametrize(
    ("reasons", "numbers"),
    [
        ("", []),
        ("Two counts [1] and a third [2].", [1, 2]),
        ("Both [1][2], again [1].", [1, 2]),
        ("A list [1, 2; 10].", [1, 2, 10]),
        ("In [2006] and [sic] and [a1] and [ 3 ].", [3]),
        ("[0]", [0]),
    ],
)
def test_which_numbers_are_cited(reasons, numbers):
    assert citations.cited(reasons) == numbers


def test_numbers_that_no_source_has_and_sources_that_no_number_names():
    assert citations.unknown("[0] [1] [3] [3]", 2) == [0, 3]
    assert citations.unmentioned("[1] [3]", 4) == [2, 4]


@given(st.text(alphabet="ab .,[]0123456789;\n", max_size=80))
def test_the_pieces_joined_are_the_text_again(text):
    assert "".join(piece.text for piece in citations.pieces(text)) == text


@pytest.mark.parametrize(
    ("reasons", "uncited"),
    [
        ("The count rose to 12,000. It is so.", ["The count rose to 12,000."]),
        ("The count rose to 12,000. [1]", []),
        ("The count rose to 12,000 [1]. The Ministry agreed.", ["The Ministry agreed."]),
        ("He said “never again” twice.", ["He said “never again” twice."]),
        ("That is plain enough.", []),
    ],
)
def test_sentences_that_state_a_fact_and_cite_nothing(reasons, uncited):
    assert citations.uncited_sentences(reasons) == uncited
