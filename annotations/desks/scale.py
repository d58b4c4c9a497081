"""The rating scale of a desk: its ratings, qualifiers and bounds, version by version. Pure.

Version 1 is the scale that every desk begins with. A code is for ever: it names the rating in what is stored, while
label, definition, number and look may change from version to version. What nobody should choose any more is retired,
so that it can still be told what earlier verdicts said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from annotations.tongue import gettext as _
from annotations.tongue import noop, table

SHAPES: dict[str, tuple[str, str]] = {
    "true": (noop("Tick"), "✓"),
    "mostly_true": (noop("Three quarters"), "◕"),
    "half_true": (noop("Half"), "◑"),
    "mostly_false": (noop("One quarter"), "◔"),
    "false": (noop("Cross"), "✕"),
    "unproven": (noop("Question mark"), "?"),
    "sources_conflict": (noop("Two arrows"), "⇄"),
    "outdated": (noop("Hourglass"), "↺"),
    "not_checkable": (noop("Struck out"), "∅"),
    "satire": (noop("Masks"), "☺"),
    "alert": (noop("Exclamation mark"), "!"),
    "square": (noop("Square"), "■"),
    "diamond": (noop("Diamond"), "◆"),
    "triangle": (noop("Triangle"), "▲"),
    "star": (noop("Star"), "★"),
    "flag": (noop("Flag"), "⚑"),
}
"""The closed set of shapes: name for people, and the character for plain text. Each is `r-…` in the sprite."""

CONFIDENCES = ("LOW", "MEDIUM", "HIGH")
CONFIDENCE_WORDS = table({"LOW": "low", "MEDIUM": "medium", "HIGH": "high"})
MOST_RATINGS, MOST_QUALIFIERS = 30, 40


@dataclass(frozen=True)
class Rating:
    """`number` is the ClaimReview ratingValue within the scale's bounds; None for outcomes off the scale.

    `shape` and `colour` are shown beside the label, so that no rating is told by its colour alone. `needs_gaps` asks
    the verdict to say what was tried and what is missing.
    """

    code: str
    label: str
    number: int | None
    definition: str
    shape: str
    colour: str
    needs_gaps: bool = False
    is_retired: bool = False

    @property
    def mark(self) -> str:
        """The shape as a character."""
        return SHAPES.get(self.shape, ("", ""))[1]


@dataclass(frozen=True)
class Scale:
    """One version: ratings in their order, qualifiers by code, and the bounds of the numbers."""

    number: int
    ratings: tuple[Rating, ...]
    qualifiers: tuple[tuple[str, str], ...]
    worst: int = 1
    best: int = 5

    @property
    def by_code(self) -> dict[str, Rating]:
        return {one.code: one for one in self.ratings}

    @property
    def choices(self) -> tuple[Rating, ...]:
        """What can be chosen now."""
        return tuple(one for one in self.ratings if not one.is_retired)

    @property
    def qualifier_labels(self) -> dict[str, str]:
        return dict(self.qualifiers)

    def as_values(self) -> dict[str, Any]:
        """Plain values without the number, for storing, comparing and JSON."""
        return {
            "ratings": [asdict(one) for one in self.ratings],
            "qualifiers": [{"code": code, "label": label} for code, label in self.qualifiers],
            "worst": self.worst,
            "best": self.best,
        }

    def as_words(self) -> dict[str, str]:
        """What a person compares when two of them changed it, by part."""
        lines = [
            f"{one.label} ({_('off the scale') if one.number is None else one.number})"
            f"{_(', retired') if one.is_retired else ''}: {one.definition} [{one.shape}, {one.colour}]"
            for one in self.ratings
        ]
        return {
            "ratings": "\n".join(lines),
            "qualifiers": ", ".join(label for _, label in self.qualifiers),
            "bounds": f"{self.worst} to {self.best}",
        }


def scale_from(number: int, values: Mapping[str, Any]) -> Scale:
    """The way back from `as_values`."""
    return Scale(
        number=number,
        ratings=tuple(Rating(**one) for one in values["ratings"]),
        qualifiers=tuple((one["code"], one["label"]) for one in values["qualifiers"]),
        worst=values["worst"],
        best=values["best"],
    )


DEFAULT = Scale(
    number=1,
    ratings=(
        Rating("true", "True", 5, "Accurate as worded, nothing important missing.", "true", "green"),
        Rating(
            "mostly_true",
            "Mostly true",
            4,
            "The core is right; a detail or the precision is off.",
            "mostly_true",
            "lime",
        ),
        Rating("half_true", "Half true", 3, "Right and wrong parts of like weight.", "half_true", "amber"),
        Rating(
            "mostly_false",
            "Mostly false",
            2,
            "Some true element, but the core misleads.",
            "mostly_false",
            "orange",
        ),
        Rating("false", "False", 1, "The core is wrong.", "false", "red"),
        Rating(
            "unproven",
            "Unproven",
            None,
            "Looked for; the evidence is missing or inconclusive. The verdict says what was tried.",
            "unproven",
            "slate",
            needs_gaps=True,
        ),
        Rating(
            "sources_conflict",
            "Sources conflict",
            None,
            "Good sources contradict each other and method cannot settle it.",
            "sources_conflict",
            "slate",
        ),
        Rating("outdated", "Outdated", None, "Was right at its date, is not now.", "outdated", "slate"),
        Rating(
            "not_checkable",
            "Not checkable",
            None,
            "Opinion, prediction or value judgement.",
            "not_checkable",
            "slate",
        ),
        Rating("satire", "Satire", None, "Presented as a joke.", "satire", "slate"),
    ),
    qualifiers=(
        ("missing_context", "missing context"),
        ("exaggerated", "exaggerated"),
        ("understated", "understated"),
        ("cherry_picked", "cherry-picked"),
        ("wrong_attribution", "wrong attribution"),
        ("misquoted", "misquoted"),
        ("stale_figure", "stale figure"),
        ("wrong_unit", "wrong unit or base"),
        ("correlation_as_cause", "correlation as cause"),
    ),
)


@dataclass(frozen=True)
class Scales:
    """Every version of a desk's scale. `current` is the newest; a code is looked up where it was last known."""

    versions: tuple[Scale, ...] = (DEFAULT,)

    @property
    def current(self) -> Scale:
        return self.versions[-1]

    def of(self, number: int) -> Scale:
        """The version of this number; the newest one when there is none such."""
        return next((one for one in self.versions if one.number == number), self.current)

    def rating(self, code: str, number: int | None = None) -> Rating | None:
        """The rating as this version of the scale has it, else as it was last known; None when it never was."""
        if number is not None and (found := self.of(number).by_code.get(code)):
            return found
        return next((one.by_code[code] for one in reversed(self.versions) if code in one.by_code), None)

    def qualifier(self, code: str, number: int | None = None) -> str:
        """A qualifier in words, by the same rule; the code in words when it never was on the scale."""
        chosen = [self.of(number)] if number is not None else []
        for one in (*chosen, *reversed(self.versions)):
            if code in one.qualifier_labels:
                return one.qualifier_labels[code]
        return code.replace("_", " ")

    @property
    def looks(self) -> dict[str, Rating]:
        """Every rating that ever was, as it was last known."""
        return {one.code: one for version in self.versions for one in version.ratings}

    @property
    def qualifier_looks(self) -> dict[str, str]:
        """Every qualifier that ever was, as it was last worded."""
        return {code: label for version in self.versions for code, label in version.qualifiers}
