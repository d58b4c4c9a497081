"""What the bar and the panel need to know about other people, asked in as few questions as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.audit.models import AuditHead
from annotations.claims.models import Claim
from annotations.discussions.queries import Blocker, open_blockers
from annotations.live.changes import written
from annotations.notices.models import Notice
from annotations.people.models import Workspace
from annotations.people.permissions import role_of
from annotations.people.queries import workspaces_of
from annotations.people.roles import Role

register = template.Library()


@dataclass(frozen=True)
class Bar:
    """The person's desks with their role, unread notices, and where in each history the page was made."""

    desks: list[dict[str, Any]]
    unread: int
    since: str


@register.simple_tag
def bar_of(person: Any) -> Bar:
    """One question, and the roles, which most pages have asked for already."""
    mine = Notice.objects.visible_to(person).unread().filter(workspace_id=OuterRef("pk"))
    counted = mine.order_by().values("workspace_id").annotate(n=Count("pk")).values("n")
    heads = AuditHead.objects.filter(pk=OuterRef("pk")).values("seq")
    rows: QuerySet[Workspace] = workspaces_of(person).annotate(
        unread=Coalesce(Subquery(counted), 0), seq=Coalesce(Subquery(heads), 0)
    )
    found: list[Any] = list(rows)
    return Bar(
        desks=[{"desk": desk, "role": Role(role_of(person, desk.pk) or Role.READER).label} for desk in found],
        unread=sum(desk.unread for desk in found),
        since=written({desk.pk: desk.seq for desk in found}),
    )


@register.simple_tag
def blockers_of(claim: Claim) -> list[Blocker]:
    """The discussions that keep this claim from being published."""
    return open_blockers(claim)
