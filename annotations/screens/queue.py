"""The queue: every article of a desk with its claims in numbers, read in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations.articles.models import Article
from annotations.articles.permissions import may_import
from annotations.claims.lifecycle import LIVE, Status
from annotations.claims.models import Claim
from annotations.desks.queries import scales_of
from annotations.people.models import User, Workspace
from annotations.refusals import Answer
from annotations.reviews.models import Publication
from annotations.saved_views.models import SavedView
from annotations.saved_views.queries import views_of
from annotations.screens.assignment import Bulk, bulk_of
from annotations.screens.filters import SHOWS, SORTS, Chip, Filter, chips, people_of, read_query
from annotations.screens.paging import FAR, NEWEST, By, Order, page
from annotations.screens.queue_rows import Row, rows_of
from annotations.screens.selecting import OPEN_STATES, article_condition

PAGE = 30
COUNTED = 12
"""Saved views whose rows are counted on the page."""

ALWAYS = ("all", "mine", "unassigned", "second-review", "overdue")
"""Tabs that stand there even when they are empty."""

_DUE = By("rank_due", datetime)
ORDERS: dict[str, Order] = {
    "priority": (By("rank_priority", int, descending=True), _DUE, *NEWEST),
    "due": (_DUE, *NEWEST),
    "newest": NEWEST,
}


@dataclass(frozen=True)
class Tab:
    code: str
    label: str
    count: int
    query: str


@dataclass(frozen=True)
class Link:
    label: str
    query: str
    is_current: bool


@dataclass(frozen=True)
class View:
    """A saved view as the page offers it. `count` is None for those that are not counted."""

    saved: SavedView
    count: int | None
    is_mine: bool
    is_current: bool


@dataclass(frozen=True)
class Figures:
    """Numbers of the whole desk: candidates and their articles, claims in hand and mine, waiting, published lately."""

    candidates: int
    candidate_articles: int
    in_review: int
    mine: int
    waiting: int
    waiting_overdue: int
    to_publish: int
    published: int


@dataclass(frozen=True)
class Choices:
    """What the filter's fields offer."""

    people: tuple[User, ...]
    outlets: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Queue:
    desk: Workspace
    asked: Filter
    tabs: tuple[Tab, ...]
    sorts: tuple[Link, ...]
    chips: tuple[Chip, ...]
    views: tuple[View, ...]
    choices: Choices
    rows: tuple[Row, ...]
    figures: Figures
    next_page: str
    may_add: Answer
    bulk: Bulk
    is_empty: bool

    @property
    def being_read(self) -> str:
        """Keys of the articles in which claims are being looked for: the page asks after them again."""
        return ",".join(str(row.article.pk) for row in self.rows if row.job and row.job.is_open)


def queue(
    *,
    desk: Workspace,
    person: User,
    asked: Filter | None = None,
    after: str = "",
    people: Collection[User] = (),
) -> Queue:
    """One page of the desk's articles. `after` is the mark that the page before gave; `people` if they are known."""
    people = people or people_of(desk)
    asked = asked or Filter()
    now, scales = timezone.now(), scales_of(desk.pk)
    sort = asked.sort if asked.sort in ORDERS else "priority"
    articles = Article.objects.filter(workspace=desk)
    views = views_of(desk, person, SavedView.Page.QUEUE)
    counts = _counts(articles, asked, views, people, person, now)
    fitting = articles.filter(article_condition(asked, person, now)).select_related("sorting_by")
    found, mark = page(ranked(fitting) if sort != "newest" else fitting, ORDERS[sort], after, PAGE)
    return Queue(
        desk=desk,
        asked=asked,
        tabs=tabs(asked, counts, [*SHOWS]),
        sorts=sorts(asked, sort, [*ORDERS]),
        chips=chips(asked, people, scales),
        views=offered(views, counts, asked, people, person),
        choices=choices(desk, people),
        rows=rows_of(found, now, scales),
        figures=_figures(desk, person, now),
        next_page=mark,
        may_add=may_import(person, desk),
        bulk=bulk_of(desk, person, people),
        is_empty=counts["everything"] == 0,
    )


