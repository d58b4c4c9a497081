"""Lets the panel of a claim ask for its planning, only where it is shown."""

from __future__ import annotations

from django import template

from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.screens.assignment import Assignment, assignment

register = template.Library()


@register.simple_tag
def assignment_of(claim: Claim, person: User) -> Assignment:
    return assignment(claim=claim, person=person)
