"""Claims: listed, marked, worded, and sorted. Their verdicts and reviews are in files of their own."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import (
    Asked,
    AskedKey,
    Code,
    Key,
    Listing,
    Versioned,
    Whole,
    Words,
    read,
    read_query,
)
from annotations.api.paging import NewestEntryFirst, OldestFirst
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import ClaimDetailShape, ClaimShape
from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.audit.models import AuditEntry
from annotations.claims import spans
from annotations.claims.lifecycle import CHOOSABLE_REASONS, Status
from annotations.claims.models import Claim
from annotations.claims.quantities import COMPARATORS
from annotations.claims.services.triage import (
    accept_claim,
    dismiss_claim,
    merge_claim,
    restore_claim,
    take_claim,
)
from annotations.claims.services.wording import edit_claim, edit_span, mark_claim
from annotations.refusals import Incomplete
from annotations.screens.activity import did_in, history_of
from annotations.screens.listings import claims_rated, listed_claims
from annotations.steps.services import undo_claim
from annotations.tasks import ring_comparing

_TAG = "claims"
CLAIM_PAGE = page_of(ClaimShape)
_FILTERS = {
    "workspace": "workspace_id",
    "article": "article_id",
    "status": "status__in",
    "claimant": "claimant__icontains",
    "reviewer": "reviewer_id",
    "type": "type",
    "min_score": "score__gte",
}


class Place(Asked):
    """Words of a text: by position, or by the words around them."""

    start = Whole(
        required=False, help_text="In code points, with `end`; or neither, and the words are looked up."
    )
    end = Whole(required=False)
    exact = Words(max_length=20_000, allow_blank=False)
    prefix = Words(required=False, max_length=200)
    suffix = Words(required=False, max_length=200)


class Figure(Asked):
    """A figure of the claim. Numbers may be grouped (12,000, 1.5 million); they are kept as plain decimals."""

    comparator = serializers.ChoiceField(list(COMPARATORS), required=False)
    value = Words(required=False, max_length=40)
    high = Words(required=False, max_length=40, help_text="The other end, with `between`.")
    unit = Words(required=False, max_length=60)
    per = Words(required=False, max_length=60)
    as_of = Words(required=False, max_length=10, help_text="YYYY-MM-DD, YYYY-MM or YYYY.")
    text = Words(required=False, max_length=200, help_text="The words in the article.")


class Wording(Asked):
    """What a claim says, who said it and when."""

    statement = Words(required=False, max_length=1000)
    claimant = Words(required=False, max_length=200)
    is_claimant_unknown = serializers.BooleanField(required=False)
    attribution = serializers.ChoiceField(Claim.Attribution.choices, required=False)
    said_on = serializers.DateField(required=False, allow_null=True)
    is_date_unknown = serializers.BooleanField(required=False)
    type = serializers.ChoiceField(Claim.Type.choices, required=False)
    place = Words(required=False, max_length=200)
    original = Words(required=False, max_length=2000, help_text="A quotation in its own words and language.")
    quantities = serializers.ListField(
        child=Figure(),
        required=False,
        max_length=20,
        help_text="All figures; what is left out is taken away.",
    )


class EntryShape(serializers.ModelSerializer[AuditEntry]):
    """One change in the history."""

    by = serializers.CharField(source="actor_name")
    did = serializers.SerializerMethodField(help_text="In words.")

    class Meta:
        model = AuditEntry
        fields = ("seq", "at", "by", "verb", "did")

    def get_did(self, entry: AuditEntry) -> str:
        return did_in(entry, hides_score=True, scales=None)


class Claims(Resource):
    class AskedList(Listing):
        workspace = AskedKey(required=False)
        article = AskedKey(required=False)
        status = serializers.ListField(
            child=serializers.ChoiceField([(status.value, status.label) for status in Status]),
            required=False,
            help_text="May be given several times.",
        )
        rating = Code(required=False)
        claimant = Words(required=False, max_length=200)
        reviewer = AskedKey(required=False)
        type = serializers.ChoiceField(Claim.Type.choices, required=False)
        min_score = serializers.FloatField(required=False, min_value=0, max_value=1)
        sample = serializers.BooleanField(
            default=False,
            help_text="true: only the undecided sample of what was passed over, which is left out otherwise.",
        )

    class AskedMark(Place, Wording):
        article = Key()
        article_version = Key(required=False, max_value=2**31 - 1, help_text="Default: the current one.")

    @operation("claims_list", tag=_TAG, query=AskedList, answers=CLAIM_PAGE)
    def get(self, request: PersonRequest) -> Response:
        """Claims of your desks, in the order they came to be."""
        asked = read_query(self.AskedList, request)
        rows = listed_claims(request.user)
        if rating := asked.pop("rating", ""):
            rows = claims_rated(rows, rating, request.user)
        rows = rows.passed_over() if asked.pop("sample") else rows.put_forward()
        wanted = {_FILTERS[name]: value for name, value in asked.items() if name in _FILTERS}
        return self.paged(request, rows.filter(**wanted), ClaimShape, OldestFirst)

    @operation(
        "claims_mark",
        tag=_TAG,
        asks=AskedMark,
        answers=ClaimDetailShape,
        status=201,
        refused=(403, 404, 409, 422),
    )
    def post(self, request: PersonRequest) -> Response:
        """Mark a claim by hand: accepted at once, yours to check."""
        asked = read(self.AskedMark, request)
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=asked.pop("article"))
        number = asked.pop("article_version", None)
        version = get_object_or_404(article.versions, number=number) if number else current_version(article)
        place = _place(version.text, asked)
        claim = mark_claim(article=article, article_version=version, by=request.user, **place, **asked)
        ring_comparing(claim.workspace_id)
        return answer(self, request, claim.pk, status=201)


class OneClaim(Resource):
    class AskedWording(Versioned, Wording):
        pass

    @operation("claims_get", tag=_TAG, answers=ClaimDetailShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One claim, with the moves that are legal and whether you may make them."""
        return answer(self, request, pk)

    @operation("claims_edit", tag=_TAG, asks=AskedWording, answers=ClaimDetailShape, refused=(422,))
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Change what the claim says, who said it, where and when, and its figures."""
        claim = edit_claim(claim=visible(request, pk), by=request.user, **read(self.AskedWording, request))
        ring_comparing(claim.workspace_id)
        return answer(self, request, pk)


class ClaimSpan(Resource):
    class AskedSpan(Versioned, Place):
        pass

    @operation("claims_edit_span", tag=_TAG, asks=AskedSpan, answers=ClaimDetailShape, refused=(409, 422))
    def put(self, request: PersonRequest, pk: int) -> Response:
        """Pin the claim to other words of the same version."""
        asked = read(self.AskedSpan, request)
        claim = visible(request, pk)
        place = _place(claim.article_version.text, asked)
        edit_span(claim=claim, version=asked["version"], by=request.user, **place)
        ring_comparing(claim.workspace_id)
        return answer(self, request, pk)


class ClaimHistory(Resource):
    @operation("claims_history", tag=_TAG, query=Listing, answers=page_of(EntryShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """What happened to the claim, its verdict, its evidence and its matches, newest first."""
        read_query(Listing, request)
        return self.paged(request, history_of(visible(request, pk)), EntryShape, NewestEntryFirst)


class AcceptClaim(Resource):
    @operation("claims_accept", tag=_TAG, asks=Versioned, answers=ClaimDetailShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """The candidate is worth checking; you become its reviewer."""
        claim = accept_claim(claim=visible(request, pk), by=request.user, **read(Versioned, request))
        ring_comparing(claim.workspace_id)
        return answer(self, request, pk)


class DismissClaim(Resource):
    class AskedDismiss(Versioned):
        reason = serializers.ChoiceField([(reason.value, reason.label) for reason in CHOOSABLE_REASONS])

    @operation("claims_dismiss", tag=_TAG, asks=AskedDismiss, answers=ClaimDetailShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """The candidate is not worth checking, for a reason."""
        dismiss_claim(claim=visible(request, pk), by=request.user, **read(self.AskedDismiss, request))
        return answer(self, request, pk)


class RestoreClaim(Resource):
    @operation("claims_restore", tag=_TAG, asks=Versioned, answers=ClaimDetailShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Put a dismissed claim back among the candidates."""
        claim = restore_claim(claim=visible(request, pk), by=request.user, **read(Versioned, request))
        ring_comparing(claim.workspace_id)
        return answer(self, request, pk)


