"""`manage.py export_labels`: what people decided, one labelled sentence a line, for training and scoring."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.claims.queries import labelled_sentences
from annotations.management.streams import json_lines
from annotations.people.models import Workspace


class Command(BaseCommand):
    help = (
        "Print every sentence that somebody decided on, one JSON object a line. Positions count code points."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workspace", help="the slug of one desk (default: all)")
        parser.add_argument(
            "--since", type=date.fromisoformat, help="decisions of this day or later, YYYY-MM-DD"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        desk = None
        if options["workspace"]:
            desk = Workspace.objects.filter(slug=options["workspace"]).first()
            if desk is None:
                raise CommandError(f"There is no workspace {options['workspace']!r}.")
        with json_lines(self.stdout) as write:
            for row in labelled_sentences(desk, since=options["since"]):
                write(row)
