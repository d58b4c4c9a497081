"""Where the words of a span stand in a later version of their text. Pure.

In order: the place that the diff maps them to, the same words elsewhere with their sentence, and a bounded search for
words like them. A place is taken without a person only when the very words stand there (at most typeset otherwise),
their sentence says the same in figures, negation, names, dates, units and comparators, and no other place could be
meant as well. Everything else is handed on with its best guesses. All positions are code points.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from annotations.articles.versions import Comparison, compare, words
from annotations.claims import spans
from annotations.claims.extraction.sentences import sentences
from annotations.claims.reanchoring_words import WORDS, differences, folded

ANCHORED, MOVED, REWORDED, AMBIGUOUS, GONE = "ANCHORED", "MOVED", "REWORDED", "AMBIGUOUS", "GONE"
OUTCOMES = (ANCHORED, MOVED, REWORDED, AMBIGUOUS, GONE)

MARGIN = 8
"""Code points of context by which one place has to be ahead of another one to be told from it."""
REACH = 1_000
"""How far the context of two places is compared, on either side."""
ALIKE = 0.6
"""From this score on other words count as the same ones reworded; below it they are gone."""
LOOK_ALIKE = 0.85
"""From this score on the sentence around another place looks like the one around the span."""
FAINT = 0.4
"""Below this score a place is no guess."""
CLOSE = 0.06
"""Two guesses that score within this of each other are ambiguous."""
_ORDINAL = re.compile(
    r"\b(?:am|vom|zum|der|den|des|dem|im|ab|bis|seit|und|nach|vor)\s\d{1,2}\.$", re.IGNORECASE
)
WIDE = 600
"""How much of a sentence is looked at on either side of the span."""
_PLACES = 200
_JOINERS = "\u200d\ufe0f\ufe0e"
_CJK = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_END = re.compile("[。！？؟।॥۔]+")


@dataclass(frozen=True)
class Guess:
    """A place that may be meant, and how like the old words its words are (0 to 1)."""

    start: int
    end: int
    score: float


@dataclass(frozen=True)
class Placement:
    """What became of a span. `start` and `end` are set when its place is certain, and None when a person decides.

    `why` names what differs or stands against it: kinds of protected words, `WORDS` for others.
    """

    outcome: str
    score: float
    start: int | None = None
    end: int | None = None
    guesses: tuple[Guess, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        return self.start is not None


class Reanchoring:
    """Two versions of a text, read once, and the place of any number of spans of the old one in the new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.compared: Comparison = compare(old, new)

    @cached_property
    def _old_sentences(self) -> list[tuple[int, int]]:
        return _sentences(self.old)

    @cached_property
    def _new_sentences(self) -> list[tuple[int, int]]:
        return _sentences(self.new)

    @cached_property
    def _old_begins(self) -> list[int]:
        return [start for start, _ in self._old_sentences]

    @cached_property
    def _new_begins(self) -> list[int]:
        return [start for start, _ in self._new_sentences]

    def place(self, start: int, end: int) -> Placement:
        """Where `[start, end)` of the old text stands in the new one."""
        exact = self.old[start:end]
        here = self.compared.image(start, end)
        places = _find_all(self.new, exact, is_joined=_goes_on(self.old, start, end))
        if here is not None:
            return self._mapped(start, end, here, places)
        if places and (found := self._moved(start, end, places)):
            return found
        return self._reworded(start, end, places)

    def _mapped(self, start: int, end: int, here: int, places: list[int]) -> Placement:
        """The diff says where, and the words stand there."""
        size = end - start
        near = self._context(start, here, size)
        before, after = self._sentence(start, end), self._new_sentence(here, here + size)
        rivals = [
            place
            for place in places
            if place != here
            and not self._is_told(
                near, self._context(start, place, size), after, self._new_sentence(place, place + size)
            )
        ]
        twins = [
            place
            for place in _find_all(self.old, self.old[start:end])
            if place != start
            and not self._is_told(
                near, self._context(place, here, size), before, self._sentence(place, place + size)
            )
        ]
        if rivals or twins:
            guesses = [self._scored(start, size, place) for place in [here, *rivals[:4]]]
            return Placement(AMBIGUOUS, _best(guesses), guesses=_sorted(guesses))
        if folded(before) == folded(after):
            score = 1.0 if min(near) >= 32 or max(len(self.old), len(self.new)) - size < 64 else 0.98
            return Placement(ANCHORED, score, here, here + size)
        likeness = _ratio(words(before), words(after))
        changed = differences(before, after)
        if not changed and likeness >= ALIKE:
            return Placement(ANCHORED, round(0.6 + 0.35 * likeness, 3), here, here + size)
        guess = Guess(here, here + size, round(likeness, 3))
        return Placement(REWORDED, guess.score, guesses=(guess,), why=changed or (WORDS,))

    def _is_told(self, near: tuple[int, int], other: tuple[int, int], mine: str, theirs: str) -> bool:
        """Whether the words around tell a place from another one. Where the sentences are alike, both sides must."""
        if not _beats(near, other):
            return False
        return min(near) >= spans.CONTEXT or _ratio(words(folded(mine)), words(folded(theirs))) < LOOK_ALIKE

    def _moved(self, start: int, end: int, places: list[int]) -> Placement | None:
        """The words are gone from their place and stand elsewhere, with the whole of their sentence."""
        size, before = end - start, folded(self._sentence(start, end))
        offset = start - self._bounds(start, end)[0]
        same = [
            place
            for place in places
            if folded(self._new_sentence(place, place + size)) == before
            and place - self._new_bounds(place, place + size)[0] == offset
        ]
        free = [place for place in same if self.compared.origin(place, place + size) is None]
        if not free:
            return None
        twins = [
            place
            for place in _find_all(self.old, self.old[start:end])
            if place != start and folded(self._sentence(place, place + size)) == before
        ]
        guesses = _sorted([self._scored(start, size, place) for place in same[:5]])
        if len(same) > 1 or twins:
            return Placement(AMBIGUOUS, _best(guesses), guesses=guesses)
        tells = len(words(before)) >= 5 or max(self._context(start, free[0], size)) >= len(before) + 32
        if not tells:
            return Placement(AMBIGUOUS, _best(guesses), guesses=guesses)
        return Placement(MOVED, 0.95, free[0], free[0] + size)

    def _reworded(self, start: int, end: int, places: list[int]) -> Placement:
        """The words do not stand any more: what stands in their place, and what is like them elsewhere."""
        exact, mine = self.old[start:end], words(self.old[start:end])
        left, right = _trimmed(self.new, *self.compared.region(start, end))
        found: dict[tuple[int, int], Guess] = {}
        if left < right and right - left <= 4 * len(exact) + 200:
            if folded(self.new[left:right]) == folded(exact) and self._stands_between(
                start, end, left, right
            ):
                return Placement(REWORDED, 0.97, left, right)
            for piece in (self._fit(mine, left, right), (left, right)):
                found[piece] = Guess(*piece, round(_ratio(mine, words(self.new[piece[0] : piece[1]])), 3))
        for place in places[:5]:
            guess = self._scored(start, end - start, place)
            found[guess.start, guess.end] = Guess(guess.start, guess.end, min(guess.score, 0.9))
        for sentence in self._likely(mine):
            piece = self._fit(mine, *sentence)
            if self.compared.origin(*piece) is None:
                found[piece] = Guess(*piece, round(_ratio(mine, words(self.new[piece[0] : piece[1]])), 3))
        guesses = _apart(_sorted([guess for guess in found.values() if guess.score >= FAINT]))
        if not guesses:
            return Placement(GONE, 0.0)
        best = guesses[0]
        why = differences(exact, self.new[best.start : best.end]) or (WORDS,)
        if best.score < ALIKE:
            return Placement(GONE, best.score, guesses=guesses, why=why)
        if len(guesses) > 1 and best.score - guesses[1].score < CLOSE:
            return Placement(AMBIGUOUS, best.score, guesses=guesses, why=why)
        return Placement(REWORDED, best.score, guesses=guesses, why=why)

    def _stands_between(self, start: int, end: int, left: int, right: int) -> bool:
        """Whether the words around it are the same ones on both sides, and its sentence says the same."""
        back = _back(self.old, start, self.new, left)
        on = _on(self.old, end, self.new, right)
        is_whole = (back >= MARGIN or start == left == 0) and (
            on >= MARGIN or (end == len(self.old) and right == len(self.new))
        )
        before, after = self._sentence(start, end), self._new_sentence(left, right)
        return is_whole and folded(before) == folded(after)

    def _scored(self, start: int, size: int, place: int) -> Guess:
        """A place with the very words, by how much of the words around them is the same."""
        before = self._sentence(start, start + size)
        after = self._new_sentence(place, place + size)
        return Guess(place, place + size, round(0.5 + 0.5 * _ratio(words(before), words(after)), 3))

    def _context(self, start: int, place: int, size: int) -> tuple[int, int]:
        """How far the texts agree around the old span and around a place of the same words: before, after."""
        return (
            _back(self.old, start, self.new, place),
            _on(self.old, start + size, self.new, place + size),
        )

    def _bounds(self, start: int, end: int) -> tuple[int, int]:
        return _around(self._old_sentences, self._old_begins, start, end)

    def _new_bounds(self, start: int, end: int) -> tuple[int, int]:
        return _around(self._new_sentences, self._new_begins, start, end)

    def _sentence(self, start: int, end: int) -> str:
        return _clipped(self.old, *self._bounds(start, end), start, end)

    def _new_sentence(self, start: int, end: int) -> str:
        return _clipped(self.new, *self._new_bounds(start, end), start, end)

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        """In which sentences of the new text a word stands; of those alone that did not stand in the old one."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, (start, end) in enumerate(self._new_sentences):
            if self.compared.origin(start, end) is None:
                for word in set(words(self.new[start:end])):
                    found[word.casefold()].append(number)
        return found

    def _likely(self, mine: list[str]) -> list[tuple[int, int]]:
        """The few new sentences that share the most of the rarest words."""
        known = [self._index[word] for word in {word.casefold() for word in mine} if word in self._index]
        votes: Counter[int] = Counter()
        for numbers in sorted(known, key=len)[:8]:
            if len(numbers) <= 50:
                votes.update(numbers)
        return [self._new_sentences[number] for number, _ in votes.most_common(4)]

    def _fit(self, mine: list[str], start: int, end: int) -> tuple[int, int]:
        """The piece of `[start, end)` that is most like these words: all of it, or from their first to their last."""
        piece = self.new[start:end]
        theirs = words(piece)
        if len(theirs) <= len(mine) * 1.3 + 2 or len(mine) * len(theirs) > 20_000:
            return start, end
        blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()[:-1]
        if not blocks:
            return start, end
        first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
        at, spots = 0, []
        for word in theirs:
            at = piece.index(word, at)
            spots.append((start + at, start + at + len(word)))
            at += len(word)
        return spots[first][0], spots[last - 1][1]


def _sentences(text: str) -> list[tuple[int, int]]:
    """Sentences, also those that end as other scripts end them.

    A piece that ends in an ordinal (“Am 8.”), or is one word only, belongs to what follows in its line:
    one such piece, so that a table of figures is no single sentence.
    """
    found: list[tuple[int, int]] = []
    is_joined = False
    for start, end in sentences(text):
        is_joined = bool(
            found
            and not is_joined
            and _is_no_sentence(text[max(found[-1][0], found[-1][1] - 24) : found[-1][1]], *found[-1])
            and "\n" not in text[found[-1][1] : start]
        )
        at = start = found.pop()[0] if is_joined else start
        for stop in _END.finditer(text, start, end):
            found.append((at, stop.end()))
            at = stop.end()
            while at < end and text[at].isspace():
                at += 1
        if at < end:
            found.append((at, end))
    return found


def _is_no_sentence(tail: str, start: int, end: int) -> bool:
    """`tail` are the last characters of a piece from `start` to `end`."""
    is_short = end - start < 24 and len(tail.split()) <= 1 and tail.endswith(".")
    return is_short or bool(_ORDINAL.search(tail))


def _around(known: list[tuple[int, int]], begins: list[int], start: int, end: int) -> tuple[int, int]:
    """From the beginning of the first sentence that the span touches to the end of the last one."""
    first = max(0, bisect_right(begins, start) - 1)
    last = max(first, bisect_right(begins, end - 1) - 1)
    if not known:
        return start, end
    return min(start, known[first][0]), max(end, known[last][1])


def _clipped(text: str, left: int, right: int, start: int, end: int) -> str:
    """The sentence around a span; of one without an end (a table, a list) what lies near the span."""
    if right - left > 2 * WIDE + end - start:
        left = max(left, text.rfind(" ", max(0, start - WIDE), start), start - WIDE)
        near = text.find(" ", end + WIDE - 60, end + WIDE)
        right = min(right, near if near > 0 else end + WIDE)
    return text[left:right]


def _find_all(text: str, exact: str, *, is_joined: bool = False) -> list[int]:
    """Where the words stand, each time as words: not inside a longer one, unless they stood so before."""
    found: list[int] = []
    at = text.find(exact)
    while at >= 0 and len(found) < _PLACES:
        if is_joined or not _goes_on(text, at, at + len(exact)):
            found.append(at)
        at = text.find(exact, at + 1)
    return found


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a word, a number or an emoji goes on across either end of `[start, end)`."""
    return _is_inside(text, start) or _is_inside(text, end)


