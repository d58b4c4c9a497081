"""Earlier checks: what was suggested for a claim, what a person decides, and checks of other houses."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.claims import visible
from annotations.api.describing import operation
from annotations.api.fields import Asked, AskedKey, Key, Listing, Versioned, Words, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import PersonShape, TableOutcomeShape
from annotations.people.queries import workspaces_of
from annotations.precedents.incoming import KINDS
from annotations.precedents.models import Match, OutsideCheck
from annotations.precedents.queries import checks_visible_to
from annotations.precedents.services.deciding import confirm_match, link_as_near, reject_match, reopen_match
from annotations.precedents.services.importing import import_checks
from annotations.tasks import ring_comparing
from annotations.verdicts.ratings import RATINGS

_TAG = "earlier checks"
_OTHERS = ("outside_check", "decided_by")


class OutsideCheckShape(serializers.ModelSerializer[OutsideCheck]):
    """What another house found out. `rating_text` is its rating as it came; `rating` the nearest on our scale."""

    workspace = serializers.IntegerField(source="workspace_id")

    class Meta:
        model = OutsideCheck
        fields = (
            *("id", "workspace", "claim", "title", "url", "publisher", "rating_text", "rating", "rating_how"),
            *("claimant", "claimed_on", "reviewed_on", "language", "outside_id", "created_at", "version"),
        )


class DifferenceShape(serializers.Serializer[Any]):
    """One thing that differs. `a` is the claim, `b` the earlier one; -1 where a side does not name it."""

    kind = serializers.ChoiceField(["NUMBER", "NEGATION", "DATE", "ACTOR"])
    a_text = serializers.CharField(allow_blank=True)
    a_start = serializers.IntegerField(help_text="Code points.")
    a_end = serializers.IntegerField()
    b_text = serializers.CharField(allow_blank=True)
    b_start = serializers.IntegerField()
    b_end = serializers.IntegerField()


class MatchShape(serializers.ModelSerializer[Match]):
    """A claim and an earlier one: an outside check, or a claim of ours. A link: no verdict follows from it."""

    claim = serializers.IntegerField(source="claim_id")
    earlier = serializers.IntegerField(source="earlier_id", allow_null=True)
    outside_check = OutsideCheckShape(allow_null=True)
    differences = serializers.SerializerMethodField()
    decided_by = PersonShape(allow_null=True)

    class Meta:
        model = Match
        fields = (
            *("id", "claim", "earlier", "outside_check", "score", "strength", "differs", "differences"),
            *("status", "relation", "note", "decided_by", "decided_at", "created_at", "version"),
        )

    @extend_schema_field(DifferenceShape(many=True))
    def get_differences(self, match: Match) -> Any:
        return match.differences


class OutcomeShape(TableOutcomeShape):
    """What came of the rows of a file. `refused_rows` holds the first hundred; `refused` counts all."""

    changed = serializers.IntegerField()


class ClaimMatches(Resource):
    class AskedMatches(Listing):
        status = serializers.ChoiceField(Match.Status.choices, required=False)

    @operation("matches_list", tag=_TAG, query=AskedMatches, answers=page_of(MatchShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Earlier checks of a claim, newest suggestion first; whichever of the two it is."""
        asked = read_query(self.AskedMatches, request)
        rows = _about(request, pk).select_related(*_OTHERS)
        if state := asked.get("status"):
            rows = rows.filter(status=state)
        return self.paged(request, rows, MatchShape)


class DecideMatch(Resource):
    class AskedDecision(Versioned):
        decision = serializers.ChoiceField(
            ["same", "near", "not", "undo"], help_text="`same` is refused for a pair that differs."
        )
        note = Words(required=False, max_length=2000, help_text="For `near`: what differs.")
        is_acknowledged = serializers.BooleanField(required=False, help_text="For `near`: seen what differs.")

    @operation("matches_decide", tag=_TAG, asks=AskedDecision, answers=MatchShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int, match: int) -> Response:
        """Say whether both are the same claim, near but different, or not the same; or take that back."""
        asked = read(self.AskedDecision, request)
        row = get_object_or_404(_about(request, pk), pk=match)
        about: dict[str, Any] = {"match": row, "version": asked["version"], "by": request.user}
        if asked["decision"] == "near":
            seen = asked.get("is_acknowledged", False)
            link_as_near(**about, note=asked.get("note", ""), is_acknowledged=seen)
        else:
            verbs = {"same": confirm_match, "not": reject_match, "undo": reopen_match}
            verbs[asked["decision"]](**about)
        row = _about(request, pk).select_related(*_OTHERS).get(pk=match)
        return self.one(request, row, MatchShape)


class OutsideChecks(Resource):
    class AskedChecks(Listing):
        workspace = AskedKey(required=False)
        q = Words(required=False, max_length=200, help_text="Words of claim, title or publisher.")
        rating = serializers.ChoiceField(list(RATINGS), required=False)

    @operation("outside_checks_list", tag=_TAG, query=AskedChecks, answers=page_of(OutsideCheckShape))
    def get(self, request: PersonRequest) -> Response:
        """Outside checks of your desks, newest first."""
        asked = read_query(self.AskedChecks, request)
        rows = checks_visible_to(request.user, words=asked.get("q", ""))
        names = {"workspace": "workspace_id", "rating": "rating"}
        wanted = {names[name]: value for name, value in asked.items() if name in names}
        return self.paged(request, rows.filter(**wanted), OutsideCheckShape)


class ImportChecks(Resource):
    class AskedChecksImport(Asked):
        workspace = Key()
        content = Words(max_length=5_000_000, allow_blank=False, help_text="The file, as text.")
        filename = Words(required=False, max_length=255)
        kind = serializers.ChoiceField(list(KINDS), required=False, help_text="Default: what it looks like.")
        publisher = Words(required=False, max_length=200, help_text="For rows that name none.")
        dry_run = serializers.BooleanField(required=False, help_text="Say what would happen, keep nothing.")

    @operation(
        "outside_checks_import",
        tag=_TAG,
        asks=AskedChecksImport,
        answers=OutcomeShape,
        refused=(403, 404, 422),
    )
    def post(self, request: PersonRequest) -> Response:
        """Take in outside checks: a ClaimReview feed, a CSV table or JSON lines. Safe to send twice."""
        asked = read(self.AskedChecksImport, request)
        desk = get_object_or_404(workspaces_of(request.user), pk=asked["workspace"])
        outcome = import_checks(
            workspace=desk,
            data=asked["content"].encode(),
            filename=asked.get("filename", ""),
            kind=asked.get("kind", ""),
            publisher=asked.get("publisher", ""),
            is_dry_run=asked.get("dry_run", False),
            by=request.user,
        )
        if not outcome.is_dry_run:
            ring_comparing(desk.pk)
        return self.one(request, outcome, OutcomeShape)


def _about(request: PersonRequest, pk: int) -> Any:
    claim = visible(request, pk)
    rows = Match.objects.visible_to(request.user).exclude(status=Match.Status.LAPSED)
    return rows.filter(Q(claim=claim) | Q(earlier=claim))
