"""Pages by key over any order: the mark of a page is the last row's values, so rows that come in shift nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

FAR = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands for no due time where times are put in order."""

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class By:
    """One step of an order: a column or annotation that is never empty, and which way."""

    field: str
    kind: type
    descending: bool = False

    @property
    def ordering(self) -> str:
        return f"-{self.field}" if self.descending else self.field


Order = Sequence[By]
NEWEST: Order = (By("created_at", datetime, descending=True), By("id", int, descending=True))


def page(rows: QuerySet[M], order: Order, mark: str, size: int) -> tuple[list[M], str]:
    """The rows after the mark, and the next page's mark ("" without one). A mark that cannot be read starts over."""
    ordered = rows.order_by(*(step.ordering for step in order))
    if values := _read(mark, order):
        ordered = ordered.filter(_after(order, values))
    found = list(ordered[: size + 1])
    return found[:size], _mark(found[size - 1], order) if len(found) > size else ""


def _after(order: Order, values: Sequence[Any]) -> Q:
    """What stands behind these values: behind in the first step, or equal there and behind in the next, and so on."""
    found, equal = Q(), Q()
    for step, value in zip(order, values, strict=True):
        found |= equal & Q(**{f"{step.field}__{'lt' if step.descending else 'gt'}": value})
        equal &= Q(**{step.field: value})
    return found


def _mark(row: Model, order: Order) -> str:
    values = (getattr(row, step.field) for step in order)
    return "_".join(value.isoformat() if isinstance(value, datetime) else str(value) for value in values)


def _read(mark: str, order: Order) -> list[Any] | None:
    parts = mark.split("_")
    if len(parts) != len(order):
        return None
    try:
        return [_READERS[step.kind](part) for step, part in zip(order, parts, strict=True)]
    except (ValueError, OverflowError):
        return None


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment without a zone")
    return at.astimezone(UTC)


def _whole(text: str) -> int:
    number = int(text)
    if not -(2**31) < number < 2**63:
        raise ValueError("no key")
    return number


_READERS: dict[type, Callable[[str], Any]] = {datetime: _moment, int: _whole}
