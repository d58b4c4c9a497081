"""Checks as JSON lines: one object a line, with named fields or as a ClaimReview."""

from __future__ import annotations

import json
from collections.abc import Iterator

from annotations.precedents.incoming.claimreview import fields_of, is_claimreview
from annotations.precedents.incoming.columns import columns_of, pick
from annotations.precedents.incoming.rows import Row, RowError, make_row


def read_jsonl(text: str) -> Iterator[Row]:
    # Not splitlines(): U+2028 and its kind may stand inside a JSON text.
    for line, words in enumerate(text.split("\n"), start=1):
        if not words.strip():
            continue
        try:
            given = json.loads(words)
        except (ValueError, RecursionError):
            yield RowError(line, "", "This line is no JSON.")
            continue
        if not isinstance(given, dict):
            yield RowError(line, "", "Each line must hold one object: {…}.")
        elif is_claimreview(given):
            yield from make_row(line, fields_of(given))
        else:
            yield from make_row(line, pick(given, columns_of(given)))
