from __future__ import annotations

from django.db.models import QuerySet

from annotations.people.models import Membership, User, Workspace


def workspaces_of(person: User) -> QuerySet[Workspace]:
    """The workspaces in which this person is an active member, by name."""
    return Workspace.objects.filter(memberships__user=person, memberships__is_active=True).order_by(
        "name", "pk"
    )


PAGE = 50


def members_of(
    desk: Workspace, *, after: int | None = None, size: int = PAGE
) -> tuple[list[Membership], int | None]:
    """One page of everybody who is or was on the desk, in the order they came, and the key to go on from."""
    rows = Membership.objects.filter(workspace=desk).select_related("user").order_by("pk")
    found = list(rows.filter(pk__gt=after or 0)[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None
