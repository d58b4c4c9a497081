"""Rows for lists that programs page through: each with what stands beside it, in a number of queries that is fixed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from annotations.articles.models import Article, ArticleVersion
from annotations.claims.lifecycle import Move, Status, legal_moves
from annotations.claims.models import Claim, ClaimQuerySet
from annotations.claims.permissions import may_sort
from annotations.people.models import User
from annotations.refusals import Answer
from annotations.reviews.models import Amendment
from annotations.reviews.permissions import (
    may_adjudicate,
    may_amend,
    may_approve,
    may_decide,
    may_publish,
    may_reopen,
)
from annotations.verdicts.models import Verdict
from annotations.verdicts.permissions import may_submit, may_withdraw
from annotations.verdicts.queries import latest_verdict

_MAY: dict[Move, Callable[[User, Claim], Answer]] = {
    Move.ACCEPT: may_sort,
    Move.DISMISS: may_sort,
    Move.RESTORE: may_sort,
    Move.MERGE: may_sort,
    Move.UNDO_ACCEPT: may_sort,
    Move.UNDO_MARK: may_sort,
    Move.MARK_AGAIN: may_sort,
    Move.UNMERGE: may_sort,
    Move.UNMERGE_ACCEPTED: may_sort,
    Move.SUBMIT: may_submit,
    Move.WITHDRAW: lambda person, claim: may_withdraw(person, claim, latest_verdict(claim)),
    Move.APPROVE: may_approve,
    Move.REQUEST_CHANGES: may_decide,
    Move.DISAGREE: may_decide,
    Move.ADJUDICATE_APPROVE: may_adjudicate,
    Move.ADJUDICATE_RETURN: may_adjudicate,
    Move.PUBLISH: may_publish,
    Move.REOPEN: may_reopen,
    Move.CORRECT: may_amend,
    Move.RETRACT: may_amend,
}


@dataclass(frozen=True)
class PossibleMove:
    """A step of the road that leads on from here, and whether this person may take it."""

    move: str
    label: str
    is_allowed: bool
    reason: str


def possible_moves(claim: Claim, person: User) -> list[PossibleMove]:
    found = []
    for move in legal_moves(Status(claim.status)):
        answer = _MAY[move](person, claim)
        found.append(PossibleMove(move.value, move.label, answer.allowed, answer.reason))
    return found


def listed_articles(person: User) -> QuerySet[Article]:
    """Articles with their current version as `newest`: a list of one, without its text."""
    newest = (
        ArticleVersion.objects.defer("text")
        .select_related("extraction")
        .order_by("article_id", "-number")
        .distinct("article_id")
    )
    return Article.objects.visible_to(person).prefetch_related(
        Prefetch("versions", queryset=newest, to_attr="newest")
    )


def articles_read_so_far(articles: QuerySet[Article], state: str) -> QuerySet[Article]:
    """Those whose current version's extraction is in this state."""
    newest = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")
    return articles.annotate(extraction_state=Subquery(newest.values("extraction__state")[:1])).filter(
        extraction_state=state
    )


def listed_claims(person: User) -> ClaimQuerySet:
    """Claims with the newest revision of their verdict as `newest`: a list of one, or none if there is none to see."""
    newest = Verdict.objects.readable_by(person).select_related("author").latest_of_each()
    return (
        Claim.objects.visible_to(person)
        .select_related("reviewer", "second_reviewer", "article_version", "workspace")
        .defer("article_version__text")
        .prefetch_related(Prefetch("verdicts", queryset=newest, to_attr="newest"))
    )


def claims_rated(claims: ClaimQuerySet, rating: str, person: User) -> ClaimQuerySet:
    """Those whose newest revision says so, as far as this person may see it; drafts count, as on the board."""
    newest = Verdict.objects.readable_by(person).filter(claim=OuterRef("pk")).order_by("-number")
    return claims.annotate(current_rating=Subquery(newest.values("rating")[:1])).filter(current_rating=rating)


def amendments_of(claim: Claim) -> QuerySet[Amendment]:
    """Corrections and retractions of a claim, newest first, decided or not."""
    return Amendment.objects.filter(claim=claim).select_related("proposed_by", "decided_by").order_by("-pk")
