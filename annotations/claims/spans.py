"""Positions in a text: pin, check, find, and lay marks over a text for display.

One unit: code points of the stored text, `[start, end)`. The quoted words travel with the positions and decide:
a span whose `text[start:end]` is not its `exact` is refused, never repaired in silence.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from annotations.articles.text import has_visible
from annotations.tongue import gettext as _

CONTEXT = 32
DRAWN = 12
"""How many marks are drawn over the same words."""
LANES = 4
"""How many underlines lie below each other."""
ALIKE = 0.5
"""Overlap (intersection over union) from which two spans count as the same claim."""


@dataclass(frozen=True)
class Span:
    """A piece of a text with the words around it (W3C TextPosition and TextQuote selectors in one)."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Piece:
    """One step of printing a text with marks.

    `text` are words; `open` and `close` begin and end the drawing of a mark, properly nested; `end` stands where the
    words of the mark `key` are over for good.
    """

    kind: str
    text: str = ""
    key: Any = None


class BadSpan(ValueError):
    """This is no span of this text; `reason` says why, in words for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def alike(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans `(start, end)` of one text overlap so much that they are the same claim."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared >= ALIKE * (max(one[1], other[1]) - min(one[0], other[0]))


def pin(text: str, start: int, end: int) -> Span:
    """The span at these positions, with its words and up to 32 code points on either side."""
    if type(start) is not int or type(end) is not int:
        raise BadSpan(_("The positions of a span are whole numbers."))
    if start < 0 or end > len(text):
        raise BadSpan(
            _("The span {start}–{end} lies outside the text, which has {count} characters.").format(
                start=start, end=end, count=len(text)
            )
        )
    if start >= end:
        raise BadSpan(_("The span is empty: select at least one word."))
    exact = text[start:end]
    if not has_visible(exact):
        raise BadSpan(_("The span holds no words, only space: select at least one word."))
    return Span(start, end, exact, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def check(
    text: str, *, start: int, end: int, exact: str, prefix: str | None = None, suffix: str | None = None
) -> Span:
    """The span, when the words that came with it do stand there."""
    span = pin(text, start, end)
    if span.exact != exact:
        raise BadSpan(
            _("At {start}–{end} the text says “{value}”, not “{value2}”.").format(
                start=start, end=end, value=_shown(span.exact), value2=_shown(exact)
            )
        )
    if prefix is not None and not text.endswith(prefix, 0, start):
        raise BadSpan(
            _("Before the span the text says “{value}”, not “{value2}”.").format(
                value=_shown(span.prefix), value2=_shown(prefix)
            )
        )
    if suffix is not None and not text.startswith(suffix, end):
        raise BadSpan(
            _("After the span the text says “{value}”, not “{value2}”.").format(
                value=_shown(span.suffix), value2=_shown(suffix)
            )
        )
    return span


def find(
    text: str, exact: str, *, prefix: str = "", suffix: str = "", near: int | None = None
) -> Span | None:
    """The place of a quote that came without positions; None when it is not in the text.

    With several places the one nearest to `near` is taken; without `near`, or between two at the same
    distance, it is a person's choice, so BadSpan.
    """
    if not exact:
        raise BadSpan(_("The quote is empty: send the words of the claim."))
    whole = prefix + exact + suffix
    first = text.find(whole)
    if first < 0:
        return None
    if text.find(whole, first + 1) < 0:
        return pin(text, first + len(prefix), first + len(prefix) + len(exact))
    if near is None:
        raise BadSpan(
            _("“{value}” stands in several places: send the words before and after it, too.").format(
                value=_shown(exact)
            )
        )
    wanted = max(0, near - len(prefix))
    places = {text.rfind(whole, 0, wanted + len(whole)), text.find(whole, wanted)} - {-1}
    ranked = sorted(places, key=lambda place: abs(place - wanted))
    if len(ranked) > 1 and abs(ranked[0] - wanted) == abs(ranked[1] - wanted):
        raise BadSpan(
            _("“{value}” stands in two places equally near: send the words around it, too.").format(
                value=_shown(exact)
            )
        )
    start = ranked[0] + len(prefix)
    return pin(text, start, start + len(exact))


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The same piece without white space at its ends."""
    piece = text[start:end]
    if not piece.strip():
        return start, start
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def overlap(a: Span, b: Span) -> float:
    """Intersection over union: 1.0 for the same place, 0.0 for places that do not touch."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    if shared <= 0:
        return 0.0
    return shared / (max(a.end, b.end) - min(a.start, b.start))


def nest(text: str, start: int, end: int, marks: Sequence[tuple[Hashable, int, int]]) -> list[Piece]:
    """`text[start:end]` with its marks as steps for printing: each `open` has its `close`, and they never cross.

    Marks may overlap, nest and reach beyond the piece; one that goes on after `end` has its `end` in a later piece.
    Of two that cross, the one that goes on is closed and opened again. At most `DRAWN` are drawn over the same words,
    the outer ones: what lies deeper has its `end` only, so that a page stays linear in its marks.
    """
    start, end = max(0, start), min(end, len(text))
    inside = sorted(
        ((max(s, start), -e, order, key) for order, (key, s, e) in enumerate(marks) if s < e),
        key=lambda mark: mark[:3],
    )
    inside = [mark for mark in inside if mark[0] < end and -mark[1] > start]
    edges = sorted({start, end, *(m[0] for m in inside), *(-m[1] for m in inside if -m[1] < end)})
    deeper: dict[int, list[Hashable]] = {}
    pieces: list[Piece] = []
    drawn: list[tuple[int, Hashable]] = []
    again: list[tuple[int, Hashable]] = []
    waiting = 0
    for left, right in pairwise(edges):
        coming = again
        while waiting < len(inside) and inside[waiting][0] <= left:
            coming.append((-inside[waiting][1], inside[waiting][3]))
            waiting += 1
        for mark in sorted(coming, key=lambda mark: -mark[0]):
            if len(drawn) < DRAWN:
                pieces.append(Piece("open", key=mark[1]))
                drawn.append(mark)
            elif mark[0] <= end:
                deeper.setdefault(mark[0], []).append(mark[1])
        pieces.append(Piece("text", text[left:right]))
        again = _close(drawn, right, pieces, all_of_them=right == end)
        pieces += [Piece("end", key=key) for key in reversed(deeper.pop(right, []))]
    return pieces


def _close(
    drawn: list[tuple[int, Hashable]], at: int, pieces: list[Piece], *, all_of_them: bool
) -> list[tuple[int, Hashable]]:
    """Close what ends here and, to get at it, what lies inside it; the latter is returned, to be opened again."""
    lowest = next((n for n, mark in enumerate(drawn) if all_of_them or mark[0] == at), len(drawn))
    again = []
    for stop, key in reversed(drawn[lowest:]):
        pieces.append(Piece("close", key=key))
        if stop == at:
            pieces.append(Piece("end", key=key))
        else:
            again.append((stop, key))
    del drawn[lowest:]
    return again[::-1]


def lanes(marks: Iterable[tuple[Hashable, int, int]]) -> dict[Hashable, int]:
    """A lane for the underline of each mark, 0 next to the words: marks that share words have lanes of their own.

    What is nested lies nearer to the words. The lanes beyond the last one are drawn in the last one.
    """
    last_end = [0] * LANES
    found: dict[Hashable, int] = {}
    for key, start, end in sorted(marks, key=lambda mark: (mark[2], -mark[1])):
        lane = next((n for n, taken in enumerate(last_end) if taken <= start), LANES - 1)
        last_end[lane] = end
        found[key] = lane
    return found


def utf16_to_code_points(text: str, offset: int) -> int:
    """The position that a browser counts in UTF-16 units, in code points. Inside a pair it is refused."""
    position = units = 0
    while units < offset and position < len(text):
        units += 2 if ord(text[position]) > 0xFFFF else 1
        position += 1
    if units != offset:
        raise BadSpan(
            _("The UTF-16 position {offset} lies outside the text or inside a character.").format(
                offset=offset
            )
        )
    return position


def code_points_to_utf16(text: str, position: int) -> int:
    """The same place as a browser counts it."""
    if not 0 <= position <= len(text):
        raise BadSpan(
            _("The position {position} lies outside the text, which has {count} characters.").format(
                position=position, count=len(text)
            )
        )
    return position + sum(1 for character in text[:position] if ord(character) > 0xFFFF)


def _shown(words: str) -> str:
    return words if len(words) <= 80 else words[:79] + "…"
