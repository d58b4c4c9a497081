"""The threshold: from which share on a sentence is proposed."""

from __future__ import annotations

from collections.abc import Sequence


def threshold(scores: Sequence[float], labels: Sequence[int]) -> float:
    """The middle of the cuts whose F1 is within a hundredth of the best: less luck than the best cut alone."""
    cuts = [place / 100 for place in range(10, 91)]
    quality = [f1(scores, labels, cut) for cut in cuts]
    good = [cut for cut, value in zip(cuts, quality, strict=True) if value >= max(quality) - 0.01]
    return round(sum(good) / len(good), 2)


def f1(scores: Sequence[float], labels: Sequence[int], cut: float) -> float:
    right = sum(label for score, label in zip(scores, labels, strict=True) if score >= cut)
    return 2 * right / max(1, sum(score >= cut for score in scores) + sum(labels))


def average_precision(scores: Sequence[float], labels: Sequence[int]) -> float:
    """The mean precision at each sentence that is check-worthy, the highest score first."""
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    right, total = 0, 0.0
    for rank, place in enumerate(order, 1):
        if labels[place]:
            right += 1
            total += right / rank
    return total / max(1, right)
