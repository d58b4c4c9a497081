from __future__ import annotations

import math

import pytest

from annotations.claims.odds import logit, sigmoid


@pytest.mark.parametrize("share", [0.001, 0.3, 0.5, 0.97])
def test_there_and_back(share):
    assert sigmoid(logit(share)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("share", "edge"), [(0.0, 1e-6), (-4.0, 1e-6), (math.nan, 1e-6), (1.0, 1 - 1e-6), (math.inf, 1 - 1e-6)]
)
def test_what_is_at_the_edge_or_beyond_it_has_odds_all_the_same(share, edge):
    assert logit(share) == logit(edge)


def test_no_odds_overflow():
    assert 0 < sigmoid(-1e9) < 1e-9
    assert 1 - 1e-9 < sigmoid(1e9) < 1
