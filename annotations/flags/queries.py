from __future__ import annotations

from collections.abc import Iterable

from annotations.flags.models import Flag, FlagQuerySet


def flags_on(evidence: Iterable[int]) -> FlagQuerySet:
    """Every flag on evidence of these keys, oldest first."""
    rows = Flag.objects.filter(evidence__in=list(evidence)).select_related("raised_by", "answered_by")
    return rows.order_by("pk")


def open_flags_on(evidence: Iterable[int]) -> list[Flag]:
    """Those that nobody has answered. One query, none without evidence."""
    keys = list(evidence)
    return list(Flag.objects.open().filter(evidence__in=keys).order_by("pk")) if keys else []
