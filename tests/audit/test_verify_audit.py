"""Tampering is found, whoever did it and however: here with the triggers off, as an owner of the database could."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.audit.services import verify_audit
from tests import factories

TAMPERING = {
    "changed": (
        "UPDATE annotations_auditentry SET verb = 'nothing' WHERE workspace_id = {w} AND seq = 3",
        "entry 3",
    ),
    "contents changed": (
        "UPDATE annotations_auditentry SET after = '{{}}' WHERE workspace_id = {w} AND seq = 4",
        "entry 4",
    ),
    "removed": ("DELETE FROM annotations_auditentry WHERE workspace_id = {w} AND seq = 3", "gap"),
    "reordered": (
        "UPDATE annotations_auditentry SET seq = CASE seq WHEN 3 THEN -4 ELSE -3 END WHERE workspace_id = {w}"
        " AND seq IN (3, 4); UPDATE annotations_auditentry SET seq = -seq WHERE workspace_id = {w} AND seq < 0",
        "entry 3",
    ),
    "cut off": (
        "DELETE FROM annotations_auditentry WHERE workspace_id = {w} AND seq ="
        " (SELECT max(seq) FROM annotations_auditentry WHERE workspace_id = {w})",
        "but ends at",
    ),
    "moved to another desk": (
        "UPDATE annotations_auditentry SET workspace_id = 777 WHERE workspace_id = {w} AND seq = 3",
        "gap",
    ),
    "without its head": (
        "DELETE FROM annotations_audithead WHERE workspace_id = {w}",
        "head of this chain is missing",
    ),
}


@pytest.fixture
def history(article, reviewer):
    factories.marked(article, "over 12,000 North Korean soldiers", reviewer)
    assert not [chain for chain in verify_audit() if chain.problem]
    return article.workspace_id


def test_an_untouched_history_is_whole(history, capsys):
    call_command("verify_audit")

    assert "whole   world-desk" in capsys.readouterr().out


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found(history, kind, capsys):
    statement, found = TAMPERING[kind]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; " + statement.format(w=history))
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")

    problems = [chain.problem for chain in verify_audit() if chain.problem]

    assert any(found in problem for problem in problems), problems
    with pytest.raises(CommandError):
        call_command("verify_audit")
    assert "BROKEN" in capsys.readouterr().out
