from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.claims.lifecycle import DismissalReason
from annotations.desks.scale import DEFAULT

REASONS = [reason.value for reason in DismissalReason]
RATINGS = list(DEFAULT.by_code)


class PracticeQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> PracticeQuerySet:
        """One's own and nobody else's: what is tried out here is private."""
        return self.filter(person_id=person.pk)


class PracticeRun(models.Model):
    """One time that somebody works through a practice article. Belongs to the person, not to a desk.

    Practice has tables of its own on purpose: no article, claim, label or verdict comes of it, so it cannot turn up in
    a queue, an export, a search or a figure.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lesson = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    finished_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="practice_run_once", fields=["person", "lesson", "number"]),
        ]

    def __str__(self) -> str:
        return f"run {self.number} of {self.lesson}"


class PracticeAnswer(models.Model):
    """A piece of the practice article and what the person decided on it. Positions count code points."""

    class Decision(models.TextChoices):
        ACCEPTED = "ACCEPTED", _("Accepted")
        DISMISSED = "DISMISSED", _("Dismissed")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(PracticeRun, on_delete=models.PROTECT, related_name="answers")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    is_by_hand = models.BooleanField(default=False)
    decision = models.CharField(max_length=9, blank=True, choices=Decision.choices)
    reason = models.CharField(max_length=20, blank=True)
    rating = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="practice_span_once", fields=["run", "start", "end"]),
            models.CheckConstraint(name="practice_span_not_empty", condition=Q(start__lt=F("end"))),
            models.CheckConstraint(
                name="practice_decision_known", condition=Q(decision__in=["", "ACCEPTED", "DISMISSED"])
            ),
            models.CheckConstraint(
                name="practice_dismissed_for_a_reason",
                condition=Q(decision="DISMISSED", reason__in=REASONS)
                | ~Q(decision="DISMISSED") & Q(reason=""),
            ),
            models.CheckConstraint(
                name="practice_rated_when_accepted",
                condition=Q(rating="") | Q(decision="ACCEPTED", rating__in=RATINGS),
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk} of run {self.run_id}"
