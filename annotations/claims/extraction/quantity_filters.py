"""Numbers that count nothing: names (Article 5, Boeing 737), clock times, parts of words, “one” as a pronoun."""

from __future__ import annotations

import re

from annotations.claims.extraction import units
from annotations.claims.extraction.number_words import NAMED_BY_NUMBER, is_plural

_GOES_ON = re.compile(
    r":\d|\s?(?:a\.m|p\.m|am\b|pm\b|o’clock|o'clock)|\.\d|/\d|,\d|(?:st|nd|rd|th)\b|[-–][a-z]?\d|\s?(?:gmt|utc)\b"
)
_CAPITALISED = re.compile(r"[^\W\d_][\w’'-]{0,40}\s$")
# “the second half of last year” is a time and no share.
_PART_OF_TIME = re.compile(
    r"\b(?:first|second|third|fourth|final|last|latter|other|next|this|that|better|opening|early|late)\s$"
)
_ONE_IS_NO_COUNT = re.compile(
    r"\s(?:of|another|day|thing|in|to|point|way|side|time|such|reason|example|hand|or\sthe\sother|might|could|would|can|should|may"
    r"|must|is|has|who|that|which|said|on|at|and)(?!\w)|[.,;:’'”\")]|\s\(|$"
)
_ONE_COUNTS_AGAIN = re.compile(
    r"\s(?:(?:is|was|has\sbeen|of\sthem\swas)\s)?(?:killed|dead|died|injured|wounded|missing|arrested|rescued|in\scritical)"
)
_HAPPENS = re.compile(
    r"\b(?:was|were|is|are|has|have|had|died|killed|injured|wounded|dead|missing|remains?|dies)\b"
)
_ABOUT = re.compile(
    r"\b(?:than|about|nearly|almost|over|by|around|roughly|under|to|only|just|approximately|least)\s(?:an?\s|the\s)?$"
)
_NOT_ONE = re.compile(r"\b(?:no|any|every|some|each|the|this|that|which|another|not)\s$")


def counts_nothing(kind: str, words: str, low: str, start: int, end: int) -> bool:
    """`words` and `low` are the same text, as written and in small letters."""
    if kind == "share":
        return _is_no_share(low, start, end)
    if kind == "most":
        return _is_no_majority(words, low, start, end)
    if kind == "rank":
        return low.startswith("first", start) and bool(
            re.search(r"\b(?:in\sthe|my|our|your|his|her|its)\s$", low[max(0, start - 8) : start])
        )
    if kind in {"times", "vague", "round", "oneof"}:
        return False
    return bool(_GOES_ON.match(low, end))


def _is_no_share(low: str, start: int, end: int) -> bool:
    if _PART_OF_TIME.search(low, max(0, start - 10), start):
        return True
    phrase = low[start:end]
    if phrase == "half":
        return bool(re.match(r"\s(?:to|that)\b", low[end : end + 6]))
    if not re.match(r"(?:an?|one|two|three|four|five|six|seven|eight|nine)[\s-]", phrase):
        return True  # “the third of May”, “quarters”
    if re.match(r"an?\s", phrase) and not re.match(r"\s(?:of|as)\b", low[end : end + 4]):
        return not _ABOUT.search(low[max(0, start - 20) : start]) and "half" not in phrase
    return False


def _is_no_majority(words: str, low: str, start: int, end: int) -> bool:
    """“Most iodine …” and “most of the …”, but not “the most serious” or “most famously”."""
    if low.startswith(" of ", end):
        return bool(re.search(r"\bthe\s$", low[max(0, start - 4) : start])) and low.startswith("most", start)
    following = re.match(r"\s([a-z]{3,30})", low[end : end + 32])
    word = following.group(1) if following else ""
    return (
        words[start] != "M"
        or word.endswith(("ly", "ed"))
        or word in {"important", "notable", "recent", "likely", "famous"}
    )


def is_label(words: str, low: str, start: int, end: int, *, stop: int) -> bool:
    """A plain number in digits that names a thing. `start` is its first digit, `stop` where a unit could begin."""
    before = low[max(0, start - 24) : start]
    if NAMED_BY_NUMBER.search(before) or re.search(r"[#№]\s?$", before):
        return True
    if re.fullmatch(r"(?:1[89]|20)\d\d", low[start:end]):
        unit = units.noun(words, low, stop)[0].lower()
        return not (unit and is_plural(unit.split()[-1])) and not units.hyphenated(low, stop)[0]
    name = _CAPITALISED.search(words, max(0, start - 24), start)
    if (
        not name
        or not name.group()[0].isupper()
        or not words[max(0, name.start() - 3) : name.start()].strip()
    ):
        return False
    counted = (
        units.noun(words, low, stop)[0] or units.what_happened(low, stop) or units.hyphenated(low, stop)[0]
    )
    return not counted and not re.match(r"\s(?:were|people|have)\b", low[stop : stop + 8])


def is_no_count_of_one(words: str, low: str, start: int, end: int) -> bool:
    """“no one”, “one of the best”, “one said”; “One poster admitted” tells of somebody and counts nobody."""
    if _NOT_ONE.search(low[max(0, start - 9) : start]):
        return True
    if _ONE_COUNTS_AGAIN.match(low, end):
        return False
    if _ONE_IS_NO_COUNT.match(low, end):
        return True
    opens = words[start] == "O"
    return opens and not _HAPPENS.search(low, end, min(len(low), end + 40))
