"""Earlier checks that arrive as a file: ClaimReview JSON, CSV or JSON lines. Bytes in, rows out; nothing is stored."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

from annotations.precedents.incoming.claimreview import read_claimreview
from annotations.precedents.incoming.csv import read_csv
from annotations.precedents.incoming.jsonl import read_jsonl
from annotations.precedents.incoming.rows import (
    MAX_BYTES,
    MAX_ROWS,
    Incoming,
    Row,
    RowError,
    Unreadable,
)
from annotations.tongue import gettext as _

__all__ = ["KINDS", "Incoming", "Row", "RowError", "Unreadable", "read_checks"]

_READERS = {"claimreview": read_claimreview, "csv": read_csv, "jsonl": read_jsonl}
KINDS = tuple(_READERS)
_ENDINGS = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_checks(data: bytes, *, filename: str = "", kind: str = "") -> Iterator[Row]:
    """The rows of a file in its order: an `Incoming`, or a `RowError` for one that cannot be taken.

    `kind` is one of `KINDS`, or empty: then the ending of `filename` and the first bytes decide. Raises
    `Unreadable` when the whole file cannot be read, at once or at the first row. A bad row never stops the rows
    after it, and a row that repeats an earlier one is reported. After `MAX_ROWS` rows one error says that the rest
    was left out.
    """
    if kind and kind not in KINDS:
        raise Unreadable(_("The kind of file is one of {choices}.").format(choices=", ".join(KINDS)))
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("A file of at most {megabytes} MB can be read.").format(megabytes=MAX_BYTES // 1024 // 1024)
        )
    text = _decoded(data)
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    return _bounded(_READERS[kind or _kind(text, filename)](text))


def _decoded(data: bytes) -> str:
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", "utf-8")
    )
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(_("The file is not UTF-8 text. Save it as UTF-8 and try again.")) from None


def _kind(text: str, filename: str) -> str:
    ending = filename[filename.rfind(".") :].lower() if "." in filename else ""
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    start = text.lstrip()
    if start.startswith("<"):
        raise Unreadable(_("This is a web page. Give a ClaimReview feed, a CSV table or JSON lines."))
    if start[:1] not in ("{", "["):
        return "csv"
    lines = [line for line in start.split("\n", 2)[:2] if line.strip()]
    return "jsonl" if len(lines) == 2 and all(_is_object(line) for line in lines) else "claimreview"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    seen: dict[tuple[str, ...], int] = {}
    for count, row in enumerate(rows):
        if count >= MAX_ROWS:
            yield RowError(
                row.line,
                "",
                f"Only {MAX_ROWS:,} rows are read at once; the rest is left out.",
            )
            return
        yield _repeated(row, seen) if isinstance(row, Incoming) else row


def _repeated(row: Incoming, seen: dict[tuple[str, ...], int]) -> Row:
    same_check = (" ".join(row.claim.casefold().split()), row.url, row.publisher.casefold())
    for key, field in (((row.raw_id,), "raw_id"), (same_check, "claim")):
        if not any(key):
            continue
        first = seen.setdefault(key, row.line)
        if first != row.line:
            return RowError(row.line, field, f"This repeats line {first}.")
    return row
