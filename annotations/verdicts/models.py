from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.models import Workspace, seen_by
from annotations.sources.models import Evidence
from annotations.verdicts.ratings import CONFIDENCES

REVEALED = (Status.DISPUTED.value, Status.APPROVED.value, Status.PUBLISHED.value, Status.RETRACTED.value)
"""States in which a second person has decided: from there on nothing of the verdict is hidden any more."""


def readable_claims(person: Any, prefix: str = "") -> Q:
    """The condition on claims, reached by `prefix`, that their verdict is not hidden from this person."""
    of_claim = {"claim": OuterRef(f"{prefix}pk")}
    return (
        Q(**{f"{prefix}workspace__is_review_blind": False})
        | Q(**{f"{prefix}status__in": REVEALED})
        | Q(**{f"{prefix}reviewer_id": person.pk})
        | Q(Exists(Verdict.objects.filter(**of_claim, author_id=person.pk)))
        | Q(Exists(Evidence.objects.filter(**of_claim, added_by_id=person.pk)))
        | Q(Exists(OwnRating.objects.filter(**of_claim, reviewer_id=person.pk)))
    )


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def visible_to(self, person: Any) -> VerdictQuerySet:
        return self.filter(seen_by(person))

    def readable_by(self, person: Any) -> VerdictQuerySet:
        """Without what a blind second review hides from this person; the rule is that of `is_hidden_from`."""
        return self.filter(readable_claims(person, "claim__"))

    def latest_of_each(self) -> VerdictQuerySet:
        """One row a claim: its newest revision."""
        return self.order_by("claim_id", "-number").distinct("claim_id")


class Verdict(models.Model):
    """One revision of the verdict on a claim. Never changed: a trigger refuses it; the next save is the next number.

    A revision that is still being written may lack its rating or reasons; what is submitted never does. The rating is
    one of the desk's scale in the version named here, which a trigger checks; `guidelines_version` names the house
    rules in force, 0 when none were written.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=20, blank=True)
    scale_version = models.PositiveIntegerField(default=1)
    guidelines_version = models.PositiveIntegerField(default=0)
    qualifiers = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    confidence = models.CharField(max_length=6, blank=True)
    gaps = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="verdict_number_once", fields=["claim", "number"]),
            models.CheckConstraint(
                name="verdict_confidence_known", condition=Q(confidence__in=["", *CONFIDENCES])
            ),
        ]

    def __str__(self) -> str:
        return f"verdict {self.number} on claim {self.claim_id}"


class OwnRating(models.Model):
    """What a second person came to before seeing the first rating: locked, then both are revealed. Never changed.

    One a person and submitted revision; a trigger refuses it from anybody who contributed to the verdict.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="own_ratings")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="own_ratings")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=20)
    reasons = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="own_rating_once", fields=["verdict", "reviewer"]),
            models.CheckConstraint(name="own_rating_explained", condition=~Q(rating="") & ~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return f"own rating {self.pk} on claim {self.claim_id}"
