"""Numbers with their comparator and unit, as data."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from annotations.claims.extraction import comparators, units
from annotations.claims.extraction.dates import DateMention
from annotations.claims.extraction.number_words import (
    SIGNS,
    ending_scale,
    is_plural,
    lowered,
    plain,
)
from annotations.claims.extraction.number_words import value as value_of
from annotations.claims.extraction.quantity_filters import counts_nothing, is_label, is_no_count_of_one
from annotations.claims.extraction.quantity_readings import READINGS, scale_of
from annotations.claims.extraction.quantity_words import PATTERN, TOP


@dataclass(frozen=True)
class Quantity:
    """`comparator` is one of > >= < <= = ~ since between; `value` a decimal, empty when only vague.

    `high` is the other end of a range, or of a score. `per` is what the number is counted against: “day”, “100,000”.
    """

    comparator: str
    value: str
    unit: str
    text: str
    start: int
    end: int
    high: str = ""
    per: str = ""


@dataclass(frozen=True)
class _Reading:
    """A quantity inside the slice that is read, while its neighbours are taken in."""

    start: int
    end: int
    comparator: str
    value: str
    unit: str = ""
    high: str = ""
    per: str = ""


_AGE = re.compile(r"(?<=[a-z])(?:,\s(?P<age>\d{1,3})(?=,|\.$)|\s\((?P<bracketed>\d{2,3})\))")
_NAME_BEFORE = re.compile(r"(?:^|[\s“\"])[A-Z][\w’'-]{1,30}$")
_SCORE = re.compile(
    r"(?P<one>\d{1,3})[-–—](?P<two>\d{1,3})(?![\w-]|[–.,:]\d|\s?(?:%|per\scent|percent|years?\b))"
)
_SCORED = re.compile(
    r"\b(?:won|wins?|winning|beat|beats|beating|beaten|lost|lose|losing|loss|drew|draw|drawn|defeat(?:s|ed|ing)?|victory|score[ds]?"
    r"|lead|leads|led|leading|ahead|behind|vot(?:e[ds]?|ing)|ruled|ruling|passed|final|aggregate|tied|equali[sz]ed|trail(?:s|ed|ing)?)\b"
)
_SCORED_AFTER = re.compile(
    r"\s(?:win|victory|defeat|loss|draw|lead|decision|ruling|vote|majority|record|scoreline|result|away|home|on\saggregate|thriller|rout|split|tie)\b"
)
_AND_ANOTHER = re.compile(r"\s(?:and|to|or)\s|,\s")  # “posts 250 and 251”
_BETWEEN = re.compile(r"(?:^|\s)(?P<word>between|from)\s(?:an?\s)?$")
_MAGNITUDE = re.compile(r"\bmagnitude\s(?:of\s)?$")
_RICHTER = re.compile(r"\s(?:on\sthe\s(?:richter|moment)|magnitude)\b")


def find_quantities(
    text: str, start: int, end: int, dates: Sequence[DateMention] = ()
) -> tuple[Quantity, ...]:
    """The quantities of `text[start:end]` in order. A year after “since” is one: it bounds how long."""
    words = text[start:end]
    low = lowered(words)
    taken = sorted((one.start - start, one.end - start) for one in dates if one.role != "within")
    found = [*_ages(words), *_numbers(words, low, taken)]
    kept = [
        Quantity(one.comparator, one.value, one.unit, words[one.start : one.end], start + one.start, start + one.end,
                 one.high, one.per)
        for one in found
    ]  # fmt: skip
    return tuple(sorted([*kept, *_since(text, start, dates)], key=lambda one: one.start))


def _since(text: str, start: int, dates: Sequence[DateMention]) -> Iterator[Quantity]:
    for one in dates:
        at = one.start - len("since ")
        if one.role == "since" and at >= start and re.fullmatch(r"since \d{4}", text[at : one.end], re.I):
            yield Quantity("since", one.iso, "year", text[at : one.end], at, one.end)


def _ages(words: str) -> Iterator[_Reading]:
    """“Ann Lee, 42, said”: the number between commas behind a name."""
    for match in _AGE.finditer(words):
        group = "age" if match["age"] else "bracketed"
        if int(match[group]) <= 120 and _NAME_BEFORE.search(words, max(0, match.start() - 32), match.start()):
            yield _Reading(match.start(group), match.end(group), "=", match[group], "years old")


def _numbers(words: str, low: str, taken: list[tuple[int, int]]) -> Iterator[_Reading]:
    reached = labelled = 0
    ages = {one.start for one in _ages(words)}
    for match in PATTERN.finditer(low):
        kind, at = match.lastgroup or "", match.start()
        if at < reached or at in ages or _inside(taken, at, match.end()):
            continue
        listed = kind == "number" and labelled and _AND_ANOTHER.fullmatch(low[labelled:at])
        if listed and not units.noun(words, low, match.end())[0]:
            labelled = match.end()
            continue
        reading = _read(words, low, kind, match)
        if reading:
            reached = reading.end
            yield reading
        elif kind == "number":
            labelled = match.end()


def _inside(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a date holds a part of the place. Dates are in order and do not overlap."""
    at = bisect_right(taken, (start, end))
    return (at > 0 and taken[at - 1][1] > start) or (at < len(taken) and taken[at][0] < end)


