"""Codes are for ever: new ones never meet old ones, and no rating stands on a scale twice."""

from __future__ import annotations

import pytest

from annotations.desks.drawing_up import code_for, drawn_up
from annotations.desks.scale import DEFAULT
from annotations.refusals import Incomplete


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Out of context", "out_of_context"),
        ("False", "false_2"),
        ("4 Pinocchios", "r_4_pinocchios"),
        ("Наполовину", "r"),
        ("A label that goes on and on and on", "a_label_that_goes"),
    ],
)
def test_a_code_is_the_label_in_plain_letters(label, code):
    assert code_for(label, set(DEFAULT.by_code)) == code
    assert len(code_for(label, {code})) <= 20 and code_for(label, {code}) != code


def test_no_rating_stands_on_a_scale_twice():
    rows = DEFAULT.as_values()["ratings"]

    with pytest.raises(Incomplete) as refused:
        drawn_up(
            ratings=[*rows, rows[0]],
            qualifiers=[],
            worst=1,
            best=5,
            known=DEFAULT.by_code,
            known_qualifiers={},
        )

    assert "ratings.10.code" in refused.value.problems
