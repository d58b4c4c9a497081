from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.people.models import Workspace, seen_by


class StoredFile(models.Model):
    """Bytes from outside, once a desk and content. Never changed, never deleted.

    They lie in the database: one backup, one transaction with the row that speaks of them, and the same trigger that
    refuses a change (docs/decisions/0015-source-beside-claim.md). `sha256` is of the bytes, `size` counts them.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    data = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="stored_file_once", fields=["workspace", "sha256"])]

    def __str__(self) -> str:
        return f"stored file {self.sha256[:12]}"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, person: Any) -> SnapshotQuerySet:
        return self.filter(seen_by(person))


class Snapshot(models.Model):
    """What a page or file was when it was read: its bytes, where they came from, and the text in them. Never changed.

    `text` was normalised once; positions of quotes count its code points. `read_at` is when the outside world looked
    like this, in UTC. Title, publisher and date are as read from it; the registry may know better. Of what was fetched,
    `url` is what was asked for and `final_url` what answered in the end, with its `status` and its `headers`, in pairs
    and without cookies. `pages` are where the pages of a paged file begin in the text.
    """

    class How(models.TextChoices):
        UPLOADED = "UPLOADED", _("Uploaded")
        PASTED = "PASTED", _("Pasted")
        FETCHED = "FETCHED", _("Fetched")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="snapshots")
    content_type = models.CharField(max_length=100)
    filename = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    how = models.CharField(max_length=8, choices=How.choices)
    final_url = models.CharField(max_length=2000, blank=True, default="")
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=list)
    pages = models.JSONField(default=list)
    read_at = models.DateTimeField()
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    length = models.PositiveIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="snapshot_how_known", condition=Q(how__in=["UPLOADED", "PASTED", "FETCHED"])
            ),
        ]

    def __str__(self) -> str:
        return f"snapshot {self.pk}"

    @property
    def has_text(self) -> bool:
        return self.length > 0
