from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.claims.models import Claim
from annotations.discussions.models import Comment, Thread
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer, no


def may_comment(person: User, claim: Claim) -> Answer:
    """In every state of a claim: what was published is discussed as well."""
    return may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("comment"))


def may_settle(person: User, thread: Thread) -> Answer:
    """Resolve a thread, open it again, or say whether it keeps the claim from being published."""
    return may_act_as(person, Role.REVIEWER, within=thread.workspace_id, to=_("resolve discussions"))


def may_reword(person: User, comment: Comment) -> Answer:
    answer = may_act_as(person, Role.REVIEWER, within=comment.workspace_id, to=_("comment"))
    if not answer or comment.author_id == person.pk:
        return answer
    return no(_("A comment is edited by the one who wrote it."))
