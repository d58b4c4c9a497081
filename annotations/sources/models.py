from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5

from annotations.claims.models import Claim
from annotations.people.models import Workspace, seen_by


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, person: Any) -> SourceQuerySet:
        return self.filter(seen_by(person))


class Source(models.Model):
    """A document in the workspace's registry. One row an address; documents without one are told apart by hand."""

    class Type(models.TextChoices):
        PRIMARY_DATA = "PRIMARY_DATA"
        OFFICIAL = "OFFICIAL", "Official record"
        FIRST_HAND = "FIRST_HAND", "First-hand account"
        NEWS = "NEWS"
        EXPERT = "EXPERT"
        SOCIAL = "SOCIAL", "Social media"
        OTHER = "OTHER"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    type = models.CharField(max_length=12, choices=Type.choices, default=Type.OTHER)
    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", MD5("url"), name="source_url_once", condition=~Q(url="")),
            models.CheckConstraint(name="source_has_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return f"source {self.pk}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, person: Any) -> EvidenceQuerySet:
        return self.filter(seen_by(person))

    def standing(self) -> EvidenceQuerySet:
        """What counts: not taken off the claim again."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """Ties a source to a claim: what it says about it, in which words. Taken off, never deleted."""

    class Stance(models.TextChoices):
        SUPPORTS = "SUPPORTS"
        REFUTES = "REFUTES"
        PARTLY = "PARTLY"
        CONTEXT = "CONTEXT"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    quote = models.TextField(blank=True)
    is_primary = models.BooleanField(default=False)
    origin = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "claim", "source", "stance", MD5("quote"), name="evidence_once", condition=Q(removed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.pk}"