def ranked(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With what they are put in order by: the highest priority and the earliest due time of what is unfinished.

    What has claims and none unfinished goes to the end; what has no claims yet counts by itself.
    """
    claims = Claim.objects.put_forward().filter(article=OuterRef("pk")).order_by()
    unfinished = claims.filter(status__in=OPEN_STATES).with_urgency().values("article")
    has_claims = Exists(claims.filter(status__in=sorted(LIVE)))
    return articles.annotate(
        rank_priority=Coalesce(
            Subquery(unfinished.annotate(top=Max("urgency")).values("top")),
            Case(When(has_claims, then=Value(0)), default=F("priority"), output_field=IntegerField()),
            output_field=IntegerField(),
        ),
        rank_due=Coalesce(
            Subquery(unfinished.annotate(first=Min("due")).values("first")),
            Case(When(has_claims, then=Value(FAR)), default=F("due_at"), output_field=DateTimeField()),
            Value(FAR),
            output_field=DateTimeField(),
        ),
    )


def tabs(asked: Filter, counts: dict[str, int], codes: list[str]) -> tuple[Tab, ...]:
    """The tabs with their counts; some only when they hold something or are the one in view."""
    shown = [code for code in codes if code in ALWAYS or counts[code] or code == asked.show]
    return tuple(Tab(code, SHOWS[code], counts[code], asked.query(show=code)) for code in shown)


def sorts(asked: Filter, current: str, codes: list[str]) -> tuple[Link, ...]:
    return tuple(Link(SORTS[code], asked.query(sort=code), code == current) for code in codes)


def offered(
    views: list[SavedView], counts: dict[str, int], asked: Filter, people: Collection[User], person: User
) -> tuple[View, ...]:
    here = asked.query()
    return tuple(
        View(
            saved,
            counts.get(f"view_{saved.pk}"),
            saved.is_of(person),
            bool(here) and read_query(saved.query, people).query() == here,
        )
        for saved in views
    )


def choices(desk: Workspace, people: Collection[User]) -> Choices:
    facts = Article.objects.filter(workspace=desk)
    outlets = facts.exclude(outlet="").values_list("outlet", flat=True).distinct().order_by("outlet")[:200]
    languages = facts.exclude(language="").values_list("language", flat=True).distinct().order_by("language")
    return Choices(tuple(people), tuple(outlets), tuple(languages[:50]))


def _counts(
    articles: QuerySet[Article],
    asked: Filter,
    views: list[SavedView],
    people: Collection[User],
    person: User,
    now: datetime,
) -> dict[str, int]:
    """How many articles each tab and each view holds, and how many there are: one query."""
    wanted = {code: article_condition(replace(asked, show=code), person, now) for code in SHOWS}
    for saved in views[:COUNTED]:
        wanted[f"view_{saved.pk}"] = article_condition(read_query(saved.query, people), person, now)
    counted = {name: Count("pk", filter=fits) if fits else Count("pk") for name, fits in wanted.items()}
    return articles.aggregate(everything=Count("pk"), **counted)


def _figures(desk: Workspace, person: User, now: datetime) -> Figures:
    candidate = Q(status=Status.CANDIDATE.value)
    waiting = Q(status__in=[Status.SUBMITTED.value, Status.DISPUTED.value])
    counts = (
        Claim.objects.put_forward()
        .filter(workspace=desk)
        .with_urgency()
        .aggregate(
            candidates=Count("pk", filter=candidate),
            candidate_articles=Count("article", filter=candidate, distinct=True),
            in_review=Count("pk", filter=Q(status=Status.ACCEPTED.value)),
            mine=Count("pk", filter=Q(status=Status.ACCEPTED.value, reviewer=person)),
            waiting=Count("pk", filter=waiting),
            waiting_overdue=Count("pk", filter=waiting & Q(due__lt=now)),
            to_publish=Count("pk", filter=Q(status=Status.APPROVED.value)),
        )
    )
    week = now - timedelta(days=7)
    published = Publication.objects.filter(workspace=desk, number=1, created_at__gte=week).count()
    return Figures(published=published, **counts)
