"""What stands around a sentence, and what the rules see in it, added to the model's opinion.

A sentence alone does not say whether it leads an article or closes it, or whether its neighbours count the dead. A
logistic regression over a dozen such features, fitted on the news sentences, corrects the model's log odds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

FEATURES = (
    "model", "before", "after", "lead", "level", "first", "place", "number", "money", "quoted", "spoken",
    "question", "person", "short", "long", "verbless",
)  # fmt: skip

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?"
    r"|half|third|quarter|doubled|tripled|twice)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$€£¥%]|\bper\s?cent\b|\bpercent\b|\b(?:m|b|tr)illion\b", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(?:said|says|told|according to|claim(?:s|ed)|report(?:s|ed)|stated|announced)\b", re.IGNORECASE
)
_PERSON = re.compile(r"\b(?:I|me|my|we|our|you|your)\b")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|do|does|did|\w{2,20}(?:ed|es|s))\b"
)


def features(texts: Sequence[str], odds: Sequence[float]) -> list[list[float]]:
    """One row of `FEATURES` for each sentence of a document in order; `odds` are the model's log odds."""
    level = sum(odds) / len(odds) if odds else 0.0
    rows = []
    for place, text in enumerate(texts):
        words = len(text.split())
        rows.append(
            [
                _held(odds[place]),
                _held(odds[place - 1]) if place else 0.0,
                _held(odds[place + 1]) if place + 1 < len(odds) else 0.0,
                _held(odds[0]),
                _held(level),
                float(place == 0 and len(texts) > 1),
                math.exp(-place / 6),
                float(bool(_NUMBER.search(text))),
                float(bool(_MONEY.search(text))),
                float(text.count('"') + text.count("“") > 0),
                float(bool(_SPOKEN.search(text))),
                float(text.rstrip().endswith("?")),
                float(bool(_PERSON.search(text))),
                float(words < 6),
                float(words > 25),
                float(not _FINITE.search(text)),
            ]
        )
    return rows


def _held(odds: float) -> float:
    return max(-6.0, min(6.0, odds))
