"""Agreement, against worked examples that have been published and can be recomputed by hand."""

from __future__ import annotations

import pytest

from annotations.reviews.agreement import LEAST_FOR_BOUNDS, agreement

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section A: binary data, two observers.
BINARY = list(zip("0100000010", "1110010000", strict=True))
# The same paper, section B: nominal data, two observers.
NOMINAL = list(zip("aabbdcccedda", "babbbccceddd", strict=True))


def test_binary_data_of_the_paper():
    found = agreement(BINARY)

    assert (found.n, found.same) == (10, 6)
    assert found.alpha == pytest.approx(0.095, abs=0.0005)


def test_nominal_data_of_the_paper():
    found = agreement(NOMINAL)

    assert (found.n, found.same) == (12, 9)
    assert found.alpha == pytest.approx(1 - 23 * 6 / 448)
    assert found.alpha == pytest.approx(0.692, abs=0.0005)


def test_always_alike_is_one_and_always_different_is_below_zero():
    assert agreement([("true", "true")] * 5 + [("false", "false")] * 5).alpha == 1
    assert agreement([("true", "false"), ("false", "true")] * 5).alpha < 0


def test_the_order_of_the_two_does_not_matter():
    assert agreement(NOMINAL) == agreement([(other, one) for one, other in NOMINAL])


def test_bounds_are_those_of_leaving_one_out_by_hand():
    found = agreement(NOMINAL)
    values = [agreement(NOMINAL[:at] + NOMINAL[at + 1 :]).alpha for at in range(12)]
    mean = sum(values) / 12
    error = (11 / 12 * sum((value - mean) ** 2 for value in values)) ** 0.5

    assert found.low == pytest.approx(found.alpha - 1.96 * error)
    assert found.high == pytest.approx(min(1, found.alpha + 1.96 * error))
    assert agreement(NOMINAL * 20).high - agreement(NOMINAL * 20).low < found.high - found.low


@pytest.mark.parametrize("pairs", [[], [("true", "true")], [("true", "true")] * 30])
def test_where_there_is_nothing_to_tell_it_tells_nothing(pairs):
    found = agreement(pairs)

    assert (found.alpha, found.low, found.high) == (None, None, None)
    assert found.share == (1 if pairs else None)


def test_few_claims_have_no_bounds():
    few = NOMINAL[: LEAST_FOR_BOUNDS - 1]

    assert agreement(few).alpha is not None
    assert agreement(few).low is None
