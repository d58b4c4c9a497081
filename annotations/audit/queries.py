from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotations.audit.models import AuditEntry


def last_hands(model: Any, keys: Iterable[int]) -> dict[int, AuditEntry]:
    """The newest entry about each of these rows of a model, by the row's key. One query."""
    rows = AuditEntry.objects.filter(table_name=model._meta.db_table, row_id__in=[str(key) for key in keys])
    newest = rows.order_by("row_id", "-seq").distinct("row_id")
    return {
        int(entry.row_id): entry
        for entry in newest.only("row_id", "seq", "actor_id", "actor_name", "verb", "at")
    }
