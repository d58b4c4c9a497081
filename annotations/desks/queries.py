"""The rules of a desk as they stand, and as they stood."""

from __future__ import annotations

from django.db.models import QuerySet

from annotations.desks.guidelines import Guidelines, guidelines_from
from annotations.desks.models import DeskVersion, GuidelinesVersion, PolicyVersion, ScaleVersion
from annotations.desks.policy import Policy, policy_from
from annotations.desks.scale import DEFAULT, Scales, scale_from


def scales_of(workspace_id: int) -> Scales:
    """Every version of the desk's scale. The one place where a rating's label, number and look are found. One query."""
    rows = ScaleVersion.objects.filter(workspace_id=workspace_id).order_by("number")
    own = (scale_from(number, content) for number, content in rows.values_list("number", "content"))
    return Scales((DEFAULT, *own))


def policy_of(workspace_id: int) -> Policy:
    """The policy in force. One query."""
    row = _newest(PolicyVersion.objects.filter(workspace_id=workspace_id))
    return policy_from(row.number, row.content) if row else Policy()


def guidelines_of(workspace_id: int, number: int | None = None) -> Guidelines:
    """The guidelines in force, or of this version; empty ones when there are none such. One query."""
    rows = GuidelinesVersion.objects.filter(workspace_id=workspace_id)
    row = _newest(rows if number is None else rows.filter(number=number))
    return guidelines_from(row.number, row.content) if row else Guidelines()


def guidelines_number(workspace_id: int) -> int:
    """The number of the guidelines in force; 0 when none were written. One query."""
    rows = GuidelinesVersion.objects.filter(workspace_id=workspace_id)
    return rows.order_by("-number").values_list("number", flat=True).first() or 0


def _newest(rows: QuerySet[DeskVersion]) -> DeskVersion | None:
    return rows.order_by("-number").first()


PAGE = 20
KINDS: dict[str, type[DeskVersion]] = {
    "scale": ScaleVersion,
    "guidelines": GuidelinesVersion,
    "policy": PolicyVersion,
}


def versions_of(
    kind: str, workspace_id: int, *, before: int | None = None
) -> tuple[list[DeskVersion], int | None]:
    """One page of the published versions, newest first, without their content; and the number to go on from."""
    rows = KINDS[kind]._default_manager.filter(workspace_id=workspace_id).select_related("published_by")
    if before:
        rows = rows.filter(number__lt=before)
    found = list(rows.defer("content").order_by("-number")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None
