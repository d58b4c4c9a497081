from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import Claim
from annotations.people.models import Workspace, seen_by
from annotations.verdicts.models import Verdict


class Review(models.Model):
    """What a second (or, after a disagreement, third) person decided on a submitted verdict. Never changed.

    A trigger refuses an approval by anybody who contributed to the verdict.
    """

    class Decision(models.TextChoices):
        APPROVED = "APPROVED", _("Approved")
        CHANGES = "CHANGES", _("Asked for changes")
        DISAGREED = "DISAGREED", _("Disagreed")
        ADJUDICATED_APPROVED = "ADJUDICATED_APPROVED", _("Adjudicated: approved")
        ADJUDICATED_RETURNED = "ADJUDICATED_RETURNED", _("Adjudicated: returned")
        REOPENED = "REOPENED", _("Reopened")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    note = models.TextField(blank=True)
    own_rating = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.decision} on claim {self.claim_id}"


class ChangeItem(models.Model):
    """One thing that a second reviewer asked for. The author ticks it off, and may say what was done or why not."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="items")
    text = models.TextField()
    is_done = models.BooleanField(default=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"item {self.pk} of review {self.review_id}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to(self, person: Any) -> PublicationQuerySet:
        return self.filter(seen_by(person))

    def latest_of_each(self) -> PublicationQuerySet:
        """One row a claim: the version that is live, tombstones included."""
        return self.order_by("claim_id", "-number").distinct("claim_id")


class Publication(models.Model):
    """A claim as it was published: frozen, numbered, hashed. Reports read this and nothing else.

    `content` is what `reviews/record.py` made of claim, verdict and evidence; for a retraction it is the tombstone's
    bare claim. `sha256` is of its canonical JSON. Never changed: a trigger refuses it.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "PUBLISHED", _("Published")
        CORRECTED = "CORRECTED", _("Corrected")
        RETRACTED = "RETRACTED", _("Retracted")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    rating = models.CharField(max_length=20, blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    correction_type = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="publication_number_once", fields=["claim", "number"]),
            models.CheckConstraint(
                name="publication_change_by_two",
                condition=Q(kind="PUBLISHED")
                | ~Q(note="") & Q(confirmed_by__isnull=False) & ~Q(confirmed_by=models.F("published_by")),
            ),
        ]
        indexes = [models.Index(name="publication_newest", fields=["workspace", "-created_at", "-id"])]

    def __str__(self) -> str:
        return f"publication {self.number} of claim {self.claim_id}"


class Amendment(models.Model):
    """A correction or retraction that one editor proposes and a second person confirms. Until then nothing changes."""

    class Kind(models.TextChoices):
        CORRECTION = "CORRECTION", _("Correction")
        RETRACTION = "RETRACTION", _("Retraction")

    class CorrectionType(models.TextChoices):
        TYPO = "TYPO", _("Typo")
        CLARIFICATION = "CLARIFICATION", _("Clarification")
        UPDATE = "UPDATE", _("Update")
        FACTUAL = "FACTUAL", _("Factual correction")
        VERDICT_CHANGE = "VERDICT_CHANGE", _("Verdict Change")

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", _("Proposed")
        CONFIRMED = "CONFIRMED", _("Confirmed")
        CANCELLED = "CANCELLED", _("Cancelled")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    correction_type = models.CharField(max_length=20, blank=True, choices=CorrectionType.choices)
    note = models.TextField()
    rating = models.CharField(max_length=20, blank=True)
    scale_version = models.PositiveIntegerField(default=1)
    qualifiers = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    confidence = models.CharField(max_length=6, blank=True)
    gaps = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="amendment_has_note", condition=~Q(note="")),
            models.UniqueConstraint(
                name="amendment_one_open", fields=["claim"], condition=Q(state="PROPOSED")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of claim {self.claim_id}"
