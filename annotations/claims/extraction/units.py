"""What a number counts: the noun behind it, the sign at it, or what the words before it speak of.

Every function reads a slice as written (`words`) and in small letters (`low`), both of one length.
"""

from __future__ import annotations

import re

from annotations.claims.extraction.number_words import SMALL, is_plural
from annotations.claims.extraction.verbs import AUXILIARIES, IRREGULAR_PAST
from annotations.claims.extraction.words import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, PRONOUNS

CURRENCY_SIGNS = {
    "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL",
    "nt$": "TWD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₴": "UAH",
    "₪": "ILS", "₦": "NGN", "rs": "INR", "rs.": "INR", "usd": "USD", "eur": "EUR", "gbp": "GBP", "chf": "CHF",
    "rmb": "CNY", "cny": "CNY", "jpy": "JPY", "aud": "AUD", "cad": "CAD", "rm": "MYR", "sek": "SEK", "nok": "NOK",
}  # fmt: skip
_CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pounds sterling": "GBP", "sterling": "GBP",
    "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rupee": "INR", "rupees": "INR", "rouble": "RUB", "roubles": "RUB",
    "ruble": "RUB", "rubles": "RUB", "won": "KRW", "hryvnia": "UAH", "hryvnias": "UAH", "shekel": "ILS",
    "shekels": "ILS", "naira": "NGN",
    "rand": "ZAR", "ringgit": "MYR", "baht": "THB", "zloty": "PLN", "zlotys": "PLN", "lira": "TRY",
    "australian dollars": "AUD", "canadian dollars": "CAD", "us dollars": "USD", "u.s. dollars": "USD",
    "hong kong dollars": "HKD", "new zealand dollars": "NZD", "singapore dollars": "SGD", "swiss francs": "CHF",
    "american dollars": "USD",
}  # fmt: skip
_MONEY_BEHIND = re.compile(
    r"[\s\u00a0-](" + "|".join(sorted(map(re.escape, _CURRENCY_WORDS), key=len, reverse=True)) + r")(?![\w-])"
)
_SYMBOL = re.compile(
    r"\s?(°\s?[cf]|km/h|km²|km2|sq\.?\s(?:km|mi|ft|m)|kilometres?\sper\shour|kilometers?\sper\shour|miles\sper\shour|m/s|kmh"
    r"|degrees\s(?:celsius|fahrenheit|centigrade)|square\s(?:kilometres?|kilometers?|miles?|metres?|meters?|feet)"
    r"|cubic\s(?:metres?|meters?|feet)|basis\spoints?|mph|kph|kwh|mwh|gwh|twh|knots|kg|km|cm|mm|mg|ml|mw|gw|kw|gb|tb|mb|ghz|mhz"
    r"|hz|ha|lbs?|ft|yd|oz|ppm|°)(?!\w)"
)
_SYMBOL_NAMES = {
    "kilometres per hour": "km/h", "kilometers per hour": "km/h", "kph": "km/h", "kmh": "km/h", "miles per hour": "mph",
    "degrees celsius": "°C", "degrees centigrade": "°C", "degrees fahrenheit": "°F",
    "° c": "°C", "° f": "°F", "°": "degrees", "°c": "°C", "°f": "°F", "km2": "km²",
}  # fmt: skip
_HYPHENATED = re.compile(
    r"[-\u2011\s](?P<age>(?:years?|months?|weeks?|days?)[-\u2011\s]olds?)(?!\w)"
    r"|[-\u2011](?P<noun>strong|magnitude|plus|odd|fold|years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|nights?"
    r"|miles?|kilometres?|kilometers?|km|metres?|meters?|foot|feet|inch|yard|acre|hectare|tonnes?|tons?|ton|kilograms?|kg|pounds?|gallons?"
    r"|litres?|liters?|barrels?|megawatts?|members?|seats?|person|people|man|woman|storey|story|bed|room|point|games?|match"
    r"|goal|run|lap|nation|country|state|judge|justice|vote|page|degrees?|car|vehicle|ship|dollar|euro|percent|cent|mph"
    r"|carat|term|volume|lane|passenger|seater|block|stage|metre-deep|week-old)(?![\w])"
)
_HYPHEN_UNITS = {
    "strong": "people", "foot": "feet", "inch": "inches", "person": "people", "man": "men", "woman": "women",
    "storey": "storeys", "story": "storeys", "country": "countries", "percent": "percent", "magnitude": "magnitude",
    "mph": "mph", "km": "km", "kg": "kg", "feet": "feet", "people": "people", "match": "matches", "dollar": "USD",
    "euro": "EUR", "seater": "seats", "justice": "justices",
}  # fmt: skip
_OF_MORE = re.compile(
    r"\s(?:of|more|other|additional|further|new)\s(?:the\s|its\s|their\s|his\s|these\s|those\s|all\s)?"
)
_WORD = re.compile(r"[\s\u00a0-]((?:u\.s\.|u\.n\.)|[^\W\d_][\w’'-]{0,40})")
_STOPS = (AUXILIARIES | CONJUNCTIONS | PREPOSITIONS | PRONOUNS | DETERMINERS) - {
    "of",
    "such",
    "other",
    "most",
}
_ADVERBS = frozenset(
    "currently now already still today yesterday tomorrow later earlier ago more killed injured wounded dead missing"
    " arrested said each apiece so too then again away old".split()
)
_PER = re.compile(
    r"[\s-](?:(?:per|for\severy|in\severy)\s(?P<per>(?!cent(?!\w))(?:\d{1,3}(?:,\d{3}){0,2}(?:\s[a-z]{3,20})?|(?:square\s)?[a-z]{1,20}))"
    r"|(?:an?|each|every)[\s-](?P<each>second|minute|hour|day|night|week|fortnight|month|year|barrel|head|gallon|litre|liter|tonne"
    r"|ton|share|person|kilo|kilogram|pound|ounce|game|match|piece|seat|ticket|vote|pound|word|mile))(?!\w)"
    r"(?!\s(?:earlier|ago|before|later|previously|after))"
)
_HAPPENED = re.compile(
    r"\s(?:more\s|others\s|people\s)?(?:were\s|are\s|was\s|have\sbeen\s|had\sbeen\s|being\s)?"
    r"(dead|killed|died|injured|wounded|hurt|arrested|detained)(?!\w)"
)
_BY_SUBJECT = (
    (re.compile(r"\b(?:death\stoll|deaths?|fatalities|dead|killed|died|kills|killing)\b"), "deaths"),
    (re.compile(r"\b(?:injured|wounded|injuries|injuring|wounding)\b"), "injured people"),
    (re.compile(r"\b(?:arrested|arrests|detained)\b"), "arrests"),
    (re.compile(r"\bpopulation\b"), "people"),
    (re.compile(r"\b(?:votes|ballots)\b"), "votes"),
    (re.compile(r"\bcases\b"), "cases"),
)
_AGE_BEFORE = re.compile(r"\b(?:aged|age|age\sof|ages)\s(?:between\s|just\s|only\s)?$")


