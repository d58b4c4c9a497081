"""What two versions of a text have in common, in near-linear time however long they are. Pure.

Lines and sentences that stand once in both texts hold the two together (a patience diff); what lies between two of
them is compared word by word. `difflib` alone takes quadratic time, and on repeated words even longer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

MOST = 120_000
"""Pairs of words that are compared one by one; a larger piece is cut further, or counts as rewritten."""

# Scripts that are written without spaces are compared character by character. Marks stay with their letter.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_PUNCTUATION = r"!-/:-@\[-`{-~¡-©«¬®-±´¶-¸»¿\u2010-\u2027\u2030-\u205e\u2e00-\u2e7f\u3001-\u303f\uff01-\uff0f"
_PUNCTUATION += r"،؛؟۔\u0964\u0965\u05be\u05f3\u05f4"
_TOKEN = re.compile(
    rf"[0-9]+(?:[.,:/][0-9]+)*|[{_SPACELESS}]|[{_PUNCTUATION}]|[^\s{_SPACELESS}{_PUNCTUATION}]+"
)
_SEGMENT = re.compile(r"[^\n.!?。！？؟।…]*(?:\n\s*|[.!?。！？؟।…]+[\"'”’»)\]]*\s*|\Z)")


@dataclass(frozen=True)
class Run:
    """`size` code points that stand in both texts, from `old` in the one and from `new` in the other."""

    old: int
    new: int
    size: int


@dataclass(frozen=True)
class Change:
    """A step of reading both texts: SAME, GONE (only in the old one) or NEW (only in the new one)."""

    kind: str
    text: str
    old: int
    new: int


def words(text: str) -> list[str]:
    """The words, numbers and signs of a text; white space is none."""
    return _TOKEN.findall(text)


@dataclass(frozen=True)
class Comparison:
    """Two texts and the runs that they share, in the order of both: what moved counts as gone and new."""

    old: str
    new: str
    runs: tuple[Run, ...]

    @cached_property
    def _olds(self) -> list[int]:
        return [run.old for run in self.runs]

    @cached_property
    def _news(self) -> list[int]:
        return [run.new for run in self.runs]

    def image(self, start: int, end: int) -> int | None:
        """Where `[start, end)` of the old text begins in the new one, when one run holds all of it."""
        at = bisect_right(self._olds, start) - 1
        if at < 0 or end > self.runs[at].old + self.runs[at].size:
            return None
        return self.runs[at].new + start - self.runs[at].old

    def origin(self, start: int, end: int) -> int | None:
        """The same from the new text back to the old one."""
        at = bisect_right(self._news, start) - 1
        if at < 0 or end > self.runs[at].new + self.runs[at].size:
            return None
        return self.runs[at].old + start - self.runs[at].new

    def region(self, start: int, end: int) -> tuple[int, int]:
        """The piece of the new text that stands where `[start, end)` stood, whatever it says now."""
        first = bisect_right(self._olds, start) - 1
        if first >= 0 and start < self.runs[first].old + self.runs[first].size:
            left = self.runs[first].new + start - self.runs[first].old
        else:
            left = self.runs[first].new + self.runs[first].size if first >= 0 else 0
        last = bisect_left(self._olds, end) - 1
        if last >= 0 and end <= self.runs[last].old + self.runs[last].size:
            right = self.runs[last].new + end - self.runs[last].old
        else:
            right = self.runs[last + 1].new if last + 1 < len(self.runs) else len(self.new)
        return left, max(left, right)

    def is_touched(self, start: int, end: int) -> bool:
        """Whether anything in `[start, end)` of the old text differs in the new one."""
        return self.image(start, end) is None

    def changes(self) -> Iterator[Change]:
        """Both texts as one: what stands in both, what is gone and what is new, in reading order."""
        old = new = 0
        for run in (*self.runs, Run(len(self.old), len(self.new), 0)):
            if run.old > old:
                yield Change("GONE", self.old[old : run.old], old, new)
            if run.new > new:
                yield Change("NEW", self.new[new : run.new], run.old, new)
            if run.size:
                yield Change("SAME", self.old[run.old : run.old + run.size], run.old, run.new)
            old, new = run.old + run.size, run.new + run.size


def compare(old: str, new: str) -> Comparison:
    """The runs that both texts share: never crossing, and never ending inside a word."""
    return Comparison(old, new, tuple(_spaced(list(_joined(_common(old, new), old, new)), old, new)))


def _common(old: str, new: str) -> Iterator[Run]:
    head = _snap(old, new, _head(old, new))
    tail = _tail(old[head:], new[head:])
    while tail and not _is_edge(old, len(old) - tail, new, len(new) - tail):
        tail -= 1
    if head:
        yield Run(0, 0, head)
    yield from _segments(old, head, len(old) - tail, new, head, len(new) - tail)
    if tail:
        yield Run(len(old) - tail, len(new) - tail, tail)


def _head(old: str, new: str) -> int:
    """How many code points two texts begin with in common: by halving, since comparing slices is cheap."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _tail(old: str, new: str) -> int:
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _snap(old: str, new: str, head: int) -> int:
    while head and not _is_edge(old, head, new, head):
        head -= 1
    return head


