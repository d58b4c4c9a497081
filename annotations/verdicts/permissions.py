from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.claims.lifecycle import Move, Status, legal_moves
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import YES, Answer, no
from annotations.sources.models import Evidence
from annotations.tongue import inside
from annotations.verdicts.models import REVEALED, OwnRating, Verdict


def may_read_verdict(person: User, claim: Claim) -> Answer:
    """See rating and reasons, which a blind second review keeps from whoever may still have to review them.

    Until somebody decided they are for those who worked on them and for those who locked a rating of their own. A
    claim that is still being written counts: its second reader may look today. `VerdictQuerySet.readable_by` is the
    same rule for lists. No query for a desk that does not review blind, when the claim came with its workspace.
    """
    if not claim.workspace.is_review_blind or claim.status in REVEALED or claim.reviewer_id == person.pk:
        return YES
    parts = ((Verdict, "author_id"), (Evidence, "added_by_id"), (OwnRating, "reviewer_id"))
    if any(model._default_manager.filter(claim=claim, **{who: person.pk}).exists() for model, who in parts):
        return YES
    return no(
        _(
            "This desk reviews blind: the first rating stays hidden until yours is locked, or somebody decided."
        )
    )


def may_draft(person: User, claim: Claim) -> Answer:
    """Write on the verdict: any reviewer of the desk, while it is in review. Who writes becomes a contributor."""
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("write verdicts"))
    if answer and claim.status == Status.ACCEPTED and not may_read_verdict(person, claim):
        return no(_("This desk reviews blind: take the claim over to see and write its verdict."))
    if not answer or claim.status == Status.ACCEPTED:
        return answer
    if claim.status == Status.CANDIDATE:
        return no(_("Accept the candidate first; then give it a verdict."))
    return no(
        _("This claim is {state}; its verdict can be written only while in review.").format(
            state=inside(Status(claim.status).label)
        )
    )


def may_submit(person: User, claim: Claim) -> Answer:
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("submit verdicts"))
    if not answer or Move.SUBMIT not in legal_moves(Status(claim.status)) or claim.reviewer_id == person.pk:
        return answer
    return no(_("A claim is submitted by its reviewer. Take it over first."))


def may_withdraw(person: User, claim: Claim, submitted: Verdict | None) -> Answer:
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("withdraw verdicts"))
    if not answer or Move.WITHDRAW not in legal_moves(Status(claim.status)):
        return answer
    if person.pk in (claim.reviewer_id, submitted.author_id if submitted else None):
        return YES
    return no(_("A verdict is withdrawn by the one who submitted it."))
