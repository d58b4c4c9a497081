"""Days, months, years and periods that a sentence names, resolved against the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from annotations.claims.extraction.words import MONTHS, WEEKDAYS


@dataclass(frozen=True)
class DateMention:
    """`iso` is a day, month or year (2025-01-08, 2024-12, 2006) or empty; `role` the word that ties it in."""

    text: str
    start: int
    end: int
    iso: str
    role: str


_MONTH = (
    r"(?P<{0}>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan\.?|feb\.?|mar\.|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
)
_YEAR = r"(?P<{0}>1[5-9]\d\d|20\d\d)"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_DAYNAME = r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_PART = r"(?:\s(?:morning|afternoon|evening|night))?"
_PATTERN = re.compile(
    r"\b(?:"
    r"(?P<iso>(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d)"
    rf"|(?:{_DAYNAME.replace('weekday', 'named')},?\s)?"
    rf"{_MONTH.format('m1')}\s{_DAY.format('d1')}(?:,?\s{_YEAR.format('y1')})?"
    rf"|{_DAY.format('d2')}\s(?:of\s)?{_MONTH.format('m2')}(?:,?\s{_YEAR.format('y2')})?"
    rf"|{_MONTH.format('m3')},?\s(?:of\s)?{_YEAR.format('y3')}"
    rf"|(?P<which>last|next|this)\s(?P<unit>week|month|year|weekend|summer|winter|spring|autumn|fall|quarter|decade|century)"
    rf"|(?:(?P<lastnext>last|next|this)\s)?{_DAYNAME}{_PART}"
    r"|(?P<near>yesterday|today|tomorrow|tonight)(?:\s(?:morning|afternoon|evening|night))?"
    r"|(?:the\s)?(?:past|last|previous|coming|next)\s(?:(?:few|couple\sof|several|\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)\s)"
    r"(?:hours|days|weeks|months|years|decades)"
    r"|(?:(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)\s)"
    r"(?P<ago>day|week|month|year|decade)s?\sago"
    rf"|(?:between|from)\s{_YEAR.format('y4')}\s(?:and|to|until)\s{_YEAR.format('y5')}"
    r"|(?:the\s)?(?:early\s|late\s|mid-)?(?P<decade>1[5-9]\d0|20\d0)s"
    r"|(?:the\s)?(?:first|second|third|fourth)\squarter(?:\sof\s(?:1[5-9]|20)\d\d)?"
    rf"|(?P<role>in|since|by|until|before|after|of|during|from|to|through|early|late|mid-?|year|for)\s{_YEAR.format('y6')}(?![\d,.%-]*\d|\s(?:people|men|women|soldiers|troops|euros|dollars))"
    rf"|{_YEAR.format('y7')}(?=,|\.?$|\)|\sand\b|\.\s|’s|'s|;)"
    rf"|(?:in|last|this|since|until|by|during|early|late)\s{_MONTH.format('m4')}(?![\w-]|,?\s(?:of\s)?\d)"
    r")\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(since|on|in|by|until|till|before|after|from|between|during|for|over|through|throughout|within|as of|of|at)"
    r"\s(?:the\s|early\s|late\s|mid-|about\s|around\s)?$",
    re.IGNORECASE,
)
_KEEP_IN_TEXT = frozenset({"last", "this", "early", "late", "between", "from", "mid", "mid-"})
_SMALL = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
} | {"a": 1, "an": 1, "twelve": 12, "twenty": 20, "thirty": 30}


def find_dates(text: str, start: int, end: int, published_on: date | None = None) -> tuple[DateMention, ...]:
    """The dates of `text[start:end]` in order. Without a day of publication relative ones keep an empty `iso`."""
    found = []
    for match in _PATTERN.finditer(text, start, end):
        words = match.group()
        if words == "may" or (match["m4"] and match["m4"] == "may") or (match["m1"] and match["m1"] == "may"):
            continue  # the verb
        first, at = words.split()[0].lower(), match.start()
        role = ""
        if match["role"] or match["m4"]:
            role = first.rstrip("-")
            if first not in _KEEP_IN_TEXT:
                at += len(first) + 1
        elif words.lower().startswith(("between", "from")):
            role = first
        else:
            before = _ROLE.search(text, max(start, at - 20), at)
            role = before.group(1).lower() if before else ""
        role = "" if role in {"last", "this", "early", "late", "mid", "year"} else role
        found.append(DateMention(text[at : match.end()], at, match.end(), _iso(match, published_on), role))
    return tuple(found)


def _iso(match: re.Match[str], today: date | None) -> str:
    if match["iso"]:
        return match["iso"]
    for month, day, year in (("m1", "d1", "y1"), ("m2", "d2", "y2")):
        if match[month]:
            return _day(MONTHS[match[month].lower().rstrip(".")], int(match[day]), match[year], today)
    if match["m3"]:
        return f"{match['y3']}-{MONTHS[match['m3'].lower().rstrip('.')]:02}"
    year = match["y4"] or match["y6"] or match["y7"]
    if year:
        return str(year)
    return _relative(match, today) if today else ""


def _day(month: int, day: int, year: str | None, today: date | None) -> str:
    """Without a year the last such day counts, or one that is close ahead: news mostly looks back."""
    try:
        if year:
            return date(int(year), month, day).isoformat()
        if not today:
            return ""
        near = [
            date(y, month, day)
            for y in (today.year - 1, today.year, today.year + 1)
            if _exists(y, month, day)
        ]
        past_first = [one for one in near if one - today <= timedelta(days=120)]
        return max(past_first).isoformat() if past_first else ""
    except ValueError:
        return ""


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _relative(match: re.Match[str], today: date) -> str:
    if match["near"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(match["near"].lower(), 0)
        return (today + timedelta(days=shift)).isoformat()
    if match["weekday"]:
        back = (today.weekday() - WEEKDAYS[match["weekday"].lower()]) % 7
        if (match["lastnext"] or "").lower() == "next":
            return (today + timedelta(days=7 - back)).isoformat()
        if (match["lastnext"] or "").lower() == "last" and back == 0:
            back = 7
        return (today - timedelta(days=back)).isoformat()
    if match["m4"]:
        month = MONTHS[match["m4"].lower().rstrip(".")]
        return f"{today.year if month <= today.month else today.year - 1}-{month:02}"
    if match["unit"]:
        return _shifted(
            match["unit"].lower(), {"last": -1, "this": 0, "next": 1}[match["which"].lower()], today
        )
    if match["ago"]:
        count = match["count"].lower()
        number = int(count) if count.isdigit() else _SMALL[count]
        if match["ago"].lower() in {"day", "week"}:
            return (today - timedelta(days=number * (7 if match["ago"].lower() == "week" else 1))).isoformat()
        return _shifted(match["ago"].lower(), -number, today)
    return ""


def _shifted(unit: str, by: int, today: date) -> str:
    if unit == "year":
        return str(today.year + by)
    if unit == "decade":
        return str(today.year + 10 * by)
    if unit == "month":
        months = today.year * 12 + today.month - 1 + by
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return ""
