"""Text in, claims worth checking out. The one door of this package.

Each language has an entry in languages.py; English is registered here. A text in a language without one gives no
candidates rather than wrong ones.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from annotations.articles.text import paragraphs
from annotations.claims.extraction.attribution import Said, attribute, quotes_of
from annotations.claims.extraction.candidates import Candidate
from annotations.claims.extraction.clauses import Piece, cut
from annotations.claims.extraction.dates import DateMention, find_dates
from annotations.claims.extraction.english import reads_like_english
from annotations.claims.extraction.languages import (
    Block,
    Document,
    Language,
    language_for,
    register,
    why_no_proposals,
)
from annotations.claims.extraction.model import SHIPPED
from annotations.claims.extraction.names import Memory
from annotations.claims.extraction.quantities import Quantity, find_quantities
from annotations.claims.extraction.ranking import propose
from annotations.claims.extraction.scoring import Signal, type_of, weigh
from annotations.claims.extraction.sentences import sentences, sentences_within

__all__ = [
    "EXTRACTOR",
    "Candidate",
    "DateMention",
    "Quantity",
    "Signal",
    "everything",
    "extract",
    "sentences",
    "why_no_proposals",
]

EXTRACTOR = SHIPPED
_DATELINE = re.compile(r"[A-Z][A-Z.,’' -]{2,40}(?:\([A-Z][\w ]{1,20}\)\s?)?[—–-]{1,2}\s")
LONGEST_SENTENCE = 1200  # longer is a table, a list or bait for the patterns, and no sentence


def extract(
    text: str,
    *,
    language: str = "en",
    published_on: date | None = None,
    title: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> list[Candidate]:
    """The candidates of a text in the order of their places; the same text always gives the same ones."""
    entry = language_for(language, text)
    if entry is None:
        return []
    document = _cut_up(text, entry, published_on, title, progress)
    return entry.rank(document, entry.read(document))


def everything(text: str, *, language: str, published_on: date | None = None) -> list[Candidate] | None:
    """Every piece of the text that the rules looked at, worth showing or not; None for a language not read here."""
    entry = language_for(language, text)
    return entry.read(_cut_up(text, entry, published_on, "", None)) if entry else None


def _cut_up(
    text: str,
    entry: Language,
    published_on: date | None,
    title: str,
    progress: Callable[[int, int], None] | None,
) -> Document:
    blocks = tuple(Block(start, end, tuple(entry.split(text, start, end))) for start, end in paragraphs(text))
    return Document(text, blocks, published_on, title, progress)


def _read_english(document: Document) -> list[Candidate]:
    text, progress = document.text, document.progress
    total, done = sum(len(block.sentences) for block in document.blocks), 0
    memory, found = Memory(), []
    for block in document.blocks:
        quotes = quotes_of(text, block.start, block.end)
        read: list[_Read] = []
        for span in block.sentences:
            read.append(_read(text, *span, quotes=quotes, memory=memory))
            done += 1
            if progress:
                progress(done, total)
        for sentence in _speakers_of_quotes(read, quotes):
            found.extend(_candidates(text, sentence, document.published_on))
    return found


@dataclass(frozen=True)
class _Read:
    """A sentence with who says what in it; `person` is whom “he” would have meant before it."""

    start: int
    end: int
    parts: list[Said]
    person: str


def _read(text: str, start: int, end: int, *, quotes: list[tuple[int, int]], memory: Memory) -> _Read:
    person = memory.person
    if not 12 <= end - start <= LONGEST_SENTENCE:
        return _Read(start, end, [], person)
    dateline = _DATELINE.match(text, start, end)
    near = _quotes_around(start, end, quotes)
    return _Read(
        start, end, attribute(text, dateline.end() if dateline else start, end, near, memory), person
    )


def _speakers_of_quotes(read: list[_Read], quotes: list[tuple[int, int]]) -> list[_Read]:
    """A quotation of several sentences is all its speaker's, who is often named only at its end."""
    speakers: dict[tuple[int, int], str] = {}
    for part in (part for sentence in read for part in sentence.parts):
        if part.cue and part.in_quotes:
            for quote in _quotes_around(part.start, part.end, quotes)[:1]:
                speakers.setdefault(quote, part.claimant)

    def told(part: Said) -> Said:
        around = _quotes_around(part.start, part.end, quotes) if part.in_quotes and not part.cue else []
        return replace(part, claimant=speakers[around[0]]) if around and around[0] in speakers else part

    return [replace(sentence, parts=[told(part) for part in sentence.parts]) for sentence in read]


def _quotes_around(start: int, end: int, quotes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The quotations that touch a place. They are in order, so a page full of them is not searched each time."""
    first = bisect.bisect_right(quotes, start, key=lambda quote: quote[1])
    last = bisect.bisect_left(quotes, end, key=lambda quote: quote[0])
    return quotes[first:last]


def _candidates(text: str, read: _Read, today: date | None) -> list[Candidate]:
    dates = find_dates(text, read.start, read.end, today) if read.parts else ()
    found = []
    for said in read.parts:
        pieces = cut(text, said.start, said.end)
        first = min((piece.start for piece in pieces), default=said.start)
        lead = [d for d in dates if said.start <= d.start < first]
        around = [d for d in dates if d.end <= said.start or d.start >= said.end]
        for piece in pieces:
            own = [d for d in dates if d.start >= piece.start and d.end <= piece.end]
            tied = tuple(lead + own or around)
            found.append(
                _candidate(text, piece, said, tied, sentence=(read.start, read.end), person=read.person)
            )
    return found


def _candidate(
    text: str,
    piece: Piece,
    said: Said,
    dates: tuple[DateMention, ...],
    *,
    sentence: tuple[int, int],
    person: str,
) -> Candidate:
    own = [d for d in dates if piece.start <= d.start < piece.end]
    quantities = find_quantities(text, piece.start, piece.end, own)
    score, signals = weigh(
        text, piece.start, piece.end, quantities=quantities, dates=own, claimant=said.claimant
    )
    exact = text[piece.start : piece.end]
    reported = re.search(r"\b(?:reportedly|allegedly)\b", exact, re.IGNORECASE)
    attribution = (
        "QUOTED"
        if said.in_quotes and said.claimant
        else "REPORTED"
        if said.claimant or reported
        else "OUTLET"
    )
    return Candidate(
        start=piece.start,
        end=piece.end,
        exact=exact,
        score=score,
        type=type_of(signals, in_quotes=said.in_quotes),
        statement=_statement(exact, piece.subject, person="" if said.claimant else person),
        claimant=said.claimant,
        attribution=attribution,
        cue=said.cue or (reported.group() if reported else ""),
        quantities=quantities,
        dates=dates,
        signals=signals,
        sentence_start=sentence[0],
        sentence_end=sentence[1],
    )


def _statement(exact: str, subject: str, *, person: str) -> str:
    """A wording that stands alone: with its subject, a capital and a full stop."""
    words = " ".join(f"{subject} {exact}".split()).strip(' "“”,;:')
    words = re.sub(r"^(?:He|She)\s(?=\w)", f"{person} ", words) if person else words
    for opening, closing in (("“", "”"), ('"', '"')):
        unpaired = (
            words.count(opening) % 2 if opening == closing else words.count(opening) != words.count(closing)
        )
        if unpaired:
            words = words.replace(opening, "").replace(closing, "")
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?", "…")) else words + "."


register(
    Language(
        code="en",
        name="English",
        split=sentences_within,
        read=_read_english,
        rank=propose,
        recognise=reads_like_english,
    )
)
