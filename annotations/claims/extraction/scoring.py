"""How worth checking a statement is, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Signal:
    """One reason for or against a candidate; a negative weight speaks against it."""

    code: str
    label: str
    weight: float
