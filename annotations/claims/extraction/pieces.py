"""The rules for English: a document in, every piece of it that could be a claim out."""

from __future__ import annotations

import re
from datetime import date

from annotations.claims.extraction.candidates import Candidate
from annotations.claims.extraction.clauses import CLAIM, TAIL
from annotations.claims.extraction.dates import DateMention, find_dates
from annotations.claims.extraction.languages import Document
from annotations.claims.extraction.quantities import find_quantities
from annotations.claims.extraction.reading import (
    Piece,
    ReadSentence,
    Said,
    attribution_of,
    read_sentences,
    spans_of,
)
from annotations.claims.extraction.scoring import type_of, weigh

SHOWN = {CLAIM, TAIL}


def read_english(document: Document) -> list[Candidate]:
    """Every piece of every sentence, scored by the rules, with claimant, cue, quantities and dates."""
    text, progress = document.text, document.progress
    spans = [span for block in document.blocks for span in block.sentences]
    found: list[Candidate] = []
    for done, sentence in enumerate(read_sentences(text, spans), 1):
        found.extend(_candidates(text, sentence, document.published_on))
        if progress:
            progress(done, len(spans))
    return found


def _candidates(text: str, read: ReadSentence, today: date | None) -> list[Candidate]:
    dates = find_dates(text, read.start, read.end, today) if read.parts else ()
    found = []
    for said in read.parts:
        pieces = spans_of(text, said)
        first = min((piece.start for piece in pieces), default=said.start)
        lead = [d for d in dates if said.start <= d.start < first]
        around = [d for d in dates if d.end <= said.start or d.start >= said.end]
        for piece in pieces:
            own = [d for d in dates if d.start >= piece.start and d.end <= piece.end]
            tied = tuple(lead + own or around)
            found.append(
                _candidate(
                    text,
                    piece,
                    said,
                    tied,
                    sentence=(read.start, read.end),
                    person=read.person,
                    is_whole=piece.kind not in SHOWN and any(one.kind in SHOWN for one in pieces),
                )
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
    is_whole: bool,
) -> Candidate:
    own = [d for d in dates if piece.start <= d.start < piece.end]
    quantities = find_quantities(text, piece.start, piece.end, own)
    score, signals = weigh(
        text, piece.start, piece.end, quantities=quantities, dates=own, claimant=said.claimant
    )
    exact = text[piece.start : piece.end]
    return Candidate(
        start=piece.start,
        end=piece.end,
        exact=exact,
        score=score,
        type=type_of(signals, in_quotes=said.in_quotes),
        statement=_statement(exact, piece.subject, person="" if said.claimant else person),
        claimant=said.claimant,
        attribution=attribution_of(said, piece),
        cue=said.cue or piece.cue,
        quantities=quantities,
        dates=dates,
        signals=signals,
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        is_whole=is_whole,
        claimant_as_written=said.as_written,
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
