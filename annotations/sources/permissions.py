from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer, no
from annotations.sources.models import Source
from annotations.tongue import inside


def may_cite(person: User, claim: Claim) -> Answer:
    """Add, change and take off evidence: while the claim is in review, and by any reviewer of the desk."""
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("cite sources"))
    if not answer or claim.status == Status.ACCEPTED:
        return answer
    if claim.status == Status.CANDIDATE:
        return no(_("Accept the candidate first; then cite sources for it."))
    return no(
        _("This claim is {state}; its sources can be changed only while in review.").format(
            state=inside(Status(claim.status).label)
        )
    )


def may_edit_source(person: User, source: Source) -> Answer:
    return may_act_as(person, Role.REVIEWER, within=source.workspace_id, to=_("edit sources"))


def may_rate_source(person: User, source: Source) -> Answer:
    """Say how reliable a source is: whoever checks with it, in the open, with a reason and a name."""
    return may_act_as(person, Role.REVIEWER, within=source.workspace_id, to="rate sources")


def may_keep_copy(person: User, source: Source) -> Answer:
    """Add a stored copy to a document: at any time, since older copies and what was found in them stay."""
    return may_act_as(person, Role.REVIEWER, within=source.workspace_id, to=_("add stored copies"))


def may_fetch_copy(person: User, source: Source) -> Answer:
    answer = may_keep_copy(person, source)
    return (
        answer
        if not answer or source.url
        else no(_("This source has no address from which a copy could be fetched."))
    )
