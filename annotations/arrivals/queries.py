from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from annotations.arrivals.models import Arrival, Feed, FeedQuerySet
from annotations.people.models import Workspace

SHOWN = 5
"""Arrivals that the queue shows above its rows; their own page has all of them."""


def arrivals_of(workspace: Workspace) -> QuerySet[Arrival]:
    """What is on its way to a desk, newest first, each with its work and its feed. One query."""
    rows = Arrival.objects.on_the_way().filter(workspace=workspace)
    return rows.select_related("fetching", "feed", "added_by").order_by("-pk")


def feeds_of(workspace: Workspace) -> FeedQuerySet:
    """The feeds of a desk with `articles`, how many came by each, and `failed`, how many wait for a hand. One query."""
    failed = Q(arrivals__article=None, arrivals__set_aside_at=None, arrivals__fetching__state="FAILED")
    rows = Feed.objects.standing().filter(workspace=workspace).select_related("polling", "added_by")
    return rows.annotate(
        articles=Count("arrivals", filter=Q(arrivals__article__isnull=False)),
        failed=Count("arrivals", filter=failed),
    ).order_by("-pk")
