"""Who takes outside checks in, and who decides whether two claims are the same."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.people.models import User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.precedents.models import Match
from annotations.refusals import Answer


def may_decide(person: User, match: Match) -> Answer:
    """Confirm, reject, and take either back."""
    return may_act_as(
        person, Role.REVIEWER, within=match.workspace_id, to=_("decide whether claims are the same")
    )


def may_import_checks(person: User, workspace: Workspace | int) -> Answer:
    return may_act_as(person, Role.EDITOR, within=workspace, to=_("import outside checks"))
