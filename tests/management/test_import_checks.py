"""Outside checks from the command line: what happened in one line, and a status that a script can read."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.people.models import User, Workspace
from annotations.precedents.models import OutsideCheck


def run(path: object, **options: Any) -> tuple[list[str], int, str]:
    out, status, said = StringIO(), 0, ""
    try:
        call_command("import_checks", str(path), stdout=out, **options)
    except CommandError as error:
        status, said = error.returncode, str(error)
    return out.getvalue().splitlines(), status, said


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "checks.csv"
    path.write_text("claim,rating\nThe moon is hollow,False\nSnow fell in June,True\n")
    return path


def test_the_only_desk_gets_the_checks_from_its_editor(
    workspace: Workspace, editor: User, table: Path
) -> None:
    lines, status, _ = run(table, publisher="Moon Watch")

    assert (lines, status) == (["added 2, changed 0, same 0, refused 0"], 0)
    check = OutsideCheck.objects.get(claim="The moon is hollow")
    assert (check.workspace, check.publisher, check.batch.imported_by) == (workspace, "Moon Watch", editor)


def test_repeated_it_changes_nothing(workspace: Workspace, editor: User, table: Path) -> None:
    run(table)

    assert run(table)[0] == ["added 0, changed 0, same 2, refused 0"]


def test_a_dry_run_keeps_nothing(workspace: Workspace, editor: User, table: Path) -> None:
    assert run(table, dry_run=True)[0] == ["would be added 2, changed 0, same 0, refused 0"]
    assert not OutsideCheck.objects.exists()


def test_refused_rows_are_named_and_the_status_says_so(
    workspace: Workspace, editor: User, table: Path
) -> None:
    table.write_text(table.read_text() + ",True\n")

    lines, status, _ = run(table)

    assert status == 1
    assert lines[0].startswith("refused  line 4  claim: ")
    assert lines[-1] == "added 2, changed 0, same 0, refused 1"


def test_what_cannot_be_done_is_said_in_a_sentence(
    workspace: Workspace, other_workspace: Workspace, reviewer: User, table: Path
) -> None:
    assert "Choose a --workspace: other-desk, world-desk." in run(table)[2]
    assert "no workspace 'nowhere'" in run(table, workspace="nowhere")[2]
    assert "Enrol an editor first" in run(table, workspace="world-desk")[2]
    assert "is not an editor" in run(table, workspace="world-desk", by="reviewer")[2]


def test_a_file_that_is_none_is_refused(workspace: Workspace, editor: User, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")

    assert "no such file" in run(tmp_path / "none.csv")[2]
    assert "The file is empty." in run(empty)[2]
