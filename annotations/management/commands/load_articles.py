"""Articles from files, for a desk that has them in a folder already."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from annotations.articles.queries import article_with_text
from annotations.articles.services import import_article
from annotations.articles.text import clean_or_refuse, sha256
from annotations.people.models import Membership, User, Workspace
from annotations.people.permissions import has_role
from annotations.people.roles import Role
from annotations.refusals import Refusal
from annotations.snapshots.reading import MAX_BYTES, ArticleMatter, Unreadable, read_bytes
from annotations.tasks import ring

_READABLE = {".txt", ".md", ".html", ".htm", ".xhtml"}


class Command(BaseCommand):
    help = (
        "Load articles from text and HTML files (folders are walked). Safe to repeat; a line for each file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--workspace", required=True, help="the slug of the desk that gets them")
        parser.add_argument(
            "--by", help="user name of the reviewer who adds them (default: the desk's first)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        desk = Workspace.objects.filter(slug=options["workspace"]).first()
        if desk is None:
            known = ", ".join(Workspace.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no workspace {options['workspace']!r}. Known: {known}.")
        by = _importer(desk, options["by"])
        refused = 0
        for path in _files(options["paths"]):
            try:
                self.stdout.write(self._load(path, desk, by, dry=options["dry_run"]))
            except (Unreadable, Refusal) as refusal:
                refused += 1
                self.stdout.write(f"refused  {path}: {refusal.reason}")
            except OSError as error:
                refused += 1
                self.stdout.write(f"refused  {path}: {error.strerror or error}")
        if refused:
            raise CommandError(f"{refused} refused; the others are as listed.", returncode=1)

    def _load(self, path: Path, desk: Workspace, by: User, *, dry: bool) -> str:
        matter = _read(path)
        if dry:
            known = article_with_text(workspace=desk, sha256=sha256(clean_or_refuse(matter.text)))
            return f"known  article {known.pk}  {path}" if known else f"would add  {path}"
        imported = import_article(workspace=desk, matter=matter, by=by)
        if imported.is_new:
            ring(imported.version.extraction)
        return f"{'added' if imported.is_new else 'known'}  article {imported.article.pk}  {path}"


def _read(path: Path) -> ArticleMatter:
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Save the article alone.")
    if not path.is_file():
        raise Unreadable("This is not a file.")
    return read_bytes(path.read_bytes(), filename=path.name)


def _files(names: list[str]) -> Iterator[Path]:
    """The files named, and those of a readable kind in the folders named, in an order that does not change."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from sorted(inner for inner in path.rglob("*") if inner.suffix.lower() in _READABLE)
        else:
            yield path


def _importer(desk: Workspace, username: str | None) -> User:
    if username:
        person = User.objects.filter(username__iexact=username).first()
        if person is None or not has_role(person, Role.REVIEWER, within=desk):
            raise CommandError(f"{username!r} is not a reviewer of {desk.slug}.")
        return person
    roles = [role.value for role in Role if role != Role.READER]
    members = Membership.objects.filter(workspace=desk, is_active=True, role__in=roles).select_related("user")
    first = members.order_by("pk").first()
    if first is None:
        raise CommandError(f"Nobody in {desk.slug} may add articles yet. Enrol a reviewer first.")
    return first.user
