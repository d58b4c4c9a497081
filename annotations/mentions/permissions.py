from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.claims.lifecycle import LIVE, Status
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer, no
from annotations.tongue import inside


def may_attach(person: User, claim: Claim) -> Answer:
    """Attach further appearances to a claim, take them off and put them back."""
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("attach further appearances"))
    if not answer or claim.status in LIVE:
        return answer
    return no(
        _("This claim is {state}; appearances belong to a claim that stands.").format(
            state=inside(Status(claim.status).label)
        )
    )
