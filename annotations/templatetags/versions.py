"""Words for what re-anchoring found."""

from __future__ import annotations

from django import template

from annotations.claims.anchors import ClaimAnchor
from annotations.screens.versions import WHY

register = template.Library()


@register.simple_tag
def differs(anchor: ClaimAnchor) -> str:
    """What differs from the old words, as a list in one line."""
    return ", ".join(str(WHY[code]) for code in anchor.why if code in WHY)


@register.simple_tag
def percent(score: float) -> str:
    return f"{round(score * 100)} %"
