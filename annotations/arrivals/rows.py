"""Many articles from one table: CSV or JSON lines, row by row, each read or refused with its reason. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from annotations.snapshots.charsets import decode
from annotations.snapshots.matter import ArticleMatter, Unreadable
from annotations.snapshots.plain import parse_date, read_plain
from annotations.words import is_web_address

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 2_000
FIELDS = ("url", "text", "title", "byline", "outlet", "published_on", "language")
LIMITS = {"url": 2000, "title": 500, "byline": 300, "outlet": 200, "language": 12}
_ALSO = {
    "link": "url", "address": "url", "body": "text", "content": "text", "headline": "title", "author": "byline",
    "publisher": "outlet", "source": "outlet", "date": "published_on", "published": "published_on", "lang": "language",
}  # fmt: skip


@dataclass(frozen=True)
class RowError:
    """Why one row is refused. `line` counts from 1; `field` is empty when it is about the whole row."""

    line: int
    field: str
    message: str


@dataclass(frozen=True)
class Row:
    """One article: with its text, or with the address from which it is to be fetched."""

    line: int
    matter: ArticleMatter


def read_rows(data: bytes, *, filename: str = "") -> Iterator[Row | RowError]:
    """Raises `Unreadable` when the file as a whole is no such table."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"The file has more than {MAX_BYTES // 2**20} MB. Split it.")
    text = decode(data).removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable("The file is empty.")
    is_json = text.lstrip()[:1] in ("{", "[") and not filename.lower().endswith((".csv", ".tsv"))
    for count, (line, values) in enumerate(_json_lines(text) if is_json else _table(text)):
        if count >= MAX_ROWS:
            yield RowError(
                line, "", f"A file may hold {MAX_ROWS:,} articles; the rows from here on were not read."
            )
            return
        yield values if isinstance(values, RowError) else _row(line, values)


def _json_lines(text: str) -> Iterator[tuple[int, Any]]:
    if text.lstrip().startswith("["):
        raise Unreadable("This is one JSON list. Write one JSON object a line (JSON lines) instead.")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            yield number, RowError(number, "", "This line is no JSON.")
            continue
        yield (
            number,
            values if isinstance(values, dict) else RowError(number, "", "This line is no JSON object."),
        )


def _table(text: str) -> Iterator[tuple[int, Any]]:
    first = text.split("\n", 1)[0]
    mark = max((",", ";", "\t"), key=first.count)
    csv.field_size_limit(2_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        if not {"url", "text"} & {_ALSO.get(name, name) for name in names}:
            raise Unreadable("The first line has to name the columns; one of them is “url” or “text”.")
        for cells in rows:
            if any(cell.strip() for cell in cells):
                line = rows.line_num
                yield (
                    line,
                    RowError(line, "", "More cells than columns.")
                    if len(cells) > len(names)
                    else dict(zip(names, cells, strict=False)),
                )
    except csv.Error as error:
        raise Unreadable(f"The table breaks off at line {rows.line_num}: {error}.") from error


def _row(line: int, given: Mapping[str, Any]) -> Row | RowError:
    values: dict[str, str] = {}
    for name, value in given.items():
        field = _ALSO.get(str(name).lower(), str(name).lower())
        if field in FIELDS and value not in (None, ""):
            if not isinstance(value, str):
                return RowError(line, field, "Write this as text, in quotes.")
            values[field] = value
    return _checked(
        line, {name: " ".join(words.split()) if name != "text" else words for name, words in values.items()}
    )


def _checked(line: int, values: dict[str, str]) -> Row | RowError:
    url, text = values.get("url", ""), values.get("text", "")
    if not url and not text.strip():
        return RowError(line, "", "Neither an address nor a text.")
    if url and not is_web_address(url):
        return RowError(line, "url", "No address that starts with http:// or https://.")
    for name, limit in LIMITS.items():
        if len(values.get(name, "")) > limit:
            return RowError(line, name, f"At most {limit} characters fit.")
    if any(
        character == "\0" or "\ud800" <= character <= "\udfff"
        for words in values.values()
        for character in words
    ):
        return RowError(line, "", "This holds a character that cannot be stored.")
    day: date | None = None
    if written := values.pop("published_on", ""):
        day = parse_date(written)
        if day is None:
            return RowError(line, "published_on", "Write the date as YYYY-MM-DD.")
    facts: dict[str, Any] = {name: values.get(name, "") for name in LIMITS}
    if not text.strip():
        return Row(line, ArticleMatter(text="", published_on=day, **facts))
    found = read_plain(text)
    facts = {name: facts[name] or getattr(found, name) for name in LIMITS}
    return Row(
        line, ArticleMatter(text=found.text, note=found.note, published_on=day or found.published_on, **facts)
    )
