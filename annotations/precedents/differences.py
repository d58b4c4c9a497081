"""In what two claims differ although they sound alike: number, negation, date, actor. English rules.

A pair with any difference is “near but different”: it is shown with the difference marked, and no rule may take
it for the same claim. The rules rather find a difference too many: a wrong “the same” misleads an editor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NUMBER, NEGATION, DATE, ACTOR = KINDS = ("NUMBER", "NEGATION", "DATE", "ACTOR")


@dataclass(frozen=True)
class Difference:
    """One thing that differs, and where it stands in each text: code points, `[start, end)`.

    A side that does not name it has an empty text and start == end == -1.
    """

    kind: str
    a_text: str
    a_start: int
    a_end: int
    b_text: str
    b_start: int
    b_end: int


def differences(
    a: str, b: str, *, a_date: date | None = None, b_date: date | None = None
) -> list[Difference]:
    """What differs between two wordings, ordered by place in `a`; empty when nothing was found.

    `a_date` and `b_date` are the days on which each was published; relative dates count from them.
    """
    raise NotImplementedError
