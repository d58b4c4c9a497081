"""Days, months, years and periods that a sentence names, resolved against the day of publication."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from annotations.claims.extraction.date_filters import is_no_date
from annotations.claims.extraction.date_readings import AHEAD, read
from annotations.claims.extraction.date_words import LEAD, PATTERN, ROLE
from annotations.claims.extraction.number_words import lowered
from annotations.claims.extraction.periods import Period, a_day, a_month, joined, third


@dataclass(frozen=True)
class DateMention:
    """A worded date, `[start, end)` in the text.

    `iso` is a day, month or year (2025-01-08, 2024-12, 2006), for a range of years or days the first one, else empty.
    `role` is the word that ties it in. `first` and `last` are the days (ISO) it reaches from and to, both included,
    empty when the words do not tell; `precision` says how finely it speaks (see `Period`).
    """

    text: str
    start: int
    end: int
    iso: str
    role: str
    first: str = ""
    last: str = ""
    precision: str = ""


@dataclass(frozen=True)
class _Found:
    """A date inside the slice that is read, before its neighbours are looked at."""

    kind: str
    start: int
    end: int
    role: str
    role_start: int
    period: Period


_VERB = re.compile(
    r"\b(?:(?P<ahead>will|would|shall|(?:is|are|due|set|going|plans?|planned|hopes?|wants?)\sto|due|expected|scheduled|slated"
    r"|upcoming|next)|said|says|told|announced|added|reported|claimed|stated|confirmed|warned"
    r"|(?P<back>was|were|had|has|have|did|took|began|won|lost|came|went|fell|rose|made|met|led|held|died|struck|hit|left|sent"
    r"|ran|gave|\w{3,20}ed))\b"
)
_MAY_LIE_AHEAD = frozenset({"weekday", "monthday", "daymonth", "month", "holiday"})
_TAKES_LEAD = frozenset(
    "year month monthyear weekday relative daymonth monthday near seasonyear years holiday iso century quarter".split()
)
_STEP = re.compile(r"\b(?P<lead>(?:last|next|this(?:\s(?:past|coming))?)\s)$")
_FROM_TO = re.compile(r"\s?[-–—]\s?|,?\s(?:and|to|until|till|through)\s(?:the\s|early\s|late\s|mid-)?")
_DAY_AND_CLOCK = re.compile(r",?\s(?:(?:at|around|about|on|just\s(?:before|after)|by)\s){0,2}(?:the\s)?")
_CLOCK_STANDS_ALONE = re.compile(r"[a-z]\)?\.?$")


def find_dates(text: str, start: int, end: int, published_on: date | None = None) -> tuple[DateMention, ...]:
    """The dates of `text[start:end]` in order. Without a day of publication relative ones stay unresolved."""
    words = text[start:end]
    low = lowered(words)
    found: list[_Found] = []
    for match in PATTERN.finditer(low):
        kind = match.lastgroup or ""
        if not is_no_date(kind, words, low, match.start(), match.end()):
            found.append(_read(low, kind, match.start(), match.end(), published_on))
    return tuple(_mention(words, start, one) for one in _merged(low, found) if _stands(low, one))


def _mention(words: str, offset: int, one: _Found) -> DateMention:
    first, last = one.period.first, one.period.last
    return DateMention(
        text=words[one.start : one.end],
        start=offset + one.start,
        end=offset + one.end,
        iso=one.period.iso,
        role=one.role,
        first=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
        precision=one.period.precision,
    )


def _read(low: str, kind: str, start: int, end: int, today: date | None) -> _Found:
    """The date with its role and the words before it that belong to it."""
    period = read(kind, low[start:end], today)
    before = low[max(0, start - 40) : start]
    step = _STEP.search(before) if kind in {"month", "holiday"} else None
    if today and kind in _MAY_LIE_AHEAD and period.first and period.last:
        last = low.startswith(("last", "this past"), start) or bool(step and step["lead"].startswith("last"))
        if not last and not period.first <= today <= period.last:
            with suppress(ValueError, OverflowError):  # beyond the ends of the calendar
                period = _by_tense(low, kind, start, end, period=period, today=today)
    lead = step or (LEAD.search(before) if kind in _TAKES_LEAD else None)
    if lead:
        part = re.search(r"\b(?:end|close|late|start|beginning|early|middle|mid)\b", lead["lead"])
        which = {"end": "late", "close": "late", "late": "late", "middle": "mid", "mid": "mid"}
        period = third(period, which.get(part.group(), "early")) if part else period
        start -= len(lead["lead"])
    role, role_start = ("within", start) if kind == "within" else _role(low, start)
    if lead and not role:
        inner = re.search(r"\b(on|in)\s$", lead["lead"])
        role = inner.group(1) if inner else ""
    if role in {"between", "from"} and period.precision == "range" and kind in {"daymonth", "monthday"}:
        start = role_start
    return _Found(kind, start, end, role, role_start, period)


def _role(low: str, start: int) -> tuple[str, int]:
    before = low[max(0, start - 24) : start]
    found = ROLE.search(before)
    return (found.group(1), start - len(before) + found.start(1)) if found else ("", start)


def _by_tense(low: str, kind: str, start: int, end: int, *, period: Period, today: date) -> Period:
    """Moved to the other side of publication when the verb nearest to the date says so.

    That is the last verb before it, or else the first one behind it. Who “said” something tells nothing of a date
    that was read as one close ahead.
    """
    before = list(_VERB.finditer(low, max(0, start - 80), start))
    verb = before[-1] if before else _VERB.search(low, end, min(len(low), end + 60))
    words = low[start:end]
    if not verb or re.search(r"\d{4}$", words) or not period.first:
        return period
    if period.first > today:
        return read(kind, words, today - AHEAD) if verb["back"] else period
    if not verb["ahead"]:
        return period
    if kind == "weekday":
        return a_day(period.first + timedelta(days=7))
    if kind == "month":
        return a_month(period.first.year + 1, period.first.month)
    return read(kind, words, today + timedelta(days=365) - AHEAD)


def _merged(low: str, found: list[_Found]) -> list[_Found]:
    """“from 2004 to 2009” is one date, and so is “midnight on Sunday”."""
    merged: list[_Found] = []
    for one in found:
        before = merged[-1] if merged else None
        gap = low[before.end : one.start] if before else ""
        if before and len(gap) <= 24 and before.start < one.start:
            if before.role in {"between", "from"} and _FROM_TO.fullmatch(gap) and _is_range(before, one):
                merged[-1] = replace(
                    before,
                    start=before.role_start,
                    end=one.end,
                    kind="range",
                    period=joined(before.period, one.period),
                )
                continue
            if (before.kind == "clock") != (one.kind == "clock") and _DAY_AND_CLOCK.fullmatch(gap):
                day = one if before.kind == "clock" else before
                merged[-1] = replace(before, end=one.end, kind=day.kind, period=day.period)
                continue
        merged.append(one)
    return merged


def _is_range(opening: _Found, closing: _Found) -> bool:
    return opening.kind != "range" and (opening.kind == "clock") == (closing.kind == "clock")


def _stands(low: str, one: _Found) -> bool:
    """A clock time counts on its own only with its zone or half of the day: “22:30” could be a score or a verse."""
    return one.kind != "clock" or bool(_CLOCK_STANDS_ALONE.search(low[one.start : one.end]))
