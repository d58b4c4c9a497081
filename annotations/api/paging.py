"""Pages by key: the next page begins after the last row seen, so rows that come in meanwhile shift nothing."""

from __future__ import annotations

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

BIGGEST_KEY = 2**63 - 1


class Pages(CursorPagination):
    """Ordered by key alone: unique, indexed, and never changed."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    ordering = "-id"

    def decode_cursor(self, request: Request) -> Cursor | None:
        """A position is a key here. Anything else was not made by us and is refused before it meets the database."""
        cursor = super().decode_cursor(request)
        if cursor is None or cursor.position is None:
            return cursor
        position = str(cursor.position)
        if not (position.isascii() and position.isdigit() and len(position) < 20):
            raise ValidationError({"cursor": ["This is not a cursor of this list."]})
        if int(position) > BIGGEST_KEY:
            raise ValidationError({"cursor": ["This is not a cursor of this list."]})
        return cursor


class OldestFirst(Pages):
    ordering = "id"


class NewestEntryFirst(Pages):
    """Entries of the history, by their place in the chain of the desk."""

    ordering = "-seq"