def _is_edge(old: str, at: int, new: str, there: int) -> bool:
    """Whether no word goes on across this place, in either text."""
    return all(
        place in (0, len(text)) or text[place - 1].isspace() or text[place].isspace()
        for text, place in ((old, at), (new, there))
    )


def _segments(old: str, a: int, b: int, new: str, c: int, d: int) -> Iterator[Run]:
    """Runs between `old[a:b]` and `new[c:d]`: sentences that stand once in both, then words between them."""
    if a >= b or c >= d:
        return
    first, second = _cut(_SEGMENT, old, a, b), _cut(_SEGMENT, new, c, d)
    pairs = _patience([old[s:e] for s, e in first], [new[s:e] for s, e in second])
    if not pairs:
        yield from _by_words(old, a, b, new, c, d)
        return
    x, y = 0, 0
    for i, j in [*pairs, (len(first), len(second))]:
        if i > x or j > y:
            here = (first[x][0] if x < len(first) else b, first[i][0] if i < len(first) else b)
            there = (second[y][0] if y < len(second) else d, second[j][0] if j < len(second) else d)
            yield from _by_words(old, *here, new, *there)
        if i < len(first):
            yield Run(first[i][0], second[j][0], first[i][1] - first[i][0])
        x, y = i + 1, j + 1


def _by_words(old: str, a: int, b: int, new: str, c: int, d: int) -> Iterator[Run]:
    if a >= b or c >= d:
        return
    first, second = _cut(_TOKEN, old, a, b), _cut(_TOKEN, new, c, d)
    one, other = [old[s:e] for s, e in first], [new[s:e] for s, e in second]
    for i, j, n in _matches(one, other):
        for step in range(n):
            start, end = first[i + step]
            yield Run(start, second[j + step][0], end - start)


def _matches(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Matching stretches of words. What is too large to compare is cut where words stand once in both."""
    waiting = [(0, len(one), 0, len(other))]
    found: list[tuple[int, int, int]] = []
    while waiting:
        a, b, c, d = waiting.pop()
        if a >= b or c >= d:
            continue
        if (b - a) * (d - c) <= MOST:
            blocks = SequenceMatcher(None, one[a:b], other[c:d], autojunk=False).get_matching_blocks()
            found += [(a + block.a, c + block.b, block.size) for block in blocks if block.size]
            continue
        x, y = a, c
        pairs = [(a + i, c + j) for i, j in _patience(one[a:b], other[c:d])]
        for i, j in [*pairs, (b, d)] if pairs else ():
            waiting.append((x, i, y, j))
            if i < b:
                found.append((i, j, 1))
            x, y = i + 1, j + 1
    yield from sorted(found)


def _patience(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of what stands exactly once in both, the longest chain of them in the order of both."""
    once, twice = Counter(one), Counter(other)
    places = {token: j for j, token in enumerate(other) if twice[token] == 1}
    pairs = [(i, places[token]) for i, token in enumerate(one) if once[token] == 1 and token in places]
    tops: list[int] = []
    before: list[int] = []
    piles: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            piles.append(index)
        else:
            tops[pile], piles[pile] = j, index
    chain, at = [], piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _cut(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text, start, end) if found.end() > found.start()]


def _joined(runs: Iterator[Run], old: str, new: str) -> Iterator[Run]:
    """Runs that touch, or that only the same white space parts, are one."""
    last: Run | None = None
    for run in runs:
        if last is not None:
            gap = old[last.old + last.size : run.old]
            if gap == new[last.new + last.size : run.new] and not gap.strip():
                last = Run(last.old, last.new, run.old + run.size - last.old)
                continue
            yield last
        last = run
    if last is not None:
        yield last


def _spaced(runs: list[Run], old: str, new: str) -> Iterator[Run]:
    """Runs with the white space that stands next to them in both texts, so that a change is its words alone."""

    def is_same_space(at: int, there: int) -> bool:
        return old[at] == new[there] and old[at].isspace()

    left_old = left_new = 0
    for number, run in enumerate(runs):
        start, there, end = run.old, run.new, run.old + run.size
        while start > left_old and there > left_new and is_same_space(start - 1, there - 1):
            start, there = start - 1, there - 1
        following = runs[number + 1] if number + 1 < len(runs) else Run(len(old), len(new), 0)
        shift = run.new - run.old
        while end < following.old and end + shift < following.new and is_same_space(end, end + shift):
            end += 1
        yield Run(start, there, end - start)
        left_old, left_new = end, end + shift
