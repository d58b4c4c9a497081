from __future__ import annotations

from datetime import date

import pytest

from annotations.claims.extraction.dates import find_dates
from annotations.claims.extraction.quantities import find_quantities

THURSDAY = date(2025, 1, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over 12,000 North Korean soldiers are in Russia", [(">", "12000", "", "North Korean soldiers")]),
        ("the civilian death toll exceeded 45,000 in Gaza", [(">", "45000", "", "deaths")]),
        ("North Korea has faced sanctions since 2006, aimed at", [("since", "2006", "", "year")]),
        (
            "around 2 million voters and a turnout of 58%",
            [("~", "2000000", "", "voters"), ("=", "58", "", "percent")],
        ),
        ("at least five thousand votes", [(">=", "5000", "", "votes")]),
        ("no more than 12 people were there", [("<=", "12", "", "people")]),
        ("fewer than 60,000 riders", [("<", "60000", "", "riders")]),
        ("to pay over 422,000 euros in arrears", [(">", "422000", "", "EUR")]),
        ("$5.2 billion in aid and £1.5bn", [("=", "5200000000", "", "USD"), ("=", "1500000000", "", "GBP")]),
        ("between 3% and 5% of them", [("between", "3", "5", "percent")]),
        (
            "aged 8–10 years, from 88 schools",
            [("between", "8", "10", "years old"), ("=", "88", "", "schools")],
        ),
        ("Almost half of all children", [("~", "0.5", "", "share")]),
        ("two-thirds of the voters", [("=", "0.666", "", "share")]),
        ("one in three visits", [("=", "0.333", "", "share")]),
        ("dozens of rounds of artillery", [("~", "", "", "rounds")]),
        ("more than two billion people", [(">", "2000000000", "", "people")]),
        ("one hundred and twenty-five cases", [("=", "125", "", "cases")]),
        ("a 34-year-old nurse", [("=", "34", "", "years old")]),
        ("14,000 jobs over ten years", [("=", "14000", "", "jobs"), ("=", "10", "", "years")]),
        ("for over ten years", [(">", "10", "", "years")]),
        ("45 killed and 300 injured", [("=", "45", "", "deaths"), ("=", "300", "", "injured people")]),
        ("rose 0.5 percentage points", [("=", "0.5", "", "percentage points")]),
        ("300 or more people", [(">=", "300", "", "people")]),
        ("3\u00a0100 people", [("=", "3100", "", "people")]),
    ],
)
def test_a_number_comes_with_its_comparator_and_unit(text: str, expected: list[tuple[str, ...]]) -> None:
    dates = find_dates(text, 0, len(text), THURSDAY)

    found = find_quantities(text, 0, len(text), dates)

    assert [(one.comparator, one.value, one.high, one.unit) for one in found] == expected
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 of Resolution 1718",
        "the polls closed at 22:30",
        "at 2:30 p.m. on Monday",
        "verse 3-2 of the text",
        "the 1st and the 22nd",
        "a Boeing 737 flew",
        "No one was injured",
        "in 2014 the law changed",
        "one of the best",
        "in the second half of last year",
        "the 2020 election",
        "the G7 and COVID-19",
    ],
)
def test_a_number_that_counts_nothing_is_no_quantity(text: str) -> None:
    dates = find_dates(text, 0, len(text), THURSDAY)

    assert find_quantities(text, 0, len(text), dates) == ()


@pytest.mark.parametrize(
    ("text", "words", "iso", "role"),
    [
        ("said on Jan. 8.", "Jan. 8", "2025-01-08", "on"),
        ("in the Kursk region last month", "last month", "2024-12", ""),
        ("sanctions since 2006, aimed", "2006", "2006", "since"),
        ("on Friday they met", "Friday", "2025-01-03", "on"),
        ("on Thursday they met", "Thursday", "2025-01-09", "on"),
        ("next Monday", "next Monday", "2025-01-13", ""),
        ("it ended yesterday", "yesterday", "2025-01-08", ""),
        ("on December 24", "December 24", "2024-12-24", "on"),
        ("as of March 4, 2011, it has", "March 4, 2011", "2011-03-04", "as of"),
        ("on 8 March 2021", "8 March 2021", "2021-03-08", "on"),
        ("in July 2003", "July 2003", "2003-07", "in"),
        ("in 2014 the law", "2014", "2014", "in"),
        ("two years ago", "two years ago", "2023", ""),
        ("three days ago", "three days ago", "2025-01-06", ""),
        ("last year", "last year", "2024", ""),
        ("on February 30", "February 30", "", "on"),
        ("over the past 30 days", "the past 30 days", "", "over"),
    ],
)
def test_a_date_is_resolved_against_the_day_of_publication(
    text: str, words: str, iso: str, role: str
) -> None:
    (found,) = find_dates(text, 0, len(text), THURSDAY)

    assert (found.text, found.iso, found.role) == (words, iso, role)
    assert text[found.start : found.end] == words


def test_without_a_day_of_publication_a_relative_date_stays_unresolved() -> None:
    (found,) = find_dates("They met on Friday.", 0, 19)

    assert found.iso == ""


@pytest.mark.parametrize("text", ["It may 5 times be so", "2000 people came", "it may rain"])
def test_a_verb_and_a_count_are_no_dates(text: str) -> None:
    assert find_dates(text, 0, len(text), THURSDAY) == ()
