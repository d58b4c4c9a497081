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


def read_lines(documents: Sequence[Sequence[str]]) -> list[list[Scored]]:
    """The sentences of some documents, in order. Line breaks inside a sentence count as spaces."""
    cleaned = [[text.replace("\n", " ").replace("\r", " ") for text in texts] for texts in documents]
    return [_scored(texts, scores) for texts, scores in zip(cleaned, sentence_scores(cleaned), strict=True)]


def _scored(texts: Sequence[str], scores: Sequence[float]) -> list[Scored]:
    spans, at = [], 0
    for text in texts:
        spans.append((at, at + len(text)))
        at += len(text) + 1
    whole = "\n".join(texts)
    found: dict[int, list[Candidate]] = {}
    for candidate in engine.ENGLISH.read(Document(whole, (Block(0, len(whole), tuple(spans)),))):
        found.setdefault(candidate.sentence_start, []).append(candidate)
    cut = threshold()
    return [
        Scored(score, score >= cut, tuple(found.get(start, ())))
        for (start, _), score in zip(spans, scores, strict=True)
    ]
