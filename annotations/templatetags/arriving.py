"""What templates ask about articles on their way in."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from annotations.arrivals.models import Arrival

register = template.Library()


@register.filter
def any_open(arrivals: Iterable[Arrival]) -> bool:
    """Whether a worker still has to do with any of them."""
    return any(arrival.fetching.is_open for arrival in arrivals)
