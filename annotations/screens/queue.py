"""The queue: every article of a desk with its claims in numbers, read in a number of queries that does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from annotations.articles.models import Article, ArticleVersion
from annotations.claims.lifecycle import LIVE, OPEN, Status
from annotations.claims.models import Claim
from annotations.desks.queries import scales_of
from annotations.jobs.models import Job
from annotations.people.models import User, Workspace
from annotations.people.permissions import has_role, may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer
from annotations.reviews.models import Publication
from annotations.sources.models import Evidence
from annotations.verdicts.models import Verdict

PAGE = 30
TABS = {
    "all": "All",
    "mine": "Mine",
    "candidates": "To sort",
    "second-review": "Second review",
    "to-publish": "To publish",
    "overdue": "Overdue",
    "failed": "Failed",
}
_DONE = {Status.APPROVED.value, Status.PUBLISHED.value, Status.RETRACTED.value}
_TONES = [("tone", tone) for tone in ("good", "work", "candidate")]
_UNFINISHED = [*(status.value for status in OPEN), Status.CANDIDATE.value]


@dataclass(frozen=True)
class Row:
    article: Article
    job: Job | None
    claims: int
    candidates: int
    parts: tuple[tuple[str, str, int], ...]
    says: str
    people: tuple[User, ...]
    is_overdue: bool
    tone: str
    status: str


@dataclass(frozen=True)
class Tab:
    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Figures:
    """Numbers of the whole desk: candidates and their articles, claims in hand and mine, waiting, published lately."""

    candidates: int
    candidate_articles: int
    in_review: int
    mine: int
    waiting: int
    to_publish: int
    published: int


@dataclass(frozen=True)
class Queue:
    desk: Workspace
    tabs: tuple[Tab, ...]
    tab: str
    rows: tuple[Row, ...]
    figures: Figures
    next_page: str
    may_add: Answer
    is_empty: bool

    @property
    def is_working(self) -> bool:
        """Whether a worker is (or should be) reading one of these: then the page looks again."""
        return any(row.job and row.job.is_open for row in self.rows)


def queue(*, desk: Workspace, person: User, tab: str, after: str = "") -> Queue:
    """One page of the desk's articles, newest first. `after` is the mark that the page before gave."""
    tab = tab if tab in TABS else "all"
    everything = Article.objects.filter(workspace=desk)
    tabs = tuple(Tab(code, label, _of_tab(everything, code, person).count()) for code, label in TABS.items())
    found = list(_page(_of_tab(everything, tab, person), after)[: PAGE + 1])
    more = found[PAGE - 1 : PAGE] if len(found) > PAGE else []
    return Queue(
        desk=desk,
        tabs=tabs,
        tab=tab,
        rows=_rows(desk, found[:PAGE]),
        figures=_figures(desk, person),
        next_page=f"{more[0].created_at.isoformat()}_{more[0].pk}" if more else "",
        may_add=may_act_as(person, Role.REVIEWER, within=desk, to="add articles"),
        is_empty=tabs[0].count == 0,
    )


def next_claim(*, desk: Workspace, person: User) -> Claim | None:
    """What this person should open now: their own work first, then what waits for a second pair of eyes, then
    candidates; due articles before others, the oldest first. Readers have nothing to do."""
    if not has_role(person, Role.REVIEWER, within=desk):
        return None
    claims = Claim.objects.put_forward().filter(workspace=desk).select_related("article")
    wrote = Verdict.objects.filter(claim=OuterRef("pk"), author=person)
    cited = Evidence.objects.filter(claim=OuterRef("pk"), added_by=person)
    choices = (
        claims.filter(status=Status.ACCEPTED.value, reviewer=person),
        claims.filter(~Exists(wrote), ~Exists(cited), status=Status.SUBMITTED.value).exclude(reviewer=person),
        claims.filter(status=Status.CANDIDATE.value),
    )
    for rows in choices:
        if claim := rows.order_by("article__due_at", "moved_at", "start", "pk").first():
            return claim
    return None


def _of_tab(articles: QuerySet[Article], tab: str, person: User) -> QuerySet[Article]:
    claims = Claim.objects.put_forward().filter(article=OuterRef("pk"))
    if tab == "mine":
        return articles.filter(Exists(claims.filter(reviewer=person, status__in=OPEN)))
    if tab == "candidates":
        return articles.filter(Exists(claims.filter(status=Status.CANDIDATE.value)))
    if tab == "second-review":
        waiting = [Status.SUBMITTED.value, Status.DISPUTED.value]
        return articles.filter(Exists(claims.filter(status__in=waiting)))
    if tab == "to-publish":
        return articles.filter(Exists(claims.filter(status=Status.APPROVED.value)))
    if tab == "overdue":
        return articles.filter(Exists(claims.filter(status__in=_UNFINISHED)), due_at__lt=timezone.now())
    if tab == "failed":
        failed = ArticleVersion.objects.filter(article=OuterRef("pk"), extraction__state=Job.State.FAILED)
        return articles.filter(Exists(failed))
    return articles


