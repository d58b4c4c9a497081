"""The nearest earlier claims by meaning: one matrix of sentence vectors, searched by brute force. numpy only.

Brute force is enough: 100,000 claims with two vectors each take some 35 ms a query on one core and 154 MB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Key = int | str
Vectors = NDArray[np.float32] | NDArray[np.float16]

LIKELY = 0.70
SUGGEST = 0.50
"""Cosines, fitted on 800 public posts that each name one checked claim of 10,375 (CheckThat! 2020, task 2), and seen
on 197 others. SUGGEST, for recall: with five shown at most the right claim is among them for 87 % of the posts (86 %),
2.8 shown a post; at 0.45 it would be 90 % with 4 shown. LIKELY, for precision: where the best match reaches it, it is
the right one in 91 % of the cases (93 %), which are two fifths of all posts. Posts are noisier than sentences of an
article, and of two checks of one thing the labels name one, so that real precision is rather higher.
"""

# The matrix is upcast and multiplied in parts, so that a search needs a few megabytes beside it.
_ROWS, _QUERIES = 8_192, 32


@dataclass(frozen=True)
class Hit:
    """`score` is the cosine of query and claim, 1.0 for the same text; `key` names the claim."""

    key: Key
    score: float

    @property
    def state(self) -> str:
        return state(self.score)


def state(score: float) -> str:
    """How a score is shown: "likely" the same claim, "possible", or "" for what is not suggested at all."""
    if score >= LIKELY:
        return "likely"
    return "possible" if score >= SUGGEST else ""


class Index:
    """Vectors of claims, several of which may share a key (a claim's wording and the title of its check).

    Not changed after it was built, so several threads may search it.
    """

    def __init__(self, keys: Sequence[Key], vectors: Vectors) -> None:
        """`vectors` is (n, d) of unit length, one row for each key. Raises ValueError when they do not fit."""
        matrix = np.asarray(vectors)
        if matrix.ndim != 2 or len(matrix) != len(keys):
            raise ValueError(f"{len(keys)} keys do not fit vectors of shape {matrix.shape}.")
        if not np.isfinite(matrix).all():
            raise ValueError("A vector holds something that is no finite number.")
        places: dict[Key, int] = {}
        owner = np.array([places.setdefault(key, len(places)) for key in keys], dtype=np.int64)
        order = np.argsort(owner, kind="stable")
        self._keys: list[Key] = list(places)
        self._matrix: NDArray[np.float16] = matrix[order].astype(np.float16)
        # Where the rows of each key begin, now that they stand together.
        self._starts = np.searchsorted(owner[order], np.arange(len(places)))

    def __len__(self) -> int:
        """How many different keys there are."""
        return len(self._keys)

    @property
    def width(self) -> int:
        return int(self._matrix.shape[1])

    def search(
        self, query: Vectors, top: int, floor: float = -1.0, bonus: NDArray[np.float32] | None = None
    ) -> list[list[Hit]]:
        """For each row of `query` (m, d) the `top` best keys with a score of at least `floor`, best first.

        The score of a key is the largest of its vectors', and its `bonus` (m, number of keys) when one is given:
        keys stand in the order in which they first came. Equal scores stand in that order, too.
        """
        wanted = np.asarray(query, dtype=np.float32)
        if wanted.ndim != 2 or (self._keys and wanted.shape[1] != self.width):
            raise ValueError(f"A query of shape {wanted.shape} does not fit vectors {self.width} wide.")
        if not self._keys or top < 1:
            return [[] for _ in wanted]
        found: list[list[Hit]] = []
        for begin in range(0, len(wanted), _QUERIES):
            scores = self._scores(wanted[begin : begin + _QUERIES])
            if bonus is not None:
                scores = scores + bonus[begin : begin + _QUERIES]
            found += [self._best(row, top, floor) for row in scores]
        return found

    def _scores(self, wanted: NDArray[np.float32]) -> NDArray[np.float32]:
        rows = np.empty((len(wanted), len(self._matrix)), dtype=np.float32)
        for begin in range(0, len(self._matrix), _ROWS):
            part = self._matrix[begin : begin + _ROWS].astype(np.float32)
            rows[:, begin : begin + _ROWS] = wanted @ part.T
        scores: NDArray[np.float32] = np.maximum.reduceat(rows, self._starts, axis=1)
        return scores

    def _best(self, scores: NDArray[np.float32], top: int, floor: float) -> list[Hit]:
        if top < len(scores):
            floor = max(floor, float(np.partition(scores, -top)[-top]))
        places = np.flatnonzero(scores >= floor)
        places = places[np.argsort(-scores[places], kind="stable")][:top]
        return [Hit(self._keys[place], float(scores[place])) for place in places]


def pack(vector: Vectors) -> bytes:
    """A vector as it is stored: float16, little-endian, two bytes a number."""
    return np.asarray(vector).astype("<f2").tobytes()


def unpack(data: bytes, width: int) -> NDArray[np.float32]:
    """The vector that was packed. Raises ValueError when the bytes do not hold `width` numbers."""
    if len(data) != 2 * width:
        raise ValueError(f"{len(data)} bytes do not hold {width} numbers.")
    return np.frombuffer(data, dtype="<f2").astype(np.float32)
