"""What the claim panel shows that is no plain field: facts as they stand in a form, citations, two texts compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.claims.models import Claim
from annotations.claims.quantities import COMPARATORS
from annotations.desks.scale import Rating
from annotations.refusals import Stale
from annotations.reports.content import Entry
from annotations.screens.conflict import Field, against_saved, differing
from annotations.sources.models import Evidence
from annotations.templatetags.look import scales_in
from annotations.verdicts import citations
from annotations.verdicts.models import Verdict
from annotations.web.workbench_forms import ClaimForm, Facts
from annotations.words import Part, compared

register = template.Library()

_IN_A_ROW = 3
_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "≈"}


@register.simple_tag
def facts_of(claim: Claim, form: ClaimForm) -> Facts:
    """The facts as the small forms show them: what was typed where a form came back, else what is kept."""
    return form.facts(claim)


@register.simple_tag
def comparators() -> list[tuple[str, str]]:
    return list(COMPARATORS.items())


@register.filter
def sign(comparator: str) -> str:
    """A comparator as one character; nothing for a plain number."""
    return _("since") if comparator == "since" else _SIGNS.get(comparator, "")


@register.filter
def comparator_words(comparator: str) -> str:
    return COMPARATORS.get(comparator, "")


@register.filter
def iso_day(words: str) -> str:
    """2025-01-08 as 8 Jan 2025, 2025-01 as Jan 2025, a year as it is."""
    try:
        day = date.fromisoformat(words if len(words) > 7 else f"{words}-01")
    except ValueError:
        return words
    return date_format(day, "j M Y" if len(words) > 7 else "M Y")


@register.filter
def on_scale(ratings: Sequence[Rating]) -> list[Rating]:
    return [one for one in ratings if one.number is not None]


@register.filter
def off_scale(ratings: Sequence[Rating]) -> list[Rating]:
    return [one for one in ratings if one.number is None]


@register.filter
def chosen(ratings: Sequence[Rating], code: str) -> Rating | None:
    """The rating of this code among these; None when it is none of them."""
    return next((one for one in ratings if one.code == code), None)


@register.simple_tag
def first_few(named: dict[str, str], ticked: Sequence[str] | None) -> dict[str, Any]:
    """Names by code: the few that stand in the row, and the rest behind a fold, open when one of them is ticked."""
    every = list(named.items())
    rest = every[_IN_A_ROW:]
    return {
        "first": every[:_IN_A_ROW],
        "rest": rest,
        "is_open": any(code in (ticked or ()) for code, _ in rest),
    }


@register.filter
def ago(at: datetime) -> str:
    """How long ago in a word or two: now, 2 min ago, 3 h ago, yesterday; a date when it is longer than a week."""
    minutes = int((datetime.now(UTC) - at).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return _("{minutes} min ago").format(minutes=minutes)
    if minutes < 24 * 60:
        return _("{hours} h ago").format(hours=minutes // 60)
    days = (timezone.localdate() - timezone.localdate(at)).days
    if days <= 1:
        return _("yesterday")
    return (
        _("{days} days ago").format(days=days) if days < 8 else date_format(timezone.localtime(at), "j M Y")
    )


@register.inclusion_tag("components/reasons.html")
def reasons(text: str, evidence: Sequence[Evidence]) -> dict[str, Any]:
    """The reasons with each [1] as a link to that source in the panel."""
    return {"pieces": _linked(text, [f"evidence-{item.pk}" for item in evidence])}


@register.inclusion_tag("components/reasons.html")
def reported_reasons(entry: Entry) -> dict[str, Any]:
    """The same in a report, where the sources are listed below each claim."""
    return {
        "pieces": _linked(
            entry.reasons, [f"claim-{entry.claim_id}-source-{cited.number}" for cited in entry.evidence]
        )
    }


def _linked(text: str, anchors: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "text": piece.text,
            "number": piece.number,
            "anchor": anchors[piece.number - 1] if 1 <= piece.number <= len(anchors) else "",
        }
        for piece in citations.pieces(text)
    ]


@register.simple_tag(takes_context=True)
def conflict_of(context: Context, refusal: Stale) -> tuple[Field, ...]:
    """The fields of a stale save that differ from what stands now."""
    return differing(refusal.current, refusal.yours, scales_in(context))


@register.simple_tag(takes_context=True)
def unsaved_against(context: Context, verdict: Verdict | None, form: Any) -> tuple[Field, ...]:
    """What was typed into a verdict that can no longer be written, against what stands."""
    if not (form.is_bound and form.is_valid()):
        return ()
    return against_saved(verdict, form.cleaned_data, scales_in(context))


@register.simple_tag
def both(one: str, other: str) -> dict[str, list[Part]]:
    """Two texts in parts, what differs marked."""
    theirs, yours = compared(one, other)
    return {"theirs": theirs, "yours": yours}
