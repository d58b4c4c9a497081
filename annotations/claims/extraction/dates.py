"""Days, months, years and periods that a sentence names, resolved against the day of publication."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DateMention:
    """`iso` is a day, month or year (2025-01-08, 2024-12, 2006) or empty; `role` the word that ties it in."""

    text: str
    start: int
    end: int
    iso: str
    role: str
