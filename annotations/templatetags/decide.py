"""Lets the panel of a claim ask for its review side, only where it is shown."""

from __future__ import annotations

from django import template

from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.screens.review import Review, review

register = template.Library()


@register.simple_tag
def review_of(claim: Claim, person: User) -> Review:
    return review(claim=claim, person=person)
