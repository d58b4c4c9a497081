"""In what two claims differ although they sound alike: number, negation, date, actor. English rules.

A pair with any difference is “near but different”: it is shown with the difference marked, and no rule may take
it for the same claim. The rules rather find a difference too many: a wrong “the same” misleads an editor.
"""

from __future__ import annotations

from datetime import date

from annotations.precedents.comparing.actors import actor_differences, told_from_other_side
from annotations.precedents.comparing.finding import ACTOR, DATE, KINDS, NEGATION, NUMBER, Difference
from annotations.precedents.comparing.negation import negation_differences
from annotations.precedents.comparing.numbers import number_differences
from annotations.precedents.comparing.when import date_differences, dates_of

__all__ = ["ACTOR", "DATE", "KINDS", "NEGATION", "NUMBER", "Difference", "differences"]

MAX_CHARACTERS = 2_000


def differences(
    a: str, b: str, *, a_date: date | None = None, b_date: date | None = None
) -> list[Difference]:
    """What differs between two wordings, ordered by place in `a`; empty when nothing was found.

    `a_date` and `b_date` are the days on which each was published; relative dates count from them. Places
    (countries, cities) count as actors. Only the first `MAX_CHARACTERS` code points of each are compared.
    """
    a, b = a[:MAX_CHARACTERS], b[:MAX_CHARACTERS]
    if a == b and a_date == b_date:
        return []
    a_dates, b_dates = dates_of(a, a_date), dates_of(b, b_date)
    found = number_differences(a, b, a_dates, b_dates)
    found += date_differences(a, b, a_dates, b_dates, a_date, b_date)
    found += negation_differences(a, b, told_from_other_side(a, b))
    found += actor_differences(a, b)
    return sorted(found, key=lambda one: (one.a_start < 0, one.a_start, one.b_start, KINDS.index(one.kind)))
