from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.people.models import Workspace, seen_by

STAYS = timedelta(seconds=90)
"""How long a tab counts as open after its last sign of life. Browsers let a hidden tab speak once a minute."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    def visible_to(self, person: Any) -> PresenceQuerySet:
        return self.filter(seen_by(person))

    def fresh(self) -> PresenceQuerySet:
        return self.filter(seen_at__gt=Now() - STAYS)

    def gone(self) -> PresenceQuerySet:
        return self.filter(seen_at__lte=Now() - STAYS)


class Presence(models.Model):
    """An open tab: who looks at which article, and at which claim of it.

    Transient: written every few seconds, deleted when it ends, and therefore not in the history. `tab` is a name that
    the browser made up. `working_since` is set in the one row that holds its claim: who works on it, from when on. It
    only tells the others; what protects the words is the version that every write names.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tab = models.CharField(max_length=40)
    working_since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="presence_once_a_tab", fields=["person", "tab"]),
            models.UniqueConstraint(
                name="presence_one_works", fields=["claim"], condition=Q(working_since__isnull=False)
            ),
            models.CheckConstraint(
                name="presence_works_on_a_claim",
                condition=Q(working_since__isnull=True) | Q(claim__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="presence_in_article", fields=["article", "seen_at"]),
            models.Index(name="presence_seen", fields=["seen_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at article {self.article_id}"