def _read(words: str, low: str, kind: str, match: re.Match[str]) -> _Reading | None:
    if kind == "number":
        score = _score(low, match)
        if score:
            return score
    is_range = kind == "number" and bool(_top(low, match, Decimal(0)))  # “8–10” goes on with a digit
    if not is_range and counts_nothing(kind, words, low, match.start(), match.end()):
        return None
    if kind != "number":
        return _worded(words, low, kind, match)
    return _number(words, low, match)


def _score(low: str, match: re.Match[str]) -> _Reading | None:
    """“won 3-2”, “a 5–4 ruling”: two numbers that stand against each other."""
    found = _SCORE.match(low, match.start())
    if not found:
        return None
    near = _SCORED.search(low, max(0, match.start() - 50), match.start())
    if not (_SCORED_AFTER.match(low, found.end()) or near):
        return None
    if units.noun(low, low, found.end())[0].endswith("s") and not _SCORED_AFTER.match(low, found.end()):
        return None
    return _Reading(match.start(), found.end(), "=", found["one"], "score", found["two"])


def _worded(words: str, low: str, kind: str, match: re.Match[str]) -> _Reading | None:
    """A share, a rank, “dozens”, “twice”: what has no plain number of its own."""
    value, unit, sign = READINGS[kind](match.group())
    at, stop = match.start(), match.end()
    if kind != "rank" and not (kind == "times" and " as " not in match.group()):
        said, at = comparators.before(low, at)
        sign = said if said != "=" else sign
    if kind in {"vague", "round"}:
        unit, stop = units.money(low, stop)
        if not unit:
            unit, stop = units.noun(words, low, match.end())
            unit = unit or units.what_happened(low, stop)
    return _Reading(at, stop, sign, value, unit)


def _number(words: str, low: str, match: re.Match[str]) -> _Reading | None:
    value = value_of(match["figure"]) + _plus(match["plus"])
    unit = "metres" if _is_length(words, low, match) else ""
    scale = 1 if unit else scale_of(match["scale"], match["short"])
    top = _top(low, match, value * scale)
    if _names_a_thing(words, low, match, top):
        return None
    stop, high = match.end(), ""
    if top:
        own = scale_of(top["tscale"], top["tshort"])
        stop, high = top.end(), plain(value_of(top["top"]) * (own if own > 1 else scale))
        shared = max(own, ending_scale(top["top"]))
        scale = shared if scale == 1 and value < 1000 else scale
    percent = (top["tpercent"] if top else None) or match["percent"]
    if percent:
        unit = "percentage points" if "point" in percent else "percent"
    elif match["money"]:
        unit = units.CURRENCY_SIGNS[match["money"].strip()]
    figure = ("-" if match["sign"] else "") + plain(value * scale)
    reading = _Reading(match.start(), stop, "between" if high else "=", figure, unit, high)
    return _spelled_out(words, low, reading, is_word=not match["figure"][0].isdigit())


def _is_length(words: str, low: str, match: re.Match[str]) -> bool:
    """“a 3m fence”: without money or anything counted behind it, m is for metres."""
    stop = match.end()
    if match["short"] != "m" or match["money"]:
        return False
    counted = is_plural(units.noun(words, low, stop)[0]) or units.money(low, stop)[0]
    return not counted and not units.what_happened(low, stop)


