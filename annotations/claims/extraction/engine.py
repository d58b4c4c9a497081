"""Text in, claims worth checking out. The one door of this package.

Each language has an entry in languages.py; English is registered here. A text in a language without one gives no
candidates rather than wrong ones.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from annotations.articles.text import paragraphs
from annotations.claims.extraction.calibration import Calibration
from annotations.claims.extraction.candidates import Candidate
from annotations.claims.extraction.dates import DateMention
from annotations.claims.extraction.english import reads_like_english
from annotations.claims.extraction.languages import (
    Block,
    Document,
    Language,
    language_for,
    register,
    why_no_proposals,
)
from annotations.claims.extraction.model import ACTIVE
from annotations.claims.extraction.pieces import read_english
from annotations.claims.extraction.quantities import Quantity
from annotations.claims.extraction.ranking import propose
from annotations.claims.extraction.scoring import Signal
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

EXTRACTOR = ACTIVE


def extract(
    text: str,
    *,
    language: str = "en",
    published_on: date | None = None,
    title: str = "",
    progress: Callable[[int, int], None] | None = None,
    calibration: Calibration | None = None,
) -> list[Candidate]:
    """The candidates of a text in the order of their places; the same text always gives the same ones.

    `calibration` is what a desk has taught; without it the model's own scores and threshold hold. Raises `BrokenModel`.
    """
    entry = language_for(language, text)
    if entry is None:
        return []
    document = _cut_up(text, entry, published_on, title, progress, calibration)
    return entry.rank(document, entry.read(document))


def everything(text: str, *, language: str, published_on: date | None = None) -> list[Candidate] | None:
    """Every piece of the text that the rules looked at, worth showing or not; None for a language not read here."""
    entry = language_for(language, text)
    return entry.read(_cut_up(text, entry, published_on, "", None, None)) if entry else None


def _cut_up(
    text: str,
    entry: Language,
    published_on: date | None,
    title: str,
    progress: Callable[[int, int], None] | None,
    calibration: Calibration | None,
) -> Document:
    blocks = tuple(Block(start, end, tuple(entry.split(text, start, end))) for start, end in paragraphs(text))
    return Document(text, blocks, published_on, title, progress, calibration)


ENGLISH = Language(
    code="en",
    name="English",
    split=sentences_within,
    read=read_english,
    rank=propose,
    recognise=reads_like_english,
)
register(ENGLISH)
