"""The rules of a desk: its rating scale, guidelines and policy, each in versions; and who works on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, AskedKey, Code, Listing, Versioned, Whole, Words, read, read_query
from annotations.api.paging import OldestFirst
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.desks.guidelines import FIELDS
from annotations.desks.permissions import may_read_desk
from annotations.desks.policy import CONFIDENCE_ASKED
from annotations.desks.queries import guidelines_of, policy_of, scales_of
from annotations.desks.scale import MOST_QUALIFIERS, MOST_RATINGS, SHAPES, Scale
from annotations.desks.services import publish_guidelines, publish_policy, publish_scale
from annotations.people.models import Membership, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.queries import workspaces_of
from annotations.people.roles import Role
from annotations.people.services import add_person, change_role, end_membership, restore_membership
from annotations.refusals import Incomplete

_TAG = "desk"
_ROLES = [(role.value, role.label) for role in Role]


class OfDesk(Asked):
    workspace = AskedKey(required=False, help_text="May be left out by a member of one desk only.")


class OfDeskVersion(OfDesk):
    number = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="An older version."
    )


class Replacing(Versioned):
    version = None  # type: ignore[assignment]
    seen = Whole(
        required=False, help_text="The number of the version you began from; or send it as If-Match."
    )


class RatingShape(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="For ever: it names the rating in what is stored.")
    label = serializers.CharField()  # type: ignore[assignment]
    number = serializers.IntegerField(
        allow_null=True, help_text="ClaimReview; null for outcomes off the scale."
    )
    definition = serializers.CharField()
    shape = serializers.CharField()
    colour = serializers.CharField(
        help_text="A name of the palette, or ink and ground, light and dark, as #rrggbb."
    )
    needs_gaps = serializers.BooleanField()
    is_retired = serializers.BooleanField()


class QualifierShape(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class ScaleShape(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="1 is the scale that every desk begins with.")
    ratings = RatingShape(many=True)
    qualifiers = QualifierShape(many=True)
    worst = serializers.IntegerField()
    best = serializers.IntegerField()


class DeskScale(Resource):
    class AskedScale(Replacing):
        class AskedRating(Asked):
            code = Code(
                required=False, allow_blank=True, max_length=20, help_text="Left out for a new rating."
            )
            label = Words(max_length=40)  # type: ignore[assignment]
            number = serializers.IntegerField(
                required=False, allow_null=True, min_value=-1000, max_value=1000
            )
            definition = Words(max_length=400)
            shape = serializers.ChoiceField(list(SHAPES))
            colour = Words(max_length=40)
            needs_gaps = serializers.BooleanField(required=False)
            is_retired = serializers.BooleanField(required=False)

        ratings = serializers.ListField(child=AskedRating(), max_length=MOST_RATINGS)
        qualifiers = serializers.ListField(child=Words(max_length=60), max_length=MOST_QUALIFIERS)
        worst = serializers.IntegerField(required=False, min_value=-1000, max_value=1000)
        best = serializers.IntegerField(required=False, min_value=-1000, max_value=1000)

    @operation("scale_get", tag=_TAG, query=OfDeskVersion, answers=ScaleShape, refused=(403, 422))
    def get(self, request: PersonRequest) -> Response:
        """The ratings and qualifiers that verdicts are given on."""
        asked = read_query(OfDeskVersion, request)
        scales = scales_of(_desk(request, asked.get("workspace")).pk)
        number = asked.get("number", scales.current.number)
        return _answer(
            _scale(next((one for one in scales.versions if one.number == number), None)), ScaleShape
        )

    @operation("scale_publish", tag=_TAG, query=OfDesk, asks=AskedScale, answers=ScaleShape, refused=(422,))
    def put(self, request: PersonRequest) -> Response:
        """Publish the next version. What is published keeps the words it was published with."""
        desk = _desk(request, read_query(OfDesk, request).get("workspace"))
        asked = read(self.AskedScale, request, seen="seen")
        return _answer(_scale(publish_scale(workspace=desk, by=request.user, **asked)), ScaleShape)


class SectionShape(serializers.Serializer[Any]):
    title = serializers.CharField()
    text = serializers.CharField()
    field = serializers.CharField(allow_blank=True, help_text="The field it is shown beside; empty for none.")


class GuidelinesShape(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="0 when none were written yet.")
    sections = SectionShape(many=True)


class DeskGuidelines(Resource):
    class AskedGuidelines(Replacing):
        class AskedSection(Asked):
            title = Words(max_length=120)
            text = Words(max_length=8000)
            field = serializers.ChoiceField(list(FIELDS), required=False, allow_blank=True)

        sections = serializers.ListField(child=AskedSection(), max_length=40)

    @operation("guidelines_get", tag=_TAG, query=OfDeskVersion, answers=GuidelinesShape, refused=(403, 422))
    def get(self, request: PersonRequest) -> Response:
        """The house rules."""
        asked = read_query(OfDeskVersion, request)
        found = guidelines_of(_desk(request, asked.get("workspace")).pk, asked.get("number"))
        return _answer({"number": found.number, "sections": found.as_values()}, GuidelinesShape)

    @operation(
        "guidelines_publish",
        tag=_TAG,
        query=OfDesk,
        asks=AskedGuidelines,
        answers=GuidelinesShape,
        refused=(422,),
    )
    def put(self, request: PersonRequest) -> Response:
        """Publish the next version. Each verdict names the one it was written under."""
        desk = _desk(request, read_query(OfDesk, request).get("workspace"))
        asked = read(self.AskedGuidelines, request, seen="seen")
        found = publish_guidelines(workspace=desk, by=request.user, **asked)
        return _answer({"number": found.number, "sections": found.as_values()}, GuidelinesShape)


class PolicyShape(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="0 when the default stands.")
    primary_needed = serializers.IntegerField()
    origins_needed = serializers.IntegerField()
    exempt = serializers.ListField(child=serializers.CharField(), help_text="Ratings that need no sources.")
    confidence_asked = serializers.CharField()
    names_printed = serializers.BooleanField()
    correction_text = serializers.CharField(allow_blank=True)
    contact = serializers.CharField(allow_blank=True)


class DeskPolicy(Resource):
    class AskedPolicy(Replacing):
        primary_needed = Whole()
        origins_needed = Whole()
        exempt = serializers.ListField(child=Code(max_length=20), max_length=MOST_RATINGS)
        confidence_asked = serializers.ChoiceField(list(CONFIDENCE_ASKED))
        names_printed = serializers.BooleanField()
        correction_text = Words(required=False, max_length=4000)
        contact = Words(required=False, max_length=300)

    @operation("policy_get", tag=_TAG, query=OfDesk, answers=PolicyShape, refused=(403, 422))
    def get(self, request: PersonRequest) -> Response:
        """What is asked of every verdict, and what reports say about the desk."""
        found = policy_of(_desk(request, read_query(OfDesk, request).get("workspace")).pk)
        return _answer({"number": found.number, **found.as_values()}, PolicyShape)

    @operation(
        "policy_publish", tag=_TAG, query=OfDesk, asks=AskedPolicy, answers=PolicyShape, refused=(422,)
    )
    def put(self, request: PersonRequest) -> Response:
        """Put another policy in force, whole: what is left out is empty."""
        desk = _desk(request, read_query(OfDesk, request).get("workspace"))
        found = publish_policy(
            workspace=desk, by=request.user, **read(self.AskedPolicy, request, seen="seen")
        )
        return _answer({"number": found.number, **found.as_values()}, PolicyShape)


class MemberShape(serializers.ModelSerializer[Membership]):
    workspace = serializers.IntegerField(source="workspace_id")
    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.display_name")

    class Meta:
        model = Membership
        fields = ("id", "workspace", "username", "name", "role", "is_active", "created_at", "version")


class People(Resource):
    class AskedList(Listing):
        workspace = AskedKey(required=False, help_text="May be left out by a member of one desk only.")

    class AskedPerson(Asked):
        workspace = AskedKey(required=False)
        username = Words(max_length=150)
        name = Words(required=False, max_length=150)
        role = serializers.ChoiceField(_ROLES)

    @operation("people_list", tag=_TAG, query=AskedList, answers=page_of(MemberShape), refused=(403, 422))
    def get(self, request: PersonRequest) -> Response:
        """Everybody who is or was on the desk, in the order they came. For admins."""
        desk = _desk(request, read_query(self.AskedList, request).get("workspace"))
        may_act_as(request.user, Role.ADMIN, within=desk, to="see and change who works here").or_refuse()
        rows = Membership.objects.visible_to(request.user).filter(workspace=desk).select_related("user")
        return self.paged(request, rows, MemberShape, OldestFirst)

    @operation(
        "people_add", tag=_TAG, asks=AskedPerson, answers=MemberShape, status=201, refused=(403, 409, 422)
    )
    def post(self, request: PersonRequest) -> Response:
        """Let somebody in. Whoever is new sets a password by the link that an admin makes on the People page."""
        asked = {"name": "", **read(self.AskedPerson, request)}
        desk = _desk(request, asked.pop("workspace", None))
        member = add_person(workspace=desk, by=request.user, **asked)
        return self.one(request, member, MemberShape, status=201)


class OnePerson(Resource):
    class AskedRole(Versioned):
        role = serializers.ChoiceField(_ROLES)

    @operation("people_get", tag=_TAG, answers=MemberShape, refused=(403, 404))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One member. For admins."""
        member = _member(request, pk)
        may_act_as(
            request.user, Role.ADMIN, within=member.workspace_id, to="see and change who works here"
        ).or_refuse()
        return self.one(request, member, MemberShape)

    @operation("people_change_role", tag=_TAG, asks=AskedRole, answers=MemberShape, refused=(409, 422))
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Give somebody another role. The last admin keeps theirs."""
        member = change_role(
            membership=_member(request, pk), by=request.user, **read(self.AskedRole, request)
        )
        return self.one(request, member, MemberShape)


class EndMembership(Resource):
    @operation("people_end", tag=_TAG, asks=Versioned, answers=MemberShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Shut somebody out of the desk. What they did stays theirs."""
        member = end_membership(membership=_member(request, pk), by=request.user, **read(Versioned, request))
        return self.one(request, member, MemberShape)


