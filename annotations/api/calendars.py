"""The private address from which a calendar program reads what is due for one person."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.resource import PersonRequest, Resource
from annotations.calendars.models import CalendarFeed
from annotations.calendars.queries import open_feed_of, token_of
from annotations.calendars.services import open_feed, revoke_feed

_TAG = "calendar"


class CalendarShape(serializers.Serializer[Any]):
    address = serializers.CharField(
        help_text="Whoever has it can read it without signing in; empty without one."
    )


class Calendar(Resource):
    @operation("calendar_get", tag=_TAG, answers=CalendarShape)
    def get(self, request: PersonRequest) -> Response:
        """Your address, if you have one."""
        return _address(request, open_feed_of(request.user))

    @operation("calendar_open", tag=_TAG, answers=CalendarShape)
    def post(self, request: PersonRequest) -> Response:
        """Make your address, or get the one you have."""
        return _address(request, open_feed(by=request.user))

    @operation("calendar_revoke", tag=_TAG, answers=CalendarShape)
    def delete(self, request: PersonRequest) -> Response:
        """Kill your address. Nothing to revoke is no harm."""
        revoke_feed(by=request.user)
        return _address(request, None)


def _address(request: PersonRequest, feed: CalendarFeed | None) -> Response:
    where = reverse("calendar-feed", args=[token_of(feed)]) if feed else ""
    return Response(CalendarShape({"address": request.build_absolute_uri(where) if feed else ""}).data)
