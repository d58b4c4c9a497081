"""`manage.py score_sentences [FILE|-]`: how check-worthy each sentence is, and what it claims; no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.claims.extraction.candidates import Candidate
from annotations.claims.extraction.json_lines import BadLine, objects
from annotations.claims.extraction.model import BrokenModel
from annotations.claims.extraction.reading_lines import Scored, read_lines
from annotations.management.streams import json_lines, lines_of, opened

AT_ONCE = 1000
"""Sentences that are read together; a longer document is read in parts, in constant memory."""
_PRONOUNS = {"", "i", "he", "she", "they", "it", "we"}

Row = dict[str, Any]


class Command(BaseCommand):
    help = (
        'Read JSON lines {"id", "text", "doc"}, the lines of one doc in order, and write one line each: score, label, '
        "spans, speaker, cue, quantities, dates. Positions count code points of the sentence."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="a .jsonl file; - reads standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(options["file"]) as stream, json_lines(self.stdout) as write:
                for documents in _together(_rows(lines_of(stream))):
                    for row, scored in _read(documents):
                        write(_line(row, scored))
        except BrokenModel as problem:
            raise CommandError(str(problem)) from None


def _rows(lines: Iterable[bytes]) -> Iterator[Row]:
    for number, row in objects(lines):
        if not isinstance(row.get("text"), str) or "id" not in row:
            raise BadLine(number, 'an object with "id" and "text" is needed.')
        yield row


def _together(rows: Iterable[Row]) -> Iterator[list[list[Row]]]:
    """Whole documents, `AT_ONCE` sentences of them at most; what stands before a bad line is read all the same."""
    kept: list[list[Row]] = []
    last = None
    try:
        for row in rows:
            if sum(map(len, kept)) == AT_ONCE:
                *ended, going_on = kept
                yield ended or [going_on]
                kept = [going_on] if ended else []
            doc = json.dumps(row.get("doc", row["id"]))
            if doc != last or not kept:
                kept.append([])
                last = doc
            kept[-1].append(row)
    except BadLine:
        yield kept
        raise
    yield kept


def _read(documents: list[list[Row]]) -> Iterator[tuple[Row, Scored]]:
    found = read_lines([[row["text"] for row in document] for document in documents])
    for document, scores in zip(documents, found, strict=True):
        yield from zip(document, scores, strict=True)


def _line(row: Row, scored: Scored) -> Row:
    found = scored.candidates
    start = found[0].sentence_start if found else 0
    return {
        "id": row["id"],
        "score": round(scored.score, 4),
        "label": int(scored.is_proposed),
        "spans": [[one.start - start, one.end - start] for one in found],
        "speaker": next((_named(one) for one in found if one.claimant), None),
        "cue": next((one.cue for one in found if one.cue), None),
        "quantities": _once(
            (q.start, q.text) for one in found for q in one.quantities if q.comparator != "since"
        ),
        "dates": _once((d.start, d.text) for one in found for d in one.dates),
    }


def _named(candidate: Candidate) -> str:
    """The claimant as the sentence writes the name; the full name where it has only a pronoun or nothing."""
    written = candidate.claimant_as_written
    return candidate.claimant if written.lower() in _PRONOUNS else written


def _once(mentions: Iterable[tuple[int, str]]) -> list[str]:
    return [text for _, text in sorted(set(mentions))]
