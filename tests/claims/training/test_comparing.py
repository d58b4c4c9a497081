"""A new model is used only when it ranks what was held back better, and not by luck."""

from __future__ import annotations

import random

from annotations.claims.training.comparing import Reader, compared

DOCS = [f"desk-{number // 8}-v1" for number in range(240)]
LABELS = [int(number % 3 == 0) for number in range(240)]


def reader(noise: float, seed: int = 5, threshold: float = 0.5) -> Reader:
    """Scores that follow the labels, the less the more noise there is."""
    draw = random.Random(seed)
    return Reader([label * 0.4 + 0.3 + draw.uniform(-noise, noise) for label in LABELS], threshold)


def test_a_clearly_better_ranking_is_better():
    found = compared(DOCS, LABELS, reader(0.6), reader(0.25))

    assert found.is_better
    assert (found.sentences, found.articles, found.problem) == (240, 30, "")
    assert found.ap[1] > found.ap[0] and found.share_better > 0.95


def test_the_same_ranking_is_not_better():
    found = compared(DOCS, LABELS, reader(0.3), reader(0.3))

    assert not found.is_better
    assert found.share_better == 0.0


def test_a_little_better_by_luck_is_not_better():
    shares = [
        compared(DOCS, LABELS, reader(0.6, seed=seed), reader(0.6, seed=seed + 100)).is_better
        for seed in range(12)
    ]

    assert sum(shares) <= 3


def test_a_better_ranking_with_a_worse_threshold_is_not_better():
    found = compared(DOCS, LABELS, reader(0.3), reader(0.2, threshold=0.95))

    assert found.ap[1] > found.ap[0]
    assert not found.is_better


def test_too_few_of_a_kind_are_told():
    found = compared(DOCS[:60], [1] * 50 + [0] * 10, Reader([0.1] * 60, 0.5), Reader([0.2] * 60, 0.5))

    assert found.problem.startswith("50 sentences held back are worth checking and 10 are not; 20 of each")
    assert not found.is_better
