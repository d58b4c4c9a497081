"""Differences in number: value, comparator, unit, rank, and how much of a whole (all, most, some)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotations.claims.extraction.dates import DateMention
from annotations.claims.extraction.quantities import find_quantities
from annotations.precedents.comparing.finding import NUMBER, Difference, differ
from annotations.precedents.comparing.measures import Measure, kind_of_thing, measure, same_value
from annotations.precedents.comparing.stems import words_of

_DIGITS = re.compile(r"(?<![\w.,-])\d[\d.,:/]*\d|(?<![\w.,])\d+|(?<=[A-Za-z]-)\d+")
_RANKS = {
    word: str(place)
    for place, words in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
    for word in words.split()
}
_RANK = re.compile(r"\b(?:" + "|".join(_RANKS) + r"|\d{1,3}(?:st|nd|rd|th))(?:[\s-](?=\w)|(?=\W|$))", re.I)
_NOT_RANKS = re.compile(r"\b(?:at first|first of all|seconds? (?:later|ago|after)|second thoughts?)\b", re.I)
_SHARES = (
    ("all", re.compile(r"\b(?:all|every|each|entire|everyone|everybody|always|whole)\b", re.I)),
    (
        "most",
        re.compile(r"\b(?:(?<!the )most (?:of\b|[a-z]+s\b)|majority|mostly|usually|more than half)", re.I),
    ),
    ("some", re.compile(r"\b(?:some|several|a few|few|sometimes|minority|certain|occasionally)\b", re.I)),
    ("none", re.compile(r"\b(?:none|nobody|no one)\b", re.I)),
)

_FATES = (
    ("deaths", re.compile(r"\b(?:kill(?:s|ed|ing)?|dead|died?|dies|deaths?|fatalities|lives)\b", re.I)),
    ("injured", re.compile(r"\b(?:injur(?:ed|es|ing|ies)|wound(?:ed|s|ing)|hurt)\b", re.I)),
    ("missing", re.compile(r"\b(?:missing|disappeared)\b", re.I)),
    ("arrests", re.compile(r"\b(?:arrest(?:ed|s|ing)?|detain(?:ed|s|ing)?)\b", re.I)),
    ("cases", re.compile(r"\b(?:cases|infect(?:ed|ions?|s))\b", re.I)),
    ("hired", re.compile(r"\b(?:hired?|hires|recruit(?:ed|s)?)\b", re.I)),
    ("rescued", re.compile(r"\b(?:rescued?|saved)\b", re.I)),
)
_RATE = re.compile(r"\b(?:a|per|each|every)\s(second|minute|hour|day|week|month|quarter|year|decade)\b", re.I)
_AGE = re.compile(r"\b(under|over|above|below)\sthe\sage\sof\s$", re.I)
_SHORT_UNIT = re.compile(r"\s?(km|kg|cm|mw|gw|kw|lb|m|tonnes?|tons?|miles?|metres|meters|feet)\b", re.I)


@dataclass(frozen=True)
class _Place:
    start: int
    end: int
    value: str = ""


def number_differences(
    a: str, b: str, a_dates: Sequence[DateMention], b_dates: Sequence[DateMention]
) -> list[Difference]:
    """What differs in number. A number that only one wording gives is a difference, too."""
    left_a, left_b = _measures(a, a_dates), _measures(b, b_dates)
    for one in list(left_a):
        same = next((other for other in left_b if _agree(one, other, a, b)), None)
        if same:
            left_a.remove(one)
            left_b.remove(same)
    pairs = [(one, _partner(one, left_b)) for one in left_a]
    found = [differ(NUMBER, a, one, b, other) for one, other in pairs]
    taken = [other for _, other in pairs if other]
    found += [differ(NUMBER, a, None, b, other) for other in left_b if other not in taken]
    found += _unpaired(a, _bare(a, a_dates), b, _bare(b, b_dates), both=False)
    found += _ranks(a, b, a_dates, b_dates)
    return found + _shares(a, b) + other_fates(a, b) + _rates(a, b)


def _measures(text: str, dates: Sequence[DateMention]) -> list[Measure]:
    found = []
    for quantity in find_quantities(text, 0, len(text), dates):
        short = _SHORT_UNIT.match(text, quantity.end) if not quantity.unit else None
        if short:
            quantity = replace(quantity, unit=short[1].lower(), end=short.end())
        age = _AGE.search(text[: quantity.start])
        if age:
            sign = "<" if age[1].lower() in ("under", "below") else ">"
            quantity = replace(quantity, comparator=sign, start=age.start())
        if quantity.comparator != "since":
            found.append(measure(quantity))
    return found


def _agree(one: Measure, other: Measure, a: str, b: str) -> bool:
    if one.sign != other.sign or not same_value(one, other):
        return False
    if not one.unit or not other.unit or one.unit == other.unit:
        return True
    # “300 were arrested” and “300 people were arrested”: the parser took another noun, but both texts have both.
    return (_mentions(b, one.unit) and _mentions(a, other.unit)) or _one_counts_people(one, other, a, b)


def _one_counts_people(one: Measure, other: Measure, a: str, b: str) -> bool:
    """“45 people were killed” and “45 deaths”: what is counted are people, what happened to them is in both."""
    people = kind_of_thing("people")
    if one.unit == people:
        return _mentions(a, other.unit)
    return other.unit == people and _mentions(b, one.unit)


def _mentions(text: str, unit: str) -> bool:
    return any(kind_of_thing(word.low) == unit for word in words_of(text)) or (
        unit == kind_of_thing("deaths")
        and re.search(r"\b(?:kill|die[sd]?\b|dead|death|dying)", text, re.I) is not None
    )


def _partner(one: Measure, others: Sequence[Measure]) -> Measure | None:
    """The quantity of the other text that stands for the same thing: of the same unit if there is one."""
    same_unit = [other for other in others if other.unit == one.unit]
    return next(iter(same_unit or others), None)


def _bare(text: str, dates: Sequence[DateMention]) -> list[_Place]:
    """Numbers that name a thing (Article 5, Flight 370) or that no rule reads as a quantity: 3-1, 17:30."""
    taken = [(mention.start, mention.end) for mention in dates]
    taken += [(quantity.start, quantity.end) for quantity in find_quantities(text, 0, len(text), dates)]
    return [
        _Place(match.start(), match.end(), match.group().replace(",", ""))
        for match in _DIGITS.finditer(text)
        if not any(match.start() < end and match.end() > start for start, end in taken)
        and not re.fullmatch(r"(?:1[5-9]|20)\d\d", match.group())
        and not re.match(r"(?:st|nd|rd|th)\b", text[match.end() : match.end() + 3])
    ]


def _ranks(
    a: str, b: str, a_dates: Sequence[DateMention], b_dates: Sequence[DateMention]
) -> list[Difference]:
    first, second = _rank_places(a, a_dates), _rank_places(b, b_dates)
    # A second or third is never said in passing; “first” often is.
    both = not any(place.value != "1" for place in [*first, *second])
    return _unpaired(a, first, b, second, both=both)


def _rank_places(text: str, dates: Sequence[DateMention]) -> list[_Place]:
    taken = [(mention.start, mention.end) for mention in dates]
    taken += [match.span() for match in _NOT_RANKS.finditer(text)]
    places = []
    for match in _RANK.finditer(text):
        word = match.group().strip(" -").lower()
        if not any(match.start() < end and match.end() > start for start, end in taken):
            value = _RANKS.get(word) or re.sub(r"\D", "", word)
            places.append(_Place(match.start(), match.start() + len(word), value))
    return places


def _unpaired(
    a: str, first: Sequence[_Place], b: str, second: Sequence[_Place], *, both: bool
) -> list[Difference]:
    """Values that one side alone has; with `both`, only where each side has one that the other has not."""
    known_a, known_b = {place.value for place in first}, {place.value for place in second}
    only_a = [place for place in first if place.value not in known_b]
    only_b = [place for place in second if place.value not in known_a]
    if both and not (only_a and only_b):
        return []
    rows = max(len(only_a), len(only_b))
    return [
        differ(
            NUMBER,
            a,
            only_a[row] if row < len(only_a) else None,
            b,
            only_b[row] if row < len(only_b) else None,
        )
        for row in range(rows)
    ]


def _shares(a: str, b: str) -> list[Difference]:
    """“All schools” against “most schools”. One side alone says nothing: “all” is often said in passing."""
    first, second = _share_places(a), _share_places(b)
    if {place.value for place in first} & {place.value for place in second}:
        return []
    return _unpaired(a, first[:1], b, second[:1], both=True)


def other_fates(a: str, b: str) -> list[Difference]:
    """“The flood killed 30 people”, “the flood injured 30 people”: the numbers count something else."""
    first, second = _places_of(_FATES, a), _places_of(_FATES, b)
    numbered = re.search(r"\d", a + b) or find_quantities(a, 0, len(a))
    return _unpaired(a, first, b, second, both=True)[:1] if numbered else []


def _rates(a: str, b: str) -> list[Difference]:
    """“$2m a day” against “$2m a week”."""
    first, second = (
        [_Place(match.start(1), match.end(1), match[1].lower()) for match in _RATE.finditer(text)]
        for text in (a, b)
    )
    return _unpaired(a, first, b, second, both=True)


def _share_places(text: str) -> list[_Place]:
    """“All 30 seats” is a number; it says nothing of a share."""
    return [
        place
        for place in _places_of(_SHARES, text)
        if not re.match(r"\s(?:\d|dozen)", text[place.end : place.end + 7])
    ]


def _places_of(kinds: Sequence[tuple[str, re.Pattern[str]]], text: str) -> list[_Place]:
    found = [
        _Place(match.start(), match.end(), name) for name, words in kinds for match in words.finditer(text)
    ]
    return sorted(found, key=lambda place: place.start)
