"""Stretches of the calendar: what a worded date comes down to, from its first day to its last."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """`first` and `last` are days, both included; nothing when the words do not tell.

    `precision` is how finely the words speak: time, day, week, month, quarter, season, half, year, decade, century,
    part (“early 2014”) or range. `iso` is the day, month or year that stands for it, or empty.
    """

    precision: str = ""
    first: date | None = None
    last: date | None = None
    iso: str = ""


def a_day(day: date, precision: str = "day") -> Period:
    return Period(precision, day, day, day.isoformat())


def a_week(day: date) -> Period:
    """The week from Monday to Sunday that holds this day."""
    monday = day - timedelta(days=day.weekday())
    return Period("week", monday, monday + timedelta(days=6))


def a_weekend(day: date) -> Period:
    """The Saturday and Sunday of this day's week."""
    monday = day - timedelta(days=day.weekday())
    return Period("range", monday + timedelta(days=5), monday + timedelta(days=6))


def a_month(year: int, month: int) -> Period:
    last = monthrange(year, month)[1]
    return Period("month", date(year, month, 1), date(year, month, last), f"{year:04}-{month:02}")


def months(year: int, month: int, count: int, precision: str) -> Period:
    """`count` months from this one on."""
    end = year * 12 + month - 2 + count
    return Period(precision, date(year, month, 1), a_month(end // 12, end % 12 + 1).last)


def a_year(year: int) -> Period:
    return Period("year", date(year, 1, 1), date(year, 12, 31), f"{year:04}")


def years(year: int, count: int, precision: str) -> Period:
    return Period(precision, date(year, 1, 1), date(year + count - 1, 12, 31))


def moved(day: date, unit: str, by: int) -> date:
    """The same day so many days, weeks, months, years, decades or centuries on; the month's last day if it has none."""
    if unit in {"day", "week"}:
        return day + timedelta(days=by * (7 if unit == "week" else 1))
    if unit == "hour":
        return day + timedelta(days=-(-abs(by) // 24) * (1 if by > 0 else -1))
    count = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit] * by
    at = day.year * 12 + day.month - 1 + count
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def holding(day: date, unit: str) -> Period:
    """The week, month, quarter, year, decade or century of a day."""
    if unit in {"day", "hour"}:
        return a_day(day)
    if unit == "week":
        return a_week(day)
    if unit == "month":
        return a_month(day.year, day.month)
    if unit == "quarter":
        return months(day.year, (day.month - 1) // 3 * 3 + 1, 3, "quarter")
    if unit == "year":
        return a_year(day.year)
    span = 10 if unit == "decade" else 100
    return years(day.year // span * span, span, unit)


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def season(year: int, name: str) -> Period:
    """Of the northern half of the world; a winter is named after the year in which it begins."""
    return months(year, _SEASONS[name], 3, "season")


def third(period: Period, which: str) -> Period:
    """The early, middle or late part: by months of a year, years of a decade, ten days of a month, else by days."""
    first, last = period.first, period.last
    if not (first and last) or period.precision in {"day", "time"}:
        return period
    at = {"early": 0, "mid": 1, "late": 2}[which]
    if period.precision == "year":
        return replace(months(first.year, 4 * at + 1, 4, "part"), iso=period.iso)
    if period.precision == "decade":
        offset, count = ((0, 4), (4, 3), (7, 3))[at]
        return years(first.year + offset, count, "part")
    if period.precision == "month":
        ends = (first + timedelta(days=9), first + timedelta(days=19), last)
        return Period("part", first + timedelta(days=10 * at), ends[at], period.iso)
    length = (last - first).days + 1
    starts = [first + timedelta(days=length * n // 3) for n in range(4)]
    return Period("part", starts[at], starts[at + 1] - timedelta(days=1), period.iso)


def joined(opening: Period, closing: Period) -> Period:
    """From the first day of the one to the last day of the other; nothing known when they do not follow."""
    if opening.first and closing.last and opening.first <= closing.last:
        return Period("range", opening.first, closing.last, opening.iso)
    return Period("range", iso=opening.iso)


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian rule of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday(year: int, name: str) -> date | None:
    """The day of a feast that has one day in the year; None for a name that is not known."""
    fixed = {
        "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
        "new year’s eve": (12, 31), "new year’s day": (1, 1), "halloween": (10, 31), "valentine’s day": (2, 14),
        "st patrick’s day": (3, 17), "may day": (5, 1), "bastille day": (7, 14), "armistice day": (11, 11),
        "international women’s day": (3, 8),
    }  # fmt: skip
    if name in fixed:
        return date(year, *fixed[name])
    around_easter = {
        "good friday": -2, "easter sunday": 0, "easter monday": 1, "easter": 0, "ash wednesday": -46,
        "palm sunday": -7, "maundy thursday": -3,
    }  # fmt: skip
    if name in around_easter:
        return easter(year) + timedelta(days=around_easter[name])
    if name in {"thanksgiving", "thanksgiving day", "black friday"}:
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 21 + (name == "black friday"))
    return None
