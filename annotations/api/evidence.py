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
from annotations.api.weighing_shapes import FlagShape, StandingShape
from annotations.desks.queries import policy_of
from annotations.flags.models import Flag
from annotations.flags.services import answer_flag, flag_evidence, reopen_flag
from annotations.screens.sources import weighing
from annotations.sources.models import Evidence, Source
from annotations.sources.queries import evidence_for, standing_of
from annotations.sources.services import cite_source, edit_evidence, remove_evidence, restore_evidence
from annotations.tasks import ring_if_waiting

_TAG = "evidence"
_WITH = ("source__fetching", "added_by", "quote_snapshot__file")
_WITHOUT = ("quote_snapshot__text", "quote_snapshot__file__data")


class SourceFigure(Asked):
    """The number that a source has. With `high` it is a range; `as_of` is YYYY, YYYY-MM or YYYY-MM-DD."""

    value = Words(required=False, max_length=40)
    high = Words(required=False, max_length=40)
    unit = Words(required=False, max_length=60)
    per = Words(required=False, max_length=60)
    as_of = Words(required=False, max_length=10)
    method = Words(required=False, max_length=300, help_text="How it was counted.")


class Said(Asked):
    """What a source says about the claim beyond its stance."""

    quote = Words(required=False, max_length=5_000)
    is_primary = serializers.BooleanField(required=False)
    origin = Words(required=False, max_length=200)
    is_apart = serializers.BooleanField(
        required=False, help_text="It is no copy of another source, whatever the stored texts look like."
    )
    locator = Words(required=False, max_length=200, help_text="Page, paragraph or table cell.")
    stance_reason = Words(required=False, max_length=300)
    how_found = Words(required=False, max_length=300)
    accessed_on = serializers.DateField(required=False, allow_null=True)
    describes_claim_time = serializers.BooleanField(
        required=False, help_text="A source that is younger than the claim describes the state at its time."
    )
    sets = serializers.ListField(
        child=Whole(min_value=1, max_value=6),
        required=False,
        min_length=1,
        max_length=6,
        help_text="What stands in one set works together; any set is enough by itself.",
    )
    figure = SourceFigure(required=False)


class ClaimEvidence(Resource):
    class AskedCite(Said):
        stance = serializers.ChoiceField(Evidence.Stance.choices)
        url = Words(required=False, max_length=2000)
        title = Words(required=False, max_length=500)
        publisher = Words(required=False, max_length=200)
        author = Words(required=False, max_length=200)
        published_on = serializers.DateField(required=False, allow_null=True)
        type = serializers.ChoiceField(Source.Type.choices, required=False)
        language = Words(required=False, max_length=35)
        licence = Words(required=False, max_length=200)

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
    class AskedEvidenceEdit(Versioned, Said):
        stance = serializers.ChoiceField(Evidence.Stance.choices, required=False)
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


class EvidenceStanding(Resource):
    @operation("evidence_standing", tag=_TAG, answers=StandingShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """How the sources of a claim stand to it: policy, origins, sets, balance, figures, flags."""
        claim = visible(request, pk)
        items = list(evidence_for(claim))
        standing = standing_of(items, policy_of(claim.workspace_id))
        found = weighing(claim, items, standing, request.user)
        return Response(StandingShape({"standing": standing, "weighing": found}).data)


class EvidenceFlags(Resource):
    class AskedFlag(Asked):
        kind = serializers.ChoiceField(Flag.Kind.choices)
        note = Words(max_length=1000)

    @operation("flags_list", tag=_TAG, query=Listing, answers=page_of(FlagShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Flags on a piece of evidence, oldest first; answered ones have `answered_at`."""
        read_query(Listing, request)
        rows = Flag.objects.visible_to(request.user).filter(evidence=_visible(request, pk))
        return self.paged(request, rows.select_related("raised_by", "answered_by"), FlagShape, OldestFirst)

    @operation(
        "flags_raise", tag=_TAG, asks=AskedFlag, answers=FlagShape, status=201, refused=(403, 404, 409, 422)
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Say what is wrong with a piece of evidence. Sent twice it is the same flag."""
        asked = read(self.AskedFlag, request)
        flag = flag_evidence(evidence=_visible(request, pk), by=request.user, **asked)
        return self.one(request, flag, FlagShape, status=201)


class FlagAnswer(Resource):
    class AskedAnswer(Versioned):
        answer = Words(max_length=1000)

    @operation("flags_answer", tag=_TAG, asks=AskedAnswer, answers=FlagShape, refused=(422,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Say what became of a flag. From then on it does not count."""
        asked = read(self.AskedAnswer, request)
        return self.one(request, answer_flag(flag=_flag(request, pk), by=request.user, **asked), FlagShape)

    @operation("flags_reopen", tag=_TAG, asks=Versioned, answers=FlagShape, refused=(409,))
    def delete(self, request: PersonRequest, pk: int) -> Response:
        """Take the answer back: the flag counts again."""
        asked = read(Versioned, request)
        return self.one(request, reopen_flag(flag=_flag(request, pk), by=request.user, **asked), FlagShape)


def _flag(request: PersonRequest, pk: int) -> Flag:
    rows = Flag.objects.visible_to(request.user).select_related("raised_by", "answered_by")
    return get_object_or_404(rows, pk=pk)


def _visible(request: PersonRequest, pk: int) -> Evidence:
    """The evidence with its claim and the copy of its quote, without text and bytes of that copy."""
    rows = (
        Evidence.objects.visible_to(request.user).select_related("claim__workspace", *_WITH).defer(*_WITHOUT)
    )
    return get_object_or_404(rows, pk=pk)
