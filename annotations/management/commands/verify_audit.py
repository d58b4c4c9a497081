"""Proves that no entry of the history was altered, removed, added or reordered."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError

from annotations.audit.services import verify_audit
from annotations.people.models import Workspace


class Command(BaseCommand):
    help = "Walk the history of every workspace and say whether it is whole. Exit status 1 when one is not."

    def handle(self, *args: Any, **options: Any) -> None:
        names = dict(Workspace.objects.values_list("pk", "slug")) | {0: "(people and workspaces)"}
        broken = 0
        for chain in verify_audit():
            name = names.get(chain.workspace_id, f"workspace {chain.workspace_id}")
            if chain.problem:
                broken += 1
                self.stdout.write(f"BROKEN  {name}: {chain.problem}")
            else:
                self.stdout.write(f"whole   {name}: {chain.entries} entries, head {chain.head or '-'}")
        if broken:
            raise CommandError(
                "The history was tampered with, or damaged. Compare it with a backup.", returncode=1
            )
