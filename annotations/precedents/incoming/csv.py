"""A table of checks as CSV: comma, semicolon or tab, the first line names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from annotations.precedents.incoming.columns import columns_of, pick
from annotations.precedents.incoming.rows import Row, RowError, Unreadable, make_row
from annotations.tongue import gettext as _

_DELIMITERS = (",", ";", "\t")


def read_csv(text: str) -> Iterator[Row]:
    """The rows below the header. Raises `Unreadable` when no column holds the claim."""
    best = max(_DELIMITERS, key=lambda mark: (len(columns_of(_header(text, mark))), len(_header(text, mark))))
    names = _header(text, best)
    columns = columns_of(names)
    if "claim" not in columns:
        raise Unreadable(
            _(
                "No column holds the claim. The first line must name the columns, one of them claim, statement or text."
            )
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=best)
    is_header = True
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield RowError(line, "", "This row cannot be read: a quote is not closed, or a cell is too long.")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if is_header:
            is_header = False
        elif len(cells) > len(names):
            yield RowError(
                line,
                "",
                f"This row has {len(cells)} cells, the first line names {len(names)} columns.",
            )
        else:
            yield from make_row(line, pick(dict(zip(names, cells, strict=False)), columns))


def _header(text: str, delimiter: str) -> list[str]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return next((cells for cells in reader if any(cell.strip() for cell in cells)), [])
    except csv.Error:
        return []
