"""The rating scale, its qualifiers and confidences. Pure; the words are those of the newsroom's scale, version 1.

A published verdict keeps the label, number and definition that stood here when it was published.
"""

from __future__ import annotations

from dataclasses import dataclass

SCALE_VERSION = 1
WORST, BEST = 1, 5


@dataclass(frozen=True)
class Rating:
    """`number` is the ClaimReview ratingValue between `WORST` and `BEST`; None for outcomes off the scale.

    `mark` is the shape shown beside the label, so that no rating is told by its colour alone; `tone` names the colour.
    """

    code: str
    label: str
    number: int | None
    definition: str
    mark: str
    tone: str


RATINGS: dict[str, Rating] = {
    rating.code: rating
    for rating in (
        Rating("true", "True", 5, "Accurate as worded, nothing important missing.", "✓", "true"),
        Rating(
            "mostly_true",
            "Mostly true",
            4,
            "The core is right; a detail or the precision is off.",
            "◕",
            "mostly-true",
        ),
        Rating("half_true", "Half true", 3, "Right and wrong parts of like weight.", "◑", "half"),
        Rating(
            "mostly_false",
            "Mostly false",
            2,
            "Some true element, but the core misleads.",
            "◔",
            "mostly-false",
        ),
        Rating("false", "False", 1, "The core is wrong.", "✕", "false"),
        Rating(
            "unproven",
            "Unproven",
            None,
            "Looked for; the evidence is missing or inconclusive. The verdict says what was tried.",
            "?",
            "unproven",
        ),
        Rating(
            "sources_conflict",
            "Sources conflict",
            None,
            "Good sources contradict each other and method cannot settle it.",
            "⇄",
            "unproven",
        ),
        Rating("outdated", "Outdated", None, "Was right at its date, is not now.", "↺", "unproven"),
        Rating(
            "not_checkable", "Not checkable", None, "Opinion, prediction or value judgement.", "∅", "unproven"
        ),
        Rating("satire", "Satire", None, "Presented as a joke.", "☺", "unproven"),
    )
}

QUALIFIERS: dict[str, str] = {
    "missing_context": "missing context",
    "exaggerated": "exaggerated",
    "understated": "understated",
    "cherry_picked": "cherry-picked",
    "wrong_attribution": "wrong attribution",
    "misquoted": "misquoted",
    "stale_figure": "stale figure",
    "wrong_unit": "wrong unit or base",
    "correlation_as_cause": "correlation as cause",
}

CONFIDENCES = ("LOW", "MEDIUM", "HIGH")


def needs_sources(code: str) -> bool:
    """Whether the source policy applies. Not to what cannot be checked, nor to what was looked for in vain."""
    return code not in ("unproven", "not_checkable", "satire")


def needs_gaps(code: str) -> bool:
    """Whether the verdict must say what was tried and what is missing."""
    return code == "unproven"
