"""Where quotations begin and end, also when one runs over several sentences or is never closed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

LONGEST_QUOTE = 12  # sentences; a mark that is not closed by then was a slip
_MARK = re.compile('[“”"«»]')
_OPENING = frozenset('“"«')
_AFTER = frozenset(" \t\n\u00a0([—–-/'‘’:")

Span = tuple[int, int]


def quotes_over(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The inside of every quotation in the text, in order, each `[start, end)` without its marks.

    A quotation that stays open runs to the sentence before the next one that opens, to the end of its paragraph,
    or, when it finds no mark at all, only to the end of its own sentence.
    """
    found: list[Span] = []
    opened: tuple[int, int] | None = None  # where the inside begins, and the number of its sentence
    for number, (start, end) in enumerate(sentences):
        if opened and _is_stale(text, opened, number, sentences):
            goes_on = number - opened[1] <= LONGEST_QUOTE and _opens(text, start, start, is_open=False)
            found.append(
                (opened[0], sentences[number - 1 if goes_on and text[start] in _OPENING else opened[1]][1])
            )
            opened = None
        for mark in _MARK.finditer(text, start, end):
            at = mark.start()
            if _opens(text, at, start, is_open=opened is not None):
                if opened:
                    found.append((opened[0], _before(at, opened, number, sentences)))
                opened = (at + 1, number)
            elif opened:
                found.append((opened[0], at))
                opened = None
            elif not found or found[-1][1] < start:
                found.append((start, at))
    if opened:
        found.append((opened[0], sentences[opened[1]][1]))
    return [span for span in found if span[1] > span[0]]


def _opens(text: str, at: int, start: int, *, is_open: bool) -> bool:
    if text[at] in "“«":
        return True
    if text[at] in "”»":
        return False
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before in _AFTER and not after.isspace():
        return not is_open or at == start
    if is_open or after.isspace() or after in ",.;:!?)":
        return False
    return not is_open


def _is_stale(text: str, opened: tuple[int, int], number: int, sentences: Sequence[Span]) -> bool:
    if number - opened[1] > LONGEST_QUOTE:
        return True
    gap = text[sentences[number - 1][1] : sentences[number][0]]
    return gap.count("\n") > 1


def _before(at: int, opened: tuple[int, int], number: int, sentences: Sequence[Span]) -> int:
    """Where a quotation ends whose closing mark is missing, when the next one opens at `at`."""
    start = sentences[number][0]
    if opened[0] >= start:
        return at
    return sentences[number - 1][1] if at - start < 3 else sentences[opened[1]][1]


def quotes_around(start: int, end: int, quotes: Sequence[Span]) -> list[Span]:
    """The quotations that touch a place. They are in order, so a page full of them is not searched each time."""
    first = bisect_right(quotes, start, key=lambda quote: quote[1])
    last = bisect_left(quotes, end, key=lambda quote: quote[0])
    return list(quotes[first:last])


def is_quoted(position: int, quotes: Sequence[Span]) -> bool:
    return any(a <= position < b for a, b in quotes)
