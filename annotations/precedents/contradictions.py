"""Whether two statements of the newsroom's own corpus cannot both be right: same subject and day, other value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from annotations.claims.extraction.dates import DateMention
from annotations.claims.extraction.quantities import Quantity
from annotations.precedents.differences import Difference


@dataclass(frozen=True)
class Statement:
    """A wording taken apart. `subject` holds its content words (stems, no numbers, no dates); `said_on` its day."""

    text: str
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    subject: frozenset[str]
    said_on: date | None = None


def read_statement(text: str, said_on: date | None = None) -> Statement:
    """Take a wording apart; compute it once for each claim when many are compared."""
    raise NotImplementedError


def contradiction(a: Statement, b: Statement) -> Difference | None:
    """The two values that exclude each other, or None.

    Same subject, same as-of date (both name it, or both name none and were said in the same month), same unit,
    and no number fits both: “over 12,000” and “13,500” fit, “over 12,000” and “11,000” do not.
    """
    raise NotImplementedError
