from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import Claim
from annotations.people.models import Workspace, seen_by
from annotations.precedents.incoming import KINDS
from annotations.verdicts.ratings import RATINGS


class CheckImportQuerySet(models.QuerySet["CheckImport"]):
    def visible_to(self, person: Any) -> CheckImportQuerySet:
        return self.filter(seen_by(person))


class CheckImport(models.Model):
    """One file of outside checks that was taken in: who, when, what it was and what came of its rows.

    `finished_at` is empty while rows are written, and stays so when that was cut short; the same file again goes on
    from there. `errors` holds the first refused rows as (line, field, message); `refused` counts all of them.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=255)
    kind = models.CharField(max_length=12, blank=True, choices=[(kind, kind) for kind in KINDS])
    sha256 = models.CharField(max_length=64)
    publisher = models.CharField(max_length=200, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = CheckImportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"import {self.pk}"


class OutsideCheckQuerySet(models.QuerySet["OutsideCheck"]):
    def visible_to(self, person: Any) -> OutsideCheckQuerySet:
        return self.filter(seen_by(person))


class OutsideCheck(models.Model):
    """What another house found out about a claim, in its own words.

    `rating_text` is its rating as it came and is what counts; `rating` the nearest on our scale or empty, and
    `rating_how` what that was taken from. `identity` is the hash of address (or publisher) and claim: the same check
    in another file is the same row. `line` and `outside_id` say where in the file of `batch` it stood last.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    identity = models.CharField(max_length=64)
    claim = models.TextField()
    title = models.TextField(blank=True)
    url = models.CharField(max_length=2000, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    rating_text = models.CharField(max_length=300, blank=True)
    rating = models.CharField(max_length=20, blank=True)
    rating_how = models.CharField(max_length=300, blank=True)
    claimant = models.CharField(max_length=200, blank=True)
    claimed_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True)
    batch = models.ForeignKey(CheckImport, on_delete=models.PROTECT, related_name="checks")
    line = models.PositiveIntegerField()
    outside_id = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OutsideCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="outside_check_once", fields=["workspace", "identity"]),
            models.CheckConstraint(name="outside_check_has_claim", condition=~Q(claim="")),
            models.CheckConstraint(name="outside_check_rating_known", condition=Q(rating__in=["", *RATINGS])),
        ]
        indexes = [models.Index(name="outside_check_newest", fields=["workspace", "-id"])]

    def __str__(self) -> str:
        return f"outside check {self.pk}"


class Vector(models.Model):
    """The meaning of one text as numbers, so that texts of like meaning are found. Made by a machine, remade at will.

    `text_md5` names the text it was made from: when the text changed, this is out of date. `space` names the model;
    numbers of two models cannot be compared. `data` is float16, little-endian. `revision` counts the writes of a
    workspace, so that a worker which holds them in memory reads only what is new. Not in the history: nobody's words.
    """

    class Part(models.TextChoices):
        CLAIM = "CLAIM"
        TITLE = "TITLE"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="vectors")
    outside_check = models.ForeignKey(
        OutsideCheck, null=True, on_delete=models.PROTECT, related_name="vectors"
    )
    part = models.CharField(max_length=5, choices=Part.choices, default=Part.CLAIM)
    text_md5 = models.CharField(max_length=32)
    space = models.CharField(max_length=64)
    data = models.BinaryField()
    revision = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="vector_of_one_thing",
                condition=Q(claim__isnull=False, outside_check__isnull=True, part="CLAIM")
                | Q(claim__isnull=True, outside_check__isnull=False),
            ),
            models.UniqueConstraint(name="vector_once_a_claim", fields=["claim", "part"]),
            models.UniqueConstraint(name="vector_once_a_check", fields=["outside_check", "part"]),
        ]
        indexes = [models.Index(name="vector_news", fields=["workspace", "space", "revision"])]

    def __str__(self) -> str:
        return f"vector {self.pk}"


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, person: Any) -> MatchQuerySet:
        return self.filter(seen_by(person))

    def standing(self) -> MatchQuerySet:
        """Suggested or confirmed: what is neither rejected nor lapsed."""
        return self.filter(status__in=[Match.Status.SUGGESTED, Match.Status.CONFIRMED])


class Match(models.Model):
    """A claim and an earlier one that says the same or nearly so. The machine suggests; only a person confirms.

    The earlier one is an outside check, or a claim of ours with the lower key: each pair is one row, so a rejected pair
    is never suggested again. `differences` lists what differs, with places in both wordings (`a` is `claim`, `b` the
    earlier one); `differs` is whether there is any, and such a pair is never confirmed as the same: the database
    refuses it. LAPSED is a suggestion that no longer holds since a wording changed.
    """

    class Status(models.TextChoices):
        SUGGESTED = "SUGGESTED", _("Suggested")
        CONFIRMED = "CONFIRMED", _("Confirmed")
        REJECTED = "REJECTED", _("Not the same")
        LAPSED = "LAPSED", _("Lapsed")

    class Relation(models.TextChoices):
        SAME = "SAME", _("Same claim")
        NEAR = "NEAR", _("Near but different")

    class Strength(models.TextChoices):
        LIKELY = "LIKELY", _("Likely")
        POSSIBLE = "POSSIBLE", _("Possible")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="matches")
    earlier = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="later_matches")
    outside_check = models.ForeignKey(
        OutsideCheck, null=True, on_delete=models.PROTECT, related_name="matches"
    )
    score = models.FloatField()
    strength = models.CharField(max_length=8, choices=Strength.choices)
    differences = models.JSONField(default=list)
    differs = models.BooleanField(default=False)
    contradiction = models.JSONField(null=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.SUGGESTED)
    relation = models.CharField(max_length=4, blank=True, choices=Relation.choices)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="match_with_one_thing",
                condition=Q(earlier__isnull=False, outside_check__isnull=True, earlier__lt=F("claim"))
                | Q(earlier__isnull=True, outside_check__isnull=False),
            ),
            models.UniqueConstraint(name="match_once_a_pair", fields=["claim", "earlier"]),
            models.UniqueConstraint(name="match_once_a_check", fields=["claim", "outside_check"]),
            models.CheckConstraint(
                name="match_decided_by_a_person",
                condition=Q(status__in=["CONFIRMED", "REJECTED"], decided_by__isnull=False)
                | Q(status__in=["SUGGESTED", "LAPSED"], decided_by__isnull=True),
            ),
            models.CheckConstraint(
                name="match_confirmed_as_something",
                condition=Q(status="CONFIRMED") & ~Q(relation="") | ~Q(status="CONFIRMED") & Q(relation=""),
            ),
            models.CheckConstraint(
                name="match_same_has_no_difference", condition=~Q(relation="SAME") | Q(differs=False)
            ),
            models.CheckConstraint(name="match_near_says_why", condition=~Q(relation="NEAR") | ~Q(note="")),
        ]
        indexes = [
            models.Index(name="match_newest", fields=["workspace", "status", "-id"]),
            models.Index(
                name="match_contradicts",
                fields=["workspace", "-id"],
                condition=Q(contradiction__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"match {self.pk}"
