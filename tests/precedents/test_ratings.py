"""Ratings of other houses on our scale."""

from __future__ import annotations

import pytest

from annotations.precedents.incoming.ratings import map_rating
from annotations.verdicts.ratings import RATINGS

WORDS = {
    "true": ["True", "TRUE", "Correct", "Vrai", "Verdadero", "Geppetto Checkmark", "Correct Attribution",
             "Our verdict: True"],
    "mostly_true": ["Mostly True", "mostly-true", "One Pinocchio", "Largely accurate", "MOSTLY TRUE."],
    "half_true": ["Half True", "Half-True", "Mixture", "Partly false", "Two Pinocchios", "Partiellement vrai"],
    "mostly_false": ["Mostly False", "Barely true", "misleading", "Three Pinocchios", "Out of context",
                     "Trompeur", "Engañoso"],
    "false": ["False", "Pants on Fire", "Pants on Fire!", "Four Pinocchios", "Faux", "FALSO", "Falsch", "Miscaptioned",
              "Fake", "Hoax", "False. The picture is older.", "This claim is false", "Not true", "Verdict: False",
              "Rated False", "We rate this claim False".replace("We rate this claim ", "We rated this ")],
    "unproven": ["Unproven", "No evidence", "Unverified", "Research In Progress"],
    "sources_conflict": ["Disputed", "Sources conflict", "sources_conflict"],
    "outdated": ["Outdated"],
    "not_checkable": ["Opinion", "Not checkable"],
    "satire": ["Satire", "Labeled Satire"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "words"), [(code, one) for code, some in WORDS.items() for one in some])
def test_known_words_are_mapped_and_it_is_said_how(code: str, words: str):
    found, how = map_rating(words)

    assert found == code
    assert words[:20] in how
    assert set(WORDS) == set(RATINGS)


@pytest.mark.parametrize(
    "words",
    ["", "   ", "Missing context", "Exaggerated", "not false", "True, but misleading", "True and then not",
     "Falsehoods fly", "Trueish", "7", "🧪", "x" * 5000, "Partly right, mostly wrong, who knows", "Half Flip"],
)  # fmt: skip
def test_unknown_and_doubtful_words_are_left_to_a_person(words: str):
    assert map_rating(words)[0] == ""
    assert map_rating(words)[1]


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ((1, 5, 1), "false"), ((2, 5, 1), "mostly_false"), ((3, 5, 1), "half_true"), ((4, 5, 1), "mostly_true"),
        ((5, 5, 1), "true"), (("5", "5", "1"), "true"), ((1, 1, 5), "true"), ((5, 1, 5), "false"),
        ((0, 10, 0), "false"),
        ((10, 10, 0), "true"), ((5.0, 10, 0), "half_true"), ((1, 7, 1), "false"), (("2,5", 5, 0), "half_true"),
        ((6, 5, 1), ""), ((0, 5, 1), ""), ((-1, 5, 1), ""), ((1, 1, 1), ""), ((1, None, None), ""), ((None, 5, 1), ""),
        (("x", 5, 1), ""), ((float("nan"), 5, 1), ""), ((float("inf"), 5, 1), ""), ((True, 5, 1), ""),
        (([1], 5, 1), ""),
        ((10**400, 5, 1), ""),
    ],
)  # fmt: skip
def test_numbers_count_where_the_words_are_unknown(numbers: tuple[object, object, object], code: str):
    assert map_rating("", *numbers)[0] == code
    assert map_rating("Gurkenrating", *numbers)[0] == code
    assert map_rating("False", *numbers)[0] == "false"
