"""Versions of an article, what differs between two, where claims stand in them, and articles that are watched."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, AskedKey, Listing, Versioned, Whole, Words, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import PersonShape
from annotations.articles.models import Article, ArticleVersion, Watch
from annotations.articles.queries import watch_of
from annotations.articles.services import MOST_DAYS, stop_watching, watch_article
from annotations.claims.anchors import AnchorQuerySet, ClaimAnchor
from annotations.claims.queries import anchors_waiting, changed_words
from annotations.claims.services.anchoring import keep_anchor, place_anchor, reopen_anchor, withdraw_anchor
from annotations.claims.services.versions import add_version
from annotations.screens.versions import diff_of
from annotations.tasks import ring, ring_comparing, ring_notices

_TAG = "versions"
_KINDS = ["SAME", "GONE", "NEW", "SKIP"]


class VersionShape(serializers.ModelSerializer[ArticleVersion]):
    """One text of an article, without its words: `GET articles/{id}/text?version=` has them."""

    article = serializers.IntegerField(source="article_id")
    added_by = PersonShape(allow_null=True)

    class Meta:
        model = ArticleVersion
        fields = ("id", "article", "number", "sha256", "length", "how", "added_by", "created_at")


class GuessShape(serializers.Serializer[Any]):
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    score = serializers.FloatField()
    exact = serializers.CharField()


class AnchorShape(serializers.ModelSerializer[ClaimAnchor]):
    """What became of a claim's words in a version. `start` and `end` are null while a person has to decide."""

    claim = serializers.IntegerField(source="claim_id")
    article = serializers.IntegerField(source="claim.article_id")
    to_version = serializers.IntegerField(source="article_version.number")
    from_version = serializers.IntegerField(source="from_version.number")
    why = serializers.ListField(child=serializers.CharField())
    guesses = GuessShape(many=True)
    is_waiting = serializers.BooleanField()

    class Meta:
        model = ClaimAnchor
        fields = (
            *("id", "claim", "article", "from_version", "from_start", "from_end", "from_exact", "to_version"),
            *("outcome", "score", "why", "start", "end", "guesses", "decision", "decided_at", "is_waiting"),
            *("created_at", "version"),
        )


class WatchShape(serializers.ModelSerializer[Watch]):
    article = serializers.IntegerField(source="article_id")
    set_by = PersonShape()

    class Meta:
        model = Watch
        fields = ("article", "is_on", "every", "until", "set_by", "read_at", "problem", "version")


class AddedShape(serializers.Serializer[Any]):
    """`is_new` is false when the newest version says exactly this."""

    is_new = serializers.BooleanField()
    version = VersionShape()
    placed = serializers.IntegerField(help_text="Claims whose words were found again.")
    waiting = serializers.IntegerField(help_text="Claims that wait for a person.")


