"""Text in, claims worth checking out. The one door of this package."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from annotations.claims.extraction.dates import DateMention
from annotations.claims.extraction.quantities import Quantity
from annotations.claims.extraction.scoring import Signal

__all__ = ["EXTRACTOR", "Candidate", "DateMention", "Quantity", "Signal", "extract", "sentences"]

EXTRACTOR = "rules-1"


@dataclass(frozen=True)
class Candidate:
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


def sentences(text: str) -> list[tuple[int, int]]:
    return []


def extract(
    text: str,
    *,
    language: str = "en",
    published_on: date | None = None,
    title: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> list[Candidate]:
    """The candidates of a text in the order of their places."""
    return []
