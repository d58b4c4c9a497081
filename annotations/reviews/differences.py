"""What differs between two texts, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
MOST = 400_000
"""Pairs of words that are compared; of longer texts only their common beginning and end are told from the rest."""


@dataclass(frozen=True)
class Piece:
    """A piece of one of the texts, and whether the other one lacks it."""

    text: str
    is_changed: bool


def word_diff(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; joined, each is what it was."""
    a, b = _TOKEN.findall(one), _TOKEN.findall(other)
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    marks_a, marks_b = _middle(middle_a, middle_b)
    same = [False] * head, [False] * tail
    return _pieces(a, [*same[0], *marks_a, *same[1]]), _pieces(b, [*same[0], *marks_b, *same[1]])


def _middle(a: Sequence[str], b: Sequence[str]) -> tuple[list[bool], list[bool]]:
    marks_a, marks_b = [True] * len(a), [True] * len(b)
    if len(a) * len(b) <= MOST:
        for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            marks_a[block.a : block.a + block.size] = [False] * block.size
            marks_b[block.b : block.b + block.size] = [False] * block.size
    return marks_a, marks_b


def _pieces(tokens: Sequence[str], marks: Sequence[bool]) -> tuple[Piece, ...]:
    """White space between two words that differ belongs to the difference; alone it is none."""
    found: list[Piece] = []
    for place, (token, mark) in enumerate(zip(tokens, marks, strict=True)):
        if token.isspace():
            mark = 0 < place < len(marks) - 1 and marks[place - 1] and marks[place + 1]
        if found and found[-1].is_changed == mark:
            found[-1] = Piece(found[-1].text + token, mark)
        else:
            found.append(Piece(token, mark))
    return tuple(found)
