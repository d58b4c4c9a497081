from __future__ import annotations

from annotations.audit.services import recorded
from annotations.people.models import Membership, User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role


def open_workspace(*, name: str, slug: str) -> Workspace:
    """Make a desk, or return the one of that slug. Done from the command line: nobody is in it yet who could."""
    with recorded(by=None, verb="open_workspace", name="command line"):
        return Workspace.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def enrol_person(*, workspace: Workspace, username: str, name: str, password: str, role: Role) -> Membership:
    """Make sure that this person exists and has this role. For set-up from the command line; safe to repeat.

    An existing person keeps their password.
    """
    with recorded(by=None, verb="enrol_person", name="command line"):
        person = User.objects.filter(username__iexact=username).first()
        if person is None:
            person = User.objects.create_user(username=username, password=password, name=name)
        return Membership.objects.update_or_create(
            workspace=workspace, user=person, defaults={"role": role.value, "is_active": True}
        )[0]


def change_role(*, membership: Membership, role: Role, is_active: bool = True, by: User) -> Membership:
    """Give a member another role, or end the membership (`is_active=False`)."""
    may_act_as(by, Role.ADMIN, within=membership.workspace_id, to="change roles").or_refuse()
    with recorded(by=by, verb="change_role"):
        membership.role, membership.is_active = role.value, is_active
        membership.save(update_fields=["role", "is_active"])
    return membership
