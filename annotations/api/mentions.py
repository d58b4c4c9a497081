"""Further appearances of a claim: attached ones, what the desk's articles offer, and the steps between."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.claims import visible
from annotations.api.describing import operation
from annotations.api.fields import Asked, Key, Listing, Versioned, Whole, Words, read, read_query
from annotations.api.paging import OldestFirst
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import PersonShape
from annotations.mentions.matching import EXACT, LIKE, SAME
from annotations.mentions.models import Mention
from annotations.mentions.queries import offered
from annotations.mentions.services import MOST, At, attach_mentions, detach_mentions, restore_mentions

_TAG = "appearances"
_TEXT = "The key of the article version, as `text` names it here."


class MentionShape(serializers.ModelSerializer[Mention]):
    """Words of an article that say what the claim says. Positions count code points of that text."""

    claim = serializers.IntegerField(source="claim_id")
    article = serializers.IntegerField(source="article_version.article_id")
    text = serializers.IntegerField(source="article_version_id", help_text="The article version's key.")
    added_by = PersonShape()

    class Meta:
        model = Mention
        fields = (
            *("id", "claim", "article", "text", "start", "end", "exact", "prefix", "suffix"),
            *("added_by", "created_at", "removed_at", "version"),
        )


class OfferedPlaceShape(serializers.Serializer[Any]):
    text = serializers.IntegerField(source="version_id")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField(source="words")
    kind = serializers.ChoiceField(
        [EXACT, SAME, LIKE],
        help_text="The very words; the same but for case, white space and quote marks; or the same figures and most"
        " of the main words.",
    )
    claim = serializers.IntegerField(
        source="claim.pk", allow_null=True, default=None, help_text="A claim that stands there already."
    )


class OfferedArticleShape(serializers.Serializer[Any]):
    article = serializers.IntegerField(source="article.pk")
    headline = serializers.CharField(source="article.headline")
    places = OfferedPlaceShape(many=True)


class OfferedShape(serializers.Serializer[Any]):
    """Where else the desk's current texts say it. `total` counts all places found, the first 100 are named."""

    total = serializers.IntegerField()
    exact = serializers.IntegerField()
    unread = serializers.IntegerField(help_text="Older articles with these words that were not read.")
    articles = OfferedArticleShape(many=True)


class AskedPlace(Asked):
    text = Key(help_text=_TEXT)
    start = Whole(help_text="Code points.")
    end = Whole()
    exact = Words(allow_blank=False, help_text="The words there; refused when they are not.")


class ClaimMentions(Resource):
    class AskedMentions(Listing):
        removed = serializers.BooleanField(default=False, help_text="true: those that were taken off.")

    class AskedAttach(Asked):
        places = serializers.ListField(child=AskedPlace(), max_length=MOST, allow_empty=False)

    @operation("mentions_list", tag=_TAG, query=AskedMentions, answers=page_of(MentionShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Further appearances of a claim, oldest first."""
        asked = read_query(self.AskedMentions, request)
        rows = _of(request, pk).filter(removed_at__isnull=not asked["removed"])
        return self.paged(request, rows, MentionShape, OldestFirst)

    @operation(
        "mentions_attach",
        tag=_TAG,
        asks=AskedAttach,
        answers=MentionShape(many=True),
        status=201,
        refused=(403, 404, 422),
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Attach places as further appearances: all in one step, or none. Safe to repeat."""
        asked = read(self.AskedAttach, request)["places"]
        places = [At(one["text"], one["start"], one["end"], one["exact"]) for one in asked]
        rows = attach_mentions(claim=visible(request, pk), places=places, by=request.user)
        rows = _of(request, pk).filter(pk__in=[row.pk for row in rows]).order_by("pk")
        return Response(MentionShape(rows, many=True).data, status=201)


class OfferedMentions(Resource):
    @operation("mentions_offered", tag=_TAG, answers=OfferedShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Where this and the other articles of the desk say the same and nothing is attached yet."""
        return self.one(request, offered(visible(request, pk)), OfferedShape)


class DetachMention(Resource):
    @operation("mentions_detach", tag=_TAG, asks=Versioned, answers=MentionShape, refused=(422,))
    def post(self, request: PersonRequest, pk: int, mention: int) -> Response:
        """Take one off. It keeps its row and can be put back."""
        seen = {mention: read(Versioned, request)["version"]}
        detach_mentions(claim=visible(request, pk), seen=seen, by=request.user)
        return self.one(request, _of(request, pk).get(pk=mention), MentionShape)


class RestoreMention(Resource):
    @operation("mentions_restore", tag=_TAG, asks=Versioned, answers=MentionShape, refused=(422,))
    def post(self, request: PersonRequest, pk: int, mention: int) -> Response:
        """Put back one that was taken off."""
        seen = {mention: read(Versioned, request)["version"]}
        restore_mentions(claim=visible(request, pk), seen=seen, by=request.user)
        return self.one(request, _of(request, pk).get(pk=mention), MentionShape)


def _of(request: PersonRequest, pk: int) -> Any:
    rows = Mention.objects.visible_to(request.user).filter(claim=visible(request, pk))
    return rows.select_related("article_version", "added_by")
