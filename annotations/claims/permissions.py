"""Who may do what with a claim before there is a verdict on it. Answers carry the reason for a grey button."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.models import User, Workspace
from annotations.people.permissions import has_role, may_act_as
from annotations.people.roles import Role
from annotations.refusals import YES, Answer, no
from annotations.tongue import inside


def may_mark(person: User, article: Article) -> Answer:
    return may_act_as(person, Role.REVIEWER, within=article.workspace_id, to=_("mark claims"))


def may_sort(person: User, claim: Claim) -> Answer:
    """Accept, dismiss, restore, merge, take over, undo. What is possible from where the claim stands, the road says."""
    return may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("sort claims"))


def may_sort_in(person: User, article: Article) -> Answer:
    """Sort many claims of an article at once."""
    return may_act_as(person, Role.REVIEWER, within=article.workspace_id, to=_("sort claims"))


def may_edit(person: User, claim: Claim) -> Answer:
    """Span, wording and who said it, as long as nobody's verdict on it has been submitted."""
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("edit claims"))
    if not answer or claim.status in (Status.CANDIDATE, Status.ACCEPTED):
        return answer
    return no(
        _("This claim is {state}; its words can be edited only before that.").format(
            state=inside(Status(claim.status).label)
        )
    )


def may_read_labels(person: User, workspace: Workspace | int) -> Answer:
    """See what the desk decided about proposals as figures, and take the decisions along."""
    return may_act_as(person, Role.EDITOR, within=workspace, to=_("see how well proposals fit"))


def may_teach(person: User, workspace: Workspace | int) -> Answer:
    """Change how the extractor's scores are read on this desk."""
    return may_act_as(person, Role.ADMIN, within=workspace, to=_("change how proposals are scored"))


def may_assign(person: User, workspace: Workspace | int, to: User | None) -> Answer:
    """Say whose claim it is: editors anybody's, reviewers their own. `to` is None for nobody's."""
    answer = may_act_as(person, Role.REVIEWER, within=workspace, to=_("assign claims"))
    if not answer or has_role(person, Role.EDITOR, within=workspace) or (to and to.pk == person.pk):
        return answer
    return no(_("Only an editor assigns claims to others. Take them yourself, or hand over what is yours."))


def may_schedule(person: User, workspace: Workspace | int) -> Answer:
    return may_act_as(
        person, Role.EDITOR, within=workspace, to=_("set how urgent claims are and when they are due")
    )


def may_hand_over(person: User, claim: Claim) -> Answer:
    """Give a claim in one's hands to somebody else."""
    return _holder_or_editor(person, claim, "hand it over")


def may_hold(person: User, claim: Claim) -> Answer:
    """Put a claim aside, and take it up again. One that is nobody's yet: any reviewer."""
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("hold claims"))
    if not answer or holder_of(claim) is None:
        return answer
    return _holder_or_editor(person, claim, "hold it")


def holder_of(claim: Claim) -> int | None:
    """The key of the person whose turn it is: the second reviewer once submitted, else the reviewer."""
    return claim.second_reviewer_id if claim.status == Status.SUBMITTED else claim.reviewer_id


def _holder_or_editor(person: User, claim: Claim, to: str) -> Answer:
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=to)
    if not answer or has_role(person, Role.EDITOR, within=claim.workspace_id):
        return answer
    return (
        YES
        if holder_of(claim) == person.pk
        else no(_("Only whose claim it is or an editor can {to}.").format(to=to))
    )


def may_anchor(person: User, claim: Claim) -> Answer:
    """Say where the words of a claim stand in a later version of its article, or that they do not."""
    return may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to=_("say where words stand now"))
