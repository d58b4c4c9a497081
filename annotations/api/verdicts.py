"""Verdicts: written revision by revision, submitted, withdrawn."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.claims import answer, visible
from annotations.api.describing import operation
from annotations.api.fields import Asked, Code, Listing, Versioned, Whole, Words, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import ClaimDetailShape, VerdictShape
from annotations.verdicts.checklist import checks_of, saved_checks
from annotations.verdicts.permissions import may_read_verdict
from annotations.verdicts.queries import latest_verdict
from annotations.verdicts.ratings import CONFIDENCES
from annotations.verdicts.services import draft_verdict, submit_verdict, withdraw_verdict

_TAG = "verdicts"


class VerdictParts(Asked):
    """The parts of a verdict. What is left out is empty in the new revision."""

    rating = Code(required=False, allow_blank=True, help_text="A code of the desk's scale: see `scale`.")
    qualifiers = serializers.ListField(child=Code(), required=False, max_length=40)
    confidence = serializers.ChoiceField(list(CONFIDENCES), required=False, allow_blank=True)
    gaps = Words(required=False, max_length=5_000)
    reasons = Words(required=False, max_length=20_000)


class NeedShape(serializers.Serializer[Any]):
    """One thing a verdict must have. `problem` says what to do, and is empty when it is there."""

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    is_met = serializers.BooleanField()
    problem = serializers.CharField()


class ChecksShape(serializers.Serializer[Any]):
    """What is missing before a verdict can be submitted, and what a careful reader would ask."""

    is_ready = serializers.BooleanField()
    needs = NeedShape(many=True)
    unknown = serializers.ListField(
        child=serializers.IntegerField(), help_text="Numbers cited in the reasons that no evidence has."
    )
    warnings = serializers.ListField(
        child=serializers.CharField(), help_text="Gentle: they never keep a verdict from being submitted."
    )


class Verdicts(Resource):
    @operation("verdicts_list", tag=_TAG, query=Listing, answers=page_of(VerdictShape), refused=(403, 404))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Every revision of the verdict on a claim, newest first."""
        read_query(Listing, request)
        claim = visible(request, pk)
        may_read_verdict(request.user, claim).or_refuse()
        rows = claim.verdicts.select_related("author")
        return self.paged(request, rows, VerdictShape)


class OneVerdict(Resource):
    class AskedDraft(Versioned, VerdictParts):
        version = None  # type: ignore[assignment]
        seen = Whole(
            required=False,
            help_text="The number of the revision you began from, 0 for none; or send it as If-Match.",
        )

    @operation("verdicts_draft", tag=_TAG, asks=AskedDraft, answers=VerdictShape, refused=(422,))
    def put(self, request: PersonRequest, pk: int) -> Response:
        """Save the verdict as its next revision. The same words again make no new one."""
        asked = read(self.AskedDraft, request, seen="seen")
        verdict = draft_verdict(claim=visible(request, pk), by=request.user, **asked)
        saved = self.one(request, verdict, VerdictShape)
        saved["ETag"] = f'"{verdict.number}"'
        return saved


class CheckVerdict(Resource):
    class AskedCheck(Asked):
        rating = Code(required=False, allow_blank=True, max_length=20)
        confidence = serializers.ChoiceField(list(CONFIDENCES), required=False, allow_blank=True)
        gaps = Words(required=False, max_length=5_000)
        reasons = Words(required=False, max_length=20_000)

    @operation("verdicts_check_saved", tag=_TAG, answers=ChecksShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """What the newest revision still needs before it can be submitted."""
        claim = visible(request, pk)
        return self.one(
            request,
            saved_checks(claim, latest_verdict(claim) if may_read_verdict(request.user, claim) else None),
            ChecksShape,
        )

    @operation("verdicts_check", tag=_TAG, asks=AskedCheck, answers=ChecksShape, refused=(404,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """The same for words that are not saved. Nothing is written."""
        claim = visible(request, pk)
        return self.one(request, checks_of(claim, read(self.AskedCheck, request)), ChecksShape)


class SubmitVerdict(Resource):
    class AskedSubmit(Versioned):
        seen = Whole(help_text="The number of the revision that you submit.")

    @operation("verdicts_submit", tag=_TAG, asks=AskedSubmit, answers=ClaimDetailShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Hand the newest revision to a second person. Everything that is missing is said at once."""
        submit_verdict(claim=visible(request, pk), by=request.user, **read(self.AskedSubmit, request))
        return answer(self, request, pk)


class WithdrawVerdict(Resource):
    @operation("verdicts_withdraw", tag=_TAG, asks=Versioned, answers=ClaimDetailShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Take a submitted verdict back, before anybody decided on it."""
        withdraw_verdict(claim=visible(request, pk), by=request.user, **read(Versioned, request))
        return answer(self, request, pk)
