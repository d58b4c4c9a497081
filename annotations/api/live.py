"""What others do, as it happens: a stream of events, the same in steps, and who is here."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from knox.models import AuthToken
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from annotations.api.claims import visible
from annotations.api.describing import operation
from annotations.api.fields import Asked, Key, Words, read, read_query
from annotations.api.resource import AnyAccept, PersonRequest, Resource
from annotations.api.shapes import PersonShape
from annotations.articles.models import Article
from annotations.live import stream
from annotations.live.changes import KINDS, changes_after, head_of, read_positions, written
from annotations.live.standing import desks_of, desks_of_session
from annotations.presence.queries import people_here
from annotations.presence.services import be_here, take_over

_TAG = "live"


class Busy(exceptions.Throttled):
    default_detail = (
        "You have as many streams open as one person may, or this server has none. Ask for changes."
    )
    extra_detail_singular = extra_detail_plural = ""


class ChangeShape(serializers.Serializer[Any]):
    """One thing that changed. `seq` is its place in the desk's history; 0 for what is not in it."""

    desk = serializers.IntegerField()
    seq = serializers.IntegerField()
    kind = serializers.ChoiceField(KINDS)
    article = serializers.IntegerField(allow_null=True)
    claim = serializers.IntegerField(allow_null=True)
    by = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    at = serializers.CharField()


class HereShape(serializers.Serializer[Any]):
    person = PersonShape()
    claims = serializers.ListField(child=serializers.IntegerField())
    working_since = serializers.DateTimeField(allow_null=True, help_text="On the claim that was asked about.")


class AskedSince(Asked):
    since = Words(required=False, max_length=2_000, help_text="From `since` or an event's id. Default: now.")


class Events(Resource):
    content_negotiation_class = AnyAccept

    @operation("events", tag=_TAG, query=AskedSince, file_type="text/event-stream", refused=(429,))
    def get(self, request: PersonRequest) -> HttpResponseBase:
        """Server-sent events: `hello`, then `change` with a Change each. Go on after a break with Last-Event-ID."""
        asked, person = read_query(AskedSince, request), request.user
        desks = desks_of(person.pk)
        if not isinstance(request._request, ASGIRequest) or not desks or stream.is_full(person.pk):
            raise Busy(wait=30)
        since = read_positions(request.headers.get("Last-Event-ID") or asked.get("since", ""))
        events = stream.events(person_id=person.pk, desks=desks, since=since, standing=_standing(request))
        if not connection.in_atomic_block:
            connection.close()
        return StreamingHttpResponse(
            events,
            content_type="text/event-stream",
            headers={
                "X-Accel-Buffering": "no",
                "Cache-Control": "no-store",
                "Content-Encoding": "identity",
            },
        )


class Changes(Resource):
    class ChangesShape(serializers.Serializer[Any]):
        since = serializers.CharField(help_text="To send with the next question.")
        changes = ChangeShape(many=True)

    @operation("changes", tag=_TAG, query=AskedSince, answers=ChangesShape)
    def get(self, request: PersonRequest) -> Response:
        """What changed on your desks since a position. Far behind, one `reset` a desk."""
        asked = read_query(AskedSince, request)
        since, heads = read_positions(asked.get("since", "")), head_of(desks_of(request.user.pk))
        found: list[dict[str, Any]] = []
        for desk in sorted(heads):
            if since.get(desk, heads[desk]) != heads[desk]:
                changes, heads[desk] = changes_after(desk, since[desk])
                found += [change.as_values() for change in changes]
        return Response({"since": written(heads), "changes": found})


class Here(Resource):
    class AskedHere(Asked):
        tab = Words(max_length=40, allow_blank=False, help_text="A name for this window, 8 to 40 characters.")
        claim = Key(required=False, help_text="The claim in hand.")
        is_working = serializers.BooleanField(required=False)

    @operation("presence_list", tag=_TAG, answers=HereShape(many=True), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Who has this article open now."""
        return _here(get_object_or_404(Article.objects.visible_to(request.user), pk=pk), None)

    @operation("presence_say", tag=_TAG, asks=AskedHere, answers=HereShape(many=True), refused=(404, 422))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Say that you are here; say it again within 90 seconds. `is_working` asks for the claim in hand."""
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        asked = read(self.AskedHere, request)
        claim = visible(request, asked["claim"]) if "claim" in asked else None
        works = asked.get("is_working", False)
        be_here(article=article, claim=claim, tab=asked["tab"], is_working=works, by=request.user)
        return _here(article, claim.pk if claim else None)


class TakeOverClaim(Resource):
    class AskedTakeOver(Asked):
        tab = Words(max_length=40, allow_blank=False)

    @operation(
        "presence_take_over",
        tag=_TAG,
        asks=AskedTakeOver,
        answers=HereShape(many=True),
        refused=(403, 404, 422),
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Take a claim over from whoever is said to be working on it. Nobody's words are lost by it."""
        claim = visible(request, pk)
        take_over(claim=claim, by=request.user, **read(self.AskedTakeOver, request))
        return _here(claim.article, claim.pk)


def _here(article: Article, claim_id: int | None) -> Response:
    return Response(HereShape(people_here(article, claim_id=claim_id), many=True).data)


def _standing(request: PersonRequest) -> stream.Standing:
    """How to ask, later and without this request, whether the person may still listen."""
    person_id = request.user.pk
    if isinstance(request.auth, AuthToken):
        return partial(_desks_of_token, person_id, request.auth.pk)
    return partial(desks_of_session, person_id, request._request.session.session_key or "")


def _desks_of_token(person_id: int, key: str) -> frozenset[int]:
    alive = AuthToken.objects.filter(pk=key, expiry__gt=timezone.now()).exists()
    return desks_of(person_id) if alive else frozenset()
