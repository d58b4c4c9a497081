"""Who decides on a verdict, and who lets it out of the house. Nobody approves what they helped to write."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.claims.lifecycle import Move, Status, legal_moves
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import YES, Answer, no
from annotations.reviews.models import Amendment, Review
from annotations.verdicts.queries import contributors, latest_verdict, own_rating_of


def may_review(person: User, claim: Claim) -> Answer:
    """Approve, ask for changes or disagree: another reviewer or editor than those who wrote the verdict."""
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("decide on verdicts"))
    if not answer or Move.APPROVE not in legal_moves(Status(claim.status)):
        return answer
    if person.pk in contributors(claim) or person.pk == claim.reviewer_id:
        return no(_("A verdict is reviewed by somebody who did not work on it."))
    return YES


def may_decide(person: User, claim: Claim) -> Answer:
    """Ask for changes or disagree: where the desk reviews blind, after locking a rating of one's own."""
    answer = may_review(person, claim)
    if not answer or claim.status != Status.SUBMITTED or not claim.workspace.is_review_blind:
        return answer
    if own_rating_of(person, claim, latest_verdict(claim)) is None:
        return no(_("This desk reviews blind: lock your own rating first."))
    return YES


def may_approve(person: User, claim: Claim) -> Answer:
    """The verdict stands: where the desk reviews blind, only when both came to the same rating."""
    answer = may_decide(person, claim)
    if not answer or claim.status != Status.SUBMITTED or not claim.workspace.is_review_blind:
        return answer
    verdict = latest_verdict(claim)
    own = own_rating_of(person, claim, verdict)
    if verdict and own and own.rating != verdict.rating:
        return no(
            _("Approve is off: your rating differs from theirs. Agree on one, or send it to a third person.")
        )
    return YES


def may_adjudicate(person: User, claim: Claim) -> Answer:
    answer = may_act_as(person, Role.EDITOR, within=claim.workspace_id, to=_("adjudicate"))
    if not answer or Move.ADJUDICATE_APPROVE not in legal_moves(Status(claim.status)):
        return answer
    disagreed = Review.objects.filter(claim=claim, decision=Review.Decision.DISAGREED).order_by("-pk").first()
    if person.pk in contributors(claim) or person.pk == claim.reviewer_id:
        return no(_("A disagreement is settled by an editor who did not work on the verdict."))
    if disagreed and disagreed.reviewer_id == person.pk:
        return no(_("A disagreement is settled by an editor other than the one who disagreed."))
    return YES


def may_publish(person: User, claim: Claim) -> Answer:
    return may_act_as(person, Role.EDITOR, within=claim.workspace_id, to=_("publish claims"))


def may_reopen(person: User, claim: Claim) -> Answer:
    return may_act_as(person, Role.EDITOR, within=claim.workspace_id, to=_("reopen claims"))


def may_amend(person: User, claim: Claim) -> Answer:
    """Propose a correction or a retraction of what is published."""
    return may_act_as(
        person, Role.EDITOR, within=claim.workspace_id, to=_("correct or retract what is published")
    )


def may_confirm(person: User, amendment: Amendment) -> Answer:
    """The second person: not the one who proposed it; for a changed rating nobody who wrote the verdict either."""
    answer = may_act_as(person, Role.REVIEWER, within=amendment.workspace_id, to=_("confirm corrections"))
    if not answer or amendment.state != Amendment.State.PROPOSED:
        return answer
    if amendment.proposed_by_id == person.pk:
        return no(_("A correction is confirmed by somebody other than the one who proposed it."))
    if amendment.kind == Amendment.Kind.CORRECTION and person.pk in contributors(amendment.claim):
        return no(_("A correction is confirmed by somebody who did not work on the verdict."))
    return YES
