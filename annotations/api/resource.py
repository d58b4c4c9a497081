"""What all endpoints share: strict JSON in, a page or one thing with its version out."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.fields import StrictJSON
from annotations.api.paging import Pages
from annotations.people.models import User

Shape = type[serializers.BaseSerializer[Any]]


class PersonRequest(Request):
    """For types alone: by the time a handler runs, somebody is signed in."""

    user: User


class Resource(APIView):
    parser_classes: tuple[type[BaseParser], ...] = (StrictJSON,)

    def paged(
        self, request: Request, rows: QuerySet[Any], shape: Shape, pages: type[Pages] = Pages
    ) -> Response:
        """One page of the rows, with links to the next and the one before."""
        pager = pages()
        page = pager.paginate_queryset(rows, request, view=self)
        return pager.get_paginated_response(shape(page, many=True, context={"request": request}).data)

    def one(self, request: Request, row: Any, shape: Shape, *, status: int = 200) -> Response:
        """One thing. Its version is also the ETag, to be sent back as If-Match."""
        answer = Response(shape(row, context={"request": request}).data, status=status)
        version = getattr(row, "version", None)
        if isinstance(version, int):
            answer["ETag"] = f'"{version}"'
        return answer


class AnyAccept(DefaultContentNegotiation):
    """For files: what is sent is what the address says, whatever the client would have liked."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


@cache
def page_of(shape: Shape) -> Any:
    """The description of a page of these."""
    return inline_serializer(
        name=f"{shape.__name__.removesuffix('Shape')}Page",
        fields={
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": shape(many=True),
        },
    )
