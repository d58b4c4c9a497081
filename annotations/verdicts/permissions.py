from __future__ import annotations

from annotations.claims.lifecycle import Move, Status, legal_moves
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import YES, Answer, no
from annotations.verdicts.models import Verdict


def may_draft(person: User, claim: Claim) -> Answer:
    """Write on the verdict: any reviewer of the desk, while it is in review. Who writes becomes a contributor."""
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to="write verdicts")
    if not answer or claim.status == Status.ACCEPTED:
        return answer
    if claim.status == Status.CANDIDATE:
        return no("Accept the candidate first; then give it a verdict.")
    return no(
        f"This claim is {Status(claim.status).label.lower()}; its verdict can be written only while in review."
    )


def may_submit(person: User, claim: Claim) -> Answer:
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to="submit verdicts")
    if not answer or Move.SUBMIT not in legal_moves(Status(claim.status)) or claim.reviewer_id == person.pk:
        return answer
    return no("A claim is submitted by its reviewer. Take it over first.")


def may_withdraw(person: User, claim: Claim, submitted: Verdict | None) -> Answer:
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to="withdraw verdicts")
    if not answer or Move.WITHDRAW not in legal_moves(Status(claim.status)):
        return answer
    if person.pk in (claim.reviewer_id, submitted.author_id if submitted else None):
        return YES
    return no("A verdict is withdrawn by the one who submitted it.")
