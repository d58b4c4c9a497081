from __future__ import annotations

import math

import pytest

from annotations.claims.extraction.calibration import Calibration


def test_slope_one_and_no_offset_leave_a_score_as_it_is():
    plain = Calibration(slope=1.0, offset=0.0, threshold=0.4, version="none")

    assert [round(plain.apply(raw), 9) for raw in (0.1, 0.5, 0.93)] == [0.1, 0.5, 0.93]


def test_it_moves_scores_and_keeps_their_order():
    harsh = Calibration(slope=2.0, offset=-1.0, threshold=0.4, version="desk-1")

    moved = [harsh.apply(raw / 20) for raw in range(21)]

    assert moved == sorted(moved)
    assert harsh.apply(0.5) == pytest.approx(1 / (1 + math.e))


def test_a_shown_score_gives_the_raw_one_back():
    desk = Calibration(slope=1.7, offset=-0.8, threshold=0.4, version="desk-1")

    assert [round(desk.raw(desk.apply(raw)), 6) for raw in (0.02, 0.4, 0.97)] == [0.02, 0.4, 0.97]


def test_what_is_at_the_edge_or_no_number_stays_between_0_and_1():
    steep = Calibration(slope=50.0, offset=3.0, threshold=0.4, version="desk-1")

    for raw in (0.0, 1.0, -3.0, 7.0, math.inf, -math.inf, math.nan):
        assert 0.0 <= steep.apply(raw) <= 1.0
    assert steep.apply(math.nan) < 0.01


@pytest.mark.parametrize(
    ("score", "said"),
    [(0.39, "possible"), (0.4, "possible"), (0.61, "likely"), (0.81, "strong"), (1.0, "strong")],
)
def test_strength_is_a_third_of_the_way_from_the_threshold(score, said):
    assert Calibration(slope=1.0, offset=0.0, threshold=0.4, version="x").strength(score) == said


@pytest.mark.parametrize(
    "wrong",
    [
        {"slope": 0.0},
        {"slope": -1.0},
        {"slope": math.nan},
        {"offset": math.inf},
        {"threshold": 0.0},
        {"threshold": 1.0},
    ],
)
def test_numbers_that_would_turn_the_order_round_or_hide_everything_are_refused(wrong):
    with pytest.raises(ValueError, match="calibration"):
        Calibration(**({"slope": 1.0, "offset": 0.0, "threshold": 0.4, "version": "x"} | wrong))
