"""What the API says about itself: one decorator an endpoint, so that every refusal is in the description too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from annotations.api.errors import MEDIA_TYPE
from annotations.api.fields import Asked, Versioned

_MEANING = {
    400: "The request cannot be read: a field is unknown, of the wrong type or out of bounds.",
    401: "Nobody is signed in.",
    403: "This person may not do this; another one might.",
    404: "There is no such thing, or it belongs to another desk.",
    409: "Nobody may do this from here. `legal` names the moves that lead on.",
    412: "It changed since the version you named. `current` and `yours` stand side by side; nothing was written.",
    413: "More than one request may carry.",
    415: "Only JSON is read.",
    422: "Understood, but something is missing or cannot be right: `problems`.",
    428: "No version was named.",
    429: "Too many tries; wait.",
}
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description='The version you saw, as `"3"`, instead of in the body.',
)
Method = Callable[..., Any]


class ProblemShape(serializers.Serializer[Any]):
    """A refusal (RFC 9457)."""

    type = serializers.CharField(help_text="Stable, for programs.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="One sentence, for people.")
    problems = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False
    )
    legal = serializers.ListField(child=serializers.CharField(), required=False)
    current = serializers.DictField(required=False)
    yours = serializers.DictField(required=False)
    version = serializers.IntegerField(required=False, help_text="The version to send with the next try.")


def operation(
    name: str,
    *,
    tag: str,
    asks: type[Asked] | None = None,
    query: type[Asked] | None = None,
    answers: Any = None,
    status: int | Sequence[int] = 200,
    refused: Sequence[int] = (),
    open_to_all: bool = False,
    file_type: str = "",
    examples: Sequence[OpenApiExample] = (),
) -> Callable[[Method], Method]:
    """Describe one endpoint. The refusals that follow from its input are added; `refused` names the others."""
    parameters: list[Any] = [query] if query else []
    if asks and issubclass(asks, Versioned):
        parameters.append(IF_MATCH)
    done: Any = answers or OpenApiResponse(description="Done.")
    responses: dict[Any, Any] = {
        (code, file_type) if file_type else code: OpenApiTypes.BINARY if file_type else done
        for code in ((status,) if isinstance(status, int) else status)
    }
    for code in sorted({*refused, *_codes(asks, query, open_to_all=open_to_all)}):
        responses[(code, MEDIA_TYPE)] = OpenApiResponse(ProblemShape, description=_MEANING[code])
    return extend_schema(
        operation_id=name,
        tags=[tag],
        request=asks,
        parameters=parameters,
        responses=responses,
        examples=list(examples),
        auth=[{}] if open_to_all else None,  # type: ignore[list-item]
    )


def _codes(asks: type[Asked] | None, query: type[Asked] | None, *, open_to_all: bool) -> set[int]:
    """The refusals that follow from what an endpoint reads."""
    codes = {400} if asks or query else set()
    codes |= {413, 415} if asks else set()
    codes |= set() if open_to_all else {401}
    codes |= {403, 404, 412, 428} if asks and issubclass(asks, Versioned) else set()
    return codes
