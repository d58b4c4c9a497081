from __future__ import annotations

import pytest

from annotations.claims.lifecycle import CHOOSABLE_REASONS
from annotations.claims.worth import MISTAKES, UNWORTHY, WORTHY, Decision, label3, worth


@pytest.mark.parametrize(
    ("reason", "said", "value"),
    [
        ("OPINION", "not_factual", 0),
        ("PREDICTION", "not_factual", 0),
        ("TRIVIAL", "factual_unimportant", 0),
        ("ALREADY_CHECKED", "check_worthy", 1),
        ("DUPLICATE", None, None),
        ("OUT_OF_SCOPE", None, None),
        ("EXTRACTION_ERROR", None, None),
    ],
)
def test_a_reason_says_what_the_words_are_worth_or_nothing(reason, said, value):
    assert (label3("DISMISSED", reason), worth("DISMISSED", reason)) == (said, value)


def test_every_reason_is_counted_once_at_most():
    reasons = {reason.value for reason in CHOOSABLE_REASONS}

    assert not set(MISTAKES) & set(WORTHY)
    assert set(UNWORTHY) < set(MISTAKES)
    assert set(MISTAKES) | set(WORTHY) < reasons


@pytest.mark.parametrize("decision", list(Decision))
def test_what_people_keep_is_worth_checking_and_what_they_take_back_says_nothing(decision):
    kept = decision in (Decision.ACCEPTED, Decision.EDITED, Decision.ADDED)

    assert worth(decision, "TRIVIAL" if decision == Decision.DISMISSED else "") == (
        1 if kept else 0 if decision == Decision.DISMISSED else None
    )
