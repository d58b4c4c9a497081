"""Dates that are told from the day of publication: “last week”, “two years ago”, “the past 30 days”, “on Monday”.

Each reading takes the words in small letters and the day of publication, which may be missing; it gives a period
without days when the words do not tell.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from annotations.claims.extraction.periods import (
    Period,
    a_day,
    a_week,
    a_weekend,
    holding,
    moved,
    season,
    third,
)
from annotations.claims.extraction.words import WEEKDAYS

_COUNTS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_UNIT = re.compile(r"\b(minute|hour|day|weekend|week|fortnight|month|quarter|year|decade|centur)")


def unit_of(words: str) -> str:
    found = _UNIT.search(words)
    unit = found.group(1) if found else ""
    return {"centur": "century", "fortnight": "week", "minute": "hour"}.get(unit, unit)


def count_of(words: str) -> int | None:
    """How many units; None when the words leave it open (“a few”)."""
    found = re.search(r"\b(\d{1,4}|" + "|".join(_COUNTS) + r")\b(?!\s(?:few|couple|dozen|half))", words)
    if not found or re.search(r"\b(?:few|several|couple|dozen|half)\b", words):
        return 2 if "couple" in words else None
    word = found.group(1)
    count = int(word) if word.isdigit() else _COUNTS[word]
    return count * 2 if "fortnight" in words else count


def window(words: str, today: date | None) -> Period:
    """“the past 30 days” ends on the day of publication, “the next two years” begins there."""
    count, unit = count_of(words), unit_of(words)
    if not today or count is None or not unit or re.search(r"preceding|following|first|within", words):
        return Period("range")
    unit = "week" if unit == "weekend" else unit
    if re.search(r"coming|next", words):
        return Period("range", today, moved(today, unit, count))
    return Period("range", moved(today, unit, -count), today)


def open_range(words: str, today: date | None) -> Period:
    return Period("range")


def ago(words: str, today: date | None) -> Period:
    count, unit = count_of(words), unit_of(words)
    if not today or count is None or not unit or "half" in words:
        return Period(unit)
    return holding(moved(today, "week" if unit == "weekend" else unit, -count), unit)


_STEPS = {"last": -1, "past": -1, "previous": 0, "this": 0, "current": 0, "next": 1, "coming": 1}


def relative(words: str, today: date | None) -> Period:
    """“last week”, “this year”; “the past year” is the year up to publication, “the same day” hangs on other words."""
    found = re.search(r"\b(last|this|next|past|coming|previous|following|current|same)\s(\w+)$", words)
    if not found:
        return Period()
    which, unit = found.groups()
    anchored = which in {"previous", "following", "same"} or words.startswith("the next")
    if not today or anchored or ("the last" in words and unit == "day"):
        return Period(unit if unit in {"day", "week", "month", "year"} else "")
    step = _STEPS[which]
    if unit in {"day", "night", "morning", "afternoon", "evening"}:
        return a_day(today + timedelta(days=step))
    if which == "past" and unit in {"week", "month", "quarter", "year", "decade", "century"}:
        return Period("range", moved(today, unit, -1), today)
    if unit in {"week", "fortnight"}:
        return a_week(today + timedelta(days=7 * step))
    if unit == "weekend":
        return a_weekend(today + timedelta(days=7 * step))
    if unit in {"month", "quarter", "year", "decade", "century"}:
        return holding(moved(today, unit, step), unit)
    return (
        _season(unit, step, today) if unit in {"spring", "summer", "autumn", "winter", "fall"} else Period()
    )


def _season(name: str, step: int, today: date) -> Period:
    """“last summer” is the last one over, “this summer” the one of the year, “next summer” the first to come."""
    near = [season(year, name) for year in range(today.year - 2, today.year + 3)]
    if step < 0:
        return [one for one in near if one.last and one.last < today][-1]
    if step > 0:
        return next(one for one in near if one.first and one.first > today)
    running = [one for one in near if one.first and one.last and one.first <= today <= one.last]
    return running[0] if running else season(today.year, name)


def edge(words: str, today: date | None) -> Period:
    """“the end of the year”: its last third; “the eve of” and “the turn of” stay with the whole."""
    unit = unit_of(words.split(" of the ")[1])
    if not today or unit == "weekend":
        return Period("part")
    whole = holding(today, unit)
    part = re.search(r"end|close|start|beginning|dawn|middle", words)
    which = {"end": "late", "close": "late", "middle": "mid"}.get(part.group(), "early") if part else ""
    return third(whole, which) if which else whole


def weekend(words: str, today: date | None) -> Period:
    """The one that is on or was last."""
    return (
        a_weekend(today if today.weekday() >= 5 else today - timedelta(days=7)) if today else Period("range")
    )


def weekday(words: str, today: date | None) -> Period:
    """The last such day up to publication; “next Monday” is the first one after it."""
    if not today or "following" in words or "previous" in words:
        return Period("day")
    name = next(name for name in WEEKDAYS if name in words)
    back = (today.weekday() - WEEKDAYS[name]) % 7
    if re.match(r"next|this coming|coming", words):
        return a_day(today + timedelta(days=7 - back))
    if re.match(r"last|this past", words) and back == 0:
        back = 7
    return a_day(today - timedelta(days=back))


def near(words: str, today: date | None) -> Period:
    if not today:
        return Period("day")
    shift = {"the day before": -2, "the day after": 2, "yesterday": -1, "tomorrow": 1}
    return a_day(
        today + timedelta(days=next((by for name, by in shift.items() if words.startswith(name)), 0))
    )


def offset(words: str, today: date | None) -> Period:
    return Period(unit_of(words))
