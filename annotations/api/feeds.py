"""Feeds from which a desk takes its articles."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, AskedKey, Key, Listing, Versioned, Words, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import FetchingShape, PersonShape
from annotations.arrivals.models import Feed
from annotations.arrivals.services.feeding import add_feed, pause_feed, poll_now, remove_feed, resume_feed
from annotations.people.queries import workspaces_of
from annotations.tasks import ring_if_waiting

_TAG = "feeds"


class FeedShape(serializers.ModelSerializer[Feed]):
    """`polling` says how the last poll ended, `polled_at` when it was, `next_poll_at` when the next one is due."""

    workspace = serializers.IntegerField(source="workspace_id")
    polling = FetchingShape(allow_null=True)
    added_by = PersonShape()

    class Meta:
        model = Feed
        fields = (
            *("id", "workspace", "url", "title", "is_paused", "removed_at", "polling", "polled_at"),
            *("next_poll_at", "added_by", "created_at", "version"),
        )


class Feeds(Resource):
    class AskedFeeds(Listing):
        workspace = AskedKey(required=False)

    class AskedFeed(Asked):
        workspace = Key()
        url = Words(max_length=2000, allow_blank=False)

    @operation("feeds_list", tag=_TAG, query=AskedFeeds, answers=page_of(FeedShape))
    def get(self, request: PersonRequest) -> Response:
        """The feeds of your desks, newest first."""
        asked = read_query(self.AskedFeeds, request)
        rows = Feed.objects.visible_to(request.user).standing().select_related("polling", "added_by")
        if desk := asked.get("workspace"):
            rows = rows.filter(workspace=desk)
        return self.paged(request, rows, FeedShape)

    @operation("feeds_add", tag=_TAG, asks=AskedFeed, answers=FeedShape, status=201, refused=(403, 404, 422))
    def post(self, request: PersonRequest) -> Response:
        """Take articles from an RSS or Atom feed from now on. Sent twice it is the same feed."""
        asked = read(self.AskedFeed, request)
        desk = get_object_or_404(workspaces_of(request.user), pk=asked["workspace"])
        feed = add_feed(workspace=desk, url=asked["url"], by=request.user)
        ring_if_waiting(feed.polling)
        return self.one(request, feed, FeedShape, status=201)


class OneFeed(Resource):
    class AskedPause(Versioned):
        is_paused = serializers.BooleanField()

    @operation("feeds_get", tag=_TAG, answers=FeedShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One feed."""
        return self.one(request, _feed(request, pk), FeedShape)

    @operation("feeds_pause", tag=_TAG, asks=AskedPause, answers=FeedShape)
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Pause it, or take articles from it again."""
        asked = read(self.AskedPause, request)
        verb = pause_feed if asked["is_paused"] else resume_feed
        feed = verb(feed=_feed(request, pk), version=asked["version"], by=request.user)
        ring_if_waiting(feed.polling)
        return self.one(request, _feed(request, pk), FeedShape)

    @operation("feeds_remove", tag=_TAG, asks=Versioned, answers=FeedShape)
    def delete(self, request: PersonRequest, pk: int) -> Response:
        """Take no more articles from it. Those that came stay."""
        feed = remove_feed(feed=_feed(request, pk), by=request.user, **read(Versioned, request))
        return self.one(request, feed, FeedShape)


class PollFeed(Resource):
    @operation("feeds_poll", tag=_TAG, answers=FeedShape, status=202, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Read it now and not when it is due. Sent twice it is read once."""
        feed = poll_now(feed=_feed(request, pk), by=request.user)
        ring_if_waiting(feed.polling)
        return self.one(request, _feed(request, pk), FeedShape, status=202)


def _feed(request: PersonRequest, pk: int) -> Feed:
    rows = Feed.objects.visible_to(request.user).select_related("workspace", "polling", "added_by")
    return get_object_or_404(rows, pk=pk)
