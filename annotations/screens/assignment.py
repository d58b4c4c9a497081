"""Everything that planning one claim needs: who has it, how urgent, due when, held why, and what may be changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from annotations.articles.priority import PRIORITIES, Priority
from annotations.claims.lifecycle import UNFINISHED, Status
from annotations.claims.models import Claim, ClaimQuerySet
from annotations.claims.permissions import holder_of, may_assign, may_hand_over, may_hold, may_schedule
from annotations.people.models import User, Workspace
from annotations.refusals import Answer
from annotations.screens.filters import people_of
from annotations.screens.selecting import OPEN_STATES

_TAKES = {
    "reviewer": {Status.CANDIDATE.value, Status.ACCEPTED.value},
    "second_reviewer": {Status.CANDIDATE.value, Status.ACCEPTED.value, Status.SUBMITTED.value},
}


@dataclass(frozen=True)
class Bulk:
    """What this person may do to many claims at once, and to whom they can give them."""

    may_assign: Answer
    may_schedule: Answer
    people: tuple[User, ...]


def bulk_of(desk: Workspace, person: User, people: Collection[User]) -> Bulk:
    may_all = may_schedule(person, desk)
    return Bulk(
        may_assign=may_assign(person, desk, person),
        may_schedule=may_all,
        people=tuple(one for one in people if may_all or one.pk == person.pk),
    )


@dataclass(frozen=True)
class Assignment:
    claim: Claim
    status: str
    is_unfinished: bool
    priority: Priority
    due_at: datetime | None
    is_overdue: bool
    is_second: bool
    others: tuple[User, ...]
    may_hand_over: Answer
    may_schedule: Answer
    may_hold: Answer
    priorities: tuple[tuple[int, str], ...] = tuple(PRIORITIES)


def assignment(*, claim: Claim, person: User, people: Collection[User] = ()) -> Assignment:
    """`others` are those one can hand the claim over to."""
    holder = holder_of(claim)
    due = claim.due_at or claim.article.due_at
    is_unfinished = claim.status in UNFINISHED
    return Assignment(
        claim=claim,
        status=Status(claim.status).label,
        is_unfinished=is_unfinished,
        priority=Priority(claim.priority or claim.article.priority),
        due_at=due,
        is_overdue=bool(due and is_unfinished and due < timezone.now()),
        is_second=claim.status == Status.SUBMITTED,
        others=tuple(one for one in people or people_of(claim.workspace) if one.pk != holder),
        may_hand_over=may_hand_over(person, claim),
        may_schedule=may_schedule(person, claim.workspace_id),
        may_hold=may_hold(person, claim),
    )


def plannable(
    *, desk: Workspace, articles: Sequence[int], claims: Sequence[int], fields: Collection[str]
) -> ClaimQuerySet:
    """The unfinished claims that were ticked, alone or by their article, in states that can take all these fields."""
    states = set(OPEN_STATES).intersection(*(_TAKES[name] for name in fields if name in _TAKES))
    rows = Claim.objects.put_forward().filter(workspace=desk, status__in=states)
    ticked = rows.filter(Q(article__in=articles) | Q(pk__in=claims))
    return ticked.select_related("article", "reviewer", "second_reviewer").order_by(
        "article_id", "start", "pk"
    )
