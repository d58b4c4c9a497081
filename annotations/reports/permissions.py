from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.people.models import User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer


def may_export(person: User, workspace: Workspace | int) -> Answer:
    """Take published claims along: everybody of the desk, as they are published already."""
    return may_act_as(person, Role.READER, within=workspace, to=_("download reports"))
