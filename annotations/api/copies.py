"""Stored copies that a worker fetches, and web archives of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.resource import AnyAccept, PersonRequest, Resource
from annotations.api.shapes import SourceShape
from annotations.snapshots.archiving import MEDIA_TYPE, as_warc
from annotations.snapshots.models import Snapshot
from annotations.sources.models import Source
from annotations.sources.services import fetch_copy
from annotations.tasks import ring_if_waiting


class FetchCopy(Resource):
    @operation("copies_fetch", tag="sources", answers=SourceShape, status=202, refused=(403, 404))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Have a copy fetched from the document's address; `fetching` says how far it is. Sent twice it is one."""
        rows = Source.objects.visible_to(request.user).select_related("workspace", "fetching")
        source = get_object_or_404(rows, pk=pk)
        ring_if_waiting(fetch_copy(source=source, by=request.user))
        return self.one(request, rows.get(pk=pk), SourceShape, status=202)


class SnapshotArchive(Resource):
    content_negotiation_class = AnyAccept

    @operation("snapshots_warc", tag="sources", file_type=MEDIA_TYPE, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> HttpResponse:
        """A stored copy as a web archive (WARC 1.1, gzip), with the headers it came with."""
        row = get_object_or_404(Snapshot.objects.visible_to(request.user).select_related("file"), pk=pk)
        answer = HttpResponse(as_warc(row), content_type=MEDIA_TYPE)
        answer["Content-Disposition"] = f'attachment; filename="stored-copy-{row.pk}.warc.gz"'
        return answer