def _page(articles: QuerySet[Article], after: str) -> QuerySet[Article]:
    ordered = articles.order_by("-created_at", "-id")
    moment, _, key = after.partition("_")
    try:
        at = datetime.fromisoformat(moment).astimezone(UTC)
        last = int(key)
    except (ValueError, OverflowError):
        return ordered
    if not 0 < last < 2**63:
        return ordered
    return ordered.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=last))


def _rows(desk: Workspace, articles: Sequence[Article]) -> tuple[Row, ...]:
    keys = [article.pk for article in articles]
    claims = (
        Claim.objects.put_forward()
        .filter(article__in=keys, status__in=LIVE)
        .select_related("reviewer")
        .only("article_id", "status", "reviewer__name", "reviewer__username")
    )
    by_article: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article_id].append(claim)
    published = Publication.objects.filter(claim__article__in=keys).latest_of_each()
    ratings = dict(published.values_list("claim_id", "rating"))
    versions = ArticleVersion.objects.filter(article__in=keys).select_related("extraction").defer("text")
    jobs = {version.article_id: version.extraction for version in versions.order_by("number")}
    now, bar = timezone.now(), [*(("rating", code) for code in scales_of(desk.pk).looks), *_TONES]
    return tuple(
        _row(article, by_article[article.pk], ratings, jobs.get(article.pk), now, bar) for article in articles
    )


def _row(
    article: Article,
    claims: list[Claim],
    ratings: dict[int, str],
    job: Job | None,
    now: datetime,
    bar: Sequence[tuple[str, str]],
) -> Row:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for claim in claims:
        if rating := ratings.get(claim.pk):
            counts["rating", rating] += 1
        elif claim.status == Status.CANDIDATE:
            counts["tone", "candidate"] += 1
        else:
            counts["tone", "good" if claim.status in _DONE else "work"] += 1
    people = {claim.reviewer_id: claim.reviewer for claim in claims if claim.reviewer}
    candidates = counts["tone", "candidate"]
    decided = sum(claim.status in _DONE for claim in claims)
    tone, status = _status(claims, job)
    return Row(
        article=article,
        job=job,
        claims=len(claims),
        candidates=candidates,
        parts=tuple((kind, value, counts[kind, value]) for kind, value in bar if counts[kind, value]),
        says=f"{len(claims)} claims: {decided} decided, {len(claims) - decided - candidates} in hand,"
        f" {candidates} candidates",
        people=tuple(people.values()),
        is_overdue=bool(article.due_at and article.due_at < now)
        and any(claim.status in _UNFINISHED for claim in claims),
        tone=tone,
        status=status,
    )


def _status(claims: list[Claim], job: Job | None) -> tuple[str, str]:
    """The tone and the word for where an article stands as a whole."""
    if job and job.is_open:
        return "candidate", "Finding claims"
    if job and job.state == Job.State.FAILED:
        return "bad", "Failed"
    states = {claim.status for claim in claims}
    if not states:
        return "plain", "No claims"
    if states <= {Status.PUBLISHED.value, Status.RETRACTED.value}:
        return "good", "Published"
    if states & {Status.DISPUTED.value}:
        return "warn", "Disputed"
    if states & {Status.SUBMITTED.value}:
        return "work", "Second review"
    if states & {Status.APPROVED.value}:
        return "good", "To publish"
    if states & {Status.ACCEPTED.value}:
        return "work", "In review"
    return "candidate", "To sort"


def _figures(desk: Workspace, person: User) -> Figures:
    candidate = Q(status=Status.CANDIDATE.value)
    counts = (
        Claim.objects.put_forward()
        .filter(workspace=desk)
        .aggregate(
            candidates=Count("pk", filter=candidate),
            candidate_articles=Count("article", filter=candidate, distinct=True),
            in_review=Count("pk", filter=Q(status=Status.ACCEPTED.value)),
            mine=Count("pk", filter=Q(status=Status.ACCEPTED.value, reviewer=person)),
            waiting=Count("pk", filter=Q(status__in=[Status.SUBMITTED.value, Status.DISPUTED.value])),
            to_publish=Count("pk", filter=Q(status=Status.APPROVED.value)),
        )
    )
    week = timezone.now() - timedelta(days=7)
    published = Publication.objects.filter(workspace=desk, number=1, created_at__gte=week).count()
    return Figures(published=published, **counts)
