"""Two versions of one thing, field by field, with what differs between them marked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from annotations.claims.models import Claim
from annotations.claims.quantities import COMPARATORS
from annotations.desks.scale import CONFIDENCE_WORDS, Scales
from annotations.tongue import table
from annotations.verdicts.models import Verdict
from annotations.words import Part, compared

LABELS = table(
    {
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
        "qualifiers": "Qualifiers",
        "place": "Place",
        "title": "Title",
        "headline": "Headline",
        "byline": "Byline",
        "outlet": "Outlet",
        "published_on": "Published on",
        "language": "Language",
        "url": "Url",
        "due_at": "Due at",
        "publisher": "Publisher",
        "author": "Author",
        "stance": "Stance",
        "quote": "Quote",
        "is_primary": "Is primary",
        "origin": "Origin",
        "note": "Note",
        "text": "Text",
        "mode": "Mode",
        "after_accepting": "After accepting",
        "keys": "Keys",
        "role": "Role",
        "is_active": "Is active",
        "priority": "Priority",
        "name": "Name",
        "query": "Query",
        "is_shared": "Is shared",
        "is_blind": "Is blind",
        "reviewer": "Reviewer",
        "second_reviewer": "Second reviewer",
        "hold_reason": "Hold reason",
        "is_held": "Is held",
        "status": "Status",
        "start": "Start",
        "end": "End",
    }
)


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
        label = LABELS.get(name, name)
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
        return _("yes") if value else _("no")
    if name == "quantities" and isinstance(value, list):
        return "; ".join(in_words(row) for row in value)
    if isinstance(value, list | tuple):
        return ", ".join(scales.qualifier(str(one)) for one in value)
    if name == "rating":
        known = scales.rating(str(value or ""))
        return known.label if known else str(value or "")
    if name == "type":
        return str(Claim.Type(value).label) if value in Claim.Type.values else str(value or "")
    if name == "attribution":
        return str(Claim.Attribution(value).label) if value in Claim.Attribution.values else str(value or "")
    if name == "confidence":
        return CONFIDENCE_WORDS.get(str(value or ""), "")
    return "" if value is None else str(value)


def in_words(row: Mapping[str, Any]) -> str:
    """A figure in words: “more than 12000 soldiers”."""
    sign = COMPARATORS.get(row.get("comparator", "="), "")
    number = row.get("value") or row.get("text") or ""
    high = _(" and {number}").format(number=row["high"]) if row.get("high") else ""
    per = _(" per {unit}").format(unit=row["per"]) if row.get("per") else ""
    of = _(", as of {day}").format(day=row["as_of"]) if row.get("as_of") else ""
    words = f"{'' if sign == COMPARATORS['='] else sign} {number}{high} {row.get('unit', '')}"
    return " ".join(words.split()) + per + of
