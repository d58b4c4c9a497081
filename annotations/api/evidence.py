"""Evidence: what ties a source to a claim."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.claims import visible
from annotations.api.describing import operation
from annotations.api.fields import Asked, Listing, Versioned, Whole, Words, read, read_query
from annotations.api.paging import OldestFirst
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import EvidenceShape
from annotations.sources.models import Evidence, Source
from annotations.sources.services import cite_source, edit_evidence, remove_evidence, restore_evidence
from annotations.tasks import ring_if_waiting

_TAG = "evidence"
_WITH = ("source__fetching", "added_by", "quote_snapshot__file")
_WITHOUT = ("quote_snapshot__text", "quote_snapshot__file__data")


class ClaimEvidence(Resource):
    class AskedCite(Asked):
        stance = serializers.ChoiceField(Evidence.Stance.choices)
        url = Words(required=False, max_length=2000)
        title = Words(required=False, max_length=500)
        publisher = Words(required=False, max_length=200)
        author = Words(required=False, max_length=200)
        published_on = serializers.DateField(required=False, allow_null=True)
        type = serializers.ChoiceField(Source.Type.choices, required=False)
        quote = Words(required=False, max_length=5_000)
        is_primary = serializers.BooleanField(required=False)
        origin = Words(required=False, max_length=200)

    @operation("evidence_list", tag=_TAG, query=Listing, answers=page_of(EvidenceShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """The evidence on a claim in the order it was added; what was taken off has `removed_at`."""
        read_query(Listing, request)
        rows = visible(request, pk).evidence.select_related(*_WITH).defer(*_WITHOUT)
        return self.paged(request, rows, EvidenceShape, OldestFirst)

    @operation(
        "evidence_cite", tag=_TAG, asks=AskedCite, answers=EvidenceShape, status=201, refused=(403, 404, 422)
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Cite a source for the claim. Sent twice it is the same evidence."""
        cited = cite_source(claim=visible(request, pk), by=request.user, **read(self.AskedCite, request))
        ring_if_waiting(cited.source.fetching)
        return self.one(request, _visible(request, cited.pk), EvidenceShape, status=201)


class OneEvidence(Resource):
    class AskedEvidenceEdit(Versioned):
        stance = serializers.ChoiceField(Evidence.Stance.choices, required=False)
        quote = Words(required=False, max_length=5_000)
        is_primary = serializers.BooleanField(required=False)
        origin = Words(required=False, max_length=200)
        quote_at = Whole(
            required=False, help_text="Where in the stored copy the quote was taken from, in code points."
        )

    @operation("evidence_get", tag=_TAG, answers=EvidenceShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One piece of evidence with its source."""
        return self.one(request, _visible(request, pk), EvidenceShape)

    @operation("evidence_edit", tag=_TAG, asks=AskedEvidenceEdit, answers=EvidenceShape, refused=(409, 422))
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Change what the source says about the claim."""
        asked = read(self.AskedEvidenceEdit, request)
        edit_evidence(evidence=_visible(request, pk), by=request.user, **asked)
        return self.one(request, _visible(request, pk), EvidenceShape)

    @operation("evidence_remove", tag=_TAG, asks=Versioned, answers=EvidenceShape)
    def delete(self, request: PersonRequest, pk: int) -> Response:
        """Take evidence off its claim. It stays in the history and can be put back."""
        asked = read(Versioned, request)
        remove_evidence(evidence=_visible(request, pk), by=request.user, **asked)
        return self.one(request, _visible(request, pk), EvidenceShape)


class RestoreEvidence(Resource):
    @operation("evidence_restore", tag=_TAG, asks=Versioned, answers=EvidenceShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Put evidence back on its claim."""
        asked = read(Versioned, request)
        restore_evidence(evidence=_visible(request, pk), by=request.user, **asked)
        return self.one(request, _visible(request, pk), EvidenceShape)


def _visible(request: PersonRequest, pk: int) -> Evidence:
    """The evidence with its claim and the copy of its quote, without text and bytes of that copy."""
    rows = (
        Evidence.objects.visible_to(request.user).select_related("claim__workspace", *_WITH).defer(*_WITHOUT)
    )
    return get_object_or_404(rows, pk=pk)
