"""The queue for programs: the next claim, planning claims one by one and many at once, search, saved views."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.claims import CLAIM_PAGE, answer, visible
from annotations.api.describing import operation
from annotations.api.desks import desk_asked
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
from annotations.api.resource import PersonRequest, Resource
from annotations.api.shapes import ClaimDetailShape, ClaimShape
from annotations.articles.priority import PRIORITIES
from annotations.claims.models import Claim
from annotations.claims.services.assigning import (
    MOST,
    Outcome,
    assign_claims,
    hand_over,
    hold_claim,
    release_claim,
    set_due,
    set_priority,
    undo_assignment,
)
from annotations.claims.services.taking import take_next_claim
from annotations.desks.queries import scales_of
from annotations.people.models import User, Workspace
from annotations.refusals import Incomplete
from annotations.screens.filters import AGES, STATES, TYPES, people_of, read_filter
from annotations.screens.listings import listed_claims
from annotations.screens.search import found_claims

_TAG = "queue"


class Seen(Asked):
    id = Key()
    version = Whole(help_text="The version you saw.")


class AskedMany(Asked):
    claims = serializers.ListField(child=Seen(), min_length=1, max_length=MOST)


class AssignedClaimShape(serializers.Serializer[Any]):
    """What became of one claim."""

    claim = serializers.IntegerField(source="claim.pk")
    version = serializers.IntegerField(source="claim.version", help_text="As it stands now.")
    is_changed = serializers.SerializerMethodField(help_text="False also when it stood so already.")
    reason = serializers.SerializerMethodField(help_text="Why it was refused; empty when it was not.")

    def get_is_changed(self, outcome: Outcome) -> bool:
        return outcome.refusal is None and outcome.is_changed

    def get_reason(self, outcome: Outcome) -> str:
        return outcome.refusal.reason if outcome.refusal else ""


class AssignedShape(serializers.Serializer[Any]):
    outcomes = AssignedClaimShape(many=True)


class NextShape(serializers.Serializer[Any]):
    claim = ClaimDetailShape(allow_null=True)
    says = serializers.CharField(help_text="Why this one; or why there is none.")


class NextClaim(Resource):
    class AskedNext(Asked):
        workspace = Key(required=False, help_text="May be left out by a member of one desk only.")
        past = Key(
            required=False, help_text="The claim in front of you: of several of yours, the one after it."
        )

    @operation("queue_next", tag=_TAG, asks=AskedNext, answers=NextShape, refused=(403, 422))
    def post(self, request: PersonRequest) -> Response:
        """Take the next claim that waits for you. Asked again, what you have not finished comes first."""
        asked = read(self.AskedNext, request)
        desk = desk_asked(request.user, asked.get("workspace"))
        found = take_next_claim(workspace=desk, by=request.user, past=asked.get("past"))
        claim = listed_claims(request.user).get(pk=found.claim.pk) if found.claim else None
        return Response(NextShape({"claim": claim, "says": found.says}, context={"request": request}).data)


class AssignClaims(Resource):
    class AskedAssign(AskedMany):
        reviewer = Key(required=False, allow_null=True, help_text="null: nobody. Left out: as it is.")
        second_reviewer = Key(required=False, allow_null=True)
        priority = serializers.ChoiceField(
            PRIORITIES, required=False, allow_null=True, help_text="null: as its article."
        )
        due_at = serializers.DateTimeField(required=False, allow_null=True, help_text="null: as its article.")
        note = Words(required=False, max_length=500)
        is_trial = serializers.BooleanField(
            default=False, help_text="Say what it would come to, keep nothing."
        )

    @operation("queue_assign", tag=_TAG, asks=AskedAssign, answers=AssignedShape, refused=(403, 404, 422))
    def post(self, request: PersonRequest) -> Response:
        """Give claims of one desk to people, a priority or a due time; one outcome a claim."""
        asked = read(self.AskedAssign, request)
        claims = _claims(request, asked.pop("claims"))
        for name in ("reviewer", "second_reviewer"):
            if asked.get(name) is not None:
                asked[name] = _person(claims[0][0].workspace, asked[name], name)
        return _outcomes(assign_claims(claims=claims, by=request.user, **asked))


class UndoAssignment(Resource):
    @operation("queue_undo", tag=_TAG, asks=AskedMany, answers=AssignedShape, refused=(403, 404, 422))
    def post(self, request: PersonRequest) -> Response:
        """Take your own last assignment of these claims back, if nobody changed them since."""
        claims = _claims(request, read(AskedMany, request)["claims"])
        return _outcomes(undo_assignment(claims=claims, by=request.user))


class HandOver(Resource):
    class AskedHandOver(Versioned):
        to = Key()
        note = Words(required=False, max_length=500)

    @operation("claims_hand_over", tag=_TAG, asks=AskedHandOver, answers=ClaimDetailShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Give a claim in your hands to somebody else: its review, or its second review once submitted."""
        asked = read(self.AskedHandOver, request)
        claim = visible(request, pk)
        to = _person(claim.workspace, asked.pop("to"), "to")
        hand_over(claim=claim, to=to, by=request.user, **asked)
        return answer(self, request, pk)


