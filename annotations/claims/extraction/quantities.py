"""Numbers with their comparator and unit, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quantity:
    """`comparator` is one of > >= < <= = ~ since between; `value` a decimal as text, empty when only vague."""

    comparator: str
    value: str
    unit: str
    text: str
    start: int
    end: int
    high: str = ""
