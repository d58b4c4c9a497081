"""Where sentences begin and end. Positions are exact: what lies between two sentences is white space."""

from __future__ import annotations

import re

from annotations.articles.text import paragraphs

_STOP = re.compile(r"""[.!?…]{1,9}["'”’»)\]]{0,4}(?=\s)""")
_NEXT = re.compile(r"""\s{1,9}["'“‘«(\[—–-]{0,4}\s?(\w[\w’'-]{0,40})""")
_WORD_BEFORE = re.compile(r"[\w.’'&-]{1,40}$")
_ASKED = re.compile(
    r"\s{1,9}(?:[A-Z][\w’'.-]{0,30}\s){1,4}(?:said|asked|says|asks|wrote|replied|tweeted|told|added|shouted)\b"
)
_TITLES = frozenset(
    "mr mrs ms dr prof gen sen rep gov lt col sgt capt cpt cmdr adm maj rev hon st sr fr pres amb supt det insp"
    " vs approx ca cf fig vol pp eq gov atty dep asst messrs mt ft".split()
)
_MAYBE_LAST = frozenset("inc corp ltd co jr sr etc al bros dept univ est ave blvd rd a.m p.m ph.d".split())
_MONTHS = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec".split())
_OPENERS = frozenset(
    "the a an in it its he she they we i you but and however this that these those there on at for as if when"
    " while after before since although because his her their our my both many some most meanwhile also yet"
    " according under over with by from to no not what who why how where according such still then now one"
    " more last officials police".split()
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of the whole text as `[start, end)`; none crosses a paragraph."""
    return [span for start, end in paragraphs(text) for span in sentences_within(text, start, end)]


def sentences_within(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one paragraph."""
    found: list[tuple[int, int]] = []
    at = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < at or not _ends_here(text, at, stop, end):
            continue
        found.append((at, stop.end()))
        at = stop.end()
        while at < end and text[at].isspace():
            at += 1
    if at < end:
        found.append((at, end))
    return found


def _ends_here(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, stop.end(), end)
    if not following:
        return True
    word = following.group(1)
    if word[0].islower():
        return False
    mark = stop.group()
    if mark[0] != "." or len(mark.rstrip("\"'”’»)]")) > 1:
        return not (mark[-1] in "\"'”’»" and _ASKED.match(text, stop.end(), end))
    return not _is_abbreviation(text, start, stop.start(), word) or (mark != "." and word.lower() in _OPENERS)


def _is_abbreviation(text: str, start: int, stop: int, following: str) -> bool:
    before = _WORD_BEFORE.search(text, max(start, stop - 40), stop)
    word = before.group().lower().lstrip("'’-") if before else ""
    opens = following.lower() in _OPENERS
    if word in _TITLES:
        return True
    if word in {"no", "nos", "art", "sec"}:
        return following[0].isdigit()
    if word in _MONTHS:
        return following[0].isdigit() or not opens
    if len(word) == 1 and word.isalpha():
        return word != "i" or not opens
    if word in _MAYBE_LAST or re.fullmatch(r"(?:\w\.){1,5}\w", word):
        return not opens
    return False
