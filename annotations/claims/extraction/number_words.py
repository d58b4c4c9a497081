"""Numbers in words and digits, and what tells a number that counts from one that names. Text comes in small letters."""

from __future__ import annotations

import re
from decimal import Decimal

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: number for number, word in enumerate(ONES)}
SMALL |= {word: number for number, word in zip(range(20, 100, 10), TENS, strict=True)}
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "lakh": 10**5, "crore": 10**7, "dozen": 12,
}  # fmt: skip
SHORT_SCALES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
FRACTIONS = {
    "half": "0.5", "halve": "0.5", "third": "0.333", "quarter": "0.25", "fourth": "0.25", "fifth": "0.2",
    "sixth": "0.167", "seventh": "0.143", "eighth": "0.125", "ninth": "0.111", "tenth": "0.1", "hundredth": "0.01",
}  # fmt: skip
SIGNS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667"}

# Commas by threes, or by twos as in India; a narrow or hard space by threes.
DIGITS = (
    r"(?:\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,6})?|\d{1,2}(?:,\d{2}){1,4},\d{3}|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,6}"
    r"|\d{1,15}(?:\.\d{1,6})?|(?<!\d)\.\d{1,6})"
)
WORD = "|".join(sorted([*ONES[1:], *TENS], key=len, reverse=True))
SCALE = "|".join(SCALES)
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(TENS)})(?:[-\s](?:{'|'.join(ONES[1:10])})(?!\w))?|(?:{WORD}))"
# “and” stands only behind a hundred or a thousand: “between two and three million” are two numbers.
SPELLED = (
    rf"{_BELOW_HUNDRED}(?:[-\s](?:(?:hundred|thousand)(?:\s(?:and\s)?{_BELOW_HUNDRED}(?!\shundred))?"
    rf"|(?:million|billion)(?:\s{_BELOW_HUNDRED}(?=\s(?:hundred|thousand)))?|{SCALE})(?![\w])){{0,4}}"
)

NAMED_BY_NUMBER = re.compile(
    r"\b(?:articles?|sections?|resolutions?|chapters?|flights?|routes?|highway|interstate|motorway|rooms?|phase|class|type|boeing"
    r"|airbus|figures?|tables?|title|version|posts?|pages?|pp|nos?|level|area|acts?|bill|propositions?|proposition|paragraphs?|rules?"
    r"|apollo|windows|iphone|ipad|playstation|xbox|android|galaxy|channel|group|formula|line|unit|districts?|ward|gate|platform"
    r"|terminal|pier|covid|explorer|season|episodes?|volume|game|round|stage|day|week|step|part|lot|box|lane|cell"
    r"|block|building|zone|sector|camp|base|battalion|brigade|euro|agenda|protocol|amendment|psalm|verse|sura|mark|model|mk"
    r"|exit|turn|tier|schedule|annex|appendix|item|point|court|studio|engine|reactor|car|bus|train|tower|storm|pillar|category|grade|sol|runway|track|fc|u)\.?\s$"
)
COUNTED_CHANCES = frozenset(
    "elections olympics games riots attacks protests floods championships talks negotiations budgets polls bombings"
    " hearings reforms riots guidelines regulations".split()
)  # of a year rather than counted: “2008 elections were held”
_IRREGULAR_PLURALS = re.compile(
    r"(?:people|men|women|children|police|troops|percent|data|staff|aircraft|cattle|feet|fish|sheep|dead|personnel|mice|teeth|lives"
    r"|crew|hectare|media|species|headquarters|series|spacecraft|offspring|folk)$"
)
_NARROW = str.maketrans({chr(code): chr(code + 32) for code in range(65, 91)})


def lowered(words: str) -> str:
    """In small letters and of the same length, so that places in it are places in the text."""
    low = words.lower()
    return low if len(low) == len(words) else words.translate(_NARROW)


def is_plural(word: str) -> bool:
    return bool(_IRREGULAR_PLURALS.search(word)) or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous", "’s", "'s"))
    )


def plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"


def figure(words: str) -> Decimal:
    """The value of digits with their marks, without a scale."""
    return Decimal(re.sub(r"[,\u00a0\u2009\u202f]", "", words))


def spelled(words: str) -> int:
    """“one hundred and twenty-five thousand”; words that are no numbers count nothing."""
    total, current = 0, 0
    for word in re.split(r"[-\s]+", words):
        if word in SMALL:
            current += SMALL[word]
        elif word in {"hundred", "dozen"}:
            current = max(current, 1) * SCALES[word]
        elif word in SCALES:
            total += max(current, 1) * SCALES[word]
            current = 0
    return total + current


def ending_scale(words: str) -> int:
    """The scale that closes spelled words, which “two to three million” means for both; 1 when there is none."""
    return SCALES.get(re.split(r"[-\s]", words)[-1], 1)


def value(words: str) -> Decimal:
    """Digits, a word or a share such as “7”, “seven” or “½”."""
    if words[:1].isdigit() or words[:1] == ".":
        return figure(words)
    return Decimal(SIGNS[words]) if words in SIGNS else Decimal(spelled(words))
