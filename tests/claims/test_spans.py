from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.spans import (
    CONTEXT,
    DRAWN,
    LANES,
    BadSpan,
    Piece,
    Span,
    check,
    code_points_to_utf16,
    find,
    lanes,
    nest,
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


def printed(pieces: list[Piece]) -> str:
    shapes = {"open": "<{}>", "close": "</{}>", "end": "[{}]"}
    return "".join(piece.text or shapes[piece.kind].format(piece.key) for piece in pieces)


def test_nested_and_crossing_marks_are_opened_and_closed_in_order() -> None:
    pieces = nest("0123456789", 0, 10, [("in", 3, 5), ("out", 2, 8), ("late", 6, 9)])

    assert printed(pieces) == "01<out>2<in>34</in>[in]5<late>67</late></out>[out]<late>8</late>[late]9"


def test_two_marks_that_end_together_close_the_inner_one_first() -> None:
    assert printed(nest("abcd", 0, 4, [(1, 0, 4), (2, 2, 4)])) == "<1>ab<2>cd</2>[2]</1>[1]"


def test_a_mark_that_goes_on_in_the_next_paragraph_ends_there() -> None:
    marks = [(7, 2, 8)]

    first, second = nest("0123456789", 0, 5, marks), nest("0123456789", 5, 10, marks)

    assert (printed(first), printed(second)) == ("01<7>234</7>", "<7>567</7>[7]89")


@given(PLANES, MARKS)
def test_marks_give_the_text_back_nest_properly_and_cover_exactly_their_words(
    text: str, places: list[tuple[int, int]]
) -> None:
    marks = [(key, start, end) for key, (start, end) in enumerate(places)]

    pieces = nest(text, 0, len(text), marks)

    at, stack, ended = 0, [], set()
    covered: dict[int, set[int]] = {key: set() for key, _, _ in marks}
    for piece in pieces:
        if piece.kind == "open":
            stack.append(piece.key)
        elif piece.kind == "close":
            assert stack.pop() == piece.key
        elif piece.kind == "end":
            assert at == marks[piece.key][2]
            ended.add(piece.key)
        else:
            for key in stack:
                covered[key] |= set(range(at, at + len(piece.text)))
            at += len(piece.text)
    assert "".join(piece.text for piece in pieces) == text
    assert stack == []
    inside = {key for key, start, end in marks if start < end <= len(text)}
    assert ended == inside
    if len(marks) <= DRAWN:
        assert all(covered[key] == set(range(s, min(e, len(text)))) for key, s, e in marks)


def test_a_thousand_marks_over_the_same_words_stay_linear_and_each_keeps_its_number() -> None:
    text = "x" * 3_000
    marks = [(key, key, 3_000 - key) for key in range(1_000)]

    pieces = nest(text, 0, len(text), marks)

    assert sum(piece.kind == "end" for piece in pieces) == 1_000
    assert len(pieces) < 5_000


def test_a_thousand_marks_in_a_long_text_are_opened_once_each() -> None:
    text = "word " * 120_000
    marks = [(key, key * 600, key * 600 + 400) for key in range(1_000)]

    pieces = nest(text, 0, len(text), marks)

    assert sum(piece.kind == "open" for piece in pieces) == 1_000
    assert "".join(piece.text for piece in pieces) == text


def test_marks_that_share_words_have_underlines_of_their_own_and_the_inner_one_is_nearest() -> None:
    found = lanes([("outer", 0, 20), ("inner", 5, 9), ("crossing", 15, 30), ("apart", 40, 50)])

    assert found == {"inner": 0, "outer": 1, "crossing": 0, "apart": 0}


@given(MARKS)
def test_no_two_marks_share_a_lane_and_words_unless_it_is_the_last(places: list[tuple[int, int]]) -> None:
    marks = [(key, start, end) for key, (start, end) in enumerate(places) if start < end]

    found = lanes(marks)

    for one, s, e in marks:
        for other, t, f in marks:
            if one < other and s < f and t < e and found[one] == found[other]:
                assert found[one] == LANES - 1


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
