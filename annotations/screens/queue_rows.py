"""The queue's rows: one article each, with its claims, people, due time and state in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.priority import Priority
from annotations.claims.lifecycle import LIVE, UNFINISHED, Status
from annotations.claims.models import Claim
from annotations.desks.scale import Scales
from annotations.jobs.models import Job
from annotations.people.models import User
from annotations.reviews.models import Publication

_DONE = {Status.APPROVED.value, Status.PUBLISHED.value, Status.RETRACTED.value}
_TONES = [("tone", tone) for tone in ("good", "work", "candidate")]


@dataclass(frozen=True)
class Row:
    """`due_at` and `priority` are the most pressing of what is unfinished; `parts` make the bar, `says` tells it."""

    article: Article
    job: Job | None
    claims: int
    candidates: int
    parts: tuple[tuple[str, str, int], ...]
    says: str
    people: tuple[User, ...]
    due_at: datetime | None
    is_overdue: bool
    priority: Priority
    is_sorted_by: User | None
    tone: str
    status: str


class _Claim(NamedTuple):
    """What a row needs of a claim. There may be a thousand on one page, so they are no model objects."""

    article_id: int
    pk: int
    status: str
    priority: int | None
    due_at: datetime | None
    reviewer_id: int | None
    second_reviewer_id: int | None


def rows_of(articles: Sequence[Article], now: datetime, scales: Scales) -> tuple[Row, ...]:
    """The rows of these articles: four queries, however many they are."""
    keys = [article.pk for article in articles]
    claims = Claim.objects.put_forward().filter(article__in=keys, status__in=LIVE).order_by("pk")
    by_article: dict[int, list[_Claim]] = defaultdict(list)
    for values in claims.values_list(*_Claim._fields):
        by_article[values[0]].append(_Claim(*values))
    every = [claim for found in by_article.values() for claim in found]
    people = User.objects.in_bulk(
        {key for claim in every for key in (claim.reviewer_id, claim.second_reviewer_id) if key}
    )
    published = Publication.objects.filter(claim__article__in=keys).latest_of_each()
    ratings = dict(published.values_list("claim_id", "rating"))
    versions = ArticleVersion.objects.filter(article__in=keys).select_related("extraction").defer("text")
    jobs = {version.article_id: version.extraction for version in versions.order_by("number")}
    bar = [*(("rating", code) for code in scales.looks), *_TONES]
    return tuple(
        _row(article, by_article[article.pk], ratings, people, jobs.get(article.pk), now, bar)
        for article in articles
    )


def _row(
    article: Article,
    claims: list[_Claim],
    ratings: dict[int, str],
    people: dict[int, User],
    job: Job | None,
    now: datetime,
    bar: Sequence[tuple[str, str]],
) -> Row:
    counts = Counter(_part(claim, ratings.get(claim.pk, "")) for claim in claims)
    unfinished = [claim for claim in claims if claim.status in UNFINISHED]
    times = [at for claim in unfinished if (at := claim.due_at or article.due_at)]
    levels = [claim.priority or article.priority for claim in unfinished]
    candidates = counts["tone", "candidate"]
    decided = sum(claim.status in _DONE for claim in claims)
    tone, status = _status({claim.status for claim in claims}, job)
    return Row(
        article=article,
        job=job,
        claims=len(claims),
        candidates=candidates,
        parts=tuple((kind, value, counts[kind, value]) for kind, value in bar if counts[kind, value]),
        says=_("{n} claims: {decided} decided, {open} in hand, {candidates} candidates").format(
            n=len(claims), decided=decided, open=len(claims) - decided - candidates, candidates=candidates
        ),
        people=_people(claims, people),
        due_at=min(times) if times else article.due_at,
        is_overdue=bool(times and min(times) < now),
        priority=Priority(max(levels, default=article.priority)),
        is_sorted_by=article.sorting_by if (article.sorting_until or now) > now else None,
        tone=tone,
        status=status,
    )


def _part(claim: _Claim, rating: str) -> tuple[str, str]:
    """The piece of the bar that this claim belongs to."""
    if rating:
        return "rating", rating
    if claim.status == Status.CANDIDATE:
        return "tone", "candidate"
    return "tone", "good" if claim.status in _DONE else "work"


def _people(claims: list[_Claim], people: dict[int, User]) -> tuple[User, ...]:
    """Whose claims these are: first reviewers, then second ones, each once."""
    keys = dict.fromkeys(
        [*(claim.reviewer_id for claim in claims), *(claim.second_reviewer_id for claim in claims)]
    )
    return tuple(people[key] for key in keys if key)


def _status(states: set[str], job: Job | None) -> tuple[str, str]:
    """The tone and the word for where an article stands as a whole."""
    if job and job.is_open:
        return "candidate", _("Finding claims")
    if job and job.state == Job.State.FAILED:
        return "bad", _("Failed")
    if not states:
        return "plain", _("No claims")
    if states <= {Status.PUBLISHED.value, Status.RETRACTED.value}:
        return "good", _("Published")
    if states & {Status.DISPUTED.value}:
        return "warn", _("Disputed")
    if states & {Status.SUBMITTED.value}:
        return "work", _("Second review")
    if states & {Status.APPROVED.value}:
        return "good", _("To publish")
    if states & {Status.ACCEPTED.value}:
        return "work", _("In review")
    return "candidate", _("To sort")
