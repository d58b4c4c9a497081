from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.people.models import User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import YES, Answer, no
from annotations.saved_views.models import SavedView


def may_save_view(person: User, workspace: Workspace | int) -> Answer:
    """For oneself: everybody who sees the desk."""
    return may_act_as(person, Role.READER, within=workspace, to=_("save views"))


def may_share_view(person: User, workspace: Workspace | int) -> Answer:
    return may_act_as(person, Role.REVIEWER, within=workspace, to=_("share views with the desk"))


def may_change_view(person: User, view: SavedView) -> Answer:
    """Rename, share, remove: its owner; a shared one also an editor."""
    answer = may_act_as(person, Role.READER, within=view.workspace_id, to=_("change views"))
    if not answer or view.is_of(person):
        return answer
    if view.is_shared and may_act_as(person, Role.EDITOR, within=view.workspace_id, to=""):
        return YES
    return no(_("Only its owner changes a view; a shared one an editor, too."))
