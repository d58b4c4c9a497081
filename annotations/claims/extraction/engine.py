"""Text in, claims worth checking out. The one door of this package.

The rules know English. A text in another language gives no candidates rather than wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from annotations.articles.text import paragraphs
from annotations.claims.extraction.attribution import Said, attribute, quotes_of
from annotations.claims.extraction.clauses import Piece, cut
from annotations.claims.extraction.dates import DateMention, find_dates
from annotations.claims.extraction.names import Memory
from annotations.claims.extraction.quantities import Quantity, find_quantities
from annotations.claims.extraction.scoring import THRESHOLD, Signal, type_of, weigh
from annotations.claims.extraction.sentences import sentences, sentences_within
from annotations.snapshots.reading import english_share

__all__ = ["EXTRACTOR", "Candidate", "DateMention", "Quantity", "Signal", "extract", "sentences"]

EXTRACTOR = "rules-1"
_DATELINE = re.compile(r"[A-Z][A-Z.,’' -]{2,40}(?:\([A-Z][\w ]{1,20}\)\s?)?[—–-]{1,2}\s")
LONGEST_SENTENCE = 1200  # longer is a table, a list or bait for the patterns, and no sentence


@dataclass(frozen=True)
class Candidate:
    """A claim that somebody should look at: its words, who stands behind it, and why it was picked."""

    start: int
    end: int
    exact: str
    score: float
    type: str
    statement: str
    claimant: str
    attribution: str
    cue: str
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    signals: tuple[Signal, ...]
    sentence_start: int
    sentence_end: int


def extract(
    text: str,
    *,
    language: str = "en",
    published_on: date | None = None,
    title: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> list[Candidate]:
    """The candidates of a text in the order of their places; the same text always gives the same ones."""
    if not _is_english(text, language):
        return []
    blocks = [(start, end, sentences_within(text, start, end)) for start, end in paragraphs(text)]
    total, done = sum(len(block[2]) for block in blocks), 0
    memory, found = Memory(), []
    for start, end, spans in blocks:
        quotes = quotes_of(text, start, end)
        for span in spans:
            found.extend(_of_sentence(text, *span, quotes=quotes, memory=memory, today=published_on))
            done += 1
            if progress:
                progress(done, total)
    return _worth_showing(found)


def score_sentence(text: str, *, published_on: date | None = None) -> list[Candidate]:
    """Every piece of one sentence with its score, whether worth showing or not (for measuring)."""
    return _of_sentence(
        text, 0, len(text), quotes=quotes_of(text, 0, len(text)), memory=Memory(), today=published_on
    )


def _is_english(text: str, language: str) -> bool:
    primary = language.lower().replace("_", "-").split("-")[0]
    if primary:
        return primary in {"en", "eng", "english"}
    share, words = english_share(text)
    return share >= 0.12 if words >= 40 else share > 0 or text.isascii()


def _of_sentence(
    text: str, start: int, end: int, *, quotes: list[tuple[int, int]], memory: Memory, today: date | None
) -> list[Candidate]:
    if end - start > LONGEST_SENTENCE or end - start < 12:
        return []
    dateline = _DATELINE.match(text, start, end)
    start = dateline.end() if dateline else start
    person = memory.person
    near = [(a, b) for a, b in quotes if a < end and b > start]
    dates = find_dates(text, start, end, today)
    found = []
    for said in attribute(text, start, end, near, memory):
        pieces = cut(text, said.start, said.end)
        first = min((piece.start for piece in pieces), default=said.start)
        lead = [d for d in dates if said.start <= d.start < first]
        around = [d for d in dates if d.end <= said.start or d.start >= said.end]
        for piece in pieces:
            own = [d for d in dates if d.start >= piece.start and d.end <= piece.end]
            tied = tuple(lead + own or around)
            found.append(_candidate(text, piece, said, tied, sentence=(start, end), person=person))
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


def _worth_showing(found: list[Candidate]) -> list[Candidate]:
    """What reaches the threshold, each span once, the better-scored one when two start or end alike."""
    best: dict[tuple[int, int], Candidate] = {}
    for candidate in found:
        place = (candidate.start, candidate.end)
        if candidate.score >= THRESHOLD and (place not in best or candidate.score > best[place].score):
            best[place] = candidate
    return [best[place] for place in sorted(best)]
