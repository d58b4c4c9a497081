"""The model that ships: how check-worthy a sentence is, and what it means, in numpy and onnxruntime alone.

One folder per version holds three graphs, the vocabulary and a card. The lower half of the encoder is read once for
both questions. Hashes are checked when a folder is loaded: a file that is not the one of the card is not used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy
import onnxruntime
from numpy.typing import NDArray

from annotations.claims.extraction.active import FOLDER, active
from annotations.claims.extraction.wordpiece import WordPiece

ACTIVE = active()
"""The version that this process uses."""
LENGTH = 96
"""Pieces of a text that are read, as in training; what follows is not looked at."""
LARGEST = 512
"""Pieces that go through the model in one call, its padding counted."""
PADDING = 16
"""A call of its own costs about as much as that many pieces of padding."""
FILES = ("lower.onnx", "claims.onnx", "meaning.onnx", "vocab.txt")

Numbers = NDArray[numpy.float32]


class BrokenModel(Exception):
    """A file of the model's folder is missing or is not the one of its card."""


class Model:
    """`version` names the folder, `embedding` the space of the vectors: only vectors of one space are comparable."""

    def __init__(self, folder: Path) -> None:
        self.version = folder.name
        self.card = _checked(folder)
        self.embedding: str = self.card["embedding"]
        self._pieces = WordPiece.load(folder / "vocab.txt")
        self._lower = _session(folder / "lower.onnx")
        self._upper = {name: lru_cache(maxsize=1)(_session) for name in ("claims", "meaning")}
        self._folder = folder

    def score(self, texts: Sequence[str]) -> Numbers:
        """The model's log odds that each text is check-worthy, shape `(len(texts),)`; above 0 it leans to yes."""
        classes = self._run("claims", texts, width=3)
        others = numpy.logaddexp(classes[:, 1], classes[:, 2])
        return (classes[:, 0] - others).astype(numpy.float32)

    def embed(self, texts: Sequence[str]) -> Numbers:
        """Unit vectors, shape `(len(texts), 384)`: their products are cosines of meaning."""
        return self._run("meaning", texts, width=384)

    def _run(self, part: str, texts: Sequence[str], *, width: int) -> Numbers:
        upper = self._upper[part](self._folder / f"{part}.onnx")
        found = numpy.zeros((len(texts), width), dtype=numpy.float32)
        for places, ids, present in self._batches(texts):
            (hidden,) = self._lower.run(None, {"ids": ids, "present": present})
            (found[places],) = upper.run(None, {"hidden": hidden, "present": present})
        return found

    def _batches(
        self, texts: Sequence[str]
    ) -> Iterator[tuple[list[int], NDArray[numpy.int64], NDArray[numpy.int64]]]:
        coded = [self._pieces.encode(text, LENGTH) for text in texts]
        for places in batches([len(one) for one in coded]):
            shape = (len(places), len(coded[places[-1]]))
            ids, present = numpy.zeros(shape, numpy.int64), numpy.zeros(shape, numpy.int64)
            for row, place in enumerate(places):
                ids[row, : len(coded[place])] = coded[place]
                present[row, : len(coded[place])] = 1
            yield places, ids, present


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """Places of texts of like length, the shortest first: little is padding, and none is in a call by itself for it."""
    found: list[list[int]] = []
    inside = 0
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        length = lengths[place]
        filled = (len(found[-1]) + 1) * length if found else 0
        if found and filled <= LARGEST and filled - inside - length <= PADDING:
            found[-1].append(place)
            inside += length
        else:
            found.append([place])
            inside = length
    return found


def shared_model() -> Model:
    """The model in use, loaded once in a process. Raises `BrokenModel`."""
    return load(ACTIVE)


@lru_cache(maxsize=2)
def load(version: str) -> Model:
    return Model(FOLDER / version)


@lru_cache(maxsize=2)
def card_of(version: str = ACTIVE) -> dict[str, Any]:
    """What the card says, without loading the model. Raises `BrokenModel`."""
    return _card(FOLDER / version)


def _card(folder: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise BrokenModel(f"The model in {folder} cannot be used: {problem}") from problem
    return card


def _checked(folder: Path) -> dict[str, Any]:
    card = _card(folder)
    try:
        for name in FILES:
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != card["files"][name]:
                raise BrokenModel(f"{folder / name} is not the file that the model's card names.")
    except (OSError, KeyError) as problem:
        raise BrokenModel(f"The model in {folder} cannot be used: {problem}") from problem
    return card


def _session(path: Path) -> onnxruntime.InferenceSession:
    """One thread, and no memory kept back between calls: a worker has two cores and many neighbours."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
