"""Signing in for programs: a token for a name and a password, for some hours."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, Words, read
from annotations.api.resource import Resource
from annotations.api.shapes import PersonShape

_TAG = "tokens"


class WrongPassword(APIException):
    status_code = 401
    default_code = "wrong-password"
    default_detail = "The user name or the password is wrong."
    auth_header = "Token"


class TokenShape(serializers.Serializer[Any]):
    token = serializers.CharField(help_text="Send it as `Authorization: Token …`. It is shown only now.")
    expires_at = serializers.DateTimeField(source="row.expiry")
    person = PersonShape(source="row.user")


class Tokens(Resource):
    authentication_classes = ()
    permission_classes = ()
    throttle_scope = "sign-in"

    class AskedToken(Asked):
        username = Words(max_length=150, allow_blank=False)
        password = Words(max_length=1000, allow_blank=False)

    @operation(
        "tokens_create",
        tag=_TAG,
        asks=AskedToken,
        answers=TokenShape,
        status=201,
        refused=(401, 429),
        open_to_all=True,
    )
    def post(self, request: Request) -> Response:
        """Sign in. Wrong passwords are counted together with those on the sign-in page."""
        asked = read(self.AskedToken, request)
        # The plain request: the lock on too many tries leaves its mark there, for its middleware to see.
        person = authenticate(request=request._request, **asked)
        if person is None:
            raise WrongPassword
        row, token = AuthToken.objects.create(person)
        return self.one(request, {"token": token, "row": row}, TokenShape, status=201)


class CurrentToken(Resource):
    @operation("tokens_end", tag=_TAG, status=204)
    def delete(self, request: Request) -> Response:
        """End the token that this request was sent with."""
        if not isinstance(request.auth, AuthToken):
            raise ValidationError({"": ["This request was not sent with a token."]})
        request.auth.delete()
        return Response(status=204)
