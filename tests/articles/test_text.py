from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.text import MAX_CHARS, clean_or_refuse, normalise, paragraphs, sha256
from annotations.snapshots.reading import Unreadable

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)
LINES = st.lists(
    st.sampled_from(["a word.", "", "  ", "\tnext", "👩‍👧 one", "الأجور", "\r\n", "\n", "\u2029"]),
    max_size=30,
)


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        ("One.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n"),
        ("\r\r\n\n", "\n\n\n"),
        ("wages\0rose", "wages\ufffdrose"),
        ("\ufeffwages", "wages"),
        ("a\ufeffb", "a\ufeffb"),
        ("x\udcff", "x\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("E\u0301tude", "E\u0301tude"),
        ("3\u00a0100\u00a0euros ", "3\u00a0100\u00a0euros "),
        ("\u202bx\u200f", "\u202bx\u200f"),
    ],
)
def test_only_line_ends_nuls_marks_and_broken_characters_change(given_text: str, stored: str) -> None:
    result = normalise(given_text)

    assert result == stored


@given(ANY_TEXT)
def test_what_was_normalised_can_be_stored_and_has_one_kind_of_line_end(text: str) -> None:
    result = normalise(text)

    assert "\r" not in result
    assert "\0" not in result
    assert result.encode("utf-8").decode("utf-8") == result


@given(ANY_TEXT.filter(lambda text: not text.startswith("\ufeff\ufeff")))
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once


@pytest.mark.parametrize("empty", ["", "   \n\t", "\u200b\u2060\ufeff", "\u00a0\u2003"])
def test_a_text_without_anything_to_see_is_refused(empty: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        clean_or_refuse(empty)

    assert "no text" in refusal.value.reason


def test_a_text_at_the_limit_is_kept_and_one_beyond_is_refused() -> None:
    longest = "a" * MAX_CHARS

    assert clean_or_refuse(longest) == longest
    with pytest.raises(Unreadable) as refusal:
        clean_or_refuse(longest + "b")
    assert "1,000,001" in refusal.value.reason


def test_the_limit_counts_code_points_and_not_bytes() -> None:
    text = "😀" * MAX_CHARS

    assert clean_or_refuse(text) == text


def test_binary_noise_is_refused_and_one_stray_control_is_not() -> None:
    with pytest.raises(Unreadable):
        clean_or_refuse("\x01\x02\x7f\x03 ab" * 20)

    assert clean_or_refuse("Wages rose." * 20 + "\x07").endswith("\x07")


def test_the_hash_is_that_of_the_utf8_bytes() -> None:
    assert sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256("E\u0301") != sha256("É")


@given(LINES.map("\n".join))
def test_paragraphs_are_in_order_and_leave_out_white_space_only(text: str) -> None:
    found = paragraphs(text)

    at = 0
    for start, end in found:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


def test_blank_lines_divide_and_single_lines_of_a_news_page_are_paragraphs_too() -> None:
    text = "Headline\n\nFirst paragraph.\nSecond paragraph.\n \nThird."

    found = [text[start:end] for start, end in paragraphs(text)]

    assert found == ["Headline", "First paragraph.", "Second paragraph.", "Third."]


def test_prose_that_was_wrapped_by_hand_is_one_paragraph() -> None:
    text = (
        "Wages rose by three percent in the\nlast year, said the ministry, and\n"
        "prices rose by four percent in\nthat time."
    )

    assert paragraphs(text) == [(0, len(text))]
