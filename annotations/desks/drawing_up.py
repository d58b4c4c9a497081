"""Drawing up a new version of a scale: what came from a form or a program, checked as a whole. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from annotations.desks.colours import BadColour, check_contrast, colour_of
from annotations.desks.scale import MOST_QUALIFIERS, MOST_RATINGS, SHAPES, Rating, Scale
from annotations.refusals import Incomplete
from annotations.tongue import gettext as _
from annotations.words import tidy

_LIMITS = {"label": 40, "definition": 400, "colour": 40, "shape": 20}
_BOUNDS = (-1000, 1000)

Problems = dict[str, list[str]]


def drawn_up(
    *,
    ratings: Sequence[Mapping[str, Any]],
    qualifiers: Sequence[str],
    worst: int | None,
    best: int | None,
    known: Mapping[str, Rating],
    known_qualifiers: Mapping[str, str],
) -> Scale:
    """The scale that this makes. `known` are the ratings that the desk ever had, by code: a row with such a code
    changes that rating, any other one is new and is given a code by its label.

    Raises `Incomplete` with every problem by field (`ratings.0.label`): numbers outside the bounds, bounds the wrong
    way round, a rating without its number, two that look alike, colours that cannot be read.
    """
    problems: Problems = {}
    bounds = _bounds(worst, best, problems)
    if len(ratings) > MOST_RATINGS:
        raise Incomplete(
            _("A scale has at most {most_ratings} ratings, retired ones included.").format(
                most_ratings=MOST_RATINGS
            )
        )
    rows: list[Rating] = []
    taken = set(known)
    for at, row in enumerate(ratings):
        one = _rating(row, f"ratings.{at}", bounds, problems)
        code = str(row.get("code") or "")
        if code in {row.code for row in rows}:
            problems[f"ratings.{at}.code"] = [_("The rating “{code}” stands here twice.").format(code=code)]
        if code not in known:
            code = code_for(one.label, taken)
        taken.add(code)
        rows.append(Rating(**{**vars(one), "code": code}))
    _check_together(rows, problems)
    if missing := [one.label for code, one in known.items() if code not in {row.code for row in rows}]:
        problems["ratings"] = [
            _("Retire instead of leaving out: {choices}.").format(choices=", ".join(missing)[:300])
        ]
    chosen = _qualifiers(qualifiers, known_qualifiers, problems)
    if problems:
        raise Incomplete(_("This scale cannot be published as it stands."), problems)
    return Scale(0, tuple(rows), chosen, *bounds)


def code_for(label: str, taken: set[str]) -> str:
    """A code that nothing else has: the label in plain letters, numbered if need be."""
    plain = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:17].strip("_")
    plain = plain if plain[:1].isalpha() else f"r_{plain}"[:17].rstrip("_")
    tries = (plain, *(f"{plain}_{number}" for number in range(2, 100)))
    return next(code for code in tries if code not in taken)


def _bounds(worst: int | None, best: int | None, problems: Problems) -> tuple[int, int]:
    if type(worst) is not int or type(best) is not int:
        problems["bounds"] = [_("Give the worst and the best as whole numbers.")]
        return 1, 5
    if not all(_BOUNDS[0] <= number <= _BOUNDS[1] for number in (worst, best)):
        problems["bounds"] = [
            _("Numbers lie between {bounds} and {bounds2}.").format(bounds=_BOUNDS[0], bounds2=_BOUNDS[1])
        ]
    elif worst >= best:
        problems["bounds"] = [
            _("The worst number ({worst}) has to be lower than the best ({best}).").format(
                worst=worst, best=best
            )
        ]
    return worst, best


def _rating(row: Mapping[str, Any], where: str, bounds: tuple[int, int], problems: Problems) -> Rating:
    """One row as far as it can be read; what cannot be right is written into `problems`."""
    try:
        words = tidy({name: row.get(name) or "" for name in _LIMITS}, _LIMITS)
    except Incomplete as refused:
        problems |= {f"{where}.{name}": sentences for name, sentences in refused.problems.items()}
        words = dict.fromkeys(_LIMITS, "")
    number, is_off = row.get("number"), bool(row.get("is_off_scale", row.get("number") is None))
    is_retired = bool(row.get("is_retired"))
    name = words["label"] or "a rating without a label"

    def wrong(field: str, sentence: str) -> None:
        problems.setdefault(f"{where}.{field}", []).append(sentence)

    if not words["label"]:
        wrong("label", _("Every rating has a label."))
    if not words["definition"]:
        wrong("definition", _("Say when to use “{name}”.").format(name=name))
    if words["shape"] not in SHAPES:
        wrong("shape", _("Choose a shape for “{name}”.").format(name=name))
    if is_off and number is not None:
        wrong("number", _("“{name}” is off the scale, so it carries no number.").format(name=name))
    elif not is_off and number is None:
        wrong("number", _("Give “{name}” its number, or mark it as off the scale.").format(name=name))
    elif number is not None and type(number) is not int:
        wrong("number", _("The number of “{name}” has to be a whole number.").format(name=name))
        number = None
    elif number is not None and not bounds[0] <= number <= bounds[1]:
        wrong(
            "number",
            _("The number of “{name}” lies outside {bounds} to {bounds2}.").format(
                name=name, bounds=bounds[0], bounds2=bounds[1]
            ),
        )
    try:
        check_contrast(colour_of(words["colour"]))
    except BadColour as bad:
        wrong("colour", f"“{name}”: {bad.reason}")
    return Rating(
        "", words["label"], number, words["definition"], words["shape"], words["colour"].lower(),
        bool(row.get("needs_gaps")), is_retired,
    )  # fmt: skip


def _check_together(rows: Sequence[Rating], problems: Problems) -> None:
    """What only shows when the ratings are seen side by side."""
    labels: set[str] = set()
    looks: dict[tuple[str, str], str] = {}
    for at, one in enumerate(rows):
        if one.is_retired:
            continue
        if one.label and one.label.casefold() in labels:
            problems.setdefault(f"ratings.{at}.label", []).append(
                _("Two ratings are called “{label}”.").format(label=one.label)
            )
        labels.add(one.label.casefold())
        if one.shape and (twin := looks.get((one.shape, one.colour))) is not None:
            problems.setdefault(f"ratings.{at}.shape", []).append(
                _("“{label}” looks like “{twin}”: give it another shape or colour.").format(
                    label=one.label, twin=twin
                )
            )
        looks[one.shape, one.colour] = one.label
    if sum(not one.is_retired for one in rows) < 2:
        problems["ratings"] = [_("A scale has at least two ratings to choose from.")]


def _qualifiers(
    labels: Sequence[str], known: Mapping[str, str], problems: Problems
) -> tuple[tuple[str, str], ...]:
    """Qualifiers in their order. One that the desk had keeps its code."""
    codes = {label.casefold(): code for code, label in known.items()}
    taken, found = set(known), {}
    for label in labels[: MOST_QUALIFIERS + 1]:
        try:
            words = tidy({"label": label}, {"label": 60})["label"]
        except Incomplete as refused:
            problems["qualifiers"] = refused.problems["label"]
            continue
        if not words:
            continue
        code = codes.get(words.casefold()) or code_for(words, taken)
        taken.add(code)
        codes[words.casefold()] = code
        found[code] = words
    if len(found) > MOST_QUALIFIERS:
        problems["qualifiers"] = [
            _("At most {most_qualifiers} qualifiers fit.").format(most_qualifiers=MOST_QUALIFIERS)
        ]
    return tuple(found.items())
