"""A difference and the places where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

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


class Placed(Protocol):
    """Anything that stands at a place of a text: a token, a quantity, a date, a name."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def differ(kind: str, a: str, at: Placed | None, b: str, bt: Placed | None) -> Difference:
    """The difference between what stands at `at` in `a` and at `bt` in `b`; None: that side names nothing."""
    first = (a[at.start : at.end], at.start, at.end) if at else ("", -1, -1)
    second = (b[bt.start : bt.end], bt.start, bt.end) if bt else ("", -1, -1)
    return Difference(kind, *first, *second)
