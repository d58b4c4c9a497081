"""The labelled sentences: ClaimBuster's debates, and news that two annotators read on their own."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLASSES = ("check_worthy", "factual_unimportant", "not_factual")
NOT_FACTUAL_KEPT = 8_000
"""Of 15,000 sentences without a fact that many are enough, and training takes half the time."""


@dataclass(frozen=True)
class Sentence:
    """`worth` holds what each annotator chose, as a share of each class; `doc` is the debate or article."""

    id: str
    doc: str
    text: str
    worth: tuple[float, float, float]

    @property
    def agreed(self) -> bool:
        """Whether all annotators say the same of the one question that is scored: is it check-worthy?"""
        return self.worth[0] in (0.0, 1.0)


def rows(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def debates(folder: Path, *, seed: int) -> list[Sentence]:
    """ClaimBuster's training sentences; of those without a fact a drawn part."""
    found = [_sentence(row, [row]) for row in rows(folder / "claimbuster_train.jsonl")]
    drawn = random.Random(seed)
    plain = [sentence for sentence in found if sentence.worth[2] == 1]
    kept = [sentence for sentence in found if sentence.worth[2] < 1]
    return kept + drawn.sample(plain, min(NOT_FACTUAL_KEPT, len(plain)))


def news(folder: Path) -> list[Sentence]:
    """The news sentences in the order of their articles, with the opinions of both annotators."""
    second = {row["id"]: row for row in rows(folder / "news_dev_second.jsonl")}
    return [_sentence(row, [row, second[row["id"]]]) for row in rows(folder / "news_dev.jsonl")]


def own(path: Path) -> list[Sentence]:
    """A desk's decided sentences, as `export_labels` writes them."""
    return [_sentence(row, [row]) for row in rows(path)]


def _sentence(row: dict[str, Any], opinions: list[dict[str, Any]]) -> Sentence:
    shares = tuple(sum(opinion["label3"] == name for opinion in opinions) / len(opinions) for name in CLASSES)
    return Sentence(row["id"], row["doc"], row["text"], shares)


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