class MergeClaim(Resource):
    class AskedMerge(Versioned):
        into = Key(help_text="The claim of the same article under which this one is checked.")

    @operation("claims_merge", tag=_TAG, asks=AskedMerge, answers=ClaimDetailShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """This claim is the same as another one."""
        asked = read(self.AskedMerge, request)
        into = visible(request, asked.pop("into"))
        merge_claim(claim=visible(request, pk), into=into, by=request.user, **asked)
        return answer(self, request, pk)


class TakeClaim(Resource):
    @operation("claims_take", tag=_TAG, asks=Versioned, answers=ClaimDetailShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Become the reviewer of a claim in review."""
        take_claim(claim=visible(request, pk), by=request.user, **read(Versioned, request))
        return answer(self, request, pk)


class UndoStep(Resource):
    @operation("claims_undo", tag=_TAG, asks=Versioned, answers=ClaimDetailShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Take your own last step on this claim back; see `POST articles/{id}/undo` for your last step of all."""
        claim = undo_claim(claim=visible(request, pk), by=request.user, **read(Versioned, request))
        ring_comparing(claim.workspace_id)
        return answer(self, request, pk)


def visible(request: PersonRequest, pk: int) -> Claim:
    """The claim, or a 404 that does not say whether another desk has it."""
    return get_object_or_404(
        Claim.objects.visible_to(request.user).select_related("article_version", "workspace"), pk=pk
    )


def answer(view: Resource, request: PersonRequest, pk: int, *, status: int = 200) -> Response:
    """The claim as it stands now, with what can be done next."""
    claim = get_object_or_404(listed_claims(request.user), pk=pk)
    return view.one(request, claim, ClaimDetailShape, status=status)


def _place(text: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Take the place out of what was asked, and check it against the text or find it there."""
    given = {name: asked.pop(name, None) for name in ("start", "end", "exact", "prefix", "suffix")}
    exact = given["exact"] or ""
    if given["start"] is not None and given["end"] is not None:
        span = spans.check(text, **{**given, "exact": exact})
    elif given["start"] is None and given["end"] is None:
        found = spans.find(text, exact, prefix=given["prefix"] or "", suffix=given["suffix"] or "")
        if found is None:
            raise Incomplete("These words are not in the text.", {"exact": ["Quote the text exactly."]})
        span = found
    else:
        raise Incomplete("A place has a start and an end.", {"start": ["Send both positions, or neither."]})
    return {"start": span.start, "end": span.end, "exact": span.exact}