def symbol(words: str, low: str, at: int) -> tuple[str, int]:
    """A unit written at the number: “km/h”, “°C”, “kg”."""
    found = _SYMBOL.match(low, at)
    if not found:
        return "", at
    name = " ".join(found.group(1).split())
    return _SYMBOL_NAMES.get(name, words[found.start(1) : found.end(1)]), found.end()


def money(low: str, at: int) -> tuple[str, int]:
    found = _MONEY_BEHIND.match(low, at)
    return (_CURRENCY_WORDS[found.group(1)], found.end()) if found else ("", at)


def hyphenated(low: str, at: int) -> tuple[str, int]:
    """“20-year-old”, “12,000-strong”, “6.2-magnitude”, “three-judge”."""
    found = _HYPHENATED.match(low, at)
    if not found:
        return "", at
    if found["age"]:
        unit = re.split(r"[-\u2011\s]", found["age"])[0].rstrip("s")
        return f"{unit}s old", found.end()
    noun = found["noun"]
    if noun in {"plus", "odd", "fold", "cent"}:
        return "", at
    return _HYPHEN_UNITS.get(noun, noun if noun.endswith("s") else noun + "s"), found.end()


def noun(words: str, low: str, at: int) -> tuple[str, int]:
    """The noun that is counted: the words up to the first plural, or one word when there is none."""
    names: list[str] = []
    rest = _OF_MORE.match(low, at)
    place = rest.end() - 1 if rest else at
    stop = at
    for _ in range(4):
        found = _WORD.match(low, place)
        if not found or (low[found.start()] == "-" and not names):
            break
        word = found.group(1)
        if word in SMALL and word not in DETERMINERS:
            return "", at  # “five of the six judges”
        if word in _STOPS or word in _ADVERBS or word.endswith("ly") or (names and word in IRREGULAR_PAST):
            break
        if len(names) == 1 and names[0].islower() and word.endswith("ed"):
            break  # “one person survived”
        names.append(words[found.start(1) : found.end(1)])
        place = stop = found.end()
        if is_plural(word):
            break
    if not names:
        return "", at
    if not is_plural(names[-1].lower()):
        single = names[0]
        if len(names) == 1 and single[0].islower() and not single.endswith(("ed", "ing")):
            return single, stop
        return "", at
    return " ".join(names), stop


def per(low: str, at: int) -> tuple[str, int]:
    """“per 100,000”, “a day”: what the number is counted against."""
    found = _PER.match(low, at)
    return (found["per"] or found["each"], found.end()) if found else ("", at)


def what_happened(low: str, at: int) -> str:
    """“45 killed”, “300 more were injured”: the unit is what happened to them."""
    found = _HAPPENED.match(low, at)
    if not found:
        return ""
    names = {"injured": "injured people", "wounded": "injured people", "hurt": "injured people"}
    return (names | {"arrested": "arrests", "detained": "arrests"}).get(found.group(1), "deaths")


def is_age(low: str, at: int) -> bool:
    return bool(_AGE_BEFORE.search(low[max(0, at - 24) : at]))


def subject(low: str, at: int) -> str:
    """What the last such word before the number speaks of: “the death toll exceeded 45,000”."""
    before = low[max(0, at - 60) : at]
    last = [(found[-1].end(), unit) for words, unit in _BY_SUBJECT if (found := list(words.finditer(before)))]
    return max(last)[1] if last else ""
