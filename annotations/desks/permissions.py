from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.people.models import User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer


def may_change_desk(person: User, desk: Workspace | int) -> Answer:
    """Publish a new version of scale, guidelines or policy."""
    return may_act_as(person, Role.ADMIN, within=desk, to=_("change the settings of the desk"))


def may_read_desk(person: User, desk: Workspace | int) -> Answer:
    """Everybody who works here reads by what rules."""
    return may_act_as(person, Role.READER, within=desk, to=_("read the rules of the desk"))
