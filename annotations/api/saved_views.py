"""Saved views: filters with names, one's own and shared ones."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.desks import desk_asked
from annotations.api.fields import Asked, AskedKey, Key, Listing, Versioned, Words, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import PersonShape
from annotations.saved_views.models import SavedView
from annotations.saved_views.services import (
    change_view,
    remove_view,
    restore_view,
    save_view,
    set_default_view,
)

_TAG = "views"


class SavedViewShape(serializers.ModelSerializer[SavedView]):
    workspace = serializers.IntegerField(source="workspace_id")
    owner = PersonShape()

    class Meta:
        model = SavedView
        fields = (
            "id",
            "workspace",
            "owner",
            "page",
            "name",
            "query",
            "is_shared",
            "is_default",
            "removed_at",
            "version",
        )


class SavedViews(Resource):
    class AskedViews(Listing):
        workspace = AskedKey(required=False)
        page = serializers.ChoiceField(SavedView.Page.choices, required=False)

    class AskedView(Asked):
        workspace = Key(required=False, help_text="May be left out by a member of one desk only.")
        page = serializers.ChoiceField(SavedView.Page.choices)
        name = Words(max_length=60)
        query = Words(max_length=1500, help_text="The part of the page's address after the question mark.")
        is_shared = serializers.BooleanField(default=False)

    @operation("views_list", tag=_TAG, query=AskedViews, answers=page_of(SavedViewShape))
    def get(self, request: PersonRequest) -> Response:
        """Your views and those that are shared on your desks, newest first."""
        asked = read_query(self.AskedViews, request)
        rows = SavedView.objects.visible_to(request.user).standing().select_related("owner")
        if page := asked.get("page"):
            rows = rows.filter(page=page)
        if desk := asked.get("workspace"):
            rows = rows.filter(workspace=desk)
        return self.paged(request, rows, SavedViewShape)

    @operation(
        "views_save", tag=_TAG, asks=AskedView, answers=SavedViewShape, status=201, refused=(403, 409, 422)
    )
    def post(self, request: PersonRequest) -> Response:
        """Keep a filter under a name. The same name again on that page replaces it."""
        asked = read(self.AskedView, request)
        desk = desk_asked(request.user, asked.pop("workspace", None))
        view = save_view(workspace=desk, by=request.user, **asked)
        return self.one(request, view, SavedViewShape, status=201)


class OneView(Resource):
    class AskedViewChange(Versioned):
        name = Words(required=False, max_length=60)
        query = Words(required=False, max_length=1500)
        is_shared = serializers.BooleanField(required=False)

    @operation("views_change", tag=_TAG, asks=AskedViewChange, answers=SavedViewShape, refused=(409, 422))
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Another name or filter, shared or not."""
        asked: dict[str, Any] = read(self.AskedViewChange, request)
        view = change_view(view=_view(request, pk), by=request.user, **asked)
        return self.one(request, view, SavedViewShape)

    @operation("views_remove", tag=_TAG, asks=Versioned, answers=SavedViewShape)
    def delete(self, request: PersonRequest, pk: int) -> Response:
        """Take the view away; it can be restored."""
        view = remove_view(view=_view(request, pk), by=request.user, **read(Versioned, request))
        return self.one(request, view, SavedViewShape)


class RestoreView(Resource):
    @operation("views_restore", tag=_TAG, asks=Versioned, answers=SavedViewShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Put a removed view back."""
        view = restore_view(view=_view(request, pk), by=request.user, **read(Versioned, request))
        return self.one(request, view, SavedViewShape)


class DefaultView(Resource):
    class AskedDefault(Versioned):
        is_default = serializers.BooleanField()

    @operation("views_default", tag=_TAG, asks=AskedDefault, answers=SavedViewShape, refused=(409,))
    def put(self, request: PersonRequest, pk: int) -> Response:
        """Open one of your own views whenever its page is asked for without a filter, or no longer."""
        view = set_default_view(view=_view(request, pk), by=request.user, **read(self.AskedDefault, request))
        return self.one(request, view, SavedViewShape)


def _view(request: PersonRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.user).select_related("owner"), pk=pk)
