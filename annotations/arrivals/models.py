from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotations.articles.models import Article
from annotations.jobs.models import Job
from annotations.people.models import Workspace, seen_by
from annotations.snapshots.models import Snapshot


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, person: Any) -> FeedQuerySet:
        return self.filter(seen_by(person))

    def standing(self) -> FeedQuerySet:
        return self.filter(removed_at=None)


class Feed(models.Model):
    """An RSS or Atom feed from which a desk takes its articles. `key` is the hash of its normalised address.

    `etag` and `last_modified` are what the site said last, and are sent back to it. `polling` says how the last poll
    ended; `polled_at` when it was, `next_poll_at` when the next one is due (UTC). Removed, never deleted.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=2000)
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=200, blank=True)
    is_paused = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    polling = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="feed")
    polled_at = models.DateTimeField(null=True)
    next_poll_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="feed_once", fields=["workspace", "key"])]
        indexes = [
            models.Index(
                name="feed_due", fields=["next_poll_at"], condition=Q(removed_at=None, is_paused=False)
            )
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def visible_to(self, person: Any) -> ArrivalQuerySet:
        return self.filter(seen_by(person))

    def on_the_way(self) -> ArrivalQuerySet:
        """What has not become an article yet, and is still wanted."""
        return self.filter(article=None, set_aside_at=None)


class Arrival(models.Model):
    """An article that is on its way in from an address: asked for, being fetched, failed, or here as `article`.

    `key` is the hash of the normalised address, so that one address is one arrival of a desk. What is known about the
    article can be corrected before it is here; what a person wrote comes before what is found in the page. `guid` is
    the feed's own name for it, when it came by one. `snapshot` are the bytes that were read.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=2000)
    key = models.CharField(max_length=64)
    feed = models.ForeignKey(Feed, null=True, on_delete=models.PROTECT, related_name="arrivals")
    guid = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    outlet = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True)
    fetching = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="arrival")
    snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="arrivals")
    set_aside_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="arrival_once", fields=["workspace", "key"])]
        indexes = [
            models.Index(
                name="arrival_on_the_way",
                fields=["workspace", "-id"],
                condition=Q(article=None, set_aside_at=None),
            ),
            models.Index(name="arrival_of_feed", fields=["feed", "guid"], condition=Q(feed__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"arrival {self.pk}"

    @property
    def headline(self) -> str:
        return self.title or self.url
