"""The queue claim by claim: the same tabs, filters and views as for articles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations.articles.priority import Priority
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim, ClaimQuerySet
from annotations.desks.queries import scales_of
from annotations.people.models import User, Workspace
from annotations.saved_views.models import SavedView
from annotations.saved_views.queries import views_of
from annotations.screens.assignment import Bulk, bulk_of
from annotations.screens.filters import SHOWS, Chip, Filter, chips, people_of, read_query
from annotations.screens.paging import FAR, By, Order, page
from annotations.screens.queue import COUNTED, Choices, Link, Tab, View, choices, offered, sorts, tabs
from annotations.screens.selecting import OPEN_STATES, claim_conditions

PAGE = 50
_OLDEST: Order = (By("moved_at", datetime), By("id", int))
_DUE = By("rank_due", datetime)
ORDERS: dict[str, Order] = {
    "priority": (By("urgency", int, descending=True), _DUE, *_OLDEST),
    "due": (_DUE, *_OLDEST),
    "newest": (By("moved_at", datetime, descending=True), By("id", int, descending=True)),
}
_SHOWS = [code for code in SHOWS if code != "failed"]
TONES = {
    Status.CANDIDATE: "candidate",
    Status.DISPUTED: "warn",
    Status.APPROVED: "good",
    Status.PUBLISHED: "good",
    Status.DISMISSED: "plain",
    Status.MERGED: "plain",
    Status.RETRACTED: "plain",
}


@dataclass(frozen=True)
class ClaimRow:
    claim: Claim
    status: str
    tone: str
    priority: Priority
    is_overdue: bool


@dataclass(frozen=True)
class ClaimList:
    desk: Workspace
    asked: Filter
    tabs: tuple[Tab, ...]
    sorts: tuple[Link, ...]
    chips: tuple[Chip, ...]
    views: tuple[View, ...]
    choices: Choices
    rows: tuple[ClaimRow, ...]
    next_page: str
    bulk: Bulk


def claim_list(
    *,
    desk: Workspace,
    person: User,
    asked: Filter | None = None,
    after: str = "",
    people: Collection[User] = (),
) -> ClaimList:
    """One page of the desk's claims; without a tab or a state those that are unfinished."""
    people = people or people_of(desk)
    asked = asked or Filter()
    now = timezone.now()
    sort = asked.sort if asked.sort in ORDERS else "priority"
    views = views_of(desk, person, SavedView.Page.CLAIMS)
    counts = _counts(_base(desk), asked, views, people, person, now)
    rows = listed(_base(desk), asked, person, now)
    found, mark = page(rows, ORDERS[sort], after, PAGE)
    return ClaimList(
        desk=desk,
        asked=asked,
        tabs=tabs(asked, counts, _SHOWS),
        sorts=sorts(asked, sort, [*ORDERS]),
        chips=chips(asked, people, scales_of(desk.pk)),
        views=offered(views, counts, asked, people, person),
        choices=choices(desk, people),
        rows=tuple(_row(claim, now) for claim in found),
        next_page=mark,
        bulk=bulk_of(desk, person, people),
    )


def listed(claims: ClaimQuerySet, asked: Filter, person: User, now: datetime) -> ClaimQuerySet:
    """Claims under a filter with what they are put in order by."""
    rows = claims.filter(_fits(asked, person, now)).with_urgency()
    rows = rows.annotate(rank_due=Coalesce("due_at", "article__due_at", Value(FAR)))
    return rows.select_related("article", "reviewer", "second_reviewer")


def _fits(asked: Filter, person: User, now: datetime) -> Q:
    found = claim_conditions(asked, person, now)
    return found & Q(status__in=OPEN_STATES) if asked.show == "all" and not asked.state else found


def _base(desk: Workspace) -> ClaimQuerySet:
    return Claim.objects.put_forward().filter(workspace=desk)


def _row(claim: Claim, now: datetime) -> ClaimRow:
    status = Status(claim.status)
    due = claim.due  # type: ignore[attr-defined]
    return ClaimRow(
        claim=claim,
        status=status.label,
        tone=TONES.get(status, "work"),
        priority=Priority(claim.urgency),  # type: ignore[attr-defined]
        is_overdue=bool(due and due < now and claim.status in OPEN_STATES),
    )


def _counts(
    claims: ClaimQuerySet,
    asked: Filter,
    views: list[SavedView],
    people: Collection[User],
    person: User,
    now: datetime,
) -> dict[str, int]:
    """How many claims each tab and each saved view holds: one query."""
    wanted = {code: _fits(replace(asked, show=code), person, now) for code in _SHOWS}
    for saved in views[:COUNTED]:
        wanted[f"view_{saved.pk}"] = _fits(read_query(saved.query, people), person, now)
    return claims.aggregate(**{name: Count("pk", filter=fits) for name, fits in wanted.items()})
