"""Many candidates of an article sorted in one request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, Key, Whole, read
from annotations.api.resource import PersonRequest, Resource
from annotations.articles.models import Article
from annotations.claims.lifecycle import CHOOSABLE_REASONS, Move
from annotations.claims.permissions import may_sort_in
from annotations.claims.queries import Planned, sorting_plan
from annotations.claims.services.bulk import MOST, Outcome, accept_claims, dismiss_claims, selection
from annotations.tasks import ring_comparing

_TAG = "claims"


class AskedRow(Asked):
    claim = Key()
    version = Whole(help_text="The version you saw. What changed since is left out and said.")


class AskedBulk(Asked):
    rows = AskedRow(many=True, allow_empty=False, help_text=f"At most {MOST}.")
    is_preview = serializers.BooleanField(default=False, help_text="true: only say what would happen.")


class RowShape(serializers.Serializer[Any]):
    """`reason` says why it is left out."""

    claim = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    is_done = serializers.SerializerMethodField(help_text="Or would be done, in a preview.")
    reason = serializers.CharField(source="why")

    def get_is_done(self, row: Planned | Outcome) -> bool:
        return not row.why


class BulkShape(serializers.Serializer[Any]):
    is_preview = serializers.BooleanField()
    done = serializers.IntegerField()
    left_out = serializers.IntegerField()
    rows = RowShape(many=True)


class AcceptClaims(Resource):
    @operation("claims_accept_many", tag=_TAG, asks=AskedBulk, answers=BulkShape, refused=(403, 404, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Accept candidates of an article, as one step with one undo (`POST articles/{id}/undo`)."""
        article, asked = _article(request, pk), read(AskedBulk, request)
        rows = [(row["claim"], row["version"]) for row in asked["rows"]]
        if asked["is_preview"]:
            return _preview(self, request, article, rows, Move.ACCEPT)
        return _done(self, request, article, accept_claims(article=article, rows=rows, by=request.user))


class DismissClaims(Resource):
    class AskedDismissals(AskedBulk):
        reason = serializers.ChoiceField([(reason.value, reason.label) for reason in CHOOSABLE_REASONS])

    @operation(
        "claims_dismiss_many", tag=_TAG, asks=AskedDismissals, answers=BulkShape, refused=(403, 404, 422)
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Dismiss candidates of an article for one reason, as one step with one undo."""
        article, asked = _article(request, pk), read(self.AskedDismissals, request)
        rows = [(row["claim"], row["version"]) for row in asked["rows"]]
        if asked["is_preview"]:
            return _preview(self, request, article, rows, Move.DISMISS)
        done = dismiss_claims(article=article, rows=rows, reason=asked["reason"], by=request.user)
        return _done(self, request, article, done)


def _article(request: PersonRequest, pk: int) -> Article:
    return get_object_or_404(Article.objects.visible_to(request.user), pk=pk)


def _preview(
    view: Resource, request: PersonRequest, article: Article, rows: list[tuple[int, int]], move: Move
) -> Response:
    may_sort_in(request.user, article).or_refuse()
    return _answer(view, request, sorting_plan(article, selection(rows=rows), move), is_preview=True)


def _done(view: Resource, request: PersonRequest, article: Article, outcomes: list[Outcome]) -> Response:
    ring_comparing(article.workspace_id)
    return _answer(view, request, outcomes, is_preview=False)


def _answer(
    view: Resource, request: PersonRequest, rows: Sequence[Planned | Outcome], *, is_preview: bool
) -> Response:
    left = sum(bool(row.why) for row in rows)
    found = {"is_preview": is_preview, "done": len(rows) - left, "left_out": left, "rows": rows}
    return view.one(request, found, BulkShape)
