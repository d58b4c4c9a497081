from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from annotations.articles.models import Article, ArticleVersion
from annotations.claims.lifecycle import LIVE, DismissalReason, Status
from annotations.people.models import Workspace, seen_by


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, person: Any) -> ClaimQuerySet:
        return self.filter(seen_by(person))

    def live(self) -> ClaimQuerySet:
        return self.filter(status__in=LIVE)

    def in_order(self) -> ClaimQuerySet:
        """By place in the text; of two that start together the longer one first, as they nest."""
        return self.order_by("start", "-end", "pk")


class Claim(models.Model):
    """A checkable statement pinned to words of one article version.

    `start` and `end` count code points; `exact`, `prefix` and `suffix` are the words there, which a trigger compares
    with the stored text on every write. `proposed_start` and `proposed_end` stay where extraction put the span, so
    that a second run knows its own proposals again after a person moved them. `version` rises with every write.
    """

    class Type(models.TextChoices):
        QUANTITY = "QUANTITY"
        COMPARISON = "COMPARISON"
        CAUSAL = "CAUSAL"
        RULE = "RULE"
        EVENT = "EVENT"
        QUOTE = "QUOTE"
        PREDICTION = "PREDICTION"
        OTHER = "OTHER"

    class Attribution(models.TextChoices):
        QUOTED = "QUOTED"
        REPORTED = "REPORTED"
        OUTLET = "OUTLET", "Outlet's own voice"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims")
    article_version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="claims")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)

    status = models.CharField(max_length=10, choices=[(s.value, s.label) for s in Status])
    statement = models.TextField(blank=True)
    type = models.CharField(max_length=12, choices=Type.choices, default=Type.OTHER)
    claimant = models.CharField(max_length=200, blank=True)
    is_claimant_unknown = models.BooleanField(default=False)
    attribution = models.CharField(max_length=8, choices=Attribution.choices, default=Attribution.OUTLET)
    cue = models.CharField(max_length=100, blank=True)
    said_on = models.DateField(null=True, blank=True)
    is_date_unknown = models.BooleanField(default=False)
    quantities = models.JSONField(default=list, blank=True)
    dates = models.JSONField(default=list, blank=True)

    score = models.FloatField(null=True)
    signals = models.JSONField(default=list, blank=True)
    extractor = models.CharField(max_length=40, blank=True)
    proposed_start = models.PositiveIntegerField(null=True)
    proposed_end = models.PositiveIntegerField(null=True)

    dismissal = models.CharField(
        max_length=20, blank=True, choices=[(r.value, r.label) for r in DismissalReason]
    )
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="claim_span_not_empty", condition=Q(start__lt=F("end"))),
            models.CheckConstraint(
                name="claim_status_known", condition=Q(status__in=[s.value for s in Status])
            ),
            models.CheckConstraint(
                name="claim_dismissed_for_a_reason",
                condition=Q(status="DISMISSED") & ~Q(dismissal="") | ~Q(status="DISMISSED") & Q(dismissal=""),
            ),
            models.CheckConstraint(
                name="claim_merged_into_another",
                condition=Q(status="MERGED", merged_into__isnull=False) & ~Q(merged_into=F("id"))
                | ~Q(status="MERGED") & Q(merged_into__isnull=True),
            ),
            models.UniqueConstraint(
                name="claim_span_once_while_live",
                fields=["article_version", "start", "end"],
                condition=Q(status__in=sorted(LIVE)),
            ),
            models.UniqueConstraint(
                name="claim_proposed_once",
                fields=["article_version", "proposed_start", "proposed_end"],
                condition=Q(proposed_start__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="claim_by_status", fields=["workspace", "status", "-moved_at", "-id"]),
            models.Index(name="claim_in_article", fields=["article", "status"]),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"

    @property
    def is_by_hand(self) -> bool:
        return self.proposed_start is None
