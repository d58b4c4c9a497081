"""Whether a figure from a source satisfies a figure of the claim, and by how much. Pure. A hint, never a verdict.

What cannot be compared is said and not guessed: other things counted, other currencies, another base, or dates that
lie more than a year apart.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation, localcontext
from enum import StrEnum
from typing import Any

from annotations.claims.quantities import number_of
from annotations.refusals import Incomplete
from annotations.sources.measures import measure_of
from annotations.tongue import gettext as _
from annotations.words import tidy

FIELDS = {"value": 40, "high": 40, "unit": 60, "per": 60, "as_of": 10, "method": 300}
"""What a figure from a source holds, and how many characters fit. `high` makes a range of it."""
ABOUT = Decimal("0.05")
"""“About” is met within five per cent."""
FAR_APART = 366
NOTED_FROM = 62
"""Days between two dates: from which they cannot be compared, and from which the distance is told."""
_DIGITS = 200


class Fit(StrEnum):
    HOLDS = "HOLDS"
    FAILS = "FAILS"
    PARTLY = "PARTLY"
    APART = "APART"


@dataclass(frozen=True)
class Margin:
    """`fit` is APART when the two cannot be compared; `words` is a sentence that says by how much, or why not."""

    fit: Fit
    words: str


def checked_figure(values: Mapping[str, Any]) -> dict[str, str]:
    """The figure as it is kept: numbers as plain decimals, empty fields left out. Raises `Incomplete` by field."""
    problems: dict[str, list[str]] = {}
    clean = tidy({name: values.get(name) or "" for name in FIELDS}, FIELDS)
    for name in ("value", "high"):
        try:
            clean[name] = number_of(clean[name]) if clean[name] else ""
        except ValueError as wrong:
            problems[f"figure_{name}"] = [str(wrong)]
    if clean["as_of"] and _days(clean["as_of"]) is None:
        problems["figure_as_of"] = [_("Give the day, month or year as YYYY-MM-DD, YYYY-MM or YYYY.")]
    if not problems and clean["high"] and not clean["value"]:
        problems["figure_value"] = [_("A range needs its lower number, too.")]
    elif not problems and clean["high"] and Decimal(clean["value"]) > Decimal(clean["high"]):
        problems["figure_high"] = [_("The second number is the higher one.")]
    elif not problems and not clean["value"] and any(clean.values()):
        problems["figure_value"] = [_("Give the number that the source has.")]
    if problems:
        raise Incomplete(_("This figure cannot be right."), problems)
    return {name: words for name, words in clean.items() if words}


def margins(
    asked: Iterable[Mapping[str, Any]], figure: Mapping[str, Any], *, said_on: str = ""
) -> list[Margin]:
    """The figure against each of the claim's that it can be compared with; against none, why not with the first.

    `said_on` is when the claim was made, as an ISO date: it stands for the date of a figure that has none of its own.
    """
    rows = [row for row in asked if row.get("value")]
    if not figure.get("value") or not rows:
        return []
    found = [margin(row, figure, said_on=said_on) for row in rows]
    return [one for one in found if one.fit != Fit.APART] or found[:1]


def margin(asked: Mapping[str, Any], figure: Mapping[str, Any], *, said_on: str = "") -> Margin:
    """One figure of the claim against the figure of a source."""
    with localcontext() as context:
        context.prec = _DIGITS
        return _compared(asked, figure, said_on)


def _compared(asked: Mapping[str, Any], figure: Mapping[str, Any], said_on: str) -> Margin:
    low, high = _number(figure.get("value")), _number(figure.get("high") or figure.get("value"))
    wanted, wanted_high = _number(asked.get("value")), _number(asked.get("high") or asked.get("value"))
    if low is None or high is None or wanted is None or wanted_high is None:
        return Margin(Fit.APART, _("Not compared: one of the two is not a number."))
    if asked.get("comparator") == "since":
        return Margin(Fit.APART, _("Not compared: the claim names a time here and no amount."))
    here, there = measure_of(str(asked.get("unit") or "")), measure_of(str(figure.get("unit") or ""))
    if why := here.differs_from(there) or _per(asked, figure) or _dates(asked, figure, said_on):
        return Margin(Fit.APART, why)
    ratio = there.size / here.size
    found = (low * ratio, high * ratio)
    return _judged(asked, (wanted, wanted_high), found, _said(figure), _note(asked, figure, said_on))


def _judged(
    asked: Mapping[str, Any],
    wanted: tuple[Decimal, Decimal],
    found: tuple[Decimal, Decimal],
    said: str,
    note: str,
) -> Margin:
    comparator = str(asked.get("comparator") or "=")
    ends = [_meets(comparator, wanted, number) for number in found]
    around = found[0] <= wanted[0] and wanted[1] <= found[1] and found[0] != found[1]
    fit = Fit.HOLDS if all(ends) else Fit.PARTLY if any(ends) or around else Fit.FAILS
    claimed = _claimed(comparator, asked)
    if found[0] > wanted[1]:
        words = _("{found} is {gap} over “{claimed}”.").format(
            found=said, gap=_gap(found[0], wanted[1]), claimed=claimed
        )
    elif found[1] < wanted[0]:
        words = _("{found} is {gap} under “{claimed}”.").format(
            found=said, gap=_gap(found[1], wanted[0]), claimed=claimed
        )
    elif found[0] == found[1] == wanted[0] == wanted[1]:
        words = _("{found} is exactly the number of “{claimed}”.").format(found=said, claimed=claimed)
    elif fit == Fit.HOLDS:
        words = _("{found} lies within “{claimed}”.").format(found=said, claimed=claimed)
    else:
        words = _("{found} reaches from below to above “{claimed}”.").format(found=said, claimed=claimed)
    return Margin(fit, f"{words} {note}".strip())


def _meets(comparator: str, wanted: tuple[Decimal, Decimal], number: Decimal) -> bool:
    low, high = wanted
    if comparator == "~":
        return abs(number - low) <= abs(low) * ABOUT
    return {
        ">": number > low,
        ">=": number >= low,
        "<": number < low,
        "<=": number <= low,
    }.get(comparator, low <= number <= high)


def _gap(number: Decimal, wanted: Decimal) -> str:
    distance = abs(number - wanted)
    if not wanted:
        return _plain(distance)
    share = distance / abs(wanted) * 100
    if share < Decimal("0.05"):
        return _("less than 0.1 %")
    return f"{_plain(round(share, 1 if share < 100 else 0))} %"


def _claimed(comparator: str, asked: Mapping[str, Any]) -> str:
    number, high = _plain(_number(asked.get("value"))), _plain(_number(asked.get("high")))
    words = {
        ">": _("more than {number}"),
        ">=": _("at least {number}"),
        "<": _("less than {number}"),
        "<=": _("at most {number}"),
        "~": _("about {number}"),
    }.get(comparator, _("{number} to {high}") if high else "{number}")
    return words.format(number=number, high=high)


def _said(figure: Mapping[str, Any]) -> str:
    """The figure in the unit that the source has."""
    low, high = _plain(_number(figure.get("value"))), _plain(_number(figure.get("high")))
    return f"{low}–{high}" if high and high != low else low


def _plain(number: Decimal | None) -> str:
    if number is None:
        return ""
    words = f"{number:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _number(words: Any) -> Decimal | None:
    try:
        number = Decimal(str(words)) if words not in (None, "") else None
    except InvalidOperation:
        return None
    return number if number is None or (number.is_finite() and abs(number.adjusted()) < _DIGITS / 4) else None


def _per(asked: Mapping[str, Any], figure: Mapping[str, Any]) -> str:
    here, there = (" ".join(str(row.get("per") or "").lower().split()) for row in (asked, figure))
    if here == there:
        return ""
    return _("Not compared: the claim counts {here}, the source {there}.").format(
        here=_("per {base}").format(base=here) if here else _("in all"),
        there=_("per {base}").format(base=there) if there else _("in all"),
    )


def _dates(asked: Mapping[str, Any], figure: Mapping[str, Any], said_on: str) -> str:
    here, there = str(asked.get("as_of") or said_on), str(figure.get("as_of") or "")
    if (days := _apart(here, there)) <= FAR_APART:
        return ""
    return _(
        "Not compared: the claim speaks of {here}, the source of {there}, which is {years} years away."
    ).format(here=here, there=there, years=_plain(round(Decimal(days) / Decimal("365.25"), 1)))


def _note(asked: Mapping[str, Any], figure: Mapping[str, Any], said_on: str) -> str:
    here, there = str(asked.get("as_of") or said_on), str(figure.get("as_of") or "")
    if _apart(here, there) < NOTED_FROM:
        return ""
    return _("The source speaks of {there}, the claim of {here}.").format(here=here, there=there)


def _apart(here: str, there: str) -> int:
    """Days between two dates, each a day, a month or a year; 0 when they overlap or one is missing."""
    one, other = _days(here), _days(there)
    if one is None or other is None:
        return 0
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def _days(words: str) -> tuple[date, date] | None:
    """The first and the last day of YYYY, YYYY-MM or YYYY-MM-DD; None for anything else."""
    parts = words.split("-")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != 4:
        return None
    try:
        year, month, day = int(parts[0]), int(parts[1]) if parts[1:] else 0, int(parts[2]) if parts[2:] else 0
        if len(parts) == 3:
            return date(year, month, day), date(year, month, day)
        last = calendar.monthrange(year, month)[1] if len(parts) == 2 else 31
        return date(year, month if len(parts) == 2 else 1, 1), date(
            year, month if len(parts) == 2 else 12, last
        )
    except (ValueError, IndexError):
        return None
