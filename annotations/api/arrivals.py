"""Articles on their way in from addresses, and many at once from a table."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, AskedKey, Key, Listing, Versioned, Words, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import FetchingShape, TableOutcomeShape
from annotations.arrivals.models import Arrival
from annotations.arrivals.services.bulk import import_articles
from annotations.arrivals.services.fetching import edit_arrival, fetch_article, retry_arrival, set_aside
from annotations.people.queries import workspaces_of
from annotations.tasks import ring, ring_if_waiting

_TAG = "articles"
_STATES: dict[str, dict[str, Any]] = {
    "on_the_way": {"article": None, "set_aside_at": None},
    "here": {"article__isnull": False},
    "set_aside": {"set_aside_at__isnull": False},
}


class ArrivalShape(serializers.ModelSerializer[Arrival]):
    """An article on its way in: `fetching` says how far, `article` is its number once it is here."""

    workspace = serializers.IntegerField(source="workspace_id")
    feed = serializers.IntegerField(source="feed_id", allow_null=True)
    article = serializers.IntegerField(source="article_id", allow_null=True)
    snapshot = serializers.IntegerField(source="snapshot_id", allow_null=True)
    fetching = FetchingShape()

    class Meta:
        model = Arrival
        fields = (
            *("id", "workspace", "url", "feed", "title", "byline", "outlet", "published_on", "language"),
            *("fetching", "article", "snapshot", "set_aside_at", "created_at", "version"),
        )


class Arrivals(Resource):
    class AskedArrivals(Listing):
        workspace = AskedKey(required=False)
        stage = serializers.ChoiceField(list(_STATES), required=False)

    class AskedFetch(Asked):
        workspace = Key()
        url = Words(max_length=2000, allow_blank=False)

    @operation("arrivals_list", tag=_TAG, query=AskedArrivals, answers=page_of(ArrivalShape))
    def get(self, request: PersonRequest) -> Response:
        """Addresses from which articles were asked for, newest first."""
        asked = read_query(self.AskedArrivals, request)
        rows = Arrival.objects.visible_to(request.user).select_related("fetching")
        if desk := asked.get("workspace"):
            rows = rows.filter(workspace=desk)
        return self.paged(request, rows.filter(**_STATES.get(asked.get("stage", ""), {})), ArrivalShape)

    @operation(
        "arrivals_fetch", tag=_TAG, asks=AskedFetch, answers=ArrivalShape, status=202, refused=(403, 404, 422)
    )
    def post(self, request: PersonRequest) -> Response:
        """Have the article at an address fetched. Sent twice it is the same arrival."""
        asked = read(self.AskedFetch, request)
        desk = get_object_or_404(workspaces_of(request.user), pk=asked["workspace"])
        arrival = fetch_article(workspace=desk, url=asked["url"], by=request.user).arrival
        ring_if_waiting(arrival.fetching)
        return self.one(request, arrival, ArrivalShape, status=202)


class OneArrival(Resource):
    class AskedArrivalEdit(Versioned):
        title = Words(required=False, max_length=500)
        byline = Words(required=False, max_length=300)
        outlet = Words(required=False, max_length=200)
        published_on = serializers.DateField(required=False, allow_null=True)
        language = Words(required=False, max_length=12)
        text = Words(required=False, max_length=2_000_000, help_text="With it, it becomes an article.")

    @operation("arrivals_get", tag=_TAG, answers=ArrivalShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One arrival."""
        return self.one(request, _arrival(request, pk), ArrivalShape)

    @operation("arrivals_edit", tag=_TAG, asks=AskedArrivalEdit, answers=ArrivalShape, refused=(409, 422))
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Correct what is known about it, or bring it in by hand with its text."""
        asked = read(self.AskedArrivalEdit, request)
        imported = edit_arrival(arrival=_arrival(request, pk), by=request.user, **asked)
        if imported:
            ring_if_waiting(imported.version.extraction)
        return self.one(request, _arrival(request, pk), ArrivalShape)


class RetryArrival(Resource):
    @operation("arrivals_retry", tag=_TAG, answers=ArrivalShape, status=202, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Fetch it again. Safe to send twice, so it names no version."""
        retry_arrival(arrival=_arrival(request, pk), by=request.user)
        arrival = _arrival(request, pk)
        ring_if_waiting(arrival.fetching)
        return self.one(request, arrival, ArrivalShape, status=202)


class SetArrivalAside(Resource):
    @operation("arrivals_set_aside", tag=_TAG, asks=Versioned, answers=ArrivalShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """It is not wanted after all. Fetching it again brings it back."""
        set_aside(arrival=_arrival(request, pk), by=request.user, **read(Versioned, request))
        return self.one(request, _arrival(request, pk), ArrivalShape)


class ArticlesOutcomeShape(TableOutcomeShape):
    """What came of the rows. `asked` are fetched from their addresses now; `refused_rows` holds the first hundred."""

    asked = serializers.IntegerField()


class ImportArticles(Resource):
    class AskedArticlesImport(Asked):
        workspace = Key()
        content = Words(max_length=5_000_000, allow_blank=False, help_text="CSV or JSON lines.")
        filename = Words(required=False, max_length=255)
        dry_run = serializers.BooleanField(required=False, help_text="Say what would happen, keep nothing.")

    @operation(
        "articles_import_table",
        tag=_TAG,
        asks=AskedArticlesImport,
        answers=ArticlesOutcomeShape,
        refused=(403, 404, 422),
    )
    def post(self, request: PersonRequest) -> Response:
        """Take in many articles: rows with `text` at once, rows with a `url` alone are fetched. Safe to send twice."""
        asked = read(self.AskedArticlesImport, request)
        desk = get_object_or_404(workspaces_of(request.user), pk=asked["workspace"])
        outcome = import_articles(
            workspace=desk,
            data=asked["content"].encode(),
            filename=asked.get("filename", ""),
            is_dry_run=asked.get("dry_run", False),
            by=request.user,
        )
        for job in outcome.jobs:
            ring(job)
        return self.one(request, outcome, ArticlesOutcomeShape)


def _arrival(request: PersonRequest, pk: int) -> Arrival:
    rows = Arrival.objects.visible_to(request.user).select_related("workspace", "fetching")
    return get_object_or_404(rows, pk=pk)
