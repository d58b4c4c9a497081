"""`manage.py find_claims [FILE|-]`: the candidates of a text, one JSON object a line; nothing is stored."""

from __future__ import annotations

import dataclasses
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.articles.text import clean_or_refuse
from annotations.claims.extraction.engine import extract, why_no_proposals
from annotations.management.streams import errors_of, json_lines
from annotations.snapshots.reading import Unreadable, read_bytes


class Command(BaseCommand):
    help = "Print the claims worth checking in a text, one JSON object a line. Positions count code points."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", help="a .txt, .md or .html file; - reads standard input"
        )
        parser.add_argument("--date", type=date.fromisoformat, help="day of publication, YYYY-MM-DD")
        parser.add_argument("--language", help="language of the text, such as en")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            with errors_of(name):
                data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            matter = read_bytes(data, filename="" if name == "-" else name)
            text = clean_or_refuse(matter.text)
        except Unreadable as refusal:
            raise CommandError(f"{name}: {refusal.reason}") from None
        language = matter.language if options["language"] is None else options["language"]
        if note := why_no_proposals(language, text):
            self.stderr.write(note)
        found = extract(
            text,
            language=language,
            published_on=options["date"] or matter.published_on,
            title=matter.title,
        )
        with json_lines(self.stdout) as write:
            for candidate in (one for one in found if not one.is_sample):
                write(dataclasses.asdict(candidate))
