from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotations.articles.priority import PRIORITIES, Priority
from annotations.jobs.models import Job
from annotations.people.models import Workspace, seen_by


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, person: Any) -> ArticleQuerySet:
        return self.filter(seen_by(person))


class Article(models.Model):
    """What was published somewhere. Its words are in its versions; what is known about it stands here.

    `priority` and `due_at` hold for its claims, too, as long as a claim has none of its own. `sorting_by` was sent to
    sort its candidates, and nobody else is before `sorting_until`.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="articles")
    title = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    outlet = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    note = models.CharField(max_length=500, blank=True)
    opening = models.CharField(max_length=120)
    due_at = models.DateTimeField(null=True, blank=True)
    priority = models.PositiveSmallIntegerField(choices=PRIORITIES, default=Priority.NORMAL.value)
    sorting_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sorting_until = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="article_priority_known", condition=Q(priority__in=[p.value for p in Priority])
            )
        ]
        indexes = [models.Index(name="article_newest", fields=["workspace", "-created_at", "-id"])]

    def __str__(self) -> str:
        return f"article {self.pk}"

    @property
    def headline(self) -> str:
        """The title, or the first words of the text until a person gives one."""
        return self.title or self.opening


class ArticleVersion(models.Model):
    """The text as it stood when it was read. Never changed: a trigger refuses it.

    Positions everywhere count the Unicode code points of `text`. `sha256` is of its UTF-8 bytes. `how` says whether a
    person handed it in or a job read it from the article's address, and `added_by` who the person was. Of later
    versions one may say the same as an earlier one: outlets take changes back.
    """

    class How(models.TextChoices):
        TYPED = "TYPED", "Handed in"
        FETCHED = "FETCHED", "Read from its address"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    extraction = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="article_version")
    how = models.CharField(max_length=7, choices=How.choices, default=How.TYPED)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="article_version_number_once", fields=["article", "number"]),
            models.UniqueConstraint(
                name="article_text_once", fields=["workspace", "sha256"], condition=Q(number=1)
            ),
            models.CheckConstraint(name="article_text_not_empty", condition=~Q(text="")),
            models.CheckConstraint(name="article_version_numbered", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of article {self.article_id}"


class Watch(models.Model):
    """An article whose address is read again every so often until a day, because an editor said so.

    `every` is in hours, times are UTC. `next_at`, `read_at` and `problem` are written by the job that reads; they are
    not part of the history. `problem` says why the last reading gave no text, and is empty when it did.
    """

    HOURS = (1, 6, 24)

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="watch")
    is_on = models.BooleanField(default=True)
    every = models.PositiveSmallIntegerField()
    until = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    next_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="watch_every_known", condition=Q(every__in=[1, 6, 24])),
        ]
        indexes = [models.Index(name="watch_due", fields=["next_at"], condition=Q(is_on=True))]

    def __str__(self) -> str:
        return f"watch of article {self.article_id}"
