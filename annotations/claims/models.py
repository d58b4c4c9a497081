from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.priority import PRIORITIES, Priority
from annotations.claims.extraction.calibration import Calibration
from annotations.claims.lifecycle import LIVE, DismissalReason, Status
from annotations.claims.worth import TAKES_BACK, Decision
from annotations.people.models import Workspace, seen_by

STATUSES = [(status.value, status.label) for status in Status]


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, person: Any) -> ClaimQuerySet:
        return self.filter(seen_by(person))

    def live(self) -> ClaimQuerySet:
        return self.filter(status__in=LIVE)

    def passed_over(self) -> ClaimQuerySet:
        """The sample of what scored too low to be proposed, as long as nobody decided on it."""
        return self.filter(is_sample=True, status=Status.CANDIDATE.value)

    def put_forward(self) -> ClaimQuerySet:
        """All but that sample: proposals, and what people hold."""
        return self.exclude(is_sample=True, status=Status.CANDIDATE.value)

    def in_order(self) -> ClaimQuerySet:
        """By place in the text; of two that start together the longer one first, as they nest."""
        return self.order_by("start", "-end", "pk")

    def with_urgency(self) -> ClaimQuerySet:
        """Each with `urgency` and `due`: its own priority and due time, or else those of its article."""
        return self.annotate(
            urgency=Coalesce("priority", "article__priority"), due=Coalesce("due_at", "article__due_at")
        )

    def most_urgent_first(self) -> ClaimQuerySet:
        """By priority, then by due time (what has none comes last), then the oldest first."""
        return self.with_urgency().order_by(
            F("urgency").desc(), F("due").asc(nulls_last=True), "moved_at", "start", "pk"
        )