class DiffPieceShape(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(_KINDS, help_text="SKIP: so many unchanged code points are left out.")
    text = serializers.CharField()
    claims = serializers.CharField(help_text="Numbers of `touched` and other claims that stood here.")
    size = serializers.IntegerField()


class TouchedShape(serializers.Serializer[Any]):
    claim = serializers.IntegerField(source="claim.pk")
    number = serializers.IntegerField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class DiffShape(serializers.Serializer[Any]):
    """Two versions as one text, a page of pieces at a time; `next` is the `after` of the next page."""

    from_version = serializers.IntegerField(source="old.number")
    to_version = serializers.IntegerField(source="new.number")
    pieces = DiffPieceShape(many=True)
    touched = TouchedShape(many=True, help_text="Claims of the old version whose words differ; 100 at most.")
    untouched = serializers.IntegerField()
    gone = serializers.IntegerField(help_text="Code points taken out.")
    fresh = serializers.IntegerField(help_text="Code points added.")
    next = serializers.IntegerField(allow_null=True)


class Versions(Resource):
    class AskedVersion(Asked):
        text = Words(max_length=2_000_000)
        seen = Whole(min_value=1, help_text="The number of the newest version you saw.")

    @operation("versions_list", tag=_TAG, query=Listing, answers=page_of(VersionShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """The versions of an article, newest first."""
        read_query(Listing, request)
        rows = _article(request, pk).versions.defer("text").select_related("added_by")
        return self.paged(request, rows, VersionShape)

    @operation(
        "versions_add",
        tag=_TAG,
        asks=AskedVersion,
        answers=AddedShape,
        status=(200, 201),
        refused=(403, 404, 412, 422),
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Add the text as it reads now. The text of the newest version again answers 200 and adds nothing."""
        asked = read(self.AskedVersion, request)
        added = add_version(article=_article(request, pk), by=request.user, **asked)
        if added.is_new:
            ring(added.version.extraction)
            ring_notices()
        waiting = sum(anchor.is_waiting for anchor in added.anchors)
        body = {
            "is_new": added.is_new,
            "version": added.version,
            "placed": len(added.anchors) - waiting,
            "waiting": waiting,
        }
        return Response(AddedShape(body).data, status=201 if added.is_new else 200)


class VersionDiff(Resource):
    class AskedDiff(Asked):
        old = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="A version number.")
        new = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
        after = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
        whole = serializers.BooleanField(default=False, help_text="true: unchanged words are not left out.")

    @operation("versions_diff", tag=_TAG, query=AskedDiff, answers=DiffShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """What differs between two versions, word by word, and which claims it touches."""
        asked = read_query(self.AskedDiff, request)
        versions = _article(request, pk).versions
        old = get_object_or_404(versions, number=asked["old"])
        new = get_object_or_404(versions, number=asked["new"])
        diff = diff_of(old, new, after=asked.get("after", 0), whole=asked["whole"])
        return Response(DiffShape(diff).data)


class ArticleAnchors(Resource):
    @operation("anchors_waiting", tag=_TAG, query=Listing, answers=page_of(AnchorShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Claims whose words a person has to look for in the newest version."""
        read_query(Listing, request)
        return self.paged(request, anchors_waiting(_article(request, pk)), AnchorShape)


class ChangedWords(Resource):
    class AskedChanges(Listing):
        workspace = AskedKey(required=False)

    @operation("anchors_changed", tag=_TAG, query=AskedChanges, answers=page_of(AnchorShape))
    def get(self, request: PersonRequest) -> Response:
        """Where an outlet changed words that were checked, newest first, decided or not."""
        asked = read_query(self.AskedChanges, request)
        rows = _joined(changed_words().visible_to(request.user))
        if desk := asked.get("workspace"):
            rows = rows.filter(workspace=desk)
        return self.paged(request, rows, AnchorShape)


class OneAnchor(Resource):
    @operation("anchors_get", tag=_TAG, answers=AnchorShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """What became of a claim's words in one version."""
        return self.one(request, _anchor(request, pk), AnchorShape)


class PlaceAnchor(Resource):
    class AskedPlaced(Versioned):
        start = Whole(help_text="Code points of the newest version.")
        end = Whole()
        exact = Words(allow_blank=False)

    @operation("anchors_place", tag=_TAG, asks=AskedPlaced, answers=AnchorShape, refused=(403, 404, 409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """The claim's words stand here now."""
        anchor = place_anchor(anchor=_anchor(request, pk), by=request.user, **read(self.AskedPlaced, request))
        ring_comparing(anchor.workspace_id)
        return self.one(request, _anchor(request, pk), AnchorShape)


class KeepAnchor(Resource):
    @operation("anchors_keep", tag=_TAG, asks=Versioned, answers=AnchorShape, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """The claim stays on the version it stands on."""
        keep_anchor(anchor=_anchor(request, pk), by=request.user, **read(Versioned, request))
        return self.one(request, _anchor(request, pk), AnchorShape)


class WithdrawAnchor(Resource):
    @operation("anchors_withdraw", tag=_TAG, asks=Versioned, answers=AnchorShape, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """The outlet took these words back; the claim stays on the version in which they stood."""
        withdraw_anchor(anchor=_anchor(request, pk), by=request.user, **read(Versioned, request))
        return self.one(request, _anchor(request, pk), AnchorShape)


class ReopenAnchor(Resource):
    @operation("anchors_reopen", tag=_TAG, asks=Versioned, answers=AnchorShape, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Take the decision back: it waits again, and the claim stands where it stood before."""
        anchor = reopen_anchor(anchor=_anchor(request, pk), by=request.user, **read(Versioned, request))
        ring_comparing(anchor.workspace_id)
        return self.one(request, _anchor(request, pk), AnchorShape)


class ArticleWatch(Resource):
    class AskedWatch(Versioned):
        every = serializers.ChoiceField([(hours, str(hours)) for hours in Watch.HOURS], help_text="Hours.")
        days = Whole(min_value=1, max_value=MOST_DAYS)

    @operation("watch_get", tag=_TAG, answers=WatchShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """The watch on an article's address; 404 when there never was one."""
        watch = watch_of(_article(request, pk))
        if watch is None:
            raise Http404
        return self.one(request, watch, WatchShape)

    @operation("watch_set", tag=_TAG, asks=AskedWatch, answers=WatchShape, refused=(403, 404, 422))
    def put(self, request: PersonRequest, pk: int) -> Response:
        """Have the address read again every so often. The version is 0 when there is no watch yet."""
        article = _article(request, pk)
        watch_article(article=article, by=request.user, **read(self.AskedWatch, request))
        return self.one(request, watch_of(article), WatchShape)


class StopWatch(Resource):
    @operation("watch_stop", tag=_TAG, asks=Versioned, answers=WatchShape, refused=(403, 404, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Read the address no more."""
        article = _article(request, pk)
        stop_watching(article=article, by=request.user, **read(Versioned, request))
        return self.one(request, watch_of(article), WatchShape)


def _article(request: PersonRequest, pk: int) -> Article:
    return get_object_or_404(Article.objects.visible_to(request.user), pk=pk)


def _joined(rows: AnchorQuerySet) -> AnchorQuerySet:
    return rows.select_related("claim", "article_version", "from_version")


def _anchor(request: PersonRequest, pk: int) -> ClaimAnchor:
    return get_object_or_404(_joined(ClaimAnchor.objects.visible_to(request.user)), pk=pk)
