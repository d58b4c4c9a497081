"""`manage.py score_sentences [FILE|-]`: how check-worthy each sentence is, and what it claims; no database."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from annotations.claims.extraction.candidates import Candidate
from annotations.claims.extraction.model import BrokenModel
from annotations.claims.extraction.reading_lines import Scored, read_lines

AT_ONCE = 1000
"""Sentences of one document that are read together; a longer document is read in parts, in constant memory."""
LONGEST_LINE = 200_000
_PRONOUNS = {"", "i", "he", "she", "they", "it", "we"}


class Command(BaseCommand):
    help = (
        'Read JSON lines {"id", "text", "doc"}, the lines of one doc in order, and write one line each: score, label, '
        "spans, speaker, cue, quantities, dates. Positions count code points of the sentence."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="a .jsonl file; - reads standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            with _opened(name) as lines:
                for row, scored in _results(_rows(lines)):
                    self.stdout.write(json.dumps(_line(row, scored), ensure_ascii=False))
            self.stdout.flush()
        except BrokenPipeError:  # whoever read the lines has seen enough, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except BrokenModel as problem:
            raise CommandError(str(problem)) from None
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror or error}") from None
        except UnicodeDecodeError as error:
            raise CommandError(
                f"{name}: not UTF-8 ({error.reason}). Save it as UTF-8 and try again."
            ) from None


def _opened(name: str) -> TextIO:
    source = sys.stdin.fileno() if name == "-" else name
    return open(source, encoding="utf-8-sig", closefd=name != "-")


def _rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE:
            raise CommandError(f"line {number}: longer than {LONGEST_LINE} characters; one sentence a line.")
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise CommandError(f"line {number}: no JSON ({error}).") from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
            raise CommandError(f'line {number}: an object with "id" and "text" is needed.')
        yield row


def _results(rows: Iterator[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Scored]]:
    for _, document in groupby(rows, key=lambda row: json.dumps(row.get("doc", row["id"]))):
        while part := list(islice(document, AT_ONCE)):
            yield from zip(part, read_lines([row["text"] for row in part]), strict=True)


def _line(row: dict[str, Any], scored: Scored) -> dict[str, Any]:
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
