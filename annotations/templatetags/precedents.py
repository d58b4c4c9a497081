"""Lets the panel of a claim ask for its earlier checks, only where they are shown."""

from __future__ import annotations

from django import template

from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.screens.precedents import Before, checked_before

register = template.Library()


@register.simple_tag
def before(claim: Claim, person: User) -> Before:
    return checked_before(claim=claim, person=person)
