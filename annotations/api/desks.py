"""Which desk a request is about."""

from __future__ import annotations

from annotations.people.models import User, Workspace
from annotations.people.queries import workspaces_of
from annotations.refusals import Incomplete


def desk_asked(person: User, key: int | None) -> Workspace:
    """The desk that was named, or the only one of this person. Refused when it cannot be told."""
    desks = list(workspaces_of(person))
    chosen = [desk for desk in desks if key in (None, desk.pk)]
    if len(chosen) == 1:
        return chosen[0]
    yours = ", ".join(f"{desk.pk} ({desk.name})" for desk in desks) or "none"
    raise Incomplete("Say which desk it is about.", {"workspace": [f"Your desks: {yours}."]})
