"""What commands that import a table share: its bytes, in whose name it comes in, and what is said of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import OutputWrapper

from annotations.people.models import Membership, User, Workspace
from annotations.people.permissions import has_role
from annotations.people.roles import Role


def bytes_of(path: Path, *, limit: int) -> bytes:
    """The file's content. Raises `CommandError` for none, or one of more than `limit` bytes."""
    try:
        if not path.is_file():
            raise CommandError(f"{path}: There is no such file.")
        if path.stat().st_size > limit:
            raise CommandError(f"{path}: A file of at most {limit // 1024 // 1024} MB can be read.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from None


def editor_of(desk: Workspace, username: str | None, *, to: str) -> User:
    """The editor of that name, or the desk's first. Raises `CommandError` when there is none who may do it (`to`)."""
    if username:
        person = User.objects.filter(username__iexact=username).first()
        if person is None or not has_role(person, Role.EDITOR, within=desk):
            raise CommandError(f"{username!r} is not an editor of {desk.slug}.")
        return person
    roles = [Role.EDITOR.value, Role.ADMIN.value]
    editors = Membership.objects.filter(workspace=desk, is_active=True, role__in=roles)
    first = editors.select_related("user").order_by("pk").first()
    if first is None:
        raise CommandError(f"Nobody in {desk.slug} may {to} yet. Enrol an editor first.")
    return first.user


def tell(out: OutputWrapper, outcome: Any, counts: Iterable[tuple[str, int]]) -> None:
    """Name the refused rows and count all. Raises `CommandError` with code 1 when any was refused."""
    for error in outcome.errors:
        out.write(f"refused  line {error.line}  {error.field or 'row'}: {error.message}")
    if outcome.refused > len(outcome.errors):
        out.write(f"refused  {outcome.refused - len(outcome.errors)} more")
    said = ", ".join(f"{name} {count}" for name, count in (*counts, ("refused", outcome.refused)))
    out.write(f"{'would be ' if outcome.is_dry_run else ''}{said}")
    if outcome.refused:
        raise CommandError(f"{outcome.refused} refused; the others are as counted.", returncode=1)
