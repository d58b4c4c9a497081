"""The next claim for a person. Two who ask at once are never sent to the same one.

The order, written down in docs/decisions/0018-queue-and-assignment.md: what is theirs already, then a second review
they may do, then a claim in review that is nobody's, then candidates to sort.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.audit.services import recorded
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim, ClaimQuerySet
from annotations.claims.permissions import may_assign
from annotations.claims.services.moving import write_claim
from annotations.people.models import User, Workspace
from annotations.tongue import table

LEASE = timedelta(minutes=15)
"""How long the candidates of an article are kept for who was sent to sort them. Each further press renews it."""


@dataclass(frozen=True)
class Next:
    """The claim to open, and why this one; or None and why there is none."""

    claim: Claim | None
    says: str


def take_next_claim(*, workspace: Workspace, by: User, past: int | None = None) -> Next:
    """Find the next claim for this person and make it theirs.

    Safe to press again: what they hold and have not finished comes first, nothing is piled up. `past` is the claim in
    front of them: of several that are theirs, the one after it is offered.
    """
    may_assign(by, workspace, by).or_refuse()
    with recorded(by=by, verb="take_next_claim"):
        if claim := _theirs(workspace, by, past):
            return Next(claim, _SAYS_OF_THEIRS[Status(claim.status)])
        if claim := _first_free(_second_reviews(workspace, by)):
            write_claim(claim=claim, version=claim.version, second_reviewer=by, assignment_note="")
            return Next(claim, _("Yours for a second review now."))
        if claim := _first_free(_unassigned(workspace)):
            write_claim(claim=claim, version=claim.version, reviewer=by, assignment_note="")
            return Next(claim, _("Yours to check now."))
        if claim := _candidate(workspace, by):
            Article.objects.filter(pk=claim.article_id).update(
                sorting_by=by, sorting_until=timezone.now() + LEASE
            )
            return Next(claim, _("A candidate to sort. Nobody else is sent to this article for 15 minutes."))
    return Next(None, _why_nothing(workspace, by))


_SAYS_OF_THEIRS = table(
    {
        Status.CANDIDATE: "This candidate was given to you: accept or dismiss it.",
        Status.ACCEPTED: "This one is yours and not finished."
        " Submit it, hold it or hand it over, and another one comes.",
        Status.SUBMITTED: "This second review is yours. Decide, hold it or hand it over, and another one comes.",
    }
)


def _free(workspace: Workspace) -> ClaimQuerySet:
    return Claim.objects.put_forward().filter(workspace=workspace, is_held=False)


def _theirs(workspace: Workspace, by: User, past: int | None) -> Claim | None:
    first = Q(reviewer=by, status__in=[Status.ACCEPTED.value, Status.CANDIDATE.value])
    second = Q(second_reviewer=by, status=Status.SUBMITTED.value)
    mine = _others_work(_free(workspace).filter(first | second), by, only=Status.SUBMITTED)
    keys = list(mine.most_urgent_first().values_list("pk", flat=True))
    if not keys:
        return None
    at = (keys.index(past) + 1) % len(keys) if past in keys else 0
    return Claim.objects.select_related("article").get(pk=keys[at])


def _second_reviews(workspace: Workspace, by: User) -> ClaimQuerySet:
    waiting = _free(workspace).filter(status=Status.SUBMITTED.value, second_reviewer=None)
    return _others_work(waiting.exclude(reviewer=by), by)


def _others_work(claims: ClaimQuerySet, by: User, only: Status | None = None) -> ClaimQuerySet:
    """Without those whose verdict this person wrote on or cited a source for (of one status alone, if given)."""
    state = Q(status=only.value) if only else Q()
    wrote = Claim.objects.filter(state, verdicts__author=by)
    cited = Claim.objects.filter(state, evidence__added_by=by)
    return claims.exclude(pk__in=wrote.values("pk")).exclude(pk__in=cited.values("pk"))


def _unassigned(workspace: Workspace) -> ClaimQuerySet:
    return _free(workspace).filter(status=Status.ACCEPTED.value, reviewer=None)


def _first_free(claims: ClaimQuerySet) -> Claim | None:
    """The most urgent one that nobody else is taking at this moment; locked until the end of the transaction."""
    rows = claims.most_urgent_first().select_related("article")
    return rows.select_for_update(of=("self",), skip_locked=True, no_key=True).first()


def _candidate(workspace: Workspace, by: User) -> Claim | None:
    """The first candidate of an article that nobody else is sorting. It is the article that is locked."""
    free = Q(article__sorting_until=None) | Q(article__sorting_until__lt=Now()) | Q(article__sorting_by=by)
    rows = _candidates(workspace, by).filter(free).select_related("article").most_urgent_first()
    rows = rows.select_for_update(of=("article",), skip_locked=True, no_key=True)
    still_mine = rows.filter(article__sorting_by=by, article__sorting_until__gte=Now()).first()
    return still_mine or rows.first()


def _candidates(workspace: Workspace, by: User) -> ClaimQuerySet:
    nobodys = Q(reviewer=None) | Q(reviewer=by)
    return _free(workspace).filter(nobodys, status=Status.CANDIDATE.value)


def _why_nothing(workspace: Workspace, by: User) -> str:
    taken = _candidates(workspace, by).filter(article__sorting_until__gte=Now())
    if claim := taken.select_related("article__sorting_by").order_by("article__sorting_until").first():
        who = claim.article.sorting_by.display_name if claim.article.sorting_by else _("Somebody")
        return _(
            "Nothing waits for you: {who} is sorting what is left. Ask again in a while, or open an article."
        ).format(who=who)
    return _("Nothing waits for you. Add an article, or mark claims by hand in one.")
