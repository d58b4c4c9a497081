"""The command that proves the history: a line for each workspace, and a status that a script can read."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.articles.models import Article
from annotations.people.models import Workspace


def test_a_whole_history_is_said_to_be_whole(workspace: Workspace, article: Article) -> None:
    out = StringIO()

    call_command("verify_audit", stdout=out)

    lines = out.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["whole"] * len(lines)
    assert any("world-desk" in line for line in lines)


def test_an_altered_entry_is_named_and_the_status_says_so(workspace: Workspace, article: Article) -> None:
    out = StringIO()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE annotations_auditentry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE annotations_auditentry SET actor_name = 'Nobody' WHERE workspace_id = %s AND seq = 2",
            [workspace.pk],
        )
        cursor.execute("ALTER TABLE annotations_auditentry ENABLE TRIGGER USER")

    with pytest.raises(CommandError) as stopped:
        call_command("verify_audit", stdout=out)

    assert stopped.value.returncode == 1
    assert "BROKEN  world-desk: entry 2: its contents were altered" in out.getvalue()
