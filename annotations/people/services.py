from __future__ import annotations

from django.db.models import F

from annotations.audit.services import recorded
from annotations.people.models import Membership, User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Stale


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


def set_blind_review(*, workspace: Workspace, is_blind: bool, version: int, by: User) -> Workspace:
    """Say whether a second reviewer rates before seeing the first rating. Holds at once, also for what waits.

    Raises `Stale` when the desk's settings changed since `version`.
    """
    may_act_as(by, Role.ADMIN, within=workspace, to="change how claims are reviewed").or_refuse()
    with recorded(by=by, verb="set_blind_review"):
        done = Workspace.objects.filter(pk=workspace.pk, version=version).update(
            is_review_blind=is_blind, version=F("version") + 1
        )
        workspace.refresh_from_db()
        if not done:
            raise Stale(
                "Somebody else changed the settings of this desk meanwhile.",
                current={"is_review_blind": workspace.is_review_blind},
                yours={"is_review_blind": is_blind},
                version=workspace.version,
            )
    return workspace
