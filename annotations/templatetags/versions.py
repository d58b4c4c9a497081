"""Words for what re-anchoring found."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from annotations.claims.anchors import ClaimAnchor
from annotations.screens.versions import WHY

register = template.Library()


@register.simple_tag
def differs(anchor: ClaimAnchor) -> str:
    """What differs from the old words, as a list in one line."""
    return ", ".join(str(WHY[code]) for code in anchor.why if code in WHY)


@register.simple_tag
def outcome(anchor: ClaimAnchor) -> str:
    """What was found, in a few words; that the very words stand, when only their sentence says something else now."""
    is_reworded = anchor.start is None and anchor.outcome == ClaimAnchor.Outcome.REWORDED
    if is_reworded and anchor.guesses and anchor.guesses[0]["exact"] == anchor.from_exact:
        return _("Sentence changed around it")
    return str(anchor.get_outcome_display())


@register.simple_tag
def percent(score: float) -> str:
    return f"{round(score * 100)} %"
