"""`manage.py import_checks FILE`: outside checks from a ClaimReview feed, a CSV table or JSON lines."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from annotations.management.tables import bytes_of, editor_of, tell
from annotations.people.models import Workspace
from annotations.precedents.incoming import KINDS
from annotations.precedents.incoming.rows import MAX_BYTES
from annotations.precedents.services.importing import import_checks
from annotations.refusals import Incomplete, Refusal
from annotations.tasks import ring_comparing


class Command(BaseCommand):
    help = "Import outside checks from a file (ClaimReview JSON, CSV or JSON lines). Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--workspace", help="the slug of the desk that gets them (default: the only one)")
        parser.add_argument("--publisher", default="", help="the publisher of rows that name none")
        parser.add_argument(
            "--kind", default="", choices=["", *KINDS], help="default: what the file looks like"
        )
        parser.add_argument("--by", help="user name of the editor who imports (default: the desk's first)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        desk = _desk(options["workspace"])
        path, is_dry_run = Path(options["file"]), options["dry_run"]
        try:
            outcome = import_checks(
                workspace=desk,
                data=bytes_of(path, limit=MAX_BYTES),
                filename=path.name,
                kind=options["kind"],
                publisher=options["publisher"],
                is_dry_run=is_dry_run,
                by=editor_of(desk, options["by"], to="import outside checks"),
            )
        except Refusal as refusal:
            problems = refusal.problems if isinstance(refusal, Incomplete) else {}
            said = {refusal.reason, *(one for sentences in problems.values() for one in sentences)}
            raise CommandError(f"{path}: {' '.join(sorted(said))}") from None
        if not is_dry_run:
            ring_comparing(desk.pk)
        tell(
            self.stdout,
            outcome,
            (("added", outcome.added), ("changed", outcome.changed), ("same", outcome.same)),
        )


def _desk(slug: str | None) -> Workspace:
    desks = list(Workspace.objects.order_by("slug"))
    chosen = [desk for desk in desks if slug in (None, desk.slug)]
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(desk.slug for desk in desks) or "none yet"
    raise CommandError(
        f"There is no workspace {slug!r}. Known: {known}." if slug else f"Choose a --workspace: {known}."
    )
