"""Sentences that come already cut, a document after another: what `score_sentences` reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.claims.extraction import engine
from annotations.claims.extraction.candidates import Candidate
from annotations.claims.extraction.languages import Block, Document
from annotations.claims.extraction.ranking import sentence_scores, threshold


@dataclass(frozen=True)
class Scored:
    """One sentence: its score, whether it is proposed, and its candidates, whose places count from the document."""

    score: float
    is_proposed: bool
    candidates: tuple[Candidate, ...]


def read_lines(texts: Sequence[str]) -> list[Scored]:
    """The sentences of one document, in order. Line breaks inside a sentence count as spaces."""
    lines = [text.replace("\n", " ").replace("\r", " ") for text in texts]
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    text = "\n".join(lines)
    found = engine.ENGLISH.read(Document(text, (Block(0, len(text), tuple(spans)),)))
    of: dict[int, list[Candidate]] = {}
    for candidate in found:
        of.setdefault(candidate.sentence_start, []).append(candidate)
    cut = threshold()
    return [
        Scored(score, score >= cut, tuple(of.get(start, ())))
        for (start, _), score in zip(spans, sentence_scores(lines), strict=True)
    ]
