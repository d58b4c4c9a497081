"""Where the quoted words stand in a stored copy. Pure, and in time that grows with the text and not with its square.

A quote is *verified* when its words stand there as quoted. What printing changes is no difference: white space, kinds
of quote marks and dashes, soft hyphens, ligatures, composed or decomposed letters, a full stop at its very end. An
ellipsis (“…”, “[…]”) may leave words out. A quote whose digits, negation or names differ is never verified: letters
and digits are compared one by one, a figure is not cut in two, and nothing that is left out may hold a negation of
the words around it. What only resembles is *near*: a person looks. All positions count code points of the copy.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.sources.folding import DENSE, Folded, fold, is_whole, negates_after, negates_before

MOST_LEFT_OUT = 2_000
"""Code points that one ellipsis may stand for: beyond that, the pieces are no passage any more."""
NEAR_FROM = 0.75
_TRIES = 400
_ELLIPSIS = re.compile(r" ?[\[(]?\.\.\.[\])]? ?")
_WORD = re.compile(rf"[{DENSE}]|(?:(?![{DENSE}])[^\W_])+(?:[.,'](?:(?![{DENSE}])[^\W_])+)*")
_SENTENCE_END = re.compile(r"[.!?]['\"]? ")


class State(StrEnum):
    VERIFIED = "VERIFIED"
    NEAR = "NEAR"
    NOT_FOUND = "NOT_FOUND"


@dataclass(frozen=True)
class Found:
    """`[start, end)` in the copy; both 0 when not found. `score` is 1 when verified, and less when near."""

    state: State
    start: int = 0
    end: int = 0
    score: float = 0.0


NOT_FOUND = Found(State.NOT_FOUND)


def find_quote(copy: str, quote: str, *, near: int | None = None) -> Found:
    """The quoted words in the copy. Where they stand several times, the place nearest to `near`, else the first."""
    text, wanted = fold(copy), fold(quote).text.strip()
    if len(wanted) > 2 and wanted[0] in "'\"" and wanted[-1] in "'\"":
        wanted = wanted[1:-1].strip()
    if not _WORD.search(wanted):
        return NOT_FOUND
    at = text.folded(near) if near is not None else None
    loose: tuple[int, int] | None = None
    for words in dict.fromkeys((wanted, wanted.rstrip(".,;: "))):
        for parts in dict.fromkeys(((words,), tuple(_parts(words)))):
            place, sure = _stand(text.text, parts, at)
            if place and sure:
                return Found(State.VERIFIED, *text.places(*place), 1.0)
            loose = loose or place
    if loose:
        return Found(State.NEAR, *text.places(*loose), 0.99)
    return _nearest(text, wanted, at)


def _parts(words: str) -> list[str]:
    return [part for part in _ELLIPSIS.split(words) if _WORD.search(part)]


def _stand(text: str, parts: Sequence[str], at: int | None) -> tuple[tuple[int, int] | None, bool]:
    """Where the parts stand one after the other, and whether that is beyond doubt."""
    doubtful: tuple[int, int] | None = None
    if not parts:
        return None, False
    for start in _occurrences(text, parts[0], at):
        end = start + len(parts[0])
        sure = is_whole(text, start, end) and not negates_before(text, start)
        for part in parts[1:]:
            begin = text.find(part, end, end + MOST_LEFT_OUT + len(part))
            if begin < 0:
                break
            sure = sure and is_whole(text, begin, begin + len(part)) and not _hides_negation(text[end:begin])
            end = begin + len(part)
        else:
            if sure:
                return (start, end), True
            doubtful = doubtful or (start, end)
    return doubtful, False


def _occurrences(text: str, words: str, at: int | None) -> Iterator[int]:
    """Where the words begin: the one nearest to `at` first, then all in order. A bounded number, for hostile texts."""
    if at is not None:
        around = {text.rfind(words, 0, at + len(words)), text.find(words, at)} - {-1}
        yield from sorted(around, key=lambda place: abs(place - at))
    start = text.find(words)
    for _ in range(_TRIES):
        if start < 0:
            return
        yield start
        start = text.find(words, start + 1)


def _hides_negation(left_out: str) -> bool:
    """Whether the words left out negate the sentence before or after them: “did … kill” for “did not kill”."""
    pieces = _SENTENCE_END.split(left_out)
    return negates_after(pieces[0]) or negates_after(pieces[-1])


# --- what resembles ------------------------------------------------------------------------------------------


def _nearest(text: Folded, wanted: str, at: int | None) -> Found:
    """The passage that shares most words with the quote, in their order."""
    quote = [word.group().lower() for word in _WORD.finditer(wanted)]
    spots = [word.span() for word in _WORD.finditer(text.text)]
    words = [text.text[start:end].lower() for start, end in spots]
    first, last = _window(words, quote, spots, at)
    best = _in_order(quote, words[first:last])
    if not best:
        return NOT_FOUND
    # The most can be dropped on either side without losing a shared word: the count only falls as words go.
    drop = bisect.bisect_left(
        range(first, last), True, key=lambda here: _in_order(quote, words[here + 1 : last]) < best
    )
    first += drop
    last = (
        first
        + 1
        + bisect.bisect_left(
            range(first + 1, last), True, key=lambda here: _in_order(quote, words[first:here]) >= best
        )
    )
    # Words of the quote that were not found at its edges stand for others in the copy: 12,500 for 12,000.
    first = max(0, first - _missing(quote, words[first:last], best))
    last = min(len(words), last + _missing(quote[::-1], words[first:last][::-1], best))
    score = min(0.99, 2 * best / (len(quote) + last - first))
    if score < NEAR_FROM:
        return NOT_FOUND
    return Found(State.NEAR, *text.places(spots[first][0], spots[last - 1][1]), round(score, 3))


def _missing(quote: Sequence[str], words: Sequence[str], best: int) -> int:
    """How many words at the beginning of the quote can go without losing one that is shared; at most three."""
    return max((gone for gone in range(4) if _in_order(quote[gone:], words) >= best), default=0)


def _window(
    words: Sequence[str], quote: Sequence[str], spots: Sequence[tuple[int, int]], at: int | None
) -> tuple[int, int]:
    """Where a stretch as long as the quote shares most words with it, with some words more on either side."""
    need, have = Counter(quote), Counter[str]()
    size, shared, best = len(quote), 0, (-1, 0.0, 0)
    for here, word in enumerate(words):
        have[word] += 1
        shared += have[word] <= need[word]
        if here >= size:
            gone = words[here - size]
            shared -= have[gone] <= need[gone]
            have[gone] -= 1
        distance = -abs(spots[here][0] - at) if at is not None else -here
        best = max(best, (shared, float(distance), here))
    room = size // 4 + 2
    return max(0, best[2] - size + 1 - room), min(len(words), best[2] + 1 + room)


def _in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both have in the same order (longest common subsequence), one bit a word of `other`."""
    places: dict[str, int] = {}
    for place, word in enumerate(other):
        places[word] = places.get(word, 0) | 1 << place
    full = (1 << len(other)) - 1
    row = full
    for word in one:
        hits = row & places.get(word, 0)
        row = ((row + hits) | (row - hits)) & full
    return len(other) - row.bit_count()
