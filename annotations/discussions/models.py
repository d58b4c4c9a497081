from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import Claim
from annotations.people.models import Workspace, seen_by
from annotations.sources.models import Evidence


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, person: Any) -> ThreadQuerySet:
        return self.filter(seen_by(person))

    def open_blockers(self) -> ThreadQuerySet:
        return self.filter(is_blocker=True, resolved_at__isnull=True)


class Thread(models.Model):
    """A discussion about a claim, about a sentence of its verdict's reasons, or about one of its sources.

    `quote` keeps the words it was about, whatever becomes of them. A blocker that is not resolved keeps the claim from
    being published. Nothing of a discussion is ever in a report or an export.
    """

    class Anchor(models.TextChoices):
        CLAIM = "CLAIM", _("Claim")
        REASONS = "REASONS", _("Reasons")
        EVIDENCE = "EVIDENCE", _("Evidence")

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="threads")
    anchor = models.CharField(max_length=8, choices=Anchor.choices, default=Anchor.CLAIM)
    quote = models.TextField(blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    is_blocker = models.BooleanField(default=False)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="thread_anchor_known", condition=Q(anchor__in=["CLAIM", "REASONS", "EVIDENCE"])
            ),
            models.CheckConstraint(
                name="thread_about_evidence",
                condition=Q(anchor="EVIDENCE", evidence__isnull=False)
                | ~Q(anchor="EVIDENCE") & Q(evidence__isnull=True),
            ),
            models.CheckConstraint(
                name="thread_resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="thread_of_claim", fields=["claim", "-id"]),
            models.Index(
                name="thread_blocks",
                fields=["claim"],
                condition=Q(is_blocker=True, resolved_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, person: Any) -> CommentQuerySet:
        return self.filter(seen_by(person))


class Comment(models.Model):
    """What somebody said in a thread. Its author may reword it; the history keeps what it said before.

    `mentions` are the keys of the people of the desk whose names stand in it as @name. `key` is made by the form, so
    that a comment that is sent twice is one.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    mentions = ArrayField(models.BigIntegerField(), default=list, blank=True)
    key = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
            models.UniqueConstraint(name="comment_once", fields=["author", "key"], condition=~Q(key="")),
        ]
        indexes = [models.Index(name="comment_in_thread", fields=["thread", "id"])]

    def __str__(self) -> str:
        return f"comment {self.pk}"
