"""The second pair of eyes, and what happens to a claim once it is approved or published."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.claims import answer, visible
from annotations.api.describing import operation
from annotations.api.fields import Asked, AskedKey, Code, Listing, Versioned, Words, read, read_query
from annotations.api.paging import OldestFirst
from annotations.api.published_shapes import ReportShape
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.review_shapes import AmendmentShape, ReviewShape
from annotations.api.shapes import ChangeItemShape, ClaimDetailShape, ClaimShape, PersonShape
from annotations.api.verdicts import VerdictParts
from annotations.people.models import Workspace
from annotations.people.queries import workspaces_of
from annotations.people.services import set_blind_review
from annotations.reports.services import confirm_amendment
from annotations.reviews.models import Amendment
from annotations.reviews.queries import waiting_for
from annotations.reviews.services.deciding import (
    adjudicate,
    approve_verdict,
    disagree,
    lock_rating,
    reopen_claim,
    request_changes,
    tick_item,
)
from annotations.reviews.services.publishing import cancel_amendment, propose_correction, propose_retraction
from annotations.screens.listings import amendments_of, listed_claims
from annotations.verdicts.models import OwnRating
from annotations.verdicts.permissions import may_read_verdict

_TAG = "reviews"


class OwnRatingShape(serializers.ModelSerializer[OwnRating]):
    """A rating that a second person locked before seeing the first."""

    claim = serializers.IntegerField(source="claim_id")
    revision = serializers.IntegerField(source="verdict.number", help_text="The revision that was submitted.")
    reviewer = PersonShape()

    class Meta:
        model = OwnRating
        fields = ("id", "claim", "revision", "reviewer", "rating", "reasons", "created_at")


class BlindReviewShape(serializers.ModelSerializer[Workspace]):
    class Meta:
        model = Workspace
        fields = ("id", "is_review_blind", "version")


class Noted(Versioned):
    note = Words(required=False, max_length=5_000)


class Explained(Versioned):
    note = Words(max_length=5_000)


class Reviews(Resource):
    @operation("reviews_list", tag=_TAG, query=Listing, answers=page_of(ReviewShape), refused=(403, 404))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Every decision on a claim, newest first."""
        read_query(Listing, request)
        claim = visible(request, pk)
        may_read_verdict(request.user, claim).or_refuse()
        rows = claim.reviews.select_related("reviewer", "verdict").prefetch_related("items")
        return self.paged(request, rows, ReviewShape)


