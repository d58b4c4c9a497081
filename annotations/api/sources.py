"""The registry of documents that evidence points at, and their stored copies."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, AskedKey, Listing, Versioned, Words, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import EvidenceShape, PersonShape, SourceShape
from annotations.api.weighing_shapes import ReliabilityShape
from annotations.refusals import Incomplete
from annotations.snapshots.copies import MAX_TEXT, CopyMatter, pasted, uploaded
from annotations.snapshots.matter import Unreadable
from annotations.snapshots.models import Snapshot
from annotations.sources.models import Evidence, Reliability, Source
from annotations.sources.queries import reliabilities_of
from annotations.sources.services import edit_source, keep_copy, rate_source

_TAG = "sources"


class SnapshotShape(serializers.ModelSerializer[Snapshot]):
    """A stored copy, without its text and bytes. `read_at` is when the outside world looked like this, in UTC."""

    workspace = serializers.IntegerField(source="workspace_id")
    sha256 = serializers.CharField(source="file.sha256", help_text="Of the stored bytes.")
    size = serializers.IntegerField(source="file.size", help_text="Bytes.")
    length = serializers.IntegerField(help_text="Code points of the text; 0 when there is none.")
    added_by = PersonShape(allow_null=True)
    pages = serializers.ListField(
        child=serializers.IntegerField(), help_text="Where the pages of a paged file begin in the text."
    )
    headers = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Name and value of each header that came with what was fetched, without cookies.",
    )

    class Meta:
        model = Snapshot
        fields = (
            *("id", "workspace", "sha256", "size", "content_type", "filename", "url", "how", "read_at"),
            *("title", "publisher", "published_on", "length", "pages", "added_by", "created_at"),
            *("final_url", "status", "headers"),
        )


class SnapshotTextShape(serializers.ModelSerializer[Snapshot]):
    sha256 = serializers.CharField(source="file.sha256", help_text="Of the stored bytes.")

    class Meta:
        model = Snapshot
        fields = ("id", "sha256", "length", "text")


_FILTERS = {
    "workspace": "workspace_id",
    "q": "title__icontains",
    "url": "url",
    "type": "type",
    "reliability": "reliability",
}


class Sources(Resource):
    class AskedList(Listing):
        workspace = AskedKey(required=False)
        q = Words(required=False, max_length=200, help_text="Words of the title.")
        url = Words(required=False, max_length=2000)
        type = serializers.ChoiceField(Source.Type.choices, required=False)
        reliability = serializers.ChoiceField(Reliability.choices, required=False)

    @operation("sources_list", tag=_TAG, query=AskedList, answers=page_of(SourceShape))
    def get(self, request: PersonRequest) -> Response:
        """Documents that your desks know, newest first. A new one comes with the evidence that cites it."""
        asked = read_query(self.AskedList, request)
        wanted = {_FILTERS[name]: value for name, value in asked.items() if name in _FILTERS}
        return self.paged(
            request,
            Source.objects.visible_to(request.user).filter(**wanted).select_related("fetching"),
            SourceShape,
        )


class SourceCopies(Resource):
    class AskedCopy(Asked):
        """Pasted text alone, or the bytes of a file with the words that a person typed for it."""

        text = Words(required=False, max_length=MAX_TEXT)
        content = Words(required=False, max_length=7_000_000, help_text="The bytes of a file, as Base64.")
        filename = Words(required=False, max_length=255)
        content_type = Words(required=False, max_length=100)

    @operation("copies_list", tag=_TAG, query=Listing, answers=page_of(SnapshotShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Every stored copy of a document, newest first."""
        read_query(Listing, request)
        source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
        rows = Snapshot.objects.visible_to(request.user).filter(copies__source=source)
        return self.paged(
            request, rows.select_related("file", "added_by").defer("text", "file__data"), SnapshotShape
        )

    @operation(
        "copies_keep",
        tag=_TAG,
        asks=AskedCopy,
        answers=SnapshotShape,
        status=201,
        refused=(403, 404, 422),
        examples=[OpenApiExample("pasted", {"text": "The words of the page."}, request_only=True)],
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Store a copy; quotes of claims in review are looked up in it. Sent twice it is the same copy."""
        asked = read(self.AskedCopy, request)
        source = get_object_or_404(Source.objects.visible_to(request.user).select_related("workspace"), pk=pk)
        copy = keep_copy(source=source, matter=_matter(asked), by=request.user)
        return self.one(request, copy.snapshot, SnapshotShape, status=201)


def _matter(asked: dict[str, Any]) -> CopyMatter:
    """What was sent, read. Raises `Incomplete` for what is no Base64, or cannot be read."""
    try:
        if not asked.get("content"):
            return pasted(asked.get("text", ""))
        data = base64.b64decode(asked["content"], validate=True)
        names = {name: asked.get(name, "") for name in ("filename", "content_type", "text")}
        return uploaded(data, **names)
    except binascii.Error as wrong:
        raise Incomplete("The content is no Base64.", {"content": ["Send the bytes as Base64."]}) from wrong
    except Unreadable as refused:
        raise Incomplete(refused.reason, {"content": [refused.reason]}) from refused


class OneSnapshot(Resource):
    @operation("snapshots_get", tag=_TAG, answers=SnapshotShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One stored copy: its hash, when it was read, how it came."""
        return self.one(request, _snapshot(request, pk), SnapshotShape)


class SnapshotText(Resource):
    @operation("snapshots_text", tag=_TAG, answers=SnapshotTextShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """The text of a stored copy. Places of quotes count its code points."""
        return self.one(request, _snapshot(request, pk), SnapshotTextShape)


def _snapshot(request: PersonRequest, pk: int) -> Snapshot:
    rows = Snapshot.objects.visible_to(request.user).select_related("file", "added_by")
    return get_object_or_404(rows.defer("file__data"), pk=pk)


class OneSource(Resource):
    class AskedSourceEdit(Versioned):
        title = Words(required=False, max_length=500)
        publisher = Words(required=False, max_length=200)
        author = Words(required=False, max_length=200)
        published_on = serializers.DateField(required=False, allow_null=True)
        type = serializers.ChoiceField(Source.Type.choices, required=False)
        language = Words(required=False, max_length=35)
        licence = Words(required=False, max_length=200)
        conflict_note = Words(required=False, max_length=1000)

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


class SourceReliability(Resource):
    class AskedReliability(Versioned):
        level = serializers.ChoiceField(Reliability.choices)
        reason = Words(max_length=1000)

    @operation("reliability_list", tag=_TAG, query=Listing, answers=page_of(ReliabilityShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """How reliable a source was held to be, with dates and reasons, newest first."""
        read_query(Listing, request)
        source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
        return self.paged(request, reliabilities_of(source), ReliabilityShape)

    @operation("reliability_rate", tag=_TAG, asks=AskedReliability, answers=SourceShape, refused=(422,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Say how reliable a source is held to be from now on. The version is that of the source."""
        source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
        source = rate_source(source=source, by=request.user, **read(self.AskedReliability, request))
        return self.one(request, source, SourceShape)


class SourceEvidence(Resource):
    @operation("source_evidence", tag=_TAG, query=Listing, answers=page_of(EvidenceShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """What cites a source, newest first; what was taken off has `removed_at`."""
        read_query(Listing, request)
        source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
        rows = Evidence.objects.visible_to(request.user).filter(source=source)
        rows = rows.select_related("source", "added_by", "quote_snapshot__file")
        return self.paged(
            request, rows.defer("quote_snapshot__text", "quote_snapshot__file__data"), EvidenceShape
        )
