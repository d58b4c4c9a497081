"""Numbers with their comparator and unit, as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from annotations.claims.extraction.dates import DateMention
from annotations.claims.extraction.words import AUXILIARIES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, PRONOUNS


@dataclass(frozen=True)
class Quantity:
    """`comparator` is one of > >= < <= = ~ since between; `value` a decimal, empty when only vague."""

    comparator: str
    value: str
    unit: str
    text: str
    start: int
    end: int
    high: str = ""


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: number for number, word in enumerate(_ONES)}
_SMALL |= {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_FRACTIONS = {"half": "0.5", "third": "0.333", "quarter": "0.25", "fifth": "0.2", "tenth": "0.1"}
_CURRENCIES = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "$": "USD", "€": "EUR", "£": "GBP",
    "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₴": "UAH", "₪": "ILS", "₦": "NGN",
}  # fmt: skip
_MONEY_WORDS = {"dollars": "USD", "dollar": "USD", "euros": "EUR", "euro": "EUR", "pounds sterling": "GBP"}

_WORD = "|".join([*_ONES[1:], *_TENS])
_SCALE = "|".join(_SCALES)
_PATTERN = re.compile(
    r"(?<![\w-])(?P<fraction>(?:an?\s|one[-\s]|two[-\s]|three[-\s]|four[-\s])?(?:half|thirds?|quarters?|fifths?|tenths?))"
    r"(?=\s(?:of|the|as|all|its|their)\b|[.,;])"
    r"|(?<![\w-])(?P<oneof>one|two|three|four|five|six|seven|eight|nine|\d{1,2})\s(?:in|out\sof)\s"
    r"(?:every\s)?(?P<ofmany>two|three|four|five|six|seven|eight|nine|ten|\d{1,4})(?!\w|[,.:]\d)"
    r"|(?<![\w.,:/#@-])(?P<money>US\$|A\$|C\$|NZ\$|HK\$|[$€£¥₹₽₩₴₪₦]\s?)?"
    r"(?:"
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3}){1,6}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?)"
    r"(?:\s?(?:-|–|to)\s?(?P<top>[$€£]?\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,6})?|[$€£]?\d{1,15}(?:\.\d{1,6})?)(?![\d:,-]))?"
    rf"(?:[\s\u00a0-](?P<scale>{_SCALE})s?(?!\w)|(?P<short>k|m|mn|mln|bn|b|tn)(?!\w))?"
    rf"|(?P<words>(?:{_WORD})(?:[-\s](?:and\s)?(?:{_WORD}|{_SCALE})){{0,6}})(?!\w)"
    rf"|(?P<ahundred>an?\s(?:{_SCALE}))(?!\w)"
    r")"
    r"(?P<percent>\s?%|\s(?:percent|per\scent|percentage\spoints?|pct)(?!\w))?"
    r"|(?<![\w-])(?P<vague>dozens|scores|hundreds|thousands|tens\sof\s(?:thousands|millions)|"
    r"hundreds\sof\s(?:thousands|millions)|millions|billions|trillions)(?=\s(?:of|more|have|were|are|had)\s)"
    r"|(?<![\w-])(?P<times>twice|doubled|tripled|trebled|quadrupled|halved|threefold|twofold|tenfold|fivefold|fourfold)(?!\w)",
    re.IGNORECASE,
)
_TIMES = {
    "twice": "2", "doubled": "2", "twofold": "2", "tripled": "3", "trebled": "3", "threefold": "3",
    "quadrupled": "4", "fourfold": "4", "fivefold": "5", "tenfold": "10", "halved": "0.5",
}  # fmt: skip
_COMPARATORS = (
    (">=", r"at\sleast|no\s(?:fewer|less)\sthan|not\sless\sthan|a\sminimum\sof|minimum"),
    (
        "<=",
        r"at\smost|no\smore\sthan|not\smore\sthan|up\sto|as\s(?:many|much|high)\sas|a\smaximum\sof|maximum",
    ),
    ("<", r"(?:less|fewer|lower|smaller)\sthan|under|below|just\sshort\sof"),
    (
        ">",
        r"(?:more|greater|higher|larger|bigger)\sthan|over|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?"
        r"|topp(?:ed|ing)|tops|upwards?\sof|in\sexcess\sof|well\sover|beyond|outnumber(?:s|ed)?",
    ),
    (
        "~",
        r"about|around|approximately|approx\.?|roughly|nearly|almost|some|an?\sestimated|estimated|circa|close(?:r)?\sto"
        r"|more\sor\sless|something\slike|in\sthe\sregion\sof|virtually|~|≈",
    ),
    ("=", r"exactly|precisely|only|just|a\stotal\sof"),
)
_BEFORE = [
    (sign, re.compile(rf"(?:^|[\s(“\"'—–-])(?P<words>{words})\s?(?:an?\s|the\s)?$", re.IGNORECASE))
    for sign, words in _COMPARATORS
]
_AFTER = re.compile(
    r"\s?(?:\+|(?:or|and)\s(more|higher|over|above|less|fewer|under|lower)(?!\w)|plus(?!\w))", re.I
)
_RANGE_WORD = re.compile(r"(?:^|\s)between\s$", re.IGNORECASE)
_RANGE_END = re.compile(
    rf"\sand\s(?P<top>[$€£]?\d{{1,3}}(?:,\d{{3}}){{1,6}}(?:\.\d{{1,6}})?|[$€£]?\d{{1,15}}(?:\.\d{{1,6}})?|{_WORD})"
    rf"(?:\s(?P<scale>{_SCALE})|(?P<percent>\s?%|\s(?:percent|per\scent)))?(?!\w)",
    re.IGNORECASE,
)
_UNIT_WORD = re.compile(r"[\s\u00a0-]((?:U\.S\.|U\.N\.)|[^\W\d_][\w’'-]*)")
_NAMED_BY_NUMBER = re.compile(
    r"\b(?:article|section|resolution|chapter|flight|route|highway|interstate|room|phase|class|type|boeing|airbus"
    r"|figure|table|title|version|posts?|page|no|nos|number|level|area|act|bill|proposition|paragraph|rule|apollo"
    r"|windows|iphone|channel|group|formula|line|unit|district|ward|gate|platform|covid|super\sbowl|explorer|cop"
    r"|season|episode|volume|game|round|day|week|year|born|top)\.?\s$|[#№]\s?$",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"[^\W\d_][\w’'-]*\s$")
_STOPS = (AUXILIARIES | CONJUNCTIONS | PREPOSITIONS | PRONOUNS | DETERMINERS) - {
    "of",
    "such",
    "other",
    "most",
}
# “jobs over ten years” is a length of time, “for over ten years” a comparison.
_DURING = re.compile(r"(?<!for )(?<!by )(?<!of )(?<!after )\bover\s$", re.IGNORECASE)
# “the second half of last year” is a time and no share.
_PART_OF_TIME = re.compile(
    r"\b(?:first|second|third|fourth|final|last|latter|other|next|this|that)\s$", re.IGNORECASE
)
_TIME_UNITS = frozenset({"days", "weeks", "months", "years", "decades", "hours", "minutes"})
_IRREGULAR_PLURALS = frozenset(
    "people men women children police troops percent data staff aircraft cattle".split()
)
_ADVERBS = frozenset(
    "currently now already still today later earlier ago more killed injured wounded dead".split()
)
_COUNTED_BY_SUBJECT = (
    (
        re.compile(r"\b(?:death\stoll|deaths?|fatalities|dead|killed|died|kills|killing)\b", re.IGNORECASE),
        "deaths",
    ),
    (re.compile(r"\b(?:injured|wounded|injuries|injuring|wounding)\b", re.IGNORECASE), "injured people"),
    (re.compile(r"\b(?:arrested|arrests|detained)\b", re.IGNORECASE), "arrests"),
    (re.compile(r"\bpopulation\b", re.IGNORECASE), "people"),
    (re.compile(r"\b(?:votes|ballots)\b", re.IGNORECASE), "votes"),
    (re.compile(r"\bcases\b", re.IGNORECASE), "cases"),
)


def find_quantities(
    text: str, start: int, end: int, dates: Sequence[DateMention] = ()
) -> tuple[Quantity, ...]:
    """The quantities of `text[start:end]` in order. A year after “since” is one: it bounds how long."""
    taken = [(mention.start, mention.end) for mention in dates]
    found = [
        Quantity("since", mention.iso, "year", f"since {mention.text}", mention.start - 6, mention.end)
        for mention in dates
        if mention.role == "since" and re.fullmatch(r"\d{4}", mention.text)
    ]
    reached = start
    for match in _PATTERN.finditer(text, start, end):
        inside_date = any(match.start() < stop and match.end() > begin for begin, stop in taken)
        if match.start() < reached or inside_date or _is_label(text, start, end, match):
            continue
        quantity = _quantity(text, start, end, match)
        if quantity:
            found.append(quantity)
            reached = quantity.end
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _is_label(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """A number that names a thing (Article 5, Boeing 737), a clock time, a score or a part of a word."""
    after = text[match.end() : min(end, match.end() + 12)]
    if re.match(
        r":\d|\s?(?:a\.m|p\.m|am\b|pm\b|o’clock|o'clock)|\.\d|/\d|,\d|(?:st|nd|rd|th)\b|[A-Za-z]{2}", after
    ):
        return not re.match(r"km|kg|cm|mm|mph", after)
    if match["digits"] and not (match["money"] or match["percent"] or match["scale"]):
        before = text[max(start, match.start() - 24) : match.start()]
        if _NAMED_BY_NUMBER.search(before):
            return True
        name = _CAPITALISED.search(before)
        if name and name.group()[0].isupper() and before.strip() != name.group().strip():
            return not _unit_after(text, match.end(), end)[0]
    if match["fraction"] and _PART_OF_TIME.search(text, max(start, match.start() - 10), match.start()):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", match.group()) and not _unit_after(text, match.end(), end)[0].endswith(
        "s"
    ):
        return not re.match(r"\s(?:people|men|women|troops|police)\b", after)
    if match["words"] and match["words"].lower() == "one":
        if re.search(
            r"\b(?:no|any|every|some|each|the|this|that)\s$",
            text[max(start, match.start() - 6) : match.start()],
            re.I,
        ):
            return True
        return not _UNIT_WORD.match(after) or bool(re.match(r"\s(?:of|another|day|thing|in|to)\b", after))
    return False


def _quantity(text: str, start: int, end: int, match: re.Match[str]) -> Quantity | None:
    comparator, at = _comparator(text, start, match)
    value, high, unit, stop = _value(match), _high(match), "", match.end()
    if high and Decimal(high) <= Decimal(value or 0):
        return None
    if high:
        comparator = "between"
    elif _RANGE_WORD.search(text, max(start, match.start() - 9), match.start()):
        top = _RANGE_END.match(text, match.end(), end)
        if top:
            at, stop, comparator = match.start() - len("between "), top.end(), "between"
            scale = _SCALES[top["scale"].lower()] if top["scale"] else 1
            high = _plain(Decimal(_digits(top["top"])) * scale)
            if top["scale"] and not match["scale"]:
                value = _plain(Decimal(value) * scale)
            unit = "percent" if top["percent"] else ""
    unit = unit or _unit_of_sign(match)
    if not unit:
        unit, stop = _unit_after(text, stop, end)
    if unit in _TIME_UNITS and _DURING.search(text, max(start, at - 12), match.start()):
        comparator, at = "=", match.start()
    after = _AFTER.match(text, stop, end)
    if after and comparator == "=":
        comparator, stop = (
            ("<=" if (after.group(1) or "").lower() in {"less", "fewer", "under", "lower"} else ">="),
            after.end(),
        )
    if not unit and after:
        unit, stop = _unit_after(text, stop, end)
    if not unit:
        unit = _unit_just_after(text, stop, end) or _unit_before(text, max(start, match.start() - 60), at)
    return Quantity(comparator, value, unit, text[at:stop], at, stop, high)


def _comparator(text: str, start: int, match: re.Match[str]) -> tuple[str, int]:
    before = text[max(start, match.start() - 28) : match.start()]
    for sign, pattern in _BEFORE:
        found = pattern.search(before)
        if found:
            return sign, match.start() - len(before) + found.start("words")
    if match["vague"] or (match["fraction"] and match["fraction"].lower().startswith("most")):
        return "~", match.start()
    return "=", match.start()


def _value(match: re.Match[str]) -> str:
    if match["digits"]:
        number = Decimal(_digits(match["digits"]))
        if match["scale"]:
            number *= _SCALES[match["scale"].lower()]
        elif match["short"]:
            number *= _SHORT_SCALES[match["short"].lower()]
        return _plain(number)
    if match["words"]:
        return str(_spelled(match["words"]))
    if match["ahundred"]:
        return str(_SCALES[match["ahundred"].split()[1].lower()])
    if match["fraction"]:
        parts = re.split(r"[-\s]", match["fraction"].lower())
        part = _FRACTIONS[parts[-1].rstrip("s") if parts[-1] != "half" else "half"]
        many = _SMALL.get(parts[0], 1) if len(parts) > 1 else 1
        return _plain(Decimal(part) * many)
    if match["oneof"]:
        return _plain((_counted(match["oneof"]) / _counted(match["ofmany"])).quantize(Decimal("0.001")))
    if match["times"]:
        return _TIMES[match["times"].lower()]
    return ""


def _high(match: re.Match[str]) -> str:
    if not match["top"]:
        return ""
    top = Decimal(_digits(match["top"]))
    if match["scale"]:
        top *= _SCALES[match["scale"].lower()]
    return _plain(top)


def _digits(words: str) -> str:
    word = words.lower().lstrip("$€£")
    if word in _SMALL:
        return str(_SMALL[word])
    return re.sub(r"[,\u00a0\u202f]", "", word)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"


def _counted(word: str) -> Decimal:
    return Decimal(_SMALL.get(word.lower()) or word)


def _spelled(words: str) -> int:
    total, current = 0, 0
    for word in re.split(r"[-\s]+", words.lower()):
        if word in _SMALL:
            current += _SMALL[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
    return total + current


def _unit_of_sign(match: re.Match[str]) -> str:
    if match["money"]:
        return _CURRENCIES[match["money"].strip().upper()]
    if match["percent"]:
        return "percentage points" if "point" in match["percent"] else "percent"
    if match["fraction"] or match["oneof"]:
        return "share"
    return "times" if match["times"] else ""


def _unit_after(text: str, at: int, end: int) -> tuple[str, int]:
    """The noun that is counted: the words up to the first plural, or one word when there is none."""
    words: list[str] = []
    stop = at
    rest = re.compile(r"\s(?:of|more)\s(?:the\s|its\s|their\s)?").match(text, at, end)
    place = rest.end() - 1 if rest else at
    for _ in range(4):
        found = _UNIT_WORD.match(text, place, end)
        if not found:
            break
        word = found.group(1)
        low = word.lower()
        if low in _STOPS or low in _ADVERBS or low.endswith("ly"):
            break
        words.append(word)
        place = stop = found.end()
        if _is_plural(low) or (text[found.start()] == "-" and low in {"old", "long", "wide", "high"}):
            break
        if low in _MONEY_WORDS:
            break
    if not words:
        return "", at
    if words[-1].lower() in _MONEY_WORDS:
        return _MONEY_WORDS[words[-1].lower()], stop
    if words[-1].lower() in {"year-old", "years-old"} or words[0].lower().startswith("year-old"):
        return "years old", stop
    if not _is_plural(words[-1].lower()):
        if len(words) == 1 and words[0][0].islower() and not words[0].lower().endswith(("ed", "ing")):
            return words[0], stop
        return "", at
    return " ".join(words), stop


def _is_plural(word: str) -> bool:
    return word in _IRREGULAR_PLURALS or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous", "’s", "'s"))
    )


def _unit_before(text: str, start: int, at: int) -> str:
    before = text[start:at]
    last = [
        (found[-1].end(), unit)
        for words, unit in _COUNTED_BY_SUBJECT
        if (found := list(words.finditer(before)))
    ]
    return max(last)[1] if last else ""


def _unit_just_after(text: str, stop: int, end: int) -> str:
    """“45 killed”, “300 more were injured”: the unit is what happened to them."""
    after = text[stop : min(end, stop + 24)]
    found = re.match(
        r"\s(?:more\s|others\s)?(?:were\s|are\s|was\s)?(dead|killed|died|injured|wounded|arrested)\b", after
    )
    if not found:
        return ""
    word = found.group(1)
    return {"injured": "injured people", "wounded": "injured people", "arrested": "arrests"}.get(
        word, "deaths"
    )
