"""`manage.py import_checks FILE`: outside checks from a ClaimReview feed, a CSV table or JSON lines."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from annotations.people.models import Membership, User, Workspace
from annotations.people.permissions import has_role
from annotations.people.roles import Role
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
                data=_bytes(path),
                filename=path.name,
                kind=options["kind"],
                publisher=options["publisher"],
                is_dry_run=is_dry_run,
                by=_editor(desk, options["by"]),
            )
        except Refusal as refusal:
            problems = refusal.problems if isinstance(refusal, Incomplete) else {}
            said = {refusal.reason, *(one for sentences in problems.values() for one in sentences)}
            raise CommandError(f"{path}: {' '.join(sorted(said))}") from None
        if not is_dry_run:
            ring_comparing(desk.pk)
        for error in outcome.errors:
            self.stdout.write(f"refused  line {error.line}  {error.field or 'row'}: {error.message}")
        if outcome.refused > len(outcome.errors):
            self.stdout.write(f"refused  {outcome.refused - len(outcome.errors)} more")
        self.stdout.write(
            f"{'would be ' if is_dry_run else ''}added {outcome.added}, changed {outcome.changed},"
            f" same {outcome.same}, refused {outcome.refused}"
        )
        if outcome.refused:
            raise CommandError(f"{outcome.refused} refused; the others are as counted.", returncode=1)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise CommandError(f"{path}: There is no such file.")
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"{path}: A file of at most {MAX_BYTES // 1024 // 1024} MB can be read.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from None


def _desk(slug: str | None) -> Workspace:
    desks = list(Workspace.objects.order_by("slug"))
    chosen = [desk for desk in desks if slug in (None, desk.slug)]
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(desk.slug for desk in desks) or "none yet"
    raise CommandError(
        f"There is no workspace {slug!r}. Known: {known}." if slug else f"Choose a --workspace: {known}."
    )


def _editor(desk: Workspace, username: str | None) -> User:
    if username:
        person = User.objects.filter(username__iexact=username).first()
        if person is None or not has_role(person, Role.EDITOR, within=desk):
            raise CommandError(f"{username!r} is not an editor of {desk.slug}.")
        return person
    editors = Membership.objects.filter(
        workspace=desk, is_active=True, role__in=[Role.EDITOR.value, Role.ADMIN.value]
    )
    first = editors.select_related("user").order_by("pk").first()
    if first is None:
        raise CommandError(f"Nobody in {desk.slug} may import outside checks yet. Enrol an editor first.")
    return first.user
