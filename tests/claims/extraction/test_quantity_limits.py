"""What a quantity is counted against, which numbers count nothing, and text that is bait for the patterns."""

from __future__ import annotations

import re
from datetime import date

import pytest

from annotations.claims.extraction import comparators, number_words, quantity_filters, quantity_words, units
from annotations.claims.extraction.dates import find_dates
from annotations.claims.extraction.quantities import Quantity, find_quantities


def quantities(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, 0, len(text), find_dates(text, 0, len(text), date(2025, 1, 9)))


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        ("The virus hits 12.4 people per 100,000.", "100,000"),
        ("The clinic treats 20 people a day.", "day"),
        ("Oil rose to $82 a barrel.", "barrel"),
        ("The guard earns $15-an-hour wages.", "hour"),
        ("Only 10 per cent of salt is treated.", ""),
    ],
)
def test_a_rate_says_what_it_is_counted_against(sentence: str, per: str) -> None:
    (found,) = quantities(sentence)

    assert found.per == per


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("In the fire 12 people died, seven of them children.", ["12 people", "seven"]),
        ("Ada Moss, 42, and her son Ivo Moss, 9, were found.", ["42", "9"]),
        ("The rate fell from 12 to 9 percent.", ["12", "9 percent"]),
        ("Shares fell 3.4 percent to 1,204 points.", ["3.4 percent", "1,204 points"]),
        ("The party won 45 of 120 seats.", ["45", "120 seats"]),
        ("Turnout was 58%, with around 2 million voters.", ["58%", "around 2 million voters"]),
        ("Five of the six judges agreed.", ["Five", "six judges"]),
        ("Profits doubled to $1.2bn.", ["doubled", "$1.2bn"]),
    ],
)
def test_several_quantities_stay_apart(sentence: str, words: list[str]) -> None:
    assert [found.text for found in quantities(sentence)] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Shells fell near posts 542 and 543.",
        "The case cites Article 50 and Section 230.",
        "Flight 370 left from gate 12.",
        "The F-16 and the G20 were named.",
        "A one-sided report upset both camps.",
        "The most serious charge was dropped.",
        "They met most recently in Oslo.",
        "One envoy, Ada Moss, told the press so.",
        "One of the judges left.",
        "It is a commercial one.",
        "The third man was let go.",
        "A third party was asked.",
        "The storm was a category 5 hurricane.",
        "The text is in verse 3-2.",
        "She lives at 12/14 Low Road.",
        "The address ends in .4.5.6.7",
    ],
)
def test_a_number_that_names_or_points_counts_nothing(sentence: str) -> None:
    assert quantities(sentence) == ()


def test_a_piece_of_a_text_gives_only_what_stands_in_it() -> None:
    text = "In May 12 boats sank, and 40 people swam ashore."
    start = text.index("and")

    (found,) = find_quantities(text, start, len(text), [])

    assert (found.text, found.start) == ("40 people", text.index("40"))


@pytest.mark.parametrize(
    "piece", ["1,", "1", "one ", "1-", "$1 to ", "between 1 and ", "½ ", "one in one ", "a half of "]
)
def test_twice_the_bait_gives_no_more_than_twice_the_finds(piece: str) -> None:
    short, long = (quantities(piece * count) for count in (2_000, 4_000))

    assert len(long) <= 2 * len(short) + 2
    assert all(len(found.text) < 400 for found in long)


def test_every_repetition_in_the_patterns_is_bounded() -> None:
    patterns = [
        (module.__name__, name, value.pattern)
        for module in (comparators, number_words, quantity_filters, quantity_words, units)
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    ]

    assert len(patterns) >= 15
    for where in patterns:
        bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", where[2])
        assert not re.search(r"[*+]|\{\d*,\}", bare), where
