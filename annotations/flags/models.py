from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.people.models import Workspace, seen_by
from annotations.sources.models import Evidence

KINDS = ["OFF_TOPIC", "MISREAD", "OUTDATED", "NO_ACCESS", "WEAK"]


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to(self, person: Any) -> FlagQuerySet:
        return self.filter(seen_by(person))

    def open(self) -> FlagQuerySet:
        return self.filter(answered_at=None)


class Flag(models.Model):
    """What somebody found wrong with a piece of evidence. It stays with it; answered, it counts no more."""

    class Kind(models.TextChoices):
        OFF_TOPIC = "OFF_TOPIC", _("Off topic")
        MISREAD = "MISREAD", _("Misread")
        OUTDATED = "OUTDATED", _("Outdated")
        NOT_ACCESSIBLE = "NO_ACCESS", _("Not accessible")
        WEAK = "WEAK", _("Weak")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    note = models.CharField(max_length=1000)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="flag_kind_known",
                condition=Q(kind__in=KINDS),
            ),
            models.CheckConstraint(name="flag_has_a_note", condition=~Q(note="")),
            models.CheckConstraint(
                name="flag_answered_in_words",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
            ),
            models.UniqueConstraint(
                name="flag_once_while_open",
                fields=["evidence", "kind", "raised_by"],
                condition=Q(answered_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"flag {self.pk} on evidence {self.evidence_id}"
