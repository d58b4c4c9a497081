"""Whether two statements of the newsroom's own corpus cannot both be right: same subject and day, other value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from annotations.claims.extraction.dates import DateMention
from annotations.claims.extraction.quantities import Quantity, find_quantities
from annotations.precedents.comparing.actors import actor_differences
from annotations.precedents.comparing.finding import NUMBER, Difference, differ
from annotations.precedents.comparing.measures import kind_of_thing, measure
from annotations.precedents.comparing.negation import negation_differences
from annotations.precedents.comparing.numbers import other_fates
from annotations.precedents.comparing.stems import is_content, words_of
from annotations.precedents.comparing.when import dates_of

LEAST_SHARED, LEAST_OVERLAP = 2, 0.5
"""Two subjects are the same when they share two words that carry meaning, and half of all their words."""
ROUGHLY = Decimal("0.1")
"""“About 12,000” leaves room for a tenth more or less."""


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
    dates = dates_of(text, said_on)
    found = find_quantities(text, 0, len(text), dates)
    quantities = tuple(one for one in found if one.comparator != "since" and one.value)
    # “Over 12,000 North Korean soldiers”: of the quantity the unit at its end belongs to the subject.
    outside = [(one.start, one.end) for one in dates]
    outside += [(one.start, one.end - len(one.unit)) for one in quantities if one.text.endswith(one.unit)]
    subject = frozenset(
        kind_of_thing(word.low)
        for word in words_of(text)
        if is_content(word) and not any(start <= word.start < end for start, end in outside)
    )
    return Statement(text, quantities, dates, subject, said_on)


def contradiction(a: Statement, b: Statement) -> Difference | None:
    """The two values that exclude each other, or None.

    Same subject, same as-of date (both name it, or both name none and were said in the same month), same unit,
    and no number fits both: “over 12,000” and “13,500” fit, “over 12,000” and “11,000” do not. A round number
    stands for what it is rounded from.
    """
    if not (a.quantities and b.quantities and _same_subject(a, b) and _same_time(a, b)):
        return None
    pair = _exclusive(a.quantities, b.quantities)
    if pair is None or other_fates(a.text, b.text):
        return None
    # Last, because they cost most: other people, or one that denies what the other says, are another subject.
    if actor_differences(a.text, b.text) or negation_differences(a.text, b.text):
        return None
    return differ(NUMBER, a.text, pair[0], b.text, pair[1])


def _same_subject(a: Statement, b: Statement) -> bool:
    shared = len(a.subject & b.subject)
    return shared >= LEAST_SHARED and shared >= LEAST_OVERLAP * len(a.subject | b.subject)


def _same_time(a: Statement, b: Statement) -> bool:
    if a.dates or b.dates:
        named_a, named_b = ({one.iso for one in statement.dates} for statement in (a, b))
        return named_a == named_b and "" not in named_a
    if not a.said_on or not b.said_on:
        return False
    return (a.said_on.year, a.said_on.month) == (b.said_on.year, b.said_on.month)


def _exclusive(first: Sequence[Quantity], second: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """A quantity of each side, of one unit, that no quantity of that unit on the other side can agree with."""
    for one in first:
        others = [other for other in second if measure(other).unit == measure(one).unit]
        if not others or any(_compatible(one, other) for other in others):
            continue
        other = others[0]
        back = [mine for mine in first if measure(mine).unit == measure(other).unit]
        if not any(_compatible(mine, other) for mine in back):
            return one, other
    return None


def _compatible(one: Quantity, other: Quantity) -> bool:
    low, high = _range(one)
    other_low, other_high = _range(other)
    return low <= other_high and other_low <= high


def _range(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """The values that the words allow. “Over” and “under” allow the number itself: figures are rounded."""
    found = measure(quantity)
    value = found.value or Decimal(0)
    room = max(_rounding(value), found.tolerance * abs(value))
    if quantity.comparator == "~":
        room = max(room, ROUGHLY * abs(value))
    if found.sign == ">":
        return value, Decimal("Infinity")
    if found.sign == "<":
        return Decimal("-Infinity"), value
    return value - room, (found.high if found.high is not None else value) + room


def _rounding(value: Decimal) -> Decimal:
    """Almost half of the last place that is no zero, from 1,000 on: 12,000 may be 11,501 to 12,499."""
    if abs(value) < 1000 or value != value.to_integral_value():
        return Decimal(0)
    digits = format(value.to_integral_value(), "f")
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10**zeros) * Decimal("0.499") if zeros else Decimal(0)
