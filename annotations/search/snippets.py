"""What was searched for, marked in the words that hold it. Pure: text in, pieces out; the template writes them."""

from __future__ import annotations

import re
import unicodedata

_TERM = re.compile(r'(-?)"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+")

Piece = tuple[str, bool]
"""A stretch of text, and whether it is a hit."""


def terms(query: str) -> list[str]:
    """The words that a web-style query looks for, folded; without those it excludes and without `or`."""
    found = []
    for minus, phrase, word in _TERM.findall(query):
        if minus or word.startswith("-") or word.lower() == "or":
            continue
        found += _WORD.findall(_folded(phrase or word))
    return list(dict.fromkeys(found))[:20]


def snippet(text: str, wanted: list[str], *, size: int = 220) -> list[Piece]:
    """About `size` code points around the first hit, cut between words, every hit marked; the beginning without one."""
    hits = _hits(text, wanted)
    start = 0
    if hits and hits[0][0] > size - 40:
        start = text.rfind(" ", 0, max(0, hits[0][0] - 60)) + 1
    end = min(len(text), start + size)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + size // 2)
    pieces: list[Piece] = [("…", False)] if start else []
    at = start
    for first, last in hits:
        if first < at or last > end:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces += [(text[at:end], False)] + ([("…", False)] if end < len(text) else [])
    return [piece for piece in pieces if piece[0]]


def has_hit(text: str, wanted: list[str]) -> bool:
    return bool(_hits(text, wanted))


def _hits(text: str, wanted: list[str]) -> list[tuple[int, int]]:
    """Places [start, end) of the words that begin with something wanted, as the search finds them."""
    return [
        match.span()
        for match in _WORD.finditer(text)
        if any(_folded(match.group()).startswith(term) for term in wanted)
    ]


def _folded(words: str) -> str:
    """Lower case and without accents, as the database folds them."""
    plain = unicodedata.normalize("NFKD", words)
    return "".join(c for c in plain if not "\u0300" <= c <= "\u036f").lower()
