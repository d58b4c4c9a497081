"""What extraction gives, whatever language it read: a claim that somebody should look at."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.claims.extraction.dates import DateMention
from annotations.claims.extraction.quantities import Quantity
from annotations.claims.extraction.scoring import Signal


@dataclass(frozen=True)
class Candidate:
    """A claim that somebody should look at: its words, who stands behind it, and why it was picked.

    `rank` counts from 1, the most check-worthy of its text. `is_sample` marks one of the few that were drawn from what
    scored too low to be proposed, so that what extraction misses is seen and counted. `extractor` names what picked it
    when that is not the engine. `is_whole` marks a statement whose pieces are candidates themselves: it is not shown.
    """

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
    rank: int = 0
    is_sample: bool = False
    is_whole: bool = False
    claimant_as_written: str = ""
    extractor: str = ""