class RestoreMembership(Resource):
    @operation("people_restore", tag=_TAG, asks=Versioned, answers=MemberShape, refused=(409,))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Let a former member in again, in the role they had."""
        member = restore_membership(
            membership=_member(request, pk), by=request.user, **read(Versioned, request)
        )
        return self.one(request, member, MemberShape)


def _desk(request: PersonRequest, key: int | None) -> Workspace:
    desks: Sequence[Workspace] = [desk for desk in workspaces_of(request.user) if key in (None, desk.pk)]
    if len(desks) != 1:
        raise Incomplete("Say which desk you mean.", {"workspace": ["Name one of your desks."]})
    may_read_desk(request.user, desks[0]).or_refuse()
    return desks[0]


def _member(request: PersonRequest, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.visible_to(request.user).select_related("user"), pk=pk)


def _scale(scale: Scale | None) -> dict[str, Any]:
    if scale is None:
        raise Incomplete("There is no such version of the scale.", {"number": ["No such version."]})
    return {"number": scale.number, **scale.as_values()}


def _answer(values: dict[str, Any], shape: type[serializers.Serializer[Any]]) -> Response:
    """The values, with the number of their version as the ETag."""
    answer = Response(shape(values).data)
    answer["ETag"] = f'"{values["number"]}"'
    return answer
