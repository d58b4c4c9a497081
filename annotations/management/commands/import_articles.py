"""`manage.py import_articles FILE`: many articles from a CSV table or JSON lines."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from annotations.arrivals.rows import MAX_BYTES
from annotations.arrivals.services.bulk import import_articles
from annotations.management.tables import bytes_of, editor_of, tell
from annotations.people.models import Workspace
from annotations.refusals import Refusal
from annotations.tasks import ring


class Command(BaseCommand):
    help = "Import articles from a CSV table or JSON lines, by text or by address. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--workspace", required=True, help="the slug of the desk that gets them")
        parser.add_argument("--by", help="user name of the editor who imports (default: the desk's first)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        desk = Workspace.objects.filter(slug=options["workspace"]).first()
        if desk is None:
            known = ", ".join(Workspace.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no workspace {options['workspace']!r}. Known: {known}.")
        path, is_dry_run = Path(options["file"]), options["dry_run"]
        try:
            outcome = import_articles(
                workspace=desk,
                data=bytes_of(path, limit=MAX_BYTES),
                filename=path.name,
                is_dry_run=is_dry_run,
                by=editor_of(desk, options["by"], to="import articles"),
            )
        except Refusal as refusal:
            raise CommandError(f"{path}: {refusal.reason}") from None
        for job in outcome.jobs:
            ring(job)
        tell(
            self.stdout,
            outcome,
            (("added", outcome.added), ("to fetch", outcome.asked), ("same", outcome.same)),
        )
