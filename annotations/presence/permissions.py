from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer, no
from annotations.tongue import inside

_WRITTEN_ON = (Status.ACCEPTED, Status.SUBMITTED, Status.DISPUTED)


def may_be_here(person: User, article: Article) -> Answer:
    return may_act_as(person, Role.READER, within=article.workspace_id, to=_("be seen here"))


def may_hold(person: User, claim: Claim) -> Answer:
    """Work on a claim so that the others are told. Candidates are sorted in passing and what is approved is read."""
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("work on claims"))
    if not answer or claim.status in _WRITTEN_ON:
        return answer
    return no(
        _("This claim is {state}; nobody writes on it now.").format(state=inside(Status(claim.status).label))
    )
