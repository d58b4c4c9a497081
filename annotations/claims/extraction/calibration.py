"""What a desk has taught the extractor: how to read its scores, and from which score on a sentence is shown. Pure.

A calibration is fitted to decisions of people (see `annotations/claims/fitting.py`). It moves scores and keeps
their order: which of two sentences is more check-worthy stays the extractor's word.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from annotations.claims.odds import logit, sigmoid


@dataclass(frozen=True)
class Calibration:
    """Platt scaling of a raw score: sigmoid(slope * logit(raw) + offset), and the score from which on it is shown.

    `threshold` is on the scale after `apply`. `version` names the fit and is stored with every candidate it touched.
    Raises `ValueError` for numbers that would turn the order round or hide everything.
    """

    slope: float
    offset: float
    threshold: float
    version: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.slope) and self.slope > 0):
            raise ValueError("The slope of a calibration is above 0, or it would turn the ranking round.")
        if not math.isfinite(self.offset):
            raise ValueError("The offset of a calibration is a number.")
        if not 0 < self.threshold < 1:
            raise ValueError("The threshold of a calibration lies between 0 and 1.")

    def apply(self, raw_score: float) -> float:
        """The calibrated score between 0 and 1. What is not a number counts as 0; 0 and 1 do not run away."""
        return sigmoid(self.slope * logit(raw_score) + self.offset)

    def raw(self, score: float) -> float:
        """The score before `apply`, for fitting anew on scores that were shown; exact but for the far ends."""
        return sigmoid((logit(score) - self.offset) / self.slope)

    def strength(self, score: float) -> str:
        """A calibrated score in words: `strong`, `likely` or `possible`; thirds of the way from the threshold to 1."""
        room = 1 - self.threshold
        if score >= self.threshold + room * 2 / 3:
            return "strong"
        return "likely" if score >= self.threshold + room / 3 else "possible"
