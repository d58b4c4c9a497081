from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.discussions.models import Thread
from annotations.notices.kinds import SAYS, Kind, Mail
from annotations.people.models import Workspace, seen_by


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: Any) -> NoticeQuerySet:
        """A person's own, of the desks that they are still in."""
        return self.filter(seen_by(person), person_id=person.pk, is_shown=True)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """Something that a person is told. Made from the history, forgotten after a while, and not itself part of it.

    `source` names what it was made from, so that reading the history twice tells nobody twice. `mail_by` is when it
    should have gone by e-mail (None: it does not), `mailed_at` when a mail with it was begun: written before sending,
    so that no notice goes twice.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=14)
    code = models.CharField(max_length=24)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, null=True, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    is_shown = models.BooleanField(default=True)
    mail_by = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="notice_once", fields=["person", "source"])]
        indexes = [
            models.Index(name="notice_newest", fields=["person", "-id"]),
            models.Index(name="notice_unread", fields=["person"], condition=Q(read_at__isnull=True)),
            models.Index(
                name="notice_to_mail",
                fields=["mail_by"],
                condition=Q(mail_by__isnull=False, mailed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    @property
    def says(self) -> str:
        return SAYS.get(self.code, "")


class NoticeSetting(models.Model):
    """What a person chose for one kind of notice. No row: the default of the kind."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14)
    is_shown = models.BooleanField(default=True)
    mail = models.CharField(max_length=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notice_setting_once", fields=["person", "kind"]),
            models.CheckConstraint(
                name="notice_setting_known",
                condition=Q(kind__in=[k.value for k in Kind], mail__in=[m.value for m in Mail]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"


class NoticeBookmark(models.Model):
    """Up to which entry of a desk's history notices were made. Machine state, not in the history."""

    workspace_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"workspace {self.workspace_id} read up to {self.seq}"
