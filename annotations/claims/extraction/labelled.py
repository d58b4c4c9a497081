"""Decisions on spans of a text as labelled sentences, in the format that the extractor is trained and scored on. Pure.

One JSON object a sentence: `id`, `doc`, `sent`, `par`, `part`, `text`, `label3`, `label`; for a sentence worth checking
also `span` (code points in `text`), `span_text`, `speaker`, `speaker_in_sentence`, `cue`, `quantities`, `dates` of the
claim with the best rank, and all of them under `claims`; and beside that what the workbench knows: `decisions`.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.articles.text import paragraphs
from annotations.claims.extraction.parts import part_of
from annotations.claims.extraction.sentences import sentences_within


@dataclass(frozen=True)
class Decision:
    """What one person decided about `text[start:end]`; `label3` is None when that does not say what it is worth."""

    start: int
    end: int
    label3: str | None
    decision: str
    reason: str
    extractor: str
    calibration: str
    score: float | None
    rank: int | None
    is_sample: bool
    is_by_hand: bool
    speaker: str
    cue: str
    quantities: tuple[str, ...]
    dates: tuple[str, ...]
    by: int
    at: str


def sentence_rows(text: str, doc: str, decisions: Sequence[Decision]) -> Iterator[dict[str, Any]]:
    """The decided sentences in the order of the text.

    A span over several sentences counts for the one that holds most of it. A sentence is worth checking when one claim
    in it is; of two reasons against it the later one stands. Sentences whose decisions do not say are left out.
    """
    places = [
        (start, end, number)
        for number, block in enumerate(paragraphs(text), 1)
        for start, end in sentences_within(text, *block)
    ]
    by_sentence: dict[int, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.label3 is not None and (at := _home(places, one)) is not None:
            by_sentence[at].append(one)
    for at in sorted(by_sentence):
        start, end, paragraph = places[at]
        place = {"doc": doc, "sent": at + 1, "par": paragraph, "part": part_of(text, start, end, at)}
        yield _row(text[start:end], start, by_sentence[at], place)


def _home(places: list[tuple[int, int, int]], one: Decision) -> int | None:
    at = max(0, bisect.bisect_right(places, one.start, key=lambda place: place[0]) - 1)
    best, most = None, 0
    while at < len(places) and places[at][0] < one.end:
        shared = min(places[at][1], one.end) - max(places[at][0], one.start)
        if shared > most:
            best, most = at, shared
        at += 1
    return best


def _row(sentence: str, start: int, taken: list[Decision], place: dict[str, Any]) -> dict[str, Any]:
    worthy = [one for one in taken if one.label3 == "check_worthy"]
    worthy.sort(key=lambda one: (one.rank or 10**9, one.start))
    label3 = "check_worthy" if worthy else taken[-1].label3
    row: dict[str, Any] = {
        "id": f"{place['doc']}-{place['sent']:03d}",
        **place,
        "text": sentence,
        "label3": label3,
        "label": int(bool(worthy)),
    }
    claims = [_claim(sentence, start, one) for one in worthy]
    if claims:
        row |= claims[0] | {"claims": claims}
    return row | {"decisions": [_decided(sentence, start, one) for one in taken]}


def _place(sentence: str, start: int, one: Decision) -> list[int]:
    return [max(0, one.start - start), min(len(sentence), one.end - start)]


def _claim(sentence: str, start: int, one: Decision) -> dict[str, Any]:
    span = _place(sentence, start, one)
    found: dict[str, Any] = {
        "span": span,
        "span_text": sentence[span[0] : span[1]],
        "speaker": one.speaker or None,
    }
    if one.speaker:
        found["speaker_in_sentence"] = one.speaker in sentence
    found["cue"] = one.cue or None
    if not one.is_by_hand:  # nobody looked for them in words that a person added
        found["quantities"] = [words for words in one.quantities if words and words in sentence]
        found["dates"] = [words for words in one.dates if words and words in sentence]
    return found


def _decided(sentence: str, start: int, one: Decision) -> dict[str, Any]:
    return {
        "span": _place(sentence, start, one),
        "decision": one.decision.lower(),
        "reason": one.reason.lower() or None,
        "model_version": one.extractor or None,
        "calibration": one.calibration or None,
        "score": one.score,
        "rank": one.rank,
        "is_sample": one.is_sample,
        "is_by_hand": one.is_by_hand,
        "by": one.by,
        "at": one.at,
    }
