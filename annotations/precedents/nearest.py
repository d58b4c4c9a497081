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

LIKELY = 0.75
SUGGEST = 0.50


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
    """Vectors of claims, several of which may share a key (a claim's wording and the title of its check)."""

    def __init__(self, keys: Sequence[Key], vectors: Vectors) -> None:
        """`vectors` is (n, d) of unit length, one row for each key. Raises ValueError when they do not fit."""
        raise NotImplementedError

    def __len__(self) -> int:
        """How many different keys there are."""
        raise NotImplementedError

    def search(self, query: Vectors, top: int, floor: float = -1.0) -> list[list[Hit]]:
        """For each row of `query` (m, d) the `top` best keys with a score of at least `floor`, best first.

        The score of a key is the largest of its vectors'. Equal scores stand in the order of the keys given.
        """
        raise NotImplementedError


def pack(vector: Vectors) -> bytes:
    """A vector as it is stored: float16, little-endian, two bytes a number."""
    raise NotImplementedError


def unpack(data: bytes, width: int) -> NDArray[np.float32]:
    """The vector that was packed. Raises ValueError when the bytes do not hold `width` numbers."""
    raise NotImplementedError
