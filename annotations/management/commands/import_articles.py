"""`manage.py import_articles FILE`: many articles from a CSV table or JSON lines."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from annotations.arrivals.rows import MAX_BYTES
from annotations.arrivals.services.bulk import import_articles
from annotations.people.models import Membership, User, Workspace
from annotations.people.permissions import has_role
from annotations.people.roles import Role
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
                data=_bytes(path),
                filename=path.name,
                is_dry_run=is_dry_run,
                by=_editor(desk, options["by"]),
            )
        except Refusal as refusal:
            raise CommandError(f"{path}: {refusal.reason}") from None
        for job in outcome.jobs:
            ring(job)
        for error in outcome.errors:
            self.stdout.write(f"refused  line {error.line}  {error.field or 'row'}: {error.message}")
        if outcome.refused > len(outcome.errors):
            self.stdout.write(f"refused  {outcome.refused - len(outcome.errors)} more")
        self.stdout.write(
            f"{'would be ' if is_dry_run else ''}added {outcome.added}, to fetch {outcome.asked},"
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


def _editor(desk: Workspace, username: str | None) -> User:
    if username:
        person = User.objects.filter(username__iexact=username).first()
        if person is None or not has_role(person, Role.EDITOR, within=desk):
            raise CommandError(f"{username!r} is not an editor of {desk.slug}.")
        return person
    roles = [Role.EDITOR.value, Role.ADMIN.value]
    editors = Membership.objects.filter(workspace=desk, is_active=True, role__in=roles)
    first = editors.select_related("user").order_by("pk").first()
    if first is None:
        raise CommandError(f"Nobody in {desk.slug} may import articles yet. Enrol an editor first.")
    return first.user