class ClaimPriority(Resource):
    class AskedPriority(Versioned):
        priority = serializers.ChoiceField(PRIORITIES, allow_null=True)

    @operation("claims_priority", tag=_TAG, asks=AskedPriority, answers=ClaimDetailShape, refused=(409, 422))
    def put(self, request: PersonRequest, pk: int) -> Response:
        """How urgent the claim is; null for as urgent as its article."""
        set_priority(claim=visible(request, pk), by=request.user, **read(self.AskedPriority, request))
        return answer(self, request, pk)


class ClaimDue(Resource):
    class AskedClaimDue(Versioned):
        due_at = serializers.DateTimeField(allow_null=True)

    @operation("claims_due", tag=_TAG, asks=AskedClaimDue, answers=ClaimDetailShape, refused=(409, 422))
    def put(self, request: PersonRequest, pk: int) -> Response:
        """When the claim is due; null for when its article is."""
        set_due(claim=visible(request, pk), by=request.user, **read(self.AskedClaimDue, request))
        return answer(self, request, pk)


class HoldClaim(Resource):
    class AskedHold(Versioned):
        reason = Words(max_length=300)

    @operation("claims_hold", tag=_TAG, asks=AskedHold, answers=ClaimDetailShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Put the claim aside for a reason: it is handed out to nobody."""
        hold_claim(claim=visible(request, pk), by=request.user, **read(self.AskedHold, request))
        return answer(self, request, pk)


class ReleaseClaim(Resource):
    @operation("claims_release", tag=_TAG, asks=Versioned, answers=ClaimDetailShape, refused=(409, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Take a held claim up again."""
        release_claim(claim=visible(request, pk), by=request.user, **read(Versioned, request))
        return answer(self, request, pk)


class SearchClaims(Resource):
    class AskedSearch(Listing):
        workspace = AskedKey(required=False, help_text="May be left out by a member of one desk only.")
        q = Words(required=False, max_length=200, help_text="Words, “a phrase”, `or`, `-without`.")
        state = serializers.ChoiceField(list(STATES.items()), required=False)
        rating = Code(required=False)
        qualifier = Code(required=False)
        outlet = Words(required=False, max_length=200)
        language = Words(required=False, max_length=12)
        claimant = Words(required=False, max_length=200)
        person = Words(required=False, max_length=20, help_text="A key, `me` or `none`.")
        priority = serializers.ChoiceField([str(level) for level, _ in PRIORITIES], required=False)
        type = serializers.ChoiceField(list(TYPES), required=False)
        age = serializers.ChoiceField(list(AGES), required=False)

    @operation("claims_search", tag=_TAG, query=AskedSearch, answers=CLAIM_PAGE, refused=(422,))
    def get(self, request: PersonRequest) -> Response:
        """Claims of one desk by their words: wording, article, claimant, sources and reasons. Newest first."""
        asked = read_query(self.AskedSearch, request)
        desk = desk_asked(request.user, asked.pop("workspace", None))
        if "rating" in asked and asked["rating"] not in (known := scales_of(desk.pk).looks):
            raise ValidationError({"rating": [f"This desk rates with: {', '.join(known)}."]})
        found = read_filter({name: str(value) for name, value in asked.items()}, people_of(desk))
        fits = found_claims(desk=desk, person=request.user, asked=found)
        return self.paged(request, listed_claims(request.user).filter(pk__in=fits.values("pk")), ClaimShape)


def _claims(request: PersonRequest, asked: list[dict[str, Any]]) -> list[tuple[Claim, int]]:
    """The claims at the versions that were named: all of them of one desk that this person is in."""
    versions = {one["id"]: one["version"] for one in asked}
    rows = Claim.objects.visible_to(request.user).filter(pk__in=versions)
    found = list(rows.select_related("workspace", "reviewer", "second_reviewer"))
    if len(found) < len(versions) or len({claim.workspace_id for claim in found}) > 1:
        raise Incomplete("Name claims of one of your desks.", {"claims": ["Some of these are not there."]})
    return [(claim, versions[claim.pk]) for claim in found]


def _person(desk: Workspace, key: int, field: str) -> User:
    found = next((one for one in people_of(desk) if one.pk == key), None)
    if found is None:
        problem = {field: ["Choose a reviewer or an editor of this desk."]}
        raise Incomplete("Nobody on this desk has this key.", problem)
    return found


def _outcomes(outcomes: list[Outcome]) -> Response:
    return Response(AssignedShape({"outcomes": outcomes}).data)
