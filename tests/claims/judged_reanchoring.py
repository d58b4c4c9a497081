"""Runs re-anchoring over generated edits and counts what became of the spans, by the generator's word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from annotations.claims.reanchoring import Placement, Reanchoring
from tests.claims.generated_edits import Trial, Truth, trials

STAND = "words stand, their sentence untouched and only once in the text"
COPIED = "words stand, the same sentence stands elsewhere, too"
CHANGED = "words stand, their sentence was changed around them"
GONE = "words were changed or taken out"
RIGHT, COPY, WRONG = "placed rightly", "placed on a word-for-word copy", "placed wrongly"


@dataclass
class Judged:
    """`counts` by what was true and what was said; `wrong` holds whoever was placed on other words than their own."""

    edits: int = 0
    spans: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_language: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def found(self) -> float:
        """The share of spans whose words stand that were placed rightly without a person."""
        standing = {said: count for (truth, said), count in self.counts.items() if truth == STAND}
        return standing.get(RIGHT, 0) / max(1, sum(standing.values()))


def judge(seed: int, edits: int) -> Judged:
    judged = Judged()
    for trial in trials(seed, edits):
        judged.edits += trial.edits
        reanchoring = Reanchoring(trial.old.text, trial.new.text)
        for start, end, truth in trial.spans:
            said = _said(reanchoring.place(start, end), truth)
            judged.spans += 1
            judged.counts[_true(truth), said] += 1
            judged.by_language[trial.language, said] += 1
            if said == WRONG:
                judged.wrong.append(_shown(trial, start, end))
    return judged


def _said(placement: Placement, truth: Truth) -> str:
    if placement.start is None or placement.end is None:
        return f"handed on: {placement.outcome.lower()}"
    if truth.place == (placement.start, placement.end):
        return RIGHT
    return COPY if truth.is_copy_at(placement.start, placement.end) else WRONG


def _true(truth: Truth) -> str:
    if truth.place is None:
        return GONE
    if not truth.is_sentence_untouched:
        return CHANGED
    return COPIED if truth.has_copy else STAND


def _shown(trial: Trial, start: int, end: int) -> str:
    return f"{trial.language} {trial.kinds} {trial.old.text[start:end]!r} in {trial.old.text!r} → {trial.new.text!r}"
