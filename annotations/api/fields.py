"""Reading a request strictly: known fields, of their own type, within what the database holds."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from annotations.api.errors import TooLarge, VersionRequired
from annotations.api.paging import BIGGEST_KEY

BIGGEST_NUMBER = 2**31 - 1


class StrictJSON(JSONParser):
    """JSON within bounds, in which every string can be stored. Refused before a field is looked at."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge(f"One request may carry {limit // 2**20} MB.")
        try:
            values = super().parse(BytesIO(body), media_type, parser_context)
            _check_strings(values)
        except RecursionError as deep:
            raise ParseError("This is nested too deeply.") from deep
        return values


class Asked(serializers.Serializer[Any]):
    """What a request may say. A field that is not listed is refused: a typo would be lost in silence otherwise."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            raise ValidationError({str(name)[:60]: ["There is no such field."] for name in unknown[:20]})
        return super().to_internal_value(data)


class Words(serializers.CharField):
    """Text as it was sent: never trimmed, since quoted words count their spaces, and no number in its place."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"allow_blank": True, "trim_whitespace": False, "max_length": 20_000} | options))

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Code(serializers.RegexField):
    """A code of the desk's rating scale or of its qualifiers. Whether the desk has it, the room says."""

    def __init__(self, **options: Any) -> None:
        super().__init__(r"^[a-z][a-z0-9_]*\Z", **({"max_length": 24} | options))

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Whole(serializers.IntegerField):
    """A whole number, as one; `true` and "12" are not."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"min_value": 0, "max_value": BIGGEST_NUMBER} | options))

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class Key(Whole):
    """The number of a thing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"min_value": 1, "max_value": BIGGEST_KEY} | options))


class AskedKey(serializers.IntegerField):
    """The number of a thing in an address, where everything is text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"min_value": 1, "max_value": BIGGEST_KEY} | options))


class Versioned(Asked):
    """A write to what exists already. The header If-Match may say the version instead of the body."""

    version = Whole(required=False, help_text="The version you saw; or send it as If-Match.")


class Listing(Asked):
    """What every list takes in its address."""

    limit = serializers.IntegerField(required=False, min_value=1, max_value=200, help_text="Rows on a page.")
    cursor = serializers.CharField(required=False, max_length=200, help_text="From `next` or `previous`.")


def read(shape: type[Asked], request: Request, *, seen: str = "version") -> dict[str, Any]:
    """The body, checked. For a `Versioned` shape the version is in it afterwards, or the request is refused."""
    asked = shape(data=request.data)
    asked.is_valid(raise_exception=True)
    values: dict[str, Any] = dict(asked.validated_data)
    if seen in asked.fields and issubclass(shape, Versioned):
        values[seen] = _version(request, values.get(seen))
    return values


def read_query(shape: type[Asked], request: Request) -> dict[str, Any]:
    """The part of the address after the question mark, checked. What was left empty is left out."""
    query: QueryDict = request.query_params
    many = {name for name, field in shape().fields.items() if isinstance(field, serializers.ListField)}
    given = {name: query.getlist(name) if name in many else query[name] for name in query}
    asked = shape(data=given)
    asked.is_valid(raise_exception=True)
    return {name: value for name, value in asked.validated_data.items() if value not in ("", None, [])}


def _version(request: Request, named: int | None) -> int:
    header = request.headers.get("If-Match", "").strip()
    if not header:
        if named is None:
            raise VersionRequired
        return named
    number = header.removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) < 11 and int(number) <= BIGGEST_NUMBER):
        raise ValidationError({"If-Match": ['Send the version as a number in quotes: "3".']})
    if named is not None and named != int(number):
        raise ValidationError({"If-Match": ["This is another version than the one in the body."]})
    return int(number)


def _check_strings(values: Any) -> None:
    """Refuse what no database keeps, keys included: later it would break the answer that names it."""
    if isinstance(values, str):
        if "\x00" in values or any("\ud800" <= character <= "\udfff" for character in values):
            raise ParseError("A string holds a NUL or half of a surrogate pair, which cannot be stored.")
    elif isinstance(values, dict):
        for name, value in values.items():
            _check_strings(name)
            _check_strings(value)
    elif isinstance(values, list):
        for value in values:
            _check_strings(value)
