"""Where a claim stands in a later version of its article: the table of the outcomes of re-anchoring."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from annotations.articles.models import ArticleVersion
from annotations.claims.lifecycle import LIVE
from annotations.claims.models import Claim
from annotations.people.models import Workspace, seen_by


class AnchorQuerySet(models.QuerySet["ClaimAnchor"]):
    def visible_to(self, person: Any) -> AnchorQuerySet:
        return self.filter(seen_by(person))

    def unplaced(self) -> AnchorQuerySet:
        """Those whose place was not certain, decided or not."""
        return self.filter(Q(start=None) | ~Q(decision=""))

    def waiting(self) -> AnchorQuerySet:
        """Those of claims that stand, elsewhere than here, which wait for a person. Of an older version they no longer
        matter."""
        rows = self.filter(start=None, decision="", claim__status__in=LIVE)
        return rows.exclude(claim__article_version=F("article_version"))


class ClaimAnchor(models.Model):
    """What became of a claim's words when a version came: one row a claim and version.

    `from_version`, `from_start`, `from_end` and `from_exact` are the words that were looked for, `outcome`, `score` and
    `why` what was found (see `claims/reanchoring.py`). `start` and `end` are the place in `article_version`, in code
    points; empty when a person has to decide, to whom `guesses` are shown. `decision` is what that person said: here,
    on the old version still, or taken back by the outlet. `version` rises with every write.

    The claim itself stands on this version as soon as its place is certain, unless a verdict was given on it: then it
    keeps the version that the verdict speaks of, and this row says where the words stand now.
    """

    class Outcome(models.TextChoices):
        ANCHORED = "ANCHORED", "Words stand"
        MOVED = "MOVED", "Words stand elsewhere"
        REWORDED = "REWORDED", "Words changed"
        AMBIGUOUS = "AMBIGUOUS", "Two places"
        GONE = "GONE", "Words are gone"

    class Decision(models.TextChoices):
        PLACED = "PLACED", "Placed by hand"
        KEPT = "KEPT", "Kept on the old version"
        WITHDRAWN = "WITHDRAWN", "Withdrawn by the outlet"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="anchors")
    article_version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="anchors")
    from_version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="+")
    from_start = models.PositiveIntegerField()
    from_end = models.PositiveIntegerField()
    from_exact = models.TextField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    score = models.FloatField()
    why = models.JSONField(default=list, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    guesses = models.JSONField(default=list, blank=True)
    decision = models.CharField(max_length=9, blank=True, choices=Decision.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = AnchorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="anchor_once_a_version", fields=["claim", "article_version"]),
            models.CheckConstraint(
                name="anchor_outcome_known",
                condition=Q(outcome__in=["ANCHORED", "MOVED", "REWORDED", "AMBIGUOUS", "GONE"]),
            ),
            models.CheckConstraint(
                name="anchor_place_is_whole",
                condition=Q(start=None, end=None) | Q(start__isnull=False, start__lt=F("end")),
            ),
            models.CheckConstraint(
                name="anchor_place_is_certain",
                condition=Q(start=None)
                | Q(outcome__in=["ANCHORED", "MOVED", "REWORDED"])
                | Q(decision="PLACED"),
            ),
            models.CheckConstraint(
                name="anchor_decided_by_somebody",
                condition=Q(decision="", decided_by=None, decided_at=None)
                | Q(
                    decision="PLACED", start__isnull=False, decided_by__isnull=False, decided_at__isnull=False
                )
                | Q(
                    decision__in=["KEPT", "WITHDRAWN"],
                    start=None,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(name="anchor_in_version", fields=["article_version", "id"]),
            models.Index(
                name="anchor_unplaced",
                fields=["workspace", "-id"],
                condition=Q(start=None) | ~Q(decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"anchor {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.start is None and not self.decision
