from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.people.models import Workspace, seen_by
from annotations.snapshots.models import Snapshot
from annotations.sources.quotes import State


def one_set() -> list[int]:
    """Where evidence stands that nobody put anywhere else."""
    return [1]


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, person: Any) -> SourceQuerySet:
        return self.filter(seen_by(person))


class Reliability(models.TextChoices):
    HIGH = "HIGH", _("Reliable")
    MOSTLY = "MOSTLY", _("Mostly reliable")
    MIXED = "MIXED", _("Mixed")
    LOW = "LOW", _("Not reliable")


class Source(models.Model):
    """A document in the workspace's registry. One row an address; documents without one are told apart by hand.

    `reliability` is the newest of its `RatedReliability`, empty before the first. `conflict_note` says where the
    publisher has an interest of its own.
    `fetching` is the work that fetches a copy of it: how far it is, or why it failed.
    """

    class Type(models.TextChoices):
        PRIMARY_DATA = "PRIMARY_DATA", _("Primary Data")
        OFFICIAL = "OFFICIAL", _("Official record")
        FIRST_HAND = "FIRST_HAND", _("First-hand account")
        NEWS = "NEWS", _("News")
        EXPERT = "EXPERT", _("Expert")
        SOCIAL = "SOCIAL", _("Social media")
        OTHER = "OTHER", _("Other")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    type = models.CharField(max_length=12, choices=Type.choices, default=Type.OTHER)
    fetching = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="source")
    language = models.CharField(max_length=35, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    conflict_note = models.CharField(max_length=1000, blank=True)
    reliability = models.CharField(max_length=6, blank=True, choices=Reliability.choices)
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


class RatedReliability(models.Model):
    """How reliable a source was held to be from this day on, and why. Written once: another view is another row."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="reliabilities")
    level = models.CharField(max_length=6, choices=Reliability.choices)
    reason = models.CharField(max_length=1000)
    rated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reliability_has_a_reason", condition=~Q(reason="") & Q(level__in=Reliability.values)
            ),
        ]

    def __str__(self) -> str:
        return f"reliability {self.pk} of source {self.source_id}"


class LikeStory(models.Model):
    """Two documents whose newest stored texts were compared: how much of the shorter one stands in the other.

    `one` has the lower key. `agency` is what both credit. See `origins.py`.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    score = models.FloatField()
    is_same = models.BooleanField()
    agency = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="like_story_once", fields=["one", "other"]),
            models.CheckConstraint(name="like_story_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"sources {self.one_id} and {self.other_id}"


class StoredCopy(models.Model):
    """A snapshot of a source. The newest is the one that is read beside a claim; older ones stay. Never changed."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="copies")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="copies")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="stored_copy_once", fields=["source", "snapshot"]),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk} of source {self.source_id}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, person: Any) -> EvidenceQuerySet:
        return self.filter(seen_by(person))

    def with_copies(self) -> EvidenceQuerySet:
        """Each with `has_copy`: whether a copy of its source is stored."""
        return self.annotate(has_copy=Exists(StoredCopy.objects.filter(source=OuterRef("source"))))

    def standing(self) -> EvidenceQuerySet:
        """What counts: not taken off the claim again."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """Ties a source to a claim: what it says about it, in which words. Taken off, never deleted.

    The `quote_…` fields are what the server found when quote or copy last changed: `[quote_start, quote_end)` are code
    points of the text of `quote_snapshot`, `quote_score` says how alike the words there are. `quote_state` is empty
    without a quote, or as long as the source has no stored copy with text.

    `origin` names whose story it is where it only repeats one; `is_apart` says that it is no copy of another, whatever
    the stored texts look like. `sets` are the numbers of the sets it stands in: each set is enough by itself, and what
    stands in one works together. `describes_claim_time` allows a source that is younger than the claim. `figure` is
    the number that it has, as data (see `margins.py`).
    """

    class Stance(models.TextChoices):
        SUPPORTS = "SUPPORTS", _("Supports")
        REFUTES = "REFUTES", _("Refutes")
        PARTLY = "PARTLY", _("Partly")
        CONTEXT = "CONTEXT", _("Context")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    quote = models.TextField(blank=True)
    is_primary = models.BooleanField(default=False)
    origin = models.CharField(max_length=200, blank=True)
    is_apart = models.BooleanField(default=False)
    locator = models.CharField(max_length=200, blank=True)
    stance_reason = models.CharField(max_length=300, blank=True)
    how_found = models.CharField(max_length=300, blank=True)
    accessed_on = models.DateField(null=True, blank=True)
    describes_claim_time = models.BooleanField(default=False)
    sets = ArrayField(models.PositiveSmallIntegerField(), default=one_set)
    figure = models.JSONField(default=dict, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    quote_state = models.CharField(
        max_length=9, blank=True, choices=[(state.value, state.value) for state in State]
    )
    quote_snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="+")
    quote_start = models.PositiveIntegerField(default=0)
    quote_end = models.PositiveIntegerField(default=0)
    quote_score = models.FloatField(default=0)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_quote_found_in_a_copy",
                condition=Q(quote_state="", quote_snapshot=None)
                | Q(quote_state__in=[state.value for state in State], quote_snapshot__isnull=False),
            ),
            models.CheckConstraint(name="evidence_in_a_set", condition=Q(sets__len__gte=1)),
            models.UniqueConstraint(
                "claim", "source", "stance", MD5("quote"), name="evidence_once", condition=Q(removed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.pk}"
