"""A row for each claim, for spreadsheets. Pure; yields bytes as it goes, so no selection is too long.

UTF-8 with a byte order mark, without which spreadsheets guess the encoding wrong; every cell is quoted.
A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection"): such a cell
begins, after invisible characters, with = + - @ or their full-width forms, a tab or a carriage return. Honest
numbers such as -5 or +3.2 % are left as they are.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator

from annotations.reports.content import Cited, Entry

COLUMNS = (
    "claim",
    "statement",
    "exact_words",
    "claimant",
    "attribution",
    "said_on",
    "rating",
    "rating_code",
    "rating_number",
    "rating_worst",
    "rating_best",
    "rating_definition",
    "scale_version",
    "qualifiers",
    "confidence",
    "reasons",
    "gaps",
    "sources",
    "checked_by",
    "approved_by",
    "published_at",
    "publication",
    "changes",
    "retracted",
    "article",
    "article_title",
    "outlet",
    "article_published_on",
    "article_url",
    "start",
    "end",
)
_NUMBER = re.compile(r"[+-]?(\d[\d.,\s]*|\.\d+)\s*%?")
_STARTERS = frozenset("=+-@|\t\r\n＝＋－＠")
_INVISIBLE = ("Cf", "Cc", "Zs", "Zl", "Zp")


def write(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The file, header first, in pieces of one row each."""
    yield "\ufeff".encode() + _row(COLUMNS)
    for item in entries:
        yield _row([safe(cell) for cell in _cells(item)])


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """Any table as such a file."""
    yield "\ufeff".encode() + _row(columns)
    for cells in rows:
        yield _row([safe(cell) for cell in cells])


def safe(cell: object) -> str:
    """The cell as text that no spreadsheet runs."""
    text = "" if cell is None else str(cell)
    if not text or _NUMBER.fullmatch(text):
        return text
    visible = (c for c in text if c in _STARTERS or unicodedata.category(c) not in _INVISIBLE)
    return f"'{text}" if next(visible, "") in _STARTERS else text


def _cells(item: Entry) -> list[object]:
    return [
        item.claim_id,
        item.statement,
        item.exact,
        item.claimant,
        item.attribution.lower(),
        item.said_on or "unknown",
        item.label,
        item.rating,
        item.rating_number,
        item.rating_worst if item.rating_number else None,
        item.rating_best if item.rating_number else None,
        item.definition,
        item.scale_version,
        "; ".join(item.qualifiers),
        item.confidence.lower(),
        item.reasons,
        item.gaps,
        "\n".join(_source(cited) for cited in item.evidence),
        "; ".join(item.checked_by),
        item.approved_by,
        item.published_at,
        item.publication,
        "\n".join(f"{change.at} {change.kind.lower()}: {change.note}" for change in item.changes),
        "yes" if item.is_retracted else "no",
        item.article_id,
        item.article_title,
        item.outlet,
        item.article_published_on,
        item.article_url,
        item.start,
        item.end,
    ]


def _source(cited: Cited) -> str:
    facts = [cited.stance.lower(), cited.title, cited.publisher, cited.published_on]
    facts += [
        "primary" if cited.is_primary else "secondary",
        f"“{cited.quote}”" if cited.quote else "",
        cited.url,
    ]
    return f"[{cited.number}] " + " · ".join(fact for fact in facts if fact)


def _row(cells: Iterable[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()
