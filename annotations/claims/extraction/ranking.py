"""How check-worthy each sentence of a document is, by the model, and what of it is proposed.

The rules say what is claimed and why somebody might care; the model says how likely a fact-checker would pick the
sentence. A candidate has its sentence's score, a little less when it is not the best piece of it.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from annotations.claims.extraction.candidates import Candidate
from annotations.claims.extraction.context import is_article
from annotations.claims.extraction.languages import Document, Span
from annotations.claims.extraction.model import Model, card_of, shared_model
from annotations.claims.extraction.scoring import Signal
from annotations.claims.odds import logit, sigmoid
from annotations.tongue import noop

SAMPLED = 3
"""How many of the sentences that are passed over are shown all the same, drawn without looking at their scores."""
_PIECE = 0.5
"""How much of the rules' preference among the pieces of one sentence reaches their scores (log odds)."""
_LEAST_DROP = 0.02
_SPOKEN_FROM = 0.4
"""Without an article around it a sentence is proposed from this share on, by the model alone."""
_NUMBERS = re.compile(r"[$€£¥]?\d[\d,.]*%?")
_NAMES = re.compile(r"(?<=\s)[A-Z][\w’'-]+(?:\s(?:(?:of|the|and|for|de|al)\s)?[A-Z][\w’'-]+){0,5}")


def sentence_scores(documents: Sequence[Sequence[str]]) -> list[list[float]]:
    """Between 0 and 1 for each sentence of each document; comparable with `threshold()`.

    The model reads them all at once, which saves padding; no document changes the scores of another.
    """
    odds = iter(shared_model().score([text for texts in documents for text in texts]))
    return [_shares(texts, list(islice(odds, len(texts)))) for texts in documents]


def _shares(texts: Sequence[str], odds: Iterable[float]) -> list[float]:
    shift = 0.0 if is_article(texts) else logit(threshold()) - logit(_SPOKEN_FROM)
    return [sigmoid(float(one) + shift) for one in odds]


def threshold() -> float:
    """The score from which a sentence is proposed, chosen on the news sentences; see the model's card."""
    return float(card_of()["threshold"])


def propose(document: Document, found: list[Candidate]) -> list[Candidate]:
    """What is shown, in the order of the text: ranked proposals, and a small sample of what was passed over."""
    model = shared_model()
    spans = [span for block in document.blocks for span in block.sentences]
    texts = [document.text[start:end] for start, end in spans]
    odds = model.score(texts)
    scores = dict(zip(spans, _shares(texts, odds), strict=True))
    if taught := document.calibration:
        scores = {span: taught.apply(score) for span, score in scores.items()}
    scored = _scored([one for one in found if not one.is_whole], scores)
    cut = taught.threshold if taught else threshold()
    shown = [candidate for candidate in scored if candidate.score >= cut]
    ranked = sorted(shown, key=lambda one: (-one.score, one.start))
    reasons = _without(document, ranked, scores, dict(zip(spans, map(float, odds), strict=True)), model)
    proposals = [
        replace(one, rank=place, signals=_strongest_first((*one.signals, *reasons.get(_sentence(one), ()))))
        for place, one in enumerate(ranked, 1)
    ]
    sample = _sample(document.text, [one for one in scored if one.score < cut], proposals)
    return sorted([*proposals, *sample], key=lambda one: (one.start, one.end))


def _sentence(one: Candidate) -> Span:
    return one.sentence_start, one.sentence_end


def _strongest_first(signals: Sequence[Signal]) -> tuple[Signal, ...]:
    return tuple(sorted(signals, key=lambda signal: -abs(signal.weight)))


def _scored(found: Sequence[Candidate], scores: dict[Span, float]) -> list[Candidate]:
    """Each span once, with the score of its sentence; the pieces that the rules like less come a little lower."""
    best: dict[Span, float] = {}
    for one in found:
        sentence = _sentence(one)
        best[sentence] = max(best.get(sentence, -99.0), logit(one.score))
    kept: dict[Span, Candidate] = {}
    for one in found:
        sentence = _sentence(one)
        behind = min(2.0, best[sentence] - logit(one.score))
        score = sigmoid(logit(scores.get(sentence, 0.0)) - _PIECE * behind)
        place = (one.start, one.end)
        if place not in kept or kept[place].score < score:
            kept[place] = replace(one, score=round(score, 4))
    return list(kept.values())


def _sample(text: str, passed_over: Sequence[Candidate], proposals: Sequence[Candidate]) -> list[Candidate]:
    """Drawn by the text alone, so that a second run draws the same; one to a sentence, none where one is proposed."""
    taken = {one.sentence_start for one in proposals}
    first: dict[int, Candidate] = {}
    for one in passed_over:
        if one.sentence_start not in taken:
            first.setdefault(one.sentence_start, one)
    drawn = random.Random(hashlib.sha256(text.encode()).hexdigest())  # noqa: S311 - a draw, no secret
    pool = [first[start] for start in sorted(first)]
    return [replace(one, is_sample=True) for one in drawn.sample(pool, min(SAMPLED, len(pool)))]


def _without(
    document: Document,
    ranked: Sequence[Candidate],
    scores: dict[Span, float],
    odds: dict[Span, float],
    model: Model,
) -> dict[Span, tuple[Signal, ...]]:
    """How far the model's score of a sentence falls when its numbers, or its names, are taken out."""
    asked: list[tuple[Span, Signal, str]] = []
    for span in sorted({_sentence(one) for one in ranked}):
        text = document.text[slice(*span)]
        for code, label, pattern, instead in (
            ("numbers", noop("the score rests on its numbers"), _NUMBERS, "some"),
            ("names", noop("the score rests on its names"), _NAMES, "someone"),
        ):
            if (masked := pattern.sub(instead, text)) != text:
                asked.append((span, Signal(code, label, 0.0), masked))
    masked_odds = model.score([masked for _, _, masked in asked])
    found: dict[Span, tuple[Signal, ...]] = {}
    for (span, signal, _), left in zip(asked, masked_odds, strict=True):
        fall = odds[span] - float(left)
        if scores[span] - sigmoid(logit(scores[span]) - fall) >= _LEAST_DROP:
            found[span] = (*found.get(span, ()), replace(signal, weight=round(fall, 2)))
    return found
