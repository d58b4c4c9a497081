from __future__ import annotations

import math
import random

import pytest

from annotations.claims.fitting import (
    Decided,
    best_threshold,
    figures,
    fit_platt,
    share_better,
)
from annotations.claims.odds import logit, sigmoid


def drawn(count: int, slope: float, offset: float, seed: int = 7) -> list[Decided]:
    """Decisions that come about with the probability that this slope and offset give."""
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        raw = draw.uniform(0.05, 0.95)
        rows.append(Decided(number % 40, raw, draw.random() < sigmoid(slope * logit(raw) + offset)))
    return rows


@pytest.mark.parametrize(("slope", "offset"), [(1.0, 0.0), (2.0, -1.0), (0.5, 1.5)])
def test_the_fit_finds_the_numbers_that_the_decisions_were_drawn_with(slope, offset):
    fit = fit_platt(drawn(6000, slope, offset))

    assert fit == (pytest.approx(slope, abs=0.12), pytest.approx(offset, abs=0.12))


def test_decisions_that_agree_without_exception_do_not_send_the_slope_to_infinity():
    rows = [Decided(number, 0.6 + number / 100, is_worth=True) for number in range(5)]
    rows += [Decided(number, 0.2 + number / 100, is_worth=False) for number in range(5)]

    slope, offset = fit_platt(rows) or (math.inf, math.inf)

    assert 1 < slope < 10
    assert abs(offset) < 5


def test_scores_that_say_the_opposite_of_people_give_no_fit():
    assert (
        fit_platt([Decided(row.article, 1 - row.raw, row.is_worth) for row in drawn(500, 3.0, 0.0)]) is None
    )


def test_a_weight_counts_as_that_many_decisions():
    rows = drawn(300, 1.5, -0.5)
    thrice = [Decided(row.article, row.raw, row.is_worth, weight=3.0) for row in rows]

    assert fit_platt(rows * 3) == pytest.approx(fit_platt(thrice))
    assert vars(figures(rows * 3, lambda raw: raw, 0.5)) == pytest.approx(
        vars(figures(thrice, lambda raw: raw, 0.5))
    )


def test_the_threshold_is_the_cut_with_the_best_f1():
    rows = [Decided(1, raw, raw > 0.42) for raw in (0.1, 0.3, 0.4, 0.44, 0.6, 0.9)]

    cut = best_threshold(rows, lambda raw: raw)

    assert cut == pytest.approx(0.42)
    assert figures(rows, lambda raw: raw, cut).f1 == 1.0


def test_figures_by_hand():
    rows = [Decided(1, 0.8, True), Decided(1, 0.8, False), Decided(2, 0.2, True), Decided(2, 0.2, False)]

    found = figures(rows, lambda raw: raw, 0.5)

    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.log_loss == pytest.approx(-(math.log(0.8) + math.log(0.2)) / 2)


def test_nothing_decided_gives_zeros():
    assert figures([], lambda raw: raw, 0.5).f1 == 0.0
    assert share_better([], lambda raw: raw, lambda raw: raw) == 0.0


def test_the_resamples_know_better_from_worse_and_are_always_the_same():
    rows = drawn(800, 2.0, -1.5)

    def right(raw: float) -> float:
        return sigmoid(2.0 * logit(raw) - 1.5)

    assert share_better(rows, lambda raw: raw, right) == 1.0
    assert share_better(rows, right, lambda raw: raw) == 0.0
    assert share_better(rows, right, right) == 0.0
