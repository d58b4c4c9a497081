"""A figure from a source against a figure of the claim: whether it fits, by how much, or why they are not compared."""

from __future__ import annotations

import pytest

from annotations.refusals import Incomplete
from annotations.sources.margins import Fit, checked_figure, margin, margins


def asked(comparator, value, unit="soldiers", **more):
    return {"comparator": comparator, "value": value, "unit": unit} | more


def figure(value, unit="soldiers", **more):
    return {"value": value, "unit": unit} | more


@pytest.mark.parametrize(
    ("claim", "source", "fit", "words"),
    [
        (asked(">", "12000"), figure("12300"), Fit.HOLDS, "12,300 is 2.5 % over “more than 12,000”."),
        (
            asked(">", "12000"),
            figure("12000"),
            Fit.FAILS,
            "12,000 is exactly the number of “more than 12,000”.",
        ),
        (
            asked(">=", "12000"),
            figure("12000"),
            Fit.HOLDS,
            "12,000 is exactly the number of “at least 12,000”.",
        ),
        (asked(">", "12000"), figure("10900"), Fit.FAILS, "10,900 is 9.2 % under “more than 12,000”."),
        (asked("<", "5", "percent"), figure("4.5", "%"), Fit.HOLDS, "4.5 is 10 % under “less than 5”."),
        (
            asked("~", "45000", "people"),
            figure("46000", "persons"),
            Fit.HOLDS,
            "46,000 is 2.2 % over “about 45,000”.",
        ),
        (
            asked("~", "45000", "people"),
            figure("30000", "people"),
            Fit.FAILS,
            "30,000 is 33.3 % under “about 45,000”.",
        ),
        (
            asked(">", "12000"),
            figure("11000", high="12500"),
            Fit.PARTLY,
            "11,000–12,500 reaches from below to above “more than 12,000”.",
        ),
        (
            asked("between", "10", "%", high="20"),
            figure("12", "percent", high="15"),
            Fit.HOLDS,
            "12–15 lies within “10 to 20”.",
        ),
        (asked("=", "3"), figure("9"), Fit.FAILS, "9 is 200 % over “3”."),
        (asked("=", "0"), figure("9"), Fit.FAILS, "9 is 9 over “0”."),
        (asked(">", "5", "km"), figure("4", "miles"), Fit.HOLDS, "4 is 28.7 % over “more than 5”."),
        (
            asked("=", "2000", "tonnes"),
            figure("2", "thousand tonnes"),
            Fit.HOLDS,
            "2 is exactly the number of “2,000”.",
        ),
        (asked("=", "100000"), figure("100001"), Fit.FAILS, "100,001 is less than 0.1 % over “100,000”."),
    ],
)
def test_the_margin_is_told(claim, source, fit, words):
    found = margin(claim, source)

    assert (found.fit, found.words) == (fit, words)


@pytest.mark.parametrize(
    ("claim", "source", "hint"),
    [
        (asked(">", "5", "EUR"), figure("9", "USD"), "EUR and USD are different currencies"),
        (
            asked(">", "5", "percent"),
            figure("9", "percentage points"),
            "“percent”, the source “percentage points”",
        ),
        (asked(">", "5", "kg"), figure("9", "km"), "“kg”, the source “km”"),
        (asked(">", "5", "soldiers"), figure("9", "tanks"), "“soldiers”, the source “tanks”"),
        (asked(">", "5", "soldiers"), figure("9", ""), "say for both what the number counts"),
        (
            asked(">", "5", per="year"),
            figure("9", per="day"),
            "the claim counts per year, the source per day",
        ),
        (asked(">", "5", per="year"), figure("9"), "the claim counts per year, the source in all"),
        (asked("since", "2006", ""), figure("2006", ""), "names a time"),
        (asked(">", "many"), figure("9"), "not a number"),
        (
            asked(">", "5", as_of="2025-01"),
            figure("9", as_of="2021"),
            "the source of 2021, which is 3 years away",
        ),
    ],
)
def test_what_cannot_be_compared_is_not_and_says_why(claim, source, hint):
    found = margin(claim, source)

    assert found.fit == Fit.APART
    assert hint in found.words


def test_the_day_of_the_claim_stands_for_a_figure_without_a_date():
    far = margin(asked(">", "5"), figure("9", as_of="2019"), said_on="2025-01-08")
    near = margin(asked(">", "5"), figure("9", as_of="2024-09"), said_on="2025-01-08")

    assert far.fit == Fit.APART
    assert near.words.endswith("The source speaks of 2024-09, the claim of 2025-01-08.")


def test_only_what_can_be_compared_is_told_when_there_is_something():
    rows = [asked(">", "12000"), asked("=", "3", "EUR"), {"comparator": "=", "value": "", "text": "dozens"}]

    assert [one.fit for one in margins(rows, figure("13000"))] == [Fit.HOLDS]
    assert [one.fit for one in margins(rows, figure("13", "ships"))] == [Fit.APART]
    assert margins(rows, {}) == margins([], figure("1")) == []


def test_a_figure_is_kept_with_plain_numbers():
    kept = checked_figure(
        {"value": "1.5 million", "high": "2,000,000", "unit": " people ", "as_of": "2024-12"}
    )

    assert kept == {"value": "1500000", "high": "2000000", "unit": "people", "as_of": "2024-12"}
    assert checked_figure({"value": "", "unit": ""}) == {}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": "a lot"}, "figure_value"),
        ({"high": "3"}, "figure_value"),
        ({"value": "5", "high": "3"}, "figure_high"),
        ({"unit": "people"}, "figure_value"),
        ({"value": "5", "as_of": "January"}, "figure_as_of"),
        ({"value": "5", "as_of": "2025-13"}, "figure_as_of"),
    ],
)
def test_a_figure_that_cannot_be_right_is_refused_by_field(wrong, field):
    with pytest.raises(Incomplete) as refused:
        checked_figure(wrong)

    assert list(refused.value.problems) == [field]


@pytest.mark.parametrize("value", ["1" * 40, "9e999999", "NaN", "Infinity", "0" * 39 + "1", "-5"])
def test_no_number_breaks_it(value):
    assert margin(asked(">", "5"), figure(value)).words
    assert margin(asked("~", value), figure("5")).words
