"""Earlier checks that arrive as a file: ClaimReview JSON, CSV or JSON lines. Bytes in, rows out; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.precedents.incoming.rows import Incoming, Row, RowError, Unreadable

__all__ = ["KINDS", "Incoming", "Row", "RowError", "Unreadable", "read_checks"]

KINDS = ("claimreview", "csv", "jsonl")


def read_checks(data: bytes, *, filename: str = "", kind: str = "") -> Iterator[Row]:
    """The rows of a file in its order: an `Incoming`, or a `RowError` for one that cannot be taken.

    `kind` is one of `KINDS`, or empty: then the ending of `filename` and the first bytes decide. Raises
    `Unreadable` when the whole file cannot be read. A bad row never stops the rows after it.
    """
    raise NotImplementedError
