"""What the panel of a claim shows once its verdict was submitted: what may be decided, and what was published."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.refusals import Answer
from annotations.reviews.models import Amendment, Publication
from annotations.reviews.permissions import (
    may_adjudicate,
    may_amend,
    may_approve,
    may_confirm,
    may_decide,
    may_publish,
    may_reopen,
    may_review,
)
from annotations.verdicts.models import OwnRating
from annotations.verdicts.permissions import may_read_verdict
from annotations.verdicts.queries import latest_verdict, own_rating_of


@dataclass(frozen=True)
class Review:
    """The answers carry the reason for a button that is grey. `waiting` is the amendment that nobody decided on yet.

    `own` is the rating that the person locked for what was submitted, where the desk reviews blind.
    """

    status: str
    is_blind: bool
    may_read: Answer
    own: OwnRating | None
    may_review: Answer
    may_decide: Answer
    may_approve: Answer
    may_adjudicate: Answer
    may_publish: Answer
    may_reopen: Answer
    may_amend: Answer
    may_confirm: Answer | None
    waiting: Amendment | None
    publications: tuple[Publication, ...]


def review(*, claim: Claim, person: User) -> Review:
    """Read in a fixed number of queries."""
    waiting = None
    publications: tuple[Publication, ...] = ()
    if claim.status in (Status.PUBLISHED, Status.RETRACTED):
        proposed = Amendment.objects.filter(claim=claim, state=Amendment.State.PROPOSED)
        waiting = proposed.select_related("proposed_by", "claim").first()
        rows = (
            Publication.objects.filter(claim=claim)
            .select_related("published_by", "confirmed_by")
            .defer("content")
        )
        publications = tuple(rows.order_by("-number"))
    return Review(
        status=claim.status,
        is_blind=claim.workspace.is_review_blind,
        may_read=may_read_verdict(person, claim),
        own=_own(claim, person),
        may_review=may_review(person, claim),
        may_decide=may_decide(person, claim),
        may_approve=may_approve(person, claim),
        may_adjudicate=may_adjudicate(person, claim),
        may_publish=may_publish(person, claim),
        may_reopen=may_reopen(person, claim),
        may_amend=may_amend(person, claim),
        may_confirm=may_confirm(person, waiting) if waiting else None,
        waiting=waiting,
        publications=publications,
    )


def _own(claim: Claim, person: User) -> OwnRating | None:
    if claim.status != Status.SUBMITTED or not claim.workspace.is_review_blind:
        return None
    return own_rating_of(person, claim, latest_verdict(claim))
