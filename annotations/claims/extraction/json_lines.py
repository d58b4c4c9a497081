"""JSON lines as people hand them over: an object a line, in UTF-8, however many there are. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST = 1_000_000
"""Bytes of a line that are taken; what is longer holds no sentence, and may not fill the memory."""


class BadLine(Exception):
    """A line of a file that cannot be used, counted from 1. `reason` is for the person who gave it."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")


def objects(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number of each line and what it holds, read as it is asked for; empty lines count and are passed over.

    Raises `BadLine`.
    """
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST:
            raise BadLine(number, f"longer than {LONGEST} bytes.")
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (ValueError, RecursionError):
            raise BadLine(number, "this is no JSON in UTF-8.") from None
        if not isinstance(row, dict):
            raise BadLine(number, "each line must hold one object: {…}.")
        yield number, row