class ApproveVerdict(Resource):
    @operation("reviews_approve", tag=_TAG, asks=Noted, answers=ClaimDetailShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """The verdict stands. Never by anybody who worked on it."""
        approve_verdict(claim=visible(request, pk), by=request.user, **read(Noted, request))
        return answer(self, request, pk)


class RequestChanges(Resource):
    class AskedChanges(Noted):
        items = serializers.ListField(child=Words(max_length=5_000), max_length=50)

    @operation(
        "reviews_request_changes", tag=_TAG, asks=AskedChanges, answers=ClaimDetailShape, refused=(409, 422)
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Send the verdict back with a list of what to change."""
        request_changes(claim=visible(request, pk), by=request.user, **read(self.AskedChanges, request))
        return answer(self, request, pk)


class Disagree(Resource):
    class AskedDisagree(Noted):
        """Rating and note may be left out where the desk reviews blind: they are those that were locked."""

        rating = Code(required=False)

    @operation("reviews_disagree", tag=_TAG, asks=AskedDisagree, answers=ClaimDetailShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """You come to another rating; an editor will settle it."""
        disagree(claim=visible(request, pk), by=request.user, **read(self.AskedDisagree, request))
        return answer(self, request, pk)


class OwnRatings(Resource):
    class AskedLock(Versioned):
        rating = Code(max_length=20)
        reasons = Words(max_length=5_000)

    @operation(
        "own_ratings_list", tag=_TAG, query=Listing, answers=page_of(OwnRatingShape), refused=(403, 404)
    )
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Ratings that second persons locked before they saw the first, newest first."""
        read_query(Listing, request)
        claim = visible(request, pk)
        may_read_verdict(request.user, claim).or_refuse()
        return self.paged(request, claim.own_ratings.select_related("reviewer", "verdict"), OwnRatingShape)

    @operation(
        "own_ratings_lock",
        tag=_TAG,
        asks=AskedLock,
        answers=OwnRatingShape,
        status=201,
        refused=(409, 422),
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Lock your own rating, where the desk reviews blind; then the first one is shown. Never changed."""
        locked = lock_rating(claim=visible(request, pk), by=request.user, **read(self.AskedLock, request))
        return self.one(request, locked, OwnRatingShape, status=201)


class WaitingReviews(Resource):
    class AskedWaiting(Listing):
        workspace = AskedKey()

    @operation("reviews_waiting", tag=_TAG, query=AskedWaiting, answers=page_of(ClaimShape), refused=(404,))
    def get(self, request: PersonRequest) -> Response:
        """Claims of a desk that wait for your decision."""
        asked = read_query(self.AskedWaiting, request)
        desk = get_object_or_404(workspaces_of(request.user), pk=asked.get("workspace", 0))
        rows = listed_claims(request.user).filter(pk__in=waiting_for(request.user, desk).values("pk"))
        return self.paged(request, rows, ClaimShape, OldestFirst)


class BlindReview(Resource):
    class AskedBlind(Versioned):
        is_review_blind = serializers.BooleanField()

    @operation("reviews_set_blind", tag=_TAG, asks=AskedBlind, answers=BlindReviewShape)
    def put(self, request: PersonRequest, pk: int) -> Response:
        """Say whether second reviewers of this desk rate before they see the first rating."""
        asked = read(self.AskedBlind, request)
        desk = get_object_or_404(workspaces_of(request.user), pk=pk)
        desk = set_blind_review(
            workspace=desk, is_blind=asked["is_review_blind"], version=asked["version"], by=request.user
        )
        return self.one(request, desk, BlindReviewShape)


class Adjudicate(Resource):
    class AskedAdjudicate(Explained):
        approve = serializers.BooleanField(help_text="True: the verdict stands. False: back into review.")

    @operation(
        "reviews_adjudicate", tag=_TAG, asks=AskedAdjudicate, answers=ClaimDetailShape, refused=(409, 422)
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Settle a disagreement, with a written reason."""
        adjudicate(claim=visible(request, pk), by=request.user, **read(self.AskedAdjudicate, request))
        return answer(self, request, pk)


class ReopenClaim(Resource):
    @operation("reviews_reopen", tag=_TAG, asks=Explained, answers=ClaimDetailShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Put an approved claim back into review, before it is published."""
        reopen_claim(claim=visible(request, pk), by=request.user, **read(Explained, request))
        return answer(self, request, pk)


class TickItem(Resource):
    class AskedTick(Asked):
        is_done = serializers.BooleanField()
        note = Words(required=False, max_length=5_000, help_text="What was done, or why it stays as it is.")

    @operation("reviews_tick_item", tag=_TAG, asks=AskedTick, answers=ChangeItemShape, refused=(403, 404))
    def put(self, request: PersonRequest, pk: int, review: int, item: int) -> Response:
        """Say that a requested change was made. Says a state, so it is safe to repeat and names no version."""
        asked = read(self.AskedTick, request)
        found = get_object_or_404(get_object_or_404(visible(request, pk).reviews, pk=review).items, pk=item)
        return self.one(request, tick_item(item=found, by=request.user, **asked), ChangeItemShape)


class Amendments(Resource):
    @operation("amendments_list", tag=_TAG, query=Listing, answers=page_of(AmendmentShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Corrections and retractions of a claim: proposed, confirmed, cancelled."""
        read_query(Listing, request)
        return self.paged(request, amendments_of(visible(request, pk)), AmendmentShape)


class ProposeCorrection(Resource):
    class AskedCorrection(Explained, VerdictParts):
        correction_type = serializers.ChoiceField(Amendment.CorrectionType.choices)
        rating = Code()
        reasons = Words(max_length=20_000)

    @operation(
        "amendments_propose_correction",
        tag=_TAG,
        asks=AskedCorrection,
        answers=AmendmentShape,
        status=201,
        refused=(409, 422),
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Write down how a published verdict should read. The old one stays until a second person confirms."""
        asked = read(self.AskedCorrection, request)
        proposed = propose_correction(claim=visible(request, pk), by=request.user, **asked)
        return self.one(request, proposed, AmendmentShape, status=201)


class ProposeRetraction(Resource):
    @operation(
        "amendments_propose_retraction",
        tag=_TAG,
        asks=Explained,
        answers=AmendmentShape,
        status=201,
        refused=(409, 422),
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Write down why a published verdict should be withdrawn."""
        proposed = propose_retraction(claim=visible(request, pk), by=request.user, **read(Explained, request))
        return self.one(request, proposed, AmendmentShape, status=201)


class ConfirmAmendment(Resource):
    @operation("amendments_confirm", tag=_TAG, answers=ReportShape, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int, amendment: int) -> Response:
        """The second person agrees. A proposal never changes, so there is no version to name; decided, it is 409."""
        found = get_object_or_404(amendments_of(visible(request, pk)), pk=amendment)
        return self.one(request, confirm_amendment(amendment=found, by=request.user), ReportShape)


class CancelAmendment(Resource):
    @operation("amendments_cancel", tag=_TAG, answers=AmendmentShape, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int, amendment: int) -> Response:
        """Drop a proposal; what is published stays as it is."""
        found = get_object_or_404(amendments_of(visible(request, pk)), pk=amendment)
        return self.one(request, cancel_amendment(amendment=found, by=request.user), AmendmentShape)
