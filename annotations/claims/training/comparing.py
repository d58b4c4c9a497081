"""Two models on sentences that neither was trained on: the new one must rank them better, and not by luck. Pure."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.claims.training.choosing import average_precision, f1

LEAST_OF_EACH = 20
"""Sentences held back of each kind, worth checking and not; fewer tell nothing of a ranking."""
SURE = 0.9
"""In so many resamples of whole articles the new ranking must be the better one."""
_TIMES = 200


@dataclass(frozen=True)
class Reader:
    """One model's scores of the sentences held back, and the score from which on it proposes one."""

    scores: Sequence[float]
    threshold: float


@dataclass(frozen=True)
class Compared:
    """`ap` and `f1` are those of the old model and of the new. `problem` says why nothing could be compared."""

    sentences: int
    articles: int
    ap: tuple[float, float] = (0.0, 0.0)
    f1: tuple[float, float] = (0.0, 0.0)
    share_better: float = 0.0
    problem: str = ""

    @property
    def is_better(self) -> bool:
        return self.share_better >= SURE and self.ap[1] > self.ap[0] and self.f1[1] >= self.f1[0]


def too_little(labels: Sequence[int]) -> str:
    """Why these decisions are not enough to compare on; empty when they are."""
    worth = sum(labels)
    if min(worth, len(labels) - worth) >= LEAST_OF_EACH:
        return ""
    return (
        f"{worth} sentences held back are worth checking and {len(labels) - worth} are not;"
        f" {LEAST_OF_EACH} of each are needed: sort more articles."
    )


def compared(docs: Sequence[str], labels: Sequence[int], old: Reader, new: Reader) -> Compared:
    """`docs` names the article of each sentence: articles are resampled, their sentences resemble each other."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, doc in enumerate(docs):
        places[doc].append(place)
    if problem := too_little(labels):
        return Compared(len(labels), len(places), problem=problem)
    draw = random.Random(13)
    better = 0
    for _ in range(_TIMES):
        taken = [place for doc in draw.choices(sorted(places), k=len(places)) for place in places[doc]]
        before, after = (_ap(labels, reader, taken) for reader in (old, new))
        better += after > before
    return Compared(
        sentences=len(labels),
        articles=len(places),
        ap=(_ap(labels, old, range(len(labels))), _ap(labels, new, range(len(labels)))),
        f1=(f1(old.scores, labels, old.threshold), f1(new.scores, labels, new.threshold)),
        share_better=better / _TIMES,
    )


def _ap(labels: Sequence[int], reader: Reader, places: Sequence[int]) -> float:
    return average_precision([reader.scores[place] for place in places], [labels[place] for place in places])
