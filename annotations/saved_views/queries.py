from __future__ import annotations

from annotations.people.models import User, Workspace
from annotations.saved_views.models import SavedView

MOST = 30
"""Views that a page offers, one's own first."""


def views_of(workspace: Workspace, person: User, page: str) -> list[SavedView]:
    """What this person can open on that page: their own by name, then what others share."""
    rows = SavedView.objects.visible_to(person).standing().filter(workspace=workspace, page=page)
    found = rows.select_related("owner").order_by("name", "pk")[: 4 * MOST]
    return sorted(found, key=lambda view: not view.is_of(person))[:MOST]


def default_query(workspace: Workspace, person: User, page: str) -> str:
    """The filter that this person's page opens with; empty without one."""
    mine = SavedView.objects.standing().filter(workspace=workspace, owner=person, page=page, is_default=True)
    return mine.values_list("query", flat=True).first() or ""