def _is_inside(text: str, at: int) -> bool:
    if at in (0, len(text)):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M" or after in _JOINERS or before == "\u200d":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if before.isdigit() and after in ".,:/" and text[at + 1 : at + 2].isdigit():
        return True
    if after.isdigit() and before in ".,:/" and text[max(0, at - 2) : at - 1].isdigit():
        return True
    return before.isalnum() and after.isalnum() and not _CJK.match(after)


def _back(old: str, start: int, new: str, place: int) -> int:
    reach = min(REACH, start, place)
    low, high = 0, reach
    while low < high:
        middle = (low + high + 1) // 2
        if old[start - middle : start] == new[place - middle : place]:
            low = middle
        else:
            high = middle - 1
    return REACH if low == reach and start == place == reach else low


def _on(old: str, end: int, new: str, place: int) -> int:
    reach = min(REACH, len(old) - end, len(new) - place)
    low, high = 0, reach
    while low < high:
        middle = (low + high + 1) // 2
        if old[end : end + middle] == new[place : place + middle]:
            low = middle
        else:
            high = middle - 1
    return REACH if low == reach == len(old) - end == len(new) - place else low


def _beats(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the first context is clearly the better one: nowhere much shorter, and longer in all."""
    return other[0] <= one[0] + MARGIN and other[1] <= one[1] + MARGIN and sum(one) >= sum(other) + 2 * MARGIN


def _ratio(one: list[str], other: list[str]) -> float:
    """How alike two rows of words are, in order where they are short enough to compare so."""
    if len(one) * len(other) <= 20_000:
        return SequenceMatcher(None, one, other, autojunk=False).ratio()
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / max(1, len(one) + len(other))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _sorted(guesses: list[Guess]) -> tuple[Guess, ...]:
    return tuple(sorted(guesses, key=lambda guess: (-guess.score, guess.start)))


def _apart(guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """The best few that do not overlap."""
    kept: list[Guess] = []
    for guess in guesses:
        if all(guess.end <= other.start or other.end <= guess.start for other in kept):
            kept.append(guess)
    return tuple(kept[:4])


def _best(guesses: list[Guess] | tuple[Guess, ...]) -> float:
    return max((guess.score for guess in guesses), default=0.0)