def _names_a_thing(words: str, low: str, match: re.Match[str], top: re.Match[str] | None) -> bool:
    start, stop = match.start(), match.end()
    if match["money"] or match["percent"] or match["scale"] or match["short"] or top:
        return False
    if match["figure"] == "one":
        return is_no_count_of_one(words, low, start, stop) and not units.hyphenated(low, stop)[0]
    if not match["figure"][0].isdigit() or _MAGNITUDE.search(low[max(0, start - 14) : start]):
        return False
    return is_label(words, low, start, stop, stop=stop)


def _top(low: str, match: re.Match[str], value: Decimal) -> re.Match[str] | None:
    """The other end of a range: “5–7%”, “$3 to $4 billion”, “between five and ten”."""
    top = TOP.match(low, match.end())
    if not top:
        return None
    link, before = top["link"].strip(), low[max(0, match.start() - 10) : match.start()]
    opened = _BETWEEN.search(before)
    if link == "and" and not (opened and opened["word"] == "between"):
        return None
    if link == "or" and (not match["figure"].isalpha() or value + 1 != value_of(top["top"])):
        return None
    if link == "-" and top["top"].isalpha():
        return None  # “thirteen-twenty”
    if link == "to" and match["percent"] and not top["tpercent"]:
        return None  # “fell 3 per cent to 1,204 points”
    scale = scale_of(top["tscale"], top["tshort"])
    same = scale if scale > 1 and value < 1000 else 1
    high = value_of(top["top"]) * (scale if scale > 1 else scale_of(match["scale"], match["short"]))
    return top if value * (same if not (match["scale"] or match["short"]) else 1) < high else None


def _plus(words: str | None) -> Decimal:
    """“½”, “and a half”."""
    if not words:
        return Decimal(0)
    if "quarter" in words:
        return Decimal("0.25")
    return value_of(words) if words in SIGNS else Decimal("0.5")


def _spelled_out(words: str, low: str, reading: _Reading, *, is_word: bool) -> _Reading | None:
    """With its unit, what it is counted against, and the words before and behind that bound it."""
    start, stop, unit = reading.start, reading.end, reading.unit
    after, stop = comparators.after(low, stop)
    if not unit:
        unit, stop = units.hyphenated(low, stop)
        if not unit and is_word and low[stop : stop + 1] in {"-", "\u2011"} and not after:
            return None  # “one-sided”, “two-party”
    elif unit == "USD":
        stop = units.money(low, stop)[1]
    magnitude = _MAGNITUDE.search(low[max(0, start - 14) : start])
    start = start - len(magnitude.group()) if magnitude else start
    unit = "magnitude" if magnitude else unit
    if not unit:
        unit, stop = _unit(words, low, start, stop)
    sign, at = _bound(low, start, unit, is_range=bool(reading.high))
    if not after:
        after, stop = comparators.after(low, stop)
    sign = after if after and sign == "=" else sign
    per, stop = units.per(low, stop)
    if not unit:
        unit = units.what_happened(low, stop) or units.subject(low, at)
    return replace(reading, start=at, end=stop, comparator=sign, unit=unit, per=per)


def _bound(low: str, start: int, unit: str, *, is_range: bool) -> tuple[str, int]:
    """The comparator before a number and where its words begin."""
    sign, at = comparators.before(low, start)
    if is_range:
        before = low[max(0, start - 10) : start]
        opened = _BETWEEN.search(before)
        return "between", start - len(before) + opened.start("word") if opened else at
    return ("=", start) if comparators.is_length_of_time(low, start, unit) else (sign, at)


def _unit(words: str, low: str, start: int, stop: int) -> tuple[str, int]:
    for found in (units.symbol(words, low, stop), units.money(low, stop)):
        if found[0]:
            return found
    if _RICHTER.match(low, stop):
        return "magnitude", stop
    unit, end = units.noun(words, low, stop)
    if units.is_age(low, start) and unit in {"", "years", "months", "weeks", "days"}:
        return (unit or "years") + (" old"), end
    return unit, end
