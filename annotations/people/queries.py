from __future__ import annotations

from django.db.models import QuerySet

from annotations.people.models import User, Workspace


def workspaces_of(person: User) -> QuerySet[Workspace]:
    """The workspaces in which this person is an active member, by name."""
    return Workspace.objects.filter(memberships__user=person, memberships__is_active=True).order_by(
        "name", "pk"
    )
