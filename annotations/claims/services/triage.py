"""Sorting candidates, one at a time: accept, dismiss, restore, merge, take over."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.claims.lifecycle import CHOOSABLE_REASONS, LIVE, DismissalReason, Move, Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_sort
from annotations.claims.services.labelling import record_label, take_back_label
from annotations.claims.services.moving import free_span, move_claim, write_claim
from annotations.claims.worth import Decision
from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete
from annotations.tongue import inside


def accept_claim(*, claim: Claim, version: int, by: User) -> Claim:
    """The candidate is worth checking; who accepts it becomes its reviewer."""
    may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="accept_claim"):
        move_claim(claim=claim, move=Move.ACCEPT, version=version, reviewer=by)
        if not claim.statement:
            problem = {"statement": [_("Say in one sentence what is claimed.")]}
            raise Incomplete(_("Give the claim a wording before you accept it."), problem)
        record_label(claim=claim, decision=Decision.ACCEPTED, by=by)
    return claim


def dismiss_claim(*, claim: Claim, version: int, reason: str, by: User) -> Claim:
    """The candidate is not worth checking, for a reason that can be counted (a code of `CHOOSABLE_REASONS`)."""
    may_sort(by, claim).or_refuse()
    if reason not in CHOOSABLE_REASONS:
        problem = {
            "reason": [
                _("Choose one of: {choices}.").format(
                    choices=", ".join(code.value for code in CHOOSABLE_REASONS)
                )
            ]
        }
        raise Incomplete(_("A candidate is dismissed for a reason."), problem)
    code = DismissalReason(reason).value
    with recorded(by=by, verb="dismiss_claim"):
        move_claim(claim=claim, move=Move.DISMISS, version=version, dismissal=code)
        record_label(claim=claim, decision=Decision.DISMISSED, reason=code, by=by)
    return claim


def restore_claim(*, claim: Claim, version: int, by: User) -> Claim:
    """Put a dismissed claim back among the candidates."""
    may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="restore_claim"):
        free_span(claim=claim)
        by_mistake = claim.dismissal == DismissalReason.MARKED_BY_MISTAKE
        move_claim(claim=claim, move=Move.RESTORE, version=version, dismissal="", reviewer=None)
        if not by_mistake:  # the undo that dismissed it so took the decision back already
            take_back_label(claim=claim, decision=Decision.RESTORED, by=by)
    return claim


def merge_claim(*, claim: Claim, into: Claim, version: int, by: User) -> Claim:
    """This claim is the same as another live one of the article and is checked there."""
    may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="merge_claim"):
        # Locked in key order, so that two merges towards each other cannot both see the other one live.
        pair = {
            row.pk: row
            for row in Claim.objects.select_for_update().filter(pk__in=[claim.pk, into.pk]).order_by("pk")
        }
        target = pair.get(into.pk)
        if target is None or target.pk == claim.pk or target.article_id != claim.article_id:
            problem = {"into": [_("Choose another claim of the same article.")]}
            raise Incomplete(_("A claim is merged into another one of its article."), problem)
        if target.status not in LIVE:
            problem = {
                "into": [_("That claim is {state}.").format(state=inside(Status(target.status).label))]
            }
            raise Incomplete(_("A claim is merged into one that stands."), problem)
        move_claim(claim=claim, move=Move.MERGE, version=version, merged_into=target)
        record_label(claim=claim, decision=Decision.MERGED, by=by)
    return claim


def take_claim(*, claim: Claim, version: int, by: User) -> Claim:
    """Become the reviewer of a claim in review: it is then this person who submits it."""
    may_sort(by, claim).or_refuse()
    if claim.status != Status.ACCEPTED:
        raise IllegalMove(_("Only a claim in review can be taken over."))
    with recorded(by=by, verb="take_claim"):
        write_claim(claim=claim, version=version, reviewer=by)
    return claim
