"""Fitting a calibration to decisions, and comparing two of them. Pure Python: two numbers need no library.

Platt scaling (J. Platt, "Probabilistic Outputs for Support Vector Machines", 1999) by Newton's method, with a weak
pull towards "leave the score as it is", so that a handful of decisions that happen to agree does not send the slope
to infinity.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotations.claims.odds import inside, logit, sigmoid

Apply = Callable[[float], float]

_PULL = 1.0  # as strong as about one decision
_ROUNDS = 50
_LEAST_SLOPE = 0.05
_HELD_BACK = 77  # of 256


@dataclass(frozen=True)
class Decided:
    """A score and what people said of it. `weight` is how many sentences of the article it stands for."""

    article: int
    raw: float
    is_worth: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Figures:
    """How well scores and a threshold meet decisions. `log_loss` is in nats for each unit of weight; less is better."""

    log_loss: float
    precision: float
    recall: float
    f1: float


def is_held_back(article: int) -> bool:
    """Whether an article's decisions are kept for comparing. For good, so that no fit was ever shown them."""
    return hashlib.sha256(f"article {article}".encode()).digest()[0] < _HELD_BACK


def fit_platt(rows: Sequence[Decided]) -> tuple[float, float] | None:
    """Slope and offset of sigmoid(slope * logit(raw) + offset). None when the scores do not rise with the decisions."""
    slope, offset = 1.0, 0.0
    points = [(logit(row.raw), float(row.is_worth), row.weight) for row in rows]
    for _ in range(_ROUNDS):
        down_s, down_o = _PULL * (slope - 1.0), _PULL * offset
        ss, so, oo = _PULL, 0.0, _PULL
        for x, y, weight in points:
            p = sigmoid(slope * x + offset)
            error, curve = weight * (p - y), weight * p * (1 - p)
            down_s += error * x
            down_o += error
            ss, so, oo = ss + curve * x * x, so + curve * x, oo + curve
        spread = ss * oo - so * so
        step_s, step_o = (oo * down_s - so * down_o) / spread, (ss * down_o - so * down_s) / spread
        # A long first step can overshoot where the curve is flat.
        step_s, step_o = max(-2.0, min(2.0, step_s)), max(-4.0, min(4.0, step_o))
        slope, offset = slope - step_s, offset - step_o
        if abs(step_s) + abs(step_o) < 1e-9:
            break
    return (slope, offset) if slope >= _LEAST_SLOPE and math.isfinite(slope + offset) else None


def best_threshold(rows: Sequence[Decided], apply: Apply) -> float:
    """The cut with the highest F1, halfway between two scores, kept within 0.05 and 0.95."""
    scored = sorted(((apply(row.raw), row) for row in rows), key=lambda pair: -pair[0])
    worthy = sum(row.weight for _, row in scored if row.is_worth)
    hits = shown = 0.0
    best, cut = -1.0, 0.5
    for at, (score, row) in enumerate(scored):
        shown += row.weight
        hits += row.weight * row.is_worth
        below = scored[at + 1][0] if at + 1 < len(scored) else 0.0
        if below < score and (f1 := 2 * hits / (shown + worthy)) > best:
            best, cut = f1, (score + below) / 2
    return min(0.95, max(0.05, cut))


def figures(rows: Sequence[Decided], apply: Apply, threshold: float) -> Figures:
    """What scores and threshold come to on these decisions; zeros where there is nothing to divide by."""
    loss = total = hits = shown = worthy = 0.0
    for row in rows:
        score = inside(apply(row.raw))
        loss -= row.weight * math.log(score if row.is_worth else 1 - score)
        total += row.weight
        worthy += row.weight * row.is_worth
        if score >= threshold:
            shown += row.weight
            hits += row.weight * row.is_worth
    return Figures(
        log_loss=loss / total if total else 0.0,
        precision=hits / shown if shown else 0.0,
        recall=hits / worthy if worthy else 0.0,
        f1=2 * hits / (shown + worthy) if shown + worthy else 0.0,
    )


def share_better(rows: Sequence[Decided], old: Apply, new: Apply, *, times: int = 400) -> float:
    """In which share of resamples of whole articles the new scores lose less than the old ones. Always the same draw.

    Articles and not decisions are drawn, because decisions of one article resemble each other.
    """
    gains: dict[int, float] = defaultdict(float)
    for row in rows:
        before, after = inside(old(row.raw)), inside(new(row.raw))
        gain = math.log(after / before) if row.is_worth else math.log((1 - after) / (1 - before))
        gains[row.article] += row.weight * gain
    by_article = [gains[key] for key in sorted(gains)]
    if not by_article:
        return 0.0
    draw = random.Random(13)  # noqa: S311  a resample, and no secret
    better = sum(sum(draw.choices(by_article, k=len(by_article))) > 0 for _ in range(times))
    return better / times
