from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.people.models import Membership, User, Workspace
from annotations.people.roles import Role, at_least
from annotations.refusals import YES, Answer, no


def role_of(person: User, workspace_id: int) -> str | None:
    """The person's role there, or None for a stranger.

    Read once for each person object, which lives as long as one request or one job: a page asks for many buttons.
    """
    if not person.is_authenticated or not person.is_active:
        return None
    known: dict[int, str] | None = getattr(person, "_roles_by_workspace", None)
    if known is None:
        rows = Membership.objects.filter(user_id=person.pk, is_active=True)
        known = dict(rows.values_list("workspace_id", "role"))
        person._roles_by_workspace = known  # type: ignore[attr-defined]
    return known.get(workspace_id)


def has_role(person: User, role: Role, *, within: Workspace | int) -> bool:
    """Whether the person is at least that in the workspace (an object or its key)."""
    return at_least(role_of(person, within if isinstance(within, int) else within.pk), role)


def may_act_as(person: User, role: Role, *, within: Workspace | int, to: str) -> Answer:
    """`has_role` as an answer. `to` completes "Only a reviewer can …"."""
    if has_role(person, role, within=within):
        return YES
    return no(_("Only {role} of this workspace can {to}.").format(role=role.one, to=to))


def may_give_link(person: User, membership: Membership, *, is_reset: bool = False) -> Answer:
    """Hand out the link by which a member sets a password. Never for people who also work on another desk: whoever
    has the link is that person. `is_reset`: for one who has a password already.
    """
    answer = may_act_as(person, Role.ADMIN, within=membership.workspace_id, to=_("give out links"))
    if not answer:
        return answer
    if membership.user.memberships.exclude(workspace_id=membership.workspace_id).exists():
        return no(_("This person works on another desk, too, and keeps the password they have."))
    if membership.user.is_superuser or membership.user.is_staff:
        return no(_("This account looks after the machine; its password is set on the command line."))
    if not is_reset and membership.user.has_usable_password():
        return no(_("This person has set a password already."))
    return YES
