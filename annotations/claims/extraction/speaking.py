"""“X said that …”, “…, X said” and “…, saying that …”: statements told by a verb."""

from __future__ import annotations

from annotations.claims.extraction.fronted import told_after
from annotations.claims.extraction.inverted import told_before
from annotations.claims.extraction.said import Said, Sentence
from annotations.claims.extraction.subjects import CUES, is_cue


def by_verb(sentence: Sentence, lo: int = 0) -> list[Said]:
    """The statements from the word `lo` on (a number among the words outside quotations), or none."""
    outside = sentence.outside
    last = range(max(lo, len(outside) - 9), len(outside))
    for at in reversed(last):
        if outside[at].low in CUES and is_cue(outside, at) and not lo:
            parts = told_before(sentence, lo, at, by_verb)
            if parts:
                return parts
    for at in range(lo, len(outside)):
        word = outside[at]
        if word.low not in CUES or not is_cue(outside, at):
            continue
        parts = told_before(sentence, lo, at, by_verb) or told_after(sentence, lo, at, by_verb)
        if parts:
            return parts
    return []
