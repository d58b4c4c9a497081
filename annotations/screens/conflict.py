"""Two versions of one thing, field by field, with what differs between them marked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotations.claims.models import Claim
from annotations.claims.quantities import COMPARATORS
from annotations.desks.scale import Scales
from annotations.verdicts.models import Verdict
from annotations.words import Part, compared

LABELS = {
    "reasons": "Why",
    "gaps": "What would change this",
    "said_on": "Said on",
    "is_date_unknown": "Date is unknown",
    "claimant": "Who said it",
    "is_claimant_unknown": "Claimant is unknown",
    "attribution": "How it was said",
    "original": "Original wording",
    "quantities": "Figures",
    "exact": "Words",
    "statement": "Wording",
}


@dataclass(frozen=True)
class Field:
    """One field that differs. `theirs_value` and `yours_value` are JSON, as the form would send them."""

    name: str
    label: str
    theirs: tuple[Part, ...]
    yours: tuple[Part, ...]
    theirs_value: str
    yours_value: str


def differing(current: Mapping[str, Any], yours: Mapping[str, Any], scales: Scales) -> tuple[Field, ...]:
    """The fields of `yours` that are otherwise in `current`, in its order; ratings in the words of `scales`."""
    found = []
    for name, mine in yours.items():
        theirs = current.get(name)
        if _plain(theirs) == _plain(mine):
            continue
        left, right = compared(_said(name, _plain(theirs), scales), _said(name, _plain(mine), scales))
        label = LABELS.get(name, name.replace("_", " ").capitalize())
        found.append(
            Field(
                name, label, tuple(left), tuple(right), json.dumps(_plain(theirs)), json.dumps(_plain(mine))
            )
        )
    return tuple(found)


def against_saved(verdict: Verdict | None, yours: Mapping[str, Any], scales: Scales) -> tuple[Field, ...]:
    """What differs between words that were not saved and the newest revision."""
    return differing({name: getattr(verdict, name, "") for name in yours}, yours, scales)


def _plain(value: Any) -> Any:
    """Values as a form sends them, so that an empty list and none, or two ways to end a line, are no difference."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if name not in ("start", "end")}
    if isinstance(value, bool):
        return value
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _said(name: str, value: Any, scales: Scales) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "quantities" and isinstance(value, list):
        return "; ".join(in_words(row) for row in value)
    if isinstance(value, list | tuple):
        return ", ".join(scales.qualifier(str(one)) for one in value)
    if name == "rating":
        known = scales.rating(str(value or ""))
        return known.label if known else str(value or "")
    if name == "type":
        return Claim.Type(value).label if value in Claim.Type.values else str(value or "")
    if name == "attribution":
        return Claim.Attribution(value).label if value in Claim.Attribution.values else str(value or "")
    if name == "confidence":
        return str(value or "").lower()
    return "" if value is None else str(value)


def in_words(row: Mapping[str, Any]) -> str:
    """A figure in words: “more than 12000 soldiers”."""
    sign = COMPARATORS.get(row.get("comparator", "="), "")
    number = row.get("value") or row.get("text") or ""
    high = f" and {row['high']}" if row.get("high") else ""
    per = f" per {row['per']}" if row.get("per") else ""
    of = f", as of {row['as_of']}" if row.get("as_of") else ""
    words = f"{'' if sign == 'exactly' else sign} {number}{high} {row.get('unit', '')}"
    return " ".join(words.split()) + per + of
