"""What the rules of the desk say, for the places where they are needed."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from annotations.desks.guidelines import Guidelines
from annotations.desks.policy import Policy
from annotations.desks.queries import guidelines_of, policy_of
from annotations.people.models import User, Workspace
from annotations.screens.first_steps import first_steps

register = template.Library()


@register.inclusion_tag("desks/_guideline.html", takes_context=True)
def guideline(context: Context, field: str) -> dict[str, Any]:
    """The house rules that belong beside this field (claimant, date, rating, reasons, sources, second_review), folded
    away; nothing when the desk has none for it. Read once a request.
    """
    request = getattr(context, "request", None)
    desk = getattr(request, "desk", None)
    if desk is None:
        return {"sections": []}
    known: Guidelines | None = getattr(request, "_guidelines", None)
    if known is None:
        known = guidelines_of(desk.pk)
        request._guidelines = known  # type: ignore[union-attr]
    return {"sections": known.beside(field), "field": field, "number": known.number}


@register.inclusion_tag("desks/_first_steps.html")
def first_steps_of(desk: Workspace, person: User, is_empty: bool) -> dict[str, Any]:
    """What an empty desk's people do first."""
    return {"steps": first_steps(desk=desk, person=person, is_empty=is_empty)}


@register.simple_tag
def policy_in_force(desk: Workspace) -> Policy:
    return policy_of(desk.pk)
