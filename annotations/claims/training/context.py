"""Fits what stands around a sentence (extraction/context.py): a small logistic regression with a ridge, by Newton."""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from annotations.claims.extraction.context import FEATURES, features
from annotations.claims.training.data import Sentence

Array = NDArray[numpy.float64]
RIDGE = 10.0
"""Chosen by cross-validation over articles: 264 sentences carry sixteen weights only when these are held small."""


def table(news: Sequence[Sentence], odds: Sequence[float]) -> Array:
    """The features of all sentences, an article after another; shape `(sentences, features)`."""
    rows: list[list[float]] = []
    for doc in dict.fromkeys(sentence.doc for sentence in news):
        places = [place for place, sentence in enumerate(news) if sentence.doc == doc]
        rows += features([news[place].text for place in places], [odds[place] for place in places])
    return numpy.array(rows)


def fit(rows: Array, worth: Array, *, ridge: float = RIDGE) -> tuple[list[float], float]:
    """Weights and offset on the raw features; `worth` is the share of annotators who call a sentence check-worthy."""
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    scaled = numpy.hstack([(rows - middle) / spread, numpy.ones((len(rows), 1))])
    held = numpy.diag([ridge] * len(FEATURES) + [0.0])
    found = numpy.zeros(scaled.shape[1])
    for _ in range(50):
        share = 1 / (1 + numpy.exp(-scaled @ found))
        slope = scaled.T @ (share - worth) + held @ found
        bend = (scaled * (share * (1 - share))[:, None]).T @ scaled + held
        step = numpy.linalg.solve(bend, slope)
        found -= step
        if abs(step).max() < 1e-8:
            break
    weights = found[:-1] / spread
    return [round(float(weight), 6) for weight in weights], round(float(found[-1] - weights @ middle), 6)


def share(rows: Array, weights: Sequence[float], offset: float) -> Array:
    result: Array = 1 / (1 + numpy.exp(-(rows @ numpy.array(weights) + offset)))
    return result


def threshold(scores: Sequence[float], labels: Sequence[int]) -> float:
    """The middle of the cuts whose F1 is within a hundredth of the best: less luck than the best cut alone."""
    cuts = [place / 100 for place in range(10, 91)]
    quality = [_f1(scores, labels, cut) for cut in cuts]
    good = [cut for cut, value in zip(cuts, quality, strict=True) if value >= max(quality) - 0.01]
    return round(sum(good) / len(good), 2)


def _f1(scores: Sequence[float], labels: Sequence[int], cut: float) -> float:
    right = sum(label for score, label in zip(scores, labels, strict=True) if score >= cut)
    return 2 * right / max(1, sum(score >= cut for score in scores) + sum(labels))
