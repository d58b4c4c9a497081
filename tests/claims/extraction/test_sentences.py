from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.extraction.engine import sentences

PIECES = st.lists(
    st.sampled_from(
        [
            "Dr. Ann ",
            "U.N. ",
            "said. ",
            "3.1 ",
            "“Yes.” ",
            "\n\n",
            "… ",
            "Jan. 8. ",
            "😀 ",
            "الأجور. ",
            "? ",
            "No. 5 ",
        ]
    ),
    max_size=25,
)


@pytest.mark.parametrize(
    "expected",
    [
        ["A senior U.S. official said so on Jan. 8.", "Since then nothing happened."],
        ["She is ambassador to the U.N. in New York.", "He is not."],
        ["He spoke at the U.N.", "The council met."],
        ["Dr. J. Smith met Gen. Lee.", "They spoke."],
        ["Wages rose 3.1 percent.", "Prices rose 4.5%."],
        ["“It rose.”", "Officials were glad."],
        ['"Why?" Smith asked.', "Nobody knew."],
        ["It is the right to self-defense…", "Meanwhile, it takes issue."],
        ["He works for Acme Inc. and lives in St. Louis.", "She does not."],
        ["It was No. 3 in the list.", "No.", "He left at 5 p.m. on Monday."],
        ["Is it worth it?", "It is!"],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(expected: list[str]) -> None:
    text = " ".join(expected)

    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_paragraph_ends_a_sentence_without_a_full_stop() -> None:
    text = "A headline without a stop\n\nThe text."

    assert [text[start:end] for start, end in sentences(text)] == ["A headline without a stop", "The text."]


@given(PIECES.map("".join))
def test_nothing_but_white_space_lies_between_sentences(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert not text[at:start].strip()
        assert at <= start < end
        at = end
    assert not text[at:].strip()
