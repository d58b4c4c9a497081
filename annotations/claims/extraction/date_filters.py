"""Words that look like a date and are none: the verb “may”, the Sunday Times, 2000 people."""

from __future__ import annotations

import re

from annotations.claims.extraction.date_words import MONTH
from annotations.claims.extraction.number_words import COUNTED_CHANCES, NAMED_BY_NUMBER, is_plural
from annotations.claims.extraction.verbs import AUXILIARIES
from annotations.claims.extraction.words import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, PRONOUNS

_NO_NOUNS = AUXILIARIES | CONJUNCTIONS | DETERMINERS | PREPOSITIONS | PRONOUNS
_NEWSPAPER = re.compile(
    r"\s(?:times|telegraph|herald|mirror|express|mail|post|star|sun|world|business|tribune|independent|night\slive|best)(?!\w)"
)
_MONTH_ROLE = re.compile(
    r"\b(?:in|last|this|next|since|until|till|during|early|late|mid|of|from|between|through|past|coming|each|every|to|by|before|after"
    r"|and|for|mid-|as\sof)[\s-]$"
)
_MAY_ROLE = re.compile(
    r"\b(?:in|last|this|next|since|until|till|during|early|late|mid|of|from|between|each|every)[\s-]$"
)
_YEAR_ROLE = re.compile(
    r"\b(?:in|since|until|till|during|by|before|after|of|from|to|through|early|late|mid|year|for|circa|throughout|and|autumn"
    r"|spring|summer|winter|fall|between|than)[\s-](?:the\s|early\s|late\s|mid-)?$"
)
_SURE_ROLE = re.compile(
    r"\b(?:in|since|until|till|during|throughout|mid|early|late)[\s-]$"
    r"|\b(?:from|between)\s(?:19|20)\d\d\s(?:and|to)\s$"
)
_OPENS_RANGE = re.compile(r"\b(?:from|between)\s$")
_THE = re.compile(r"(?:\b(?:the|its|their|his|her|our|this|that)|[’']s|s[’'])\s$")
_ABOUT_A_NUMBER = re.compile(
    r"\b(?:over|about|around|nearly|almost|some|than|least|most|to|approximately|roughly|only|estimated|another|other|all|of)\s$"
)
_MONTH_NAME = re.compile(rf"\b({MONTH})", re.IGNORECASE)
_TO_NUMBER = re.compile(r"\s?(?:and|to|or|[-–—])\s?\d{4}(?!\d)")
_NEXT_WORD = re.compile(r"\s([^\W\d_][\w’'-]{0,30})")
_OPENS_NAME = re.compile(r"\b[A-Z][\w’'.-]{1,20}\s$")


def is_no_date(kind: str, words: str, low: str, start: int, end: int) -> bool:
    """`words` and `low` are the same text, as written and in small letters."""
    before, after = words[max(0, start - 24) : start], words[end : end + 32]
    if kind in {"monthday", "daymonth", "monthyear", "month"}:
        return _is_no_month(kind, words, start, end, before, after)
    if kind == "weekday":
        return bool(
            (_NEWSPAPER.match(low, end) and after[1:2].isupper())
            or re.search(r"\b(?:Mail|World) on\s$", before)
        )
    if kind == "near":
        return words[start : start + 5] == "Today" and bool(
            re.search(r"\b(?:USA|Russia|Psychology)\s$", before)
        )
    if kind in {"year", "years"}:
        return _is_no_year(words[start:end], before, after)
    if kind == "holiday":
        return not words[start].isupper() or bool(re.match(r"\s(?:Island|Rising)", after))
    return kind == "century" and after.startswith(" Fox")


def _is_no_month(kind: str, words: str, start: int, end: int, before: str, after: str) -> bool:
    name = _MONTH_NAME.search(words, start, end)
    month = name.group(1) if name else ""
    needs_capital = kind == "month" or len(month) < 4 or month.lower() in {"may", "march"}
    if needs_capital and not month[:1].isupper():
        return True
    if kind != "month":
        return bool(re.match(r"\s(?:per\s?cent|million|billion)", after)) and kind == "monthday"
    if month == "May":
        return not _MAY_ROLE.search(before.lower())
    if _MONTH_ROLE.search(before.lower()):
        return False
    if len(month) < 4 or words[start:end].endswith("."):
        return True
    if month not in {"March", "April", "June", "August"}:
        return bool(re.match(r"[’']s\s[A-Z]", after))
    return bool(re.match(r"(?:[’']s)?\s[A-Z]", after) or _OPENS_NAME.search(before))


def _is_no_year(year: str, before: str, after: str) -> bool:
    """A year is no count of what follows, no number of a resolution, and no “over 2000”."""
    low_before, number = before.lower(), int(year[:4])
    if NAMED_BY_NUMBER.search(low_before) and not low_before.endswith("year "):
        return True
    role = bool(_YEAR_ROLE.search(low_before))
    range_end = _TO_NUMBER.match(after)  # “between 1500 and 2000 people”
    following = _NEXT_WORD.match(after, range_end.end() if range_end else 0)
    word = following.group(1) if following else ""
    counts = bool(word) and word[0].islower() and word not in _NO_NOUNS and is_plural(word)
    sure = _SURE_ROLE.search(low_before) or (range_end and _OPENS_RANGE.search(low_before))
    if counts and not _THE.search(low_before) and not (sure and 1900 <= number < 2100):
        return word not in COUNTED_CHANCES or _ABOUT_A_NUMBER.search(low_before) is not None
    if number < 1500:
        noun = bool(word) and word.lower() not in _NO_NOUNS
        return not re.search(r"\b(?:in|since|until|before|after|from|to|of)\s$", low_before) or noun
    if not role and _ABOUT_A_NUMBER.search(low_before):
        return True
    return number < 1800 and not role
