"""A desk to try things on: people with known passwords, and the first article. Only for the embedded default."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from annotations.articles.models import Article
from annotations.articles.services import import_article
from annotations.people.roles import Role
from annotations.people.services import enrol_person, open_workspace
from annotations.snapshots.reading import read_bytes
from annotations.tasks import ring

# Known to everybody who reads this, which is why they exist on nobody's real installation.
PEOPLE = [
    ("rita", "Rita Sand", "read-the-verdicts", Role.READER),
    ("jo", "Jo Okafor", "check-the-claims-1", Role.REVIEWER),
    ("min-ji", "Min-ji Kim", "check-the-claims-2", Role.REVIEWER),
    ("ana", "Ana Brandt", "publish-the-report", Role.EDITOR),
    ("adam", "Adam Levy", "keep-the-desk-tidy", Role.ADMIN),
]


class Command(BaseCommand):
    help = "Make the demo desk with its people and the first article; print how to sign in. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--allow", action="store_true", help="do it on a database of your own as well")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED and not options["allow"]:
            raise CommandError(
                "Demo people have passwords that everybody knows, so they are made in the embedded default only."
                " If this database is for trying things, say --allow."
            )
        desk = open_workspace(name="World desk", slug="world-desk")
        members = [
            enrol_person(workspace=desk, username=username, name=name, password=password, role=role)
            for username, name, password, role in PEOPLE
        ]
        if not Article.objects.filter(workspace=desk).exists():
            importer = next(member.user for member in members if member.role == Role.REVIEWER)
            for path in sorted(Path(settings.BASE_DIR, "seeds").glob("*.txt")):
                matter = read_bytes(path.read_bytes(), filename=path.name)
                ring(import_article(workspace=desk, matter=matter, by=importer).version.extraction)
        for username, _, password, role in PEOPLE:
            self.stdout.write(f"sign in: {username} {password} ({role.label})")
