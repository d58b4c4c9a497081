"""Where else a text says what a claim says. Pure; positions are code points.

Three kinds: the very words; the same words but for case, white space and quote marks; and sentences with the same
figures and most of the main words. The machine offers, a person attaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from annotations.claims.extraction.sentences import sentences_within

EXACT, SAME, LIKE = "EXACT", "SAME", "LIKE"
SHARE = 0.6
"""The share of a claim's main words that a sentence with its figures has to hold."""
FEWEST = 2
"""Shared main words below which two sentences with one figure may speak of anything."""
PROBE = 160
"""Characters of a claim's words that a database is asked for; the rest is compared here."""

_QUOTES = "\"'“”„‟‘’‚‛«»‹›"
_SPACES = "\\s\u00a0\u2007\u202f\u3000"
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+(?!\d)|\d+)((?:[.,]\d+)?)"
    r"(?:[\s\u00a0\u202f-]?(thousand|million|billion|trillion|k|m|bn)\b)?",
    re.I,
)
_TIMES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}
_WORD = re.compile(r"[^\W\d_]\w*(?:[’'-]\w+)*")
_SMALL = frozenset(
    "the and for are was were has have had that this these those with from into than then they their there which who"
    " whom what when where will would could should been being also not but its his her our your about after before over"
    " under more most some such said says say".split()
)


@dataclass(frozen=True)
class Place:
    """A piece of a text that repeats a claim, and how (`EXACT`, `SAME` or `LIKE`)."""

    start: int
    end: int
    kind: str


def places(text: str, words: str) -> list[Place]:
    """Every repetition of `words` in the text, in order. Of two that overlap the closer kind is kept."""
    found = [
        Place(*hit.span(), EXACT if hit.group() == words else SAME) for hit in _same(words).finditer(text)
    ]
    taken = [(place.start, place.end) for place in found]
    for start, end in _alike_sentences(text, words):
        if not any(start < stop and begin < end for begin, stop in taken):
            found.append(Place(start, end, LIKE))
    return sorted(found, key=lambda place: place.start)


def words_pattern(words: str) -> str:
    """A regular expression, for Python and PostgreSQL alike, that the beginning of the same words fits."""
    return _loose(words if len(words) <= PROBE else words[:PROBE].rsplit(None, 1)[0])


def figures_pattern(words: str) -> str:
    """The same for a text with the longest figure of these words; empty when they hold none, or no main words."""
    known = figures(words)
    if not known or len(main_words(words)) < FEWEST:
        return ""
    return "|".join(_forms(max(known, key=lambda figure: (len(str(figure)), figure))))


def figures(text: str) -> set[Decimal]:
    """The numbers of a text as values: 12,000 and 12 thousand are one."""
    found = set()
    for whole, rest, times in _NUMBER.findall(text):
        value = Decimal(re.sub(r"\D", "", whole) + rest.replace(",", "."))
        found.add((value * 10 ** _TIMES.get(times.lower(), 0)).normalize())
    return found


def main_words(text: str) -> set[str]:
    """The words that carry meaning, in a form that a plural does not change."""
    words = (hit.group().casefold().removesuffix("'s").removesuffix("’s") for hit in _WORD.finditer(text))
    return {word.removesuffix("s") if len(word) > 4 else word for word in words if len(word) > 2} - _SMALL


def _loose(words: str) -> str:
    """The words with any white space and any quote marks; literal in everything else."""
    pieces = []
    for piece in re.findall(rf"[{_SPACES}]+|[^{_SPACES}]", words.strip()):
        if piece.isspace():
            pieces.append("[\\s\u00a0\u2007\u202f\u3000]+")
        elif piece in _QUOTES:
            pieces.append(f"[{_QUOTES}]")
        else:
            pieces.append(piece if piece.isalnum() or not piece.isascii() else "\\" + piece)
    return "".join(pieces)


@lru_cache(maxsize=64)
def _same(words: str) -> re.Pattern[str]:
    """Whole words only, and whole numbers: “12” is not found in “12,000”."""
    before = r"(?<!\w)(?<!\d[.,])" if words[:1].isdigit() else r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if words[-1:].isdigit() else r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + _loose(words) + after, re.I)


def _forms(figure: Decimal) -> Iterator[str]:
    """How a figure may be written: digits in groups, or with a word for the thousands."""
    digits = format(figure, "f")
    yield "[., \u00a0\u202f]?".join(digits.replace(".", ""))
    for name, power in (("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)):
        if figure >= 10**power:
            short = format((figure / 10**power).normalize(), "f").replace(".", "[.,]")
            yield f"{short}[\\s\u00a0-]?({name}|{name[0]})"


def _alike_sentences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Sentences with all the figures and enough of the main words. Only paragraphs with a figure of it are read."""
    pattern = figures_pattern(words)
    if not pattern:
        return
    wanted, known, at = figures(words), main_words(words), 0
    for hit in re.finditer(pattern, text, re.I):
        if hit.start() < at:
            continue
        start = text.rfind("\n", 0, hit.start()) + 1
        at = text.find("\n", hit.end())
        at = len(text) if at < 0 else at
        for begin, end in sentences_within(text, start, at):
            sentence = text[begin:end]
            shared = known & main_words(sentence)
            if len(shared) >= max(FEWEST, SHARE * len(known)) and wanted <= figures(sentence):
                yield begin, end
