from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.spans import (
    CONTEXT,
    BadSpan,
    Span,
    check,
    code_points_to_utf16,
    cut_into_runs,
    find,
    overlap,
    pin,
    trim,
    utf16_to_code_points,
)

TEXT = "📰📰 Officials said wages rose. E\u0301tude: الأجور ارتفعت 3.1%\nTwo: wages, wages."
PLANES = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("😀👩\u200d👧🇫🇷e\u0301\u202bאلa \n")
    ),
    max_size=60,
)
MARKS = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=12)


def test_a_pin_holds_the_words_and_up_to_32_characters_on_either_side() -> None:
    text = "b" * 40 + "wages rose" + "a" * 10

    span = pin(text, 40, 50)

    assert span == Span(40, 50, "wages rose", "b" * CONTEXT, "a" * 10)


@pytest.mark.parametrize(
    ("text", "exact", "start"),
    [
        ("Officials said wages rose 3.1 percent.", "wages rose", 15),
        ("📰📰 Officials said wages rose.", "wages rose", 18),
        ("👩‍👧 Wages rose", "Wages", 4),
        ("E\u0301tude: les salaires montent", "salaires", 12),
        ("الأجور ارتفعت 3.1%", "3.1%", 14),
        ("One.\nTwo: wages rose.\n", "wages rose", 10),
        ("🇫🇷 wages rose", "wages rose", 3),
        ("𠮷野家 wages rose", "wages rose", 4),
        ("3\u00a0100\u00a0euros of wages", "wages", 15),
    ],
)
def test_positions_count_code_points_in_every_script(text: str, exact: str, start: int) -> None:
    span = pin(text, start, start + len(exact))

    assert span.exact == exact
    assert find(text, exact) == span


@pytest.mark.parametrize(
    ("start", "end"),
    [(5, 5), (6, 5), (-1, 4), (0, 10_000), (True, 4), (0.0, 4), ("0", 4), (None, 4), (2, 3)],
)
def test_what_is_no_span_of_the_text_is_refused(start: object, end: object) -> None:
    with pytest.raises(BadSpan) as refusal:
        pin(TEXT, start, end)  # type: ignore[arg-type]

    assert refusal.value.reason.endswith(".")


def test_a_span_of_invisible_characters_is_refused() -> None:
    with pytest.raises(BadSpan):
        pin("a\u200b\u2060 \nb", 1, 5)


@given(PLANES, st.data())
def test_every_pinned_span_checks_against_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(0, len(text)))

    try:
        span = pin(text, start, end)
    except BadSpan:
        return

    assert text[span.start : span.end] == span.exact
    assert span.prefix + span.exact + span.suffix in text
    assert check(text, start=start, end=end, exact=span.exact, prefix=span.prefix, suffix=span.suffix) == span


def test_a_quote_that_does_not_stand_there_is_refused_with_what_does() -> None:
    with pytest.raises(BadSpan) as refusal:
        check(TEXT, start=18, end=28, exact="wages fell")

    assert "wages rose" in refusal.value.reason


@pytest.mark.parametrize("context", [{"prefix": "said  "}, {"suffix": "!"}, {"prefix": "x" * 200}])
def test_a_quote_with_other_words_around_it_is_refused(context: dict[str, str]) -> None:
    with pytest.raises(BadSpan):
        check(TEXT, start=18, end=28, exact="wages rose", **context)


def test_a_composed_accent_is_not_the_decomposed_one() -> None:
    assert find(TEXT, "Étude") is None
    assert find(TEXT, "E\u0301tude") is not None


def test_a_quote_that_stands_twice_needs_its_context_or_a_place() -> None:
    text = "wages, wages, wages"

    with pytest.raises(BadSpan):
        find(text, "wages")
    assert find(text, "wages", prefix=", ", suffix=",") == pin(text, 7, 12)
    assert find(text, "wages", near=13) == pin(text, 14, 19)
    assert find(text, "wages", near=0) == pin(text, 0, 5)
    with pytest.raises(BadSpan):
        find("ab-ab", "ab")


def test_two_places_equally_near_are_a_persons_choice() -> None:
    with pytest.raises(BadSpan):
        find("ab..ab", "ab", near=2)


def test_trim_takes_white_space_off_the_ends_only() -> None:
    assert trim("a  b c \n", 1, 8) == (3, 6)
    assert trim("   ", 0, 3) == (0, 0)


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [((0, 10), (0, 10), 1.0), ((0, 10), (10, 12), 0.0), ((0, 10), (5, 15), 1 / 3), ((0, 10), (2, 7), 0.5)],
)
def test_overlap_is_intersection_over_union(a: tuple[int, int], b: tuple[int, int], shared: float) -> None:
    first, second = (Span(start, end, "", "", "") for start, end in (a, b))

    assert overlap(first, second) == pytest.approx(shared)
    assert overlap(second, first) == pytest.approx(shared)


def test_runs_of_nested_and_overlapping_marks_name_the_outermost_first() -> None:
    text = "0123456789"

    runs = cut_into_runs(text, 0, 10, [("inner", 3, 5), ("outer", 2, 8), ("late", 6, 9)])

    assert [(run.text, run.keys, run.closing) for run in runs] == [
        ("01", (), ()),
        ("2", ("outer",), ()),
        ("34", ("outer", "inner"), ("inner",)),
        ("5", ("outer",), ()),
        ("67", ("outer", "late"), ("outer",)),
        ("8", ("late",), ("late",)),
        ("9", (), ()),
    ]


def test_two_marks_that_end_together_close_the_inner_one_first() -> None:
    runs = cut_into_runs("abcd", 0, 4, [(1, 0, 4), (2, 2, 4)])

    assert runs[-1].closing == (2, 1)


def test_a_mark_that_goes_on_in_the_next_paragraph_closes_there() -> None:
    marks = [(7, 2, 8)]

    first, second = cut_into_runs("0123456789", 0, 5, marks), cut_into_runs("0123456789", 5, 10, marks)

    assert first[-1].keys == (7,)
    assert first[-1].closing == ()
    assert second[0].closing == (7,)


@given(PLANES, MARKS)
def test_runs_give_the_text_back_and_know_exactly_what_covers_them(
    text: str, places: list[tuple[int, int]]
) -> None:
    marks = [(key, start, end) for key, (start, end) in enumerate(places)]

    runs = cut_into_runs(text, 0, len(text), marks)

    assert "".join(run.text for run in runs) == text
    for run in runs:
        covering = {key for key, start, end in marks if start <= run.start and end >= run.end and start < end}
        assert set(run.keys) == covering
        assert set(run.closing) == {key for key, _, end in marks if key in covering and end == run.end}


def test_a_thousand_marks_in_a_long_text_are_cut_into_two_thousand_runs() -> None:
    text = "word " * 120_000
    marks = [(key, key * 600, key * 600 + 400) for key in range(1000)]

    runs = cut_into_runs(text, 0, len(text), marks)

    assert sum(1 for run in runs if run.closing) == 1000
    assert "".join(run.text for run in runs) == text


@given(PLANES, st.data())
def test_utf16_positions_go_there_and_back(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))

    units = code_points_to_utf16(text, position)

    assert units == len(text[:position].encode("utf-16-le")) // 2
    assert utf16_to_code_points(text, units) == position


@pytest.mark.parametrize("offset", [1, 4, -1])
def test_a_utf16_position_inside_a_pair_or_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(BadSpan):
        utf16_to_code_points("😀a", offset)
