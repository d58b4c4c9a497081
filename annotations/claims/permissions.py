"""Who may do what with a claim before there is a verdict on it. Answers carry the reason for a grey button."""

from __future__ import annotations

from annotations.articles.models import Article
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.models import User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer, no


def may_mark(person: User, article: Article) -> Answer:
    return may_act_as(person, Role.REVIEWER, within=article.workspace_id, to="mark claims")


def may_sort(person: User, claim: Claim) -> Answer:
    """Accept, dismiss, restore, merge, take over, undo. What is possible from where the claim stands, the road says."""
    return may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to="sort claims")


def may_sort_in(person: User, article: Article) -> Answer:
    """Sort many claims of an article at once."""
    return may_act_as(person, Role.REVIEWER, within=article.workspace_id, to="sort claims")


def may_edit(person: User, claim: Claim) -> Answer:
    """Span, wording and who said it, as long as nobody's verdict on it has been submitted."""
    answer = may_act_as(person, Role.REVIEWER, within=claim.workspace_id, to="edit claims")
    if not answer or claim.status in (Status.CANDIDATE, Status.ACCEPTED):
        return answer
    return no(
        f"This claim is {Status(claim.status).label.lower()}; its words can be edited only before that."
    )


def may_read_labels(person: User, workspace: Workspace | int) -> Answer:
    """See what the desk decided about proposals as figures, and take the decisions along."""
    return may_act_as(person, Role.EDITOR, within=workspace, to="see how well proposals fit")


def may_teach(person: User, workspace: Workspace | int) -> Answer:
    """Change how the extractor's scores are read on this desk."""
    return may_act_as(person, Role.ADMIN, within=workspace, to="change how proposals are scored")
