"""What may be said about a source and in evidence, checked and made fit to keep. No query, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from annotations.refusals import Incomplete
from annotations.sources.margins import checked_figure
from annotations.sources.models import Evidence, Reliability, Source
from annotations.words import is_web_address, tidy

SOURCE_FIELDS = (
    *("title", "publisher", "author", "published_on", "type"),
    *("language", "licence", "conflict_note"),
)
EVIDENCE_FIELDS = (
    *("stance", "quote", "is_primary", "origin", "is_apart"),
    *("locator", "stance_reason", "how_found", "accessed_on", "describes_claim_time", "sets", "figure"),
)
MOST_SETS = 6
LIMITS = {
    "url": 2000,
    "title": 500,
    "publisher": 200,
    "author": 200,
    "language": 35,
    "licence": 200,
    "conflict_note": 1000,
    "quote": 5000,
    "origin": 200,
    "locator": 200,
    "stance_reason": 300,
    "how_found": 300,
    "reason": 1000,
}
_CHOICES = {"stance": Evidence.Stance.values, "type": Source.Type.values, "level": Reliability.values}
_DAYS = ("published_on", "accessed_on")


def checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are kept: words tidied, dates as dates, figure and sets in one form. Raises `Incomplete`."""
    clean = dict(facts) | tidy(
        {name: facts[name] for name in facts if name in LIMITS}, LIMITS, paragraphs=("quote",)
    )
    problems: dict[str, list[str]] = {}
    if clean.get("url") and not is_web_address(clean["url"]):
        problems["url"] = [_("Give an address that starts with http:// or https://.")]
    for name, known in _CHOICES.items():
        if name in clean and clean[name] not in known:
            problems[name] = [_("Choose one of: {choices}.").format(choices=", ".join(known))]
    for name in _DAYS:
        if clean.get(name):
            try:
                clean[name] = _day(clean[name])
            except ValueError:
                problems[name] = [_("Give the date as YYYY-MM-DD.")]
        elif name in clean:
            clean[name] = None
    if "sets" in clean:
        clean["sets"] = _sets(clean["sets"])
        if not clean["sets"]:
            problems["sets"] = [_("Choose at least one set, by number: 1 to {most}.").format(most=MOST_SETS)]
    if problems:
        raise Incomplete(_("Some of this cannot be right."), problems)
    if "figure" in clean:
        clean["figure"] = checked_figure(clean["figure"] if isinstance(clean["figure"], Mapping) else {})
    return clean


def _day(value: object) -> date:
    """A date as it is, or one that is written YYYY-MM-DD."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _sets(numbers: Any) -> list[int]:
    """The numbers of sets, each once and in order; none when one of them cannot be meant."""
    if not isinstance(numbers, list | tuple) or any(
        type(number) is not int or not 1 <= number <= MOST_SETS for number in numbers
    ):
        return []
    return sorted(set(numbers))