class Claim(models.Model):
    """A checkable statement pinned to words of one article version.

    `start` and `end` count code points; `exact`, `prefix` and `suffix` are the words there, which a trigger compares
    with the stored text on every write. `proposed_start` and `proposed_end` stay where extraction put the span, so
    that a second run knows its own proposals again after a person moved them. `rank` is its place among the proposals
    of its text, 1 the most check-worthy; `is_sample` marks one of the few drawn from what scored too low to be
    proposed, which has none. `calibration` names how the score was read. `version` rises with every write.
    `original` is what was said in its own words and language, where the article quotes or translates it; `place` is
    where the claim plays; `quantities` are its figures as data (see `claims/quantities.py`).

    Beside the state, never states: `reviewer` and `second_reviewer` are whose work it is, `priority` and `due_at` (UTC)
    are its own or empty for the article's, `is_held` with a reason takes it out of what is handed out, and
    `assignment_note` came with the last assignment or hand-over.
    """

    class Type(models.TextChoices):
        QUANTITY = "QUANTITY", _("Quantity")
        COMPARISON = "COMPARISON", _("Comparison")
        CAUSAL = "CAUSAL", _("Causal")
        RULE = "RULE", _("Rule")
        EVENT = "EVENT", _("Event")
        QUOTE = "QUOTE", _("Quote")
        PREDICTION = "PREDICTION", _("Prediction")
        OPINION = "OPINION", _("Opinion")
        OTHER = "OTHER", _("Other")

    class Attribution(models.TextChoices):
        QUOTED = "QUOTED", _("Quoted")
        REPORTED = "REPORTED", _("Reported")
        OUTLET = "OUTLET", _("Outlet's own voice")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims")
    article_version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="claims")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)

    status = models.CharField(max_length=10, choices=STATUSES)
    statement = models.TextField(blank=True)
    type = models.CharField(max_length=12, choices=Type.choices, default=Type.OTHER)
    claimant = models.CharField(max_length=200, blank=True)
    is_claimant_unknown = models.BooleanField(default=False)
    attribution = models.CharField(max_length=8, choices=Attribution.choices, default=Attribution.OUTLET)
    cue = models.CharField(max_length=100, blank=True)
    said_on = models.DateField(null=True, blank=True)
    is_date_unknown = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    original = models.TextField(blank=True)
    quantities = models.JSONField(default=list, blank=True)
    dates = models.JSONField(default=list, blank=True)

    score = models.FloatField(null=True)
    signals = models.JSONField(default=list, blank=True)
    rank = models.PositiveIntegerField(null=True)
    is_sample = models.BooleanField(default=False)
    extractor = models.CharField(max_length=40, blank=True)
    calibration = models.CharField(max_length=80, blank=True)
    proposed_start = models.PositiveIntegerField(null=True)
    proposed_end = models.PositiveIntegerField(null=True)

    dismissal = models.CharField(
        max_length=20, blank=True, choices=[(r.value, r.label) for r in DismissalReason]
    )
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    second_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    priority = models.PositiveSmallIntegerField(null=True, blank=True, choices=PRIORITIES)
    due_at = models.DateTimeField(null=True, blank=True)
    is_held = models.BooleanField(default=False)
    hold_reason = models.CharField(max_length=300, blank=True)
    assignment_note = models.CharField(max_length=500, blank=True)
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
            models.CheckConstraint(
                name="claim_sample_is_not_ranked", condition=~Q(is_sample=True, rank__isnull=False)
            ),
            models.CheckConstraint(
                name="claim_priority_known",
                condition=Q(priority=None) | Q(priority__in=[p.value for p in Priority]),
            ),
            models.CheckConstraint(
                name="claim_held_for_a_reason",
                condition=Q(is_held=True) & ~Q(hold_reason="") | Q(is_held=False, hold_reason=""),
            ),
            models.CheckConstraint(
                name="claim_second_is_another",
                condition=Q(second_reviewer=None) | Q(reviewer=None) | ~Q(second_reviewer=F("reviewer")),
            ),
        ]
        indexes = [
            models.Index(name="claim_by_status", fields=["workspace", "status", "-moved_at", "-id"]),
            models.Index(name="claim_in_article", fields=["article", "status"]),
            models.Index(name="claim_newest", fields=["workspace", "-moved_at", "-id"]),
            models.Index(name="claim_of_reviewer", fields=["reviewer", "status"]),
            models.Index(name="claim_of_second", fields=["second_reviewer", "status"]),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"

    @property
    def is_by_hand(self) -> bool:
        return self.proposed_start is None


class LabelQuerySet(models.QuerySet["Label"]):
    def visible_to(self, person: Any) -> LabelQuerySet:
        return self.filter(seen_by(person))

    def standing(self) -> LabelQuerySet:
        """Decisions that nobody took back, the newest of each claim: what people say of it now."""
        kept = self.exclude(decision__in=[one.value for one in TAKES_BACK]).filter(taken_back_by=None)
        newest = kept.order_by("claim_id", "-pk").distinct("claim_id")
        return self.filter(pk__in=newest.values("pk"))


class Label(models.Model):
    """What a person decided about words of an article: data for judging the extractor and for training the next one.

    Written once, beside the claim it speaks of, with what was on screen then: whose proposal it was, its score and its
    rank. Undoing and restoring write a row that `takes_back` the earlier one; nothing is changed or lost. `start` and
    `end` are the span, `sentence_start` and `sentence_end` the sentence or sentences around it, in code points of the
    version's text. `extractor` is the version that proposed the words; for an addition, the one that had read the text
    and missed them (empty when none had, or when the words had been proposed and the addition is no miss). `weight`
    is how many sentences the decision stands for: 1, but more for one of the sample.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="labels")
    article_version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="labels")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="labels")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    decision = models.CharField(max_length=9, choices=[(d.value, d.label) for d in Decision])
    reason = models.CharField(
        max_length=20, blank=True, choices=[(r.value, r.label) for r in DismissalReason]
    )
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    extractor = models.CharField(max_length=40, blank=True)
    calibration = models.CharField(max_length=80, blank=True)
    score = models.FloatField(null=True)
    rank = models.PositiveIntegerField(null=True)
    type = models.CharField(max_length=12, choices=Claim.Type.choices)
    is_sample = models.BooleanField(default=False)
    is_by_hand = models.BooleanField(default=False)
    weight = models.FloatField(default=1.0)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="label_inside_its_sentence",
                condition=Q(start__lt=F("end"), sentence_start__lte=F("start"), sentence_end__gte=F("end")),
            ),
            models.CheckConstraint(
                name="label_decision_known", condition=Q(decision__in=[d.value for d in Decision])
            ),
            models.CheckConstraint(
                name="label_dismissed_for_a_reason",
                condition=Q(decision="DISMISSED") & ~Q(reason="") | ~Q(decision="DISMISSED") & Q(reason=""),
            ),
            models.CheckConstraint(
                name="label_takes_back_one",
                condition=Q(decision__in=["RESTORED", "UNDONE"], takes_back__isnull=False)
                | ~Q(decision__in=["RESTORED", "UNDONE"]) & Q(takes_back__isnull=True),
            ),
            models.CheckConstraint(name="label_stands_for_some", condition=Q(weight__gt=0)),
        ]
        indexes = [
            models.Index(name="label_newest", fields=["workspace", "-id"]),
            models.Index(name="label_of_claim", fields=["claim", "-id"]),
            models.Index(name="label_in_version", fields=["article_version", "id"]),
        ]

    def __str__(self) -> str:
        return f"label {self.pk}"


class DeskCalibration(models.Model):
    """A calibration that was fitted to a desk's decisions and was better than what stood before.

    Kept for good; only `is_active` changes, of one row at a time. `extractor` is the version whose scores it reads: for
    another one it means nothing and is not used. `metrics` are the figures on the held-back decisions, old and new.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="calibrations")
    number = models.PositiveIntegerField()
    version = models.CharField(max_length=80, unique=True)
    extractor = models.CharField(max_length=40)
    slope = models.FloatField()
    offset = models.FloatField()
    threshold = models.FloatField()
    metrics = models.JSONField(default=dict)
    labels = models.PositiveIntegerField()
    is_active = models.BooleanField(default=False)
    fitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="calibration_number_once", fields=["workspace", "number"]),
            models.UniqueConstraint(
                name="calibration_one_active", fields=["workspace"], condition=Q(is_active=True)
            ),
            models.CheckConstraint(name="calibration_keeps_order", condition=Q(slope__gt=0)),
            models.CheckConstraint(
                name="calibration_shows_some", condition=Q(threshold__gt=0, threshold__lt=1)
            ),
        ]

    def __str__(self) -> str:
        return self.version

    def as_calibration(self) -> Calibration:
        return Calibration(
            slope=self.slope, offset=self.offset, threshold=self.threshold, version=self.version
        )
