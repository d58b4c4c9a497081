"""Which workspace a person looks at: the one they chose last, else their first."""

from __future__ import annotations

from django.http import HttpRequest

from annotations.people.models import Workspace
from annotations.people.queries import workspaces_of


def desk_of(request: HttpRequest) -> Workspace | None:
    """The desk in view, remembered in the session; None for a person who is in none. `?workspace=` switches."""
    desks = {desk.slug: desk for desk in workspaces_of(request.user)}  # type: ignore[arg-type]
    asked = request.GET.get("workspace") or request.session.get("workspace", "")
    desk = desks.get(asked) or next(iter(desks.values()), None)
    request.desk = desk  # type: ignore[attr-defined]
    if desk and request.session.get("workspace") != desk.slug:
        request.session["workspace"] = desk.slug
    return desk
