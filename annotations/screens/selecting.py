"""A filter as conditions on claims and on articles: what the queue's lists, counts and saved views are made of."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from annotations.articles.models import ArticleVersion
from annotations.claims.lifecycle import UNFINISHED, Status
from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.people.models import User
from annotations.screens.filters import SPANS, Filter
from annotations.search.queries import holds, matching

FINISHED = (Status.PUBLISHED.value, Status.RETRACTED.value)
OPEN_STATES = sorted(status.value for status in UNFINISHED)


def whose_turn(person: User) -> Q:
    """Claims that wait for this person: to sort, to check, to see through; or to decide on as the second one."""
    second = Q(second_reviewer=person, status=Status.SUBMITTED.value)
    return Q(reviewer=person, status__in=OPEN_STATES) | second


def claim_condition(asked: Filter, person: User, now: datetime) -> Q:
    """What a claim must be: tab, state, person and priority. The other fields speak of its article."""
    found = _tab(asked.show, person, now)
    if asked.state == "HELD":
        found &= Q(is_held=True)
    elif asked.state:
        found &= Q(status=asked.state)
    if asked.person == "none":
        found &= Q(reviewer=None)
    elif asked.person:
        key = person.pk if asked.person == "me" else int(asked.person)
        found &= Q(reviewer=key) | Q(second_reviewer=key)
    if asked.priority:
        level = int(asked.priority)
        found &= Q(priority=level) | Q(priority=None, article__priority=level)
    return found


def _tab(show: str, person: User, now: datetime) -> Q:
    unfinished = Q(status__in=OPEN_STATES)
    beginning = Q(status__in=[Status.CANDIDATE.value, Status.ACCEPTED.value], reviewer=None)
    tabs = {
        "mine": whose_turn(person),
        "unassigned": beginning | Q(status=Status.SUBMITTED.value, second_reviewer=None),
        "candidates": Q(status=Status.CANDIDATE.value),
        "second-review": Q(status__in=[Status.SUBMITTED.value, Status.DISPUTED.value]),
        "to-publish": Q(status=Status.APPROVED.value),
        "overdue": unfinished & (Q(due_at__lt=now) | Q(due_at=None, article__due_at__lt=now)),
        "done": Q(status__in=FINISHED),
    }
    return tabs.get(show, Q())


def article_condition(asked: Filter, person: User, now: datetime) -> Q:
    """The same for articles: one of its claims fits, and what speaks of the article itself does."""
    claims = Claim.objects.put_forward().filter(article=OuterRef("pk"))
    found = about_article(asked, now, "")
    if asked.q:
        words = Q(title__icontains=asked.q) | Q(opening__icontains=asked.q) | Q(outlet__icontains=asked.q)
        found &= words | Q(Exists(matching(claims, asked.q, person)))
    if asked.show == "failed":
        failed = ArticleVersion.objects.filter(article=OuterRef("pk"), extraction__state=Job.State.FAILED)
        found &= Q(Exists(failed))
    if fits := claim_condition(asked, person, now):
        found &= Q(Exists(claims.filter(fits)))
    if asked.show == "done":
        found &= ~Q(Exists(claims.filter(status__in=OPEN_STATES)))
    return found


def about_article(asked: Filter, now: datetime, prefix: str) -> Q:
    """Outlet, language and age; `prefix` leads from the row to its article (`article__`, or nothing)."""
    found = Q()
    if asked.outlet:
        found &= Q(**{f"{prefix}outlet__iexact": asked.outlet})
    if asked.language:
        found &= Q(**{f"{prefix}language__iexact": asked.language})
    if asked.age == "older":
        found &= Q(**{f"{prefix}created_at__lt": now - SPANS["month"]})
    elif asked.age:
        found &= Q(**{f"{prefix}created_at__gte": now - SPANS[asked.age]})
    return found


def claim_conditions(asked: Filter, person: User, now: datetime) -> Q:
    """What a claim must be under the whole filter, its article and words included."""
    about = about_article(asked, now, "article__")
    return claim_condition(asked, person, now) & about & holds(asked.q, person)
