"""The registry of documents that evidence points at."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import AskedKey, Listing, Versioned, Words, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import SourceShape
from annotations.sources.models import Source
from annotations.sources.services import edit_source

_TAG = "sources"
_FILTERS = {"workspace": "workspace_id", "q": "title__icontains", "url": "url", "type": "type"}


class Sources(Resource):
    class AskedList(Listing):
        workspace = AskedKey(required=False)
        q = Words(required=False, max_length=200, help_text="Words of the title.")
        url = Words(required=False, max_length=2000)
        type = serializers.ChoiceField(Source.Type.choices, required=False)

    @operation("sources_list", tag=_TAG, query=AskedList, answers=page_of(SourceShape))
    def get(self, request: PersonRequest) -> Response:
        """Documents that your desks know, newest first. A new one comes with the evidence that cites it."""
        asked = read_query(self.AskedList, request)
        wanted = {_FILTERS[name]: value for name, value in asked.items() if name in _FILTERS}
        return self.paged(request, Source.objects.visible_to(request.user).filter(**wanted), SourceShape)


class OneSource(Resource):
    class AskedSourceEdit(Versioned):
        title = Words(required=False, max_length=500)
        publisher = Words(required=False, max_length=200)
        author = Words(required=False, max_length=200)
        published_on = serializers.DateField(required=False, allow_null=True)
        type = serializers.ChoiceField(Source.Type.choices, required=False)

    @operation("sources_get", tag=_TAG, answers=SourceShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One document."""
        return self.one(
            request, get_object_or_404(Source.objects.visible_to(request.user), pk=pk), SourceShape
        )

    @operation("sources_edit", tag=_TAG, asks=AskedSourceEdit, answers=SourceShape, refused=(422,))
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Correct what the registry says about a document. What is published keeps its words."""
        source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
        source = edit_source(source=source, by=request.user, **read(self.AskedSourceEdit, request))
        return self.one(request, source, SourceShape)
