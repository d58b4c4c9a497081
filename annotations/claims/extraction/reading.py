"""A text's sentences with who says what in them, remembering across sentences who speaks and what is quoted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotations.claims.extraction.attribution import Said, attribute, renamed
from annotations.claims.extraction.clauses import Piece, pieces_of
from annotations.claims.extraction.memory import Memory
from annotations.claims.extraction.quotes import Span, is_quoted, quotes_around, quotes_over

__all__ = ["Piece", "ReadSentence", "Said", "attribution_of", "dateline_end", "read_sentences", "spans_of"]

LONGEST_SENTENCE = 1200  # longer is a table, a list or bait for the patterns, and no sentence
_DATELINE = re.compile(r"[A-Z][\w.,’'/ -]{1,50}(?:\(\w[\w .&/]{1,20}\)\s?)?\s?[—–-]{1,2}\s(?=\S)", re.UNICODE)
_CITY = re.compile(r"[A-Z][A-Z.’'-]{2,}")


@dataclass(frozen=True)
class ReadSentence:
    """A sentence with its parts; `person` is whom its first “he” or “she”, or one before it, would mean."""

    start: int
    end: int
    parts: list[Said]
    person: str


def read_sentences(text: str, spans: Sequence[Span]) -> list[ReadSentence]:
    """Every sentence read, in order. `spans` are the sentences as `[start, end)`; a blank line between two is a new
    paragraph, anything less may be one or may not."""
    memory = Memory()
    quotes = quotes_over(text, spans)
    read = [_read(text, span, quotes_around(*span, quotes), memory) for span in spans]
    return _with_speakers(text, read, quotes)


def spans_of(text: str, said: Said) -> list[Piece]:
    """The pieces of a part that can be checked one by one; see `Piece.kind` for what to show."""
    return pieces_of(text, said.start, said.end, said.subject)


def attribution_of(said: Said, piece: Piece) -> str:
    """QUOTED, REPORTED or, for the outlet's own words, OUTLET."""
    if said.claimant and said.in_quotes:
        return "QUOTED"
    return "REPORTED" if said.claimant or said.cue or piece.cue else "OUTLET"


def dateline_end(text: str, start: int, end: int) -> int:
    """Where a sentence begins behind “SEOUL, South Korea (AP) — ”; `start` when there is none."""
    match = _DATELINE.match(text, start, end)
    if not match or not (_CITY.match(match.group()) or "(" in match.group()):
        return start
    return match.end()


def _read(text: str, span: Span, quotes: list[Span], memory: Memory) -> ReadSentence:
    start, end = span
    pronoun = re.search(r"\b(?:[Hh]e|[Ss]he)\b", text[start : min(end, start + 400)])
    person = (memory.pronoun(pronoun.group().lower(), learns=False) if pronoun else "") or memory.person
    if not 12 <= end - start <= LONGEST_SENTENCE:
        return ReadSentence(start, end, [], person)
    return ReadSentence(
        start, end, attribute(text, dateline_end(text, start, end), end, quotes, memory), person
    )


def _with_speakers(text: str, read: list[ReadSentence], quotes: list[Span]) -> list[ReadSentence]:
    """A quotation of several sentences is all its speaker's, who is often named only at its end."""
    speakers = _speakers(text, read, quotes)

    def told(part: Said) -> Said:
        if (part.cue and part.claimant) or not part.in_quotes:
            return part
        for quote in quotes_around(part.start, part.end, quotes):
            if quote[0] <= part.start + 1 and is_quoted(max(part.start, quote[0]), [quote]):
                return renamed(part, speakers[quote]) if quote in speakers else part
        return part

    return [replace(sentence, parts=[told(part) for part in sentence.parts]) for sentence in read]


def _speakers(text: str, read: list[ReadSentence], quotes: list[Span]) -> dict[Span, str]:
    """Whom each quotation belongs to; two with nothing but marks between them have one speaker."""
    speakers: dict[Span, str] = {}
    for part in (part for sentence in read for part in sentence.parts):
        if part.cue and part.in_quotes and part.claimant:
            for quote in quotes_around(part.start, part.end, quotes)[:1]:
                speakers.setdefault(quote, part.claimant)
    for quote, following in reversed(list(itertools.pairwise(quotes))):
        near = following[0] - quote[1] < 12 and not any(map(str.isalnum, text[quote[1] : following[0]]))
        if near and quote not in speakers and following in speakers:
            speakers[quote] = speakers[following]
    return speakers
