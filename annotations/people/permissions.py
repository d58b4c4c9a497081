from __future__ import annotations

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
    article = "an" if role.label[0] in "ae" else "a"
    return no(f"Only {article} {role.label} of this workspace can {to}.")
