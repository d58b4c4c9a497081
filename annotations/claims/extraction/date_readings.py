"""What a worded date comes down to, read against the day of publication.

Each reading takes the words in small letters and the day of publication, which may be missing; it gives an empty
period when the words do not tell, and may raise ValueError or OverflowError for a day that no calendar has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from annotations.claims.extraction import relative_dates
from annotations.claims.extraction.periods import (
    Period,
    a_day,
    a_month,
    a_year,
    holiday,
    joined,
    months,
    season,
    third,
    years,
)
from annotations.claims.extraction.words import MONTHS

AHEAD = timedelta(
    days=120
)  # news mostly looks back: a day without a year is the last such one, or one close ahead
_UNKNOWN = Period()
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split()
    )
}
_MONTH = re.compile(r"\b(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b")
_YEAR = re.compile(r"\b(1[0-9]\d\d|20\d\d)\b")
_DAY = re.compile(r"\b([0-3]?\d)(?:st|nd|rd|th)?\b(?!\d)")


def _iso(words: str, today: date | None) -> Period:
    return a_day(date.fromisoformat(words))


def _numeric(words: str, today: date | None) -> Period:
    """Day first when one of the two can only be the day; with a stop between them the day comes first."""
    one, two, year = (int(part) for part in re.split(r"[/.]", words))
    if two > 12:
        one, two = two, one
    elif one <= 12 and one != two and "/" in words:
        return Period("day")
    return a_day(date(year, two, one))


def near_day(month: int, day: int, today: date) -> date | None:
    """The last such day before publication, or one that is close ahead."""
    near = []
    for year in range(today.year - 4, today.year + 2):
        try:
            near.append(date(year, month, day))
        except ValueError:
            continue
    return max((one for one in near if one - today <= AHEAD), default=None)


def _days(words: str, today: date | None) -> Period:
    """“May 16, 2015”, “Friday, 3 June”, “June 3–5”."""
    month = MONTHS[_MONTH.findall(words)[0]]
    year = _YEAR.search(words)
    days = [int(day) for day in _DAY.findall(words[: year.start()] if year else words)][:2]

    def day(number: int) -> date | None:
        if year:
            return date(int(year.group()), month, number)
        return near_day(month, number, today) if today else None

    found = [one for one in map(day, days) if one]
    if len(found) == 2 and found[0] < found[1]:
        return joined(a_day(found[0]), a_day(found[1]))
    return a_day(found[0]) if found else Period("day")


def _month_year(words: str, today: date | None) -> Period:
    return a_month(int(_YEAR.findall(words)[-1]), MONTHS[_MONTH.findall(words)[0]])


def _month(words: str, today: date | None) -> Period:
    if not today:
        return Period("month")
    month = MONTHS[_MONTH.findall(words)[0]]
    return a_month(today.year if month <= today.month else today.year - 1, month)


def _season_year(words: str, today: date | None) -> Period:
    return season(int(_YEAR.findall(words)[0]), re.findall(r"spring|summer|autumn|winter|fall", words)[0])


def _span_of(words: str, today: date | None) -> Period:
    """What “… of 2019”, “… of last year” or “… of the 1990s” speaks of."""
    if re.search(r"century$", words):
        return _century(words, today)
    if re.search(r"\d0s$", words):
        return _decade(words, today)
    year = _YEAR.search(words)
    if year:
        return a_year(int(year.group()))
    if _MONTH.search(words):
        return _month(words, today)
    if not re.search(r"last|next|previous", words):
        words = "this " + relative_dates.unit_of(words)
    return relative_dates.relative(words, today)


def _portion(words: str, today: date | None) -> Period:
    which, piece, whole = re.split(r"(quarter|half|three months|six months|nine months)", words, maxsplit=1)
    span = _span_of(re.sub(r"^\s(?:of\s)?(?:the\s)?", "", whole), today)
    if not (span.first and span.last):
        return Period("quarter" if piece == "quarter" else "part")
    at = {"second": 1, "third": 2, "fourth": 3}.get(which.replace("the ", "").strip(), 0)
    late = any(word in which for word in ("final", "last", "latter"))
    if span.precision == "year":
        count = {"quarter": 3, "half": 6, "three months": 3, "six months": 6, "nine months": 9}[piece]
        month = 13 - count if late else 1 + at * count
        kind = piece if piece in {"quarter", "half"} else "range"
        return months(span.first.year, month, count, kind) if month < 13 else _UNKNOWN
    length, parts = (span.last - span.first).days + 1, 4 if piece == "quarter" else 2
    at = parts - 1 if late else min(at, parts - 1)
    first = span.first + timedelta(days=length * at // parts)
    return Period("part", first, span.first + timedelta(days=length * (at + 1) // parts - 1))


def _quarter(words: str, today: date | None) -> Period:
    """“the first quarter”, “Q3 2019”: without a year the last one that has begun."""
    half = words.startswith("h")
    number = re.search(r"[qh]([1-4])", words)
    at = int(number.group(1)) if number else _ORDINALS[words.replace("the ", "").split()[0]]
    year = _YEAR.search(words)
    if (not year and not today) or (half and at > 2):
        return Period("quarter")
    month = 1 + (at - 1) * (6 if half else 3)
    on = int(year.group()) if year else today.year - (month > today.month) if today else 0
    return months(on, month, 6 if half else 3, "half" if half else "quarter")


def _fiscal(words: str, today: date | None) -> Period:
    """A financial year is only known by its name: its first month differs from country to country."""
    year = re.findall(r"(?:19|20)?\d\d", words)[0]
    return Period("year", iso=year if len(year) == 4 else "20" + year)


def _decade(words: str, today: date | None) -> Period:
    digits = re.search(r"(\d{2,4})s", words)
    if digits:
        start = int(digits.group(1)) if len(digits.group(1)) == 4 else 1900 + int(digits.group(1))
    else:
        names = ["twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"]
        start = 1920 + 10 * next(at for at, name in enumerate(names) if f"{name}ties" in words)
    part = re.search(r"early|late|mid", words)
    whole = years(start, 10, "decade")
    return third(whole, part.group()) if part else whole


def _century(words: str, today: date | None) -> Period:
    if re.search(r"\bbc", words):
        return Period("century")
    word = re.search(r"(\d{1,2})(?:st|nd|rd|th)|([a-z-]{5,12})[\s-]century", words)
    number = int(word.group(1)) if word and word.group(1) else _ORDINALS[word.group(2)] if word else 0
    whole = years((number - 1) * 100 + 1, 100, "century")
    part = re.search(r"early|late|mid", words)
    return third(whole, part.group()) if part else whole


def _years(words: str, today: date | None) -> Period:
    """“1998–2001”, “2019-20”."""
    first, last = re.split(r"\s?[-–/]\s?", words)
    last = last if len(last) == 4 else first[:2] + last
    return joined(a_year(int(first)), a_year(int(last)))


def _holiday(words: str, today: date | None) -> Period:
    year = _YEAR.search(words)
    name = re.sub(r",?\s\d{4}$", "", words).replace("'", "’").replace("st. ", "st ")
    if year:
        day = holiday(int(year.group()), name)
        return a_day(day) if day else Period("day")
    if not today:
        return Period("day")
    near = [day for on in range(-1, 2) if (day := holiday(today.year + on, name)) and day - today <= AHEAD]
    return a_day(max(near)) if near else Period("day")


READINGS: dict[str, Callable[[str, date | None], Period]] = {
    "iso": _iso,
    "numeric": _numeric,
    "attacks": lambda words, today: a_day(date(2001, 9, 11)),
    "monthday": _days,
    "daymonth": _days,
    "monthyear": _month_year,
    "seasonyear": _season_year,
    "portion": _portion,
    "quarter": _quarter,
    "q": _quarter,
    "fiscal": _fiscal,
    "within": relative_dates.open_range,
    "window": relative_dates.window,
    "recent": relative_dates.open_range,
    "ago": relative_dates.ago,
    "offset": relative_dates.offset,
    "relative": relative_dates.relative,
    "edge": relative_dates.edge,
    "weekend": relative_dates.weekend,
    "weekday": relative_dates.weekday,
    "near": relative_dates.near,
    "neighbour": relative_dates.offset,
    "decade": _decade,
    "century": _century,
    "era": lambda words, today: Period("year"),
    "years": _years,
    "clock": lambda words, today: Period("time"),
    "year": lambda words, today: a_year(int(words)),
    "holiday": _holiday,
    "month": _month,
}


def read(kind: str, words: str, today: date | None) -> Period:
    """The period behind the words, empty when no calendar has it."""
    try:
        return READINGS[kind](words, today)
    except (ValueError, OverflowError):
        return _UNKNOWN
