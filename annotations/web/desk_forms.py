"""What the settings pages send: lists of rows that are added to, put in order and sent as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from annotations.desks.colours import PALETTE, BadColour, Colour, colour_of
from annotations.desks.guidelines import MOST_SECTIONS, Guidelines
from annotations.desks.policy import Policy
from annotations.desks.scale import MOST_RATINGS, Scale

Row = dict[str, Any]
_OWN = ("ink", "ground", "dark_ink", "dark_ground")


@dataclass(frozen=True)
class Rows:
    """The rows of a form in their order. `fresh` is the key of the one that was just added, to be typed into."""

    rows: tuple[Row, ...]
    most: int
    fresh: str = ""

    def after(self, do: str) -> Rows:
        """The rows after a button: `add`, `up-KEY`, `down-KEY` or `drop-KEY`. Any other one changes nothing."""
        verb, _, key = do.partition("-")
        keys = [row["key"] for row in self.rows]
        if verb == "add" and len(keys) < self.most:
            new = next(f"new{number}" for number in range(self.most + 1) if f"new{number}" not in keys)
            return replace(self, rows=(*self.rows, {"key": new, "is_new": True}), fresh=new)
        if key not in keys:
            return self
        at, rows = keys.index(key), list(self.rows)
        row = rows.pop(at)
        if verb in ("up", "down"):
            rows.insert(max(0, at - 1) if verb == "up" else at + 1, row)
        elif verb != "drop":
            return self
        return replace(self, rows=tuple(rows))


def ratings_of(scale: Scale) -> Rows:
    """The form of a scale that stands."""
    rows = (
        {**vars(one), "key": one.code, "is_off_scale": one.number is None, **_colours(one.colour)}
        for one in scale.ratings
    )
    return Rows(tuple(rows), MOST_RATINGS)


def ratings_in(sent: QueryDict) -> Rows:
    """The ratings as they were typed."""
    rows = []
    for key in sent.getlist("row")[:MOST_RATINGS]:
        get = {name: sent.get(f"{key}-{name}", "") for name in ("code", "label", "definition", "shape")}
        row: Row = {**get, "key": key, "is_new": not get["code"]}
        for name in ("is_off_scale", "needs_gaps", "is_retired"):
            row[name] = f"{key}-{name}" in sent
        row["number"] = whole(sent.get(f"{key}-number", ""))
        palette = sent.get(f"{key}-palette", "")
        own = " ".join(sent.get(f"{key}-{name}", "") for name in _OWN)
        rows.append(row | _colours(own if palette == "own" else palette))
    return Rows(tuple(rows), MOST_RATINGS)


def rating_values(rows: Rows) -> list[Row]:
    """What the room is told."""
    names = (
        "code",
        "label",
        "definition",
        "shape",
        "colour",
        "number",
        "is_off_scale",
        "needs_gaps",
        "is_retired",
    )
    return [{name: row.get(name) for name in names} for row in rows.rows]


def sections_of(guidelines: Guidelines) -> Rows:
    rows = ({**one, "key": f"s{number}"} for number, one in enumerate(guidelines.as_values()))
    return Rows(tuple(rows), MOST_SECTIONS)


def sections_in(sent: QueryDict) -> Rows:
    """The sections as they were typed."""
    names = ("title", "text", "field")
    rows = [
        {"key": key} | {name: sent.get(f"{key}-{name}", "") for name in names}
        for key in sent.getlist("row")[:MOST_SECTIONS]
    ]
    return Rows(tuple(rows), MOST_SECTIONS)


def policy_in(sent: QueryDict) -> Row:
    """The policy as it was typed."""
    return {
        "primary_needed": whole(sent.get("primary_needed", "")),
        "origins_needed": whole(sent.get("origins_needed", "")),
        "exempt": sent.getlist("exempt"),
        "confidence_asked": sent.get("confidence_asked", ""),
        "names_printed": sent.get("names_printed", "yes") == "yes",
        "correction_text": sent.get("correction_text", ""),
        "contact": sent.get("contact", ""),
    }


def policy_values(policy: Policy) -> Row:
    return policy.as_values()


def problems_by_row(problems: Mapping[str, list[str]], part: str, rows: Rows) -> tuple[Row, ...]:
    """The rows, each with its own problems by field: `ratings.3.label` belongs to the fourth one."""
    found = []
    for at, row in enumerate(rows.rows):
        start = f"{part}.{at}."
        own = {name.removeprefix(start): said for name, said in problems.items() if name.startswith(start)}
        found.append(row | {"problems": own, "is_first": at == 0, "is_last": at == len(rows.rows) - 1})
    return tuple(found)


def whole(given: str) -> int | str | None:
    """A whole number; None for an empty field; what was typed when it is neither, for the room to refuse."""
    given = given.strip()
    if not given:
        return None
    plain = given.removeprefix("-")
    return int(given) if plain.isascii() and plain.isdigit() and len(plain) < 9 else given[:20]


def _colours(named: str) -> Row:
    """How the colour is chosen, and as which four it looks. What is no colour is shown in grey."""
    try:
        colour = colour_of(named)
    except BadColour:
        colour = PALETTE["slate"]
    return {"colour": named, "palette": named if named in PALETTE else "own", "looks": _shown(colour)}


def _shown(colour: Colour) -> dict[str, str]:
    return {name: getattr(colour, name) for name in _OWN}
