from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from annotations.articles.models import ArticleVersion
from annotations.claims.lifecycle import LIVE
from annotations.claims.models import Claim
from annotations.people.models import Workspace, seen_by


class MentionQuerySet(models.QuerySet["Mention"]):
    def visible_to(self, person: Any) -> MentionQuerySet:
        return self.filter(seen_by(person))

    def attached(self) -> MentionQuerySet:
        """Those that stand, of claims that stand."""
        return self.filter(removed_at=None, claim__status__in=sorted(LIVE))


class Mention(models.Model):
    """Another appearance of a claim: words of this or another article of the desk that say the same.

    `start` and `end` count code points of the version's text; `exact`, `prefix` and `suffix` are the words there, which
    a trigger compares with the stored text on every write. A place is one row of its claim: one that was taken off
    keeps its row, with `removed_at` and `removed_by`, and is put back in it. `version` rises with every write.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="mentions")
    article_version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="mention_span_not_empty", condition=Q(start__lt=F("end"))),
            models.UniqueConstraint(
                name="mention_once_a_place", fields=["claim", "article_version", "start", "end"]
            ),
            models.CheckConstraint(
                name="mention_removed_by_somebody",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="mention_in_text", fields=["article_version", "start"])]

    def __str__(self) -> str:
        return f"mention {self.pk}"
