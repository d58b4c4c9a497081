"""The one history. Rows are written by a database trigger, so bulk writes and raw SQL are in it too."""

from __future__ import annotations

from django.db import models


class AuditHead(models.Model):
    """The end of one workspace's chain. The trigger locks this row, which is what keeps the chain in one line.

    Workspace 0 is the house itself: people, and workspaces as such. `open_in` is the transaction that is adding
    entries just now, 0 otherwise: the row is written twice a transaction, however many entries there are.
    """

    workspace_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    open_in = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"workspace {self.workspace_id} at {self.seq}"


class AuditEntry(models.Model):
    """One changed row: what it was, what it is, who did it and through which verb.

    No foreign keys: an entry outlives what it speaks of. `before` and `after` hold whole rows for inserts and
    deletes, and only the changed columns for updates. `hash` covers every field but `act`, and the previous hash. `act`
    is shared by all entries of one `recorded` block: a column default takes it from the transaction, so that what one
    press of a key changed can be found together. Empty for raw SQL and for entries older than it.
    """

    class Action(models.TextChoices):
        INSERT = "INSERT"
        UPDATE = "UPDATE"
        DELETE = "DELETE"

    id = models.BigAutoField(primary_key=True)
    workspace_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.TextField()
    verb = models.TextField()
    action = models.CharField(max_length=6, choices=Action.choices)
    table_name = models.TextField()
    row_id = models.TextField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    act = models.UUIDField(null=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="audit_entry_seq_once", fields=["workspace_id", "seq"])]
        indexes = [
            models.Index(name="audit_entry_row", fields=["table_name", "row_id", "seq"]),
            models.Index(name="audit_entry_act", fields=["act"], condition=models.Q(act__isnull=False)),
            models.Index(name="audit_entry_actor", fields=["workspace_id", "actor_id", "seq"]),
        ]

    def __str__(self) -> str:
        return f"{self.workspace_id}/{self.seq} {self.verb} {self.table_name} {self.row_id}"
