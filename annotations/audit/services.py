"""Naming who acts, so that the trigger can write it down; and proving that no entry was altered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

AUDITED = (
    *(
        "user",
        "workspace",
        "membership",
        "article",
        "articleversion",
        "claim",
        "source",
        "evidence",
        "verdict",
    ),
    *("review", "changeitem", "amendment", "publication", "report", "export"),
    *("checkimport", "outsidecheck", "match"),
    *("label", "deskcalibration"),
    "mention",
    *("step", "preference"),
    *("storedfile", "snapshot", "storedcopy", "ownrating"),
    *("savedview", "calendarfeed"),
    *("thread", "comment", "noticesetting"),
    *("scaleversion", "guidelinesversion", "policyversion"),
    *("practicerun", "practiceanswer"),
    *("feed", "arrival"),
    *("claimanchor", "watch"),
    *("ratedreliability", "likestory", "flag"),
)
"""The tables whose changes are entered, by a trigger `…_audited` each."""

_DUE = ", ".join(f"{table}_audited" for table in AUDITED)
_WRITE_ENTRIES = (
    f"SET CONSTRAINTS {_DUE}, claim_approved_by_another IMMEDIATE;"
    f" SET CONSTRAINTS {_DUE}, claim_approved_by_another DEFERRED;"
    " SELECT set_config('factcheck.actor', '', true), set_config('factcheck.actor_name', '', true),"
    " set_config('factcheck.verb', '', true), set_config('factcheck.act', '', true)"
)

_acting: ContextVar[UUID | None] = ContextVar("acting", default=None)


@contextmanager
def recorded(*, by: Any, verb: str, name: str = "") -> Iterator[UUID]:
    """One transaction, all of whose changes are entered under this person and verb.

    `by` is a person or None for the house itself, which then acts under `name`. The outermost block decides: a verb
    that calls another verb keeps its own name. The entries are written when the block ends (the triggers are
    deferred), so the chain's head is locked for the shortest time and always last, which rules out deadlocks on it.
    What is yielded names the act: all entries of the block carry it.
    """
    if (outer := _acting.get()) is not None:
        yield outer
        return
    act = uuid4()
    token = _acting.set(act)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('factcheck.actor', %s, true), set_config('factcheck.actor_name', %s, true),"
                    " set_config('factcheck.verb', %s, true), set_config('factcheck.act', %s, true)",
                    [str(by.pk) if by else "", by.display_name if by else name, verb, str(act)],
                )
            yield act
            with connection.cursor() as cursor:
                cursor.execute(_WRITE_ENTRIES)
    finally:
        _acting.reset(token)


@dataclass(frozen=True)
class Chain:
    """What checking one workspace's chain found. `problem` is empty when every entry and the head agree."""

    workspace_id: int
    entries: int
    head: str
    problem: str = ""


_CHECK = """
    SELECT seq, reason FROM (
        SELECT seq,
               CASE
                   WHEN seq <> row_number() OVER w THEN 'the numbering has a gap before it'
                   WHEN prev_hash <> coalesce(lag(hash) OVER w, '') THEN 'it does not continue the entry before it'
                   WHEN hash <> factcheck_audit_hash(prev_hash, workspace_id, seq, at, actor_id, actor_name, verb,
                                                     action, table_name, row_id, before, after)
                        THEN 'its contents were altered'
               END AS reason
        FROM annotations_auditentry WHERE workspace_id = %s WINDOW w AS (ORDER BY seq)
    ) AS walked WHERE reason IS NOT NULL ORDER BY seq LIMIT 1
"""


def verify_audit() -> list[Chain]:
    """Walk every chain and name the first bad entry of each. Read-only; one statement a workspace."""
    with connection.cursor() as cursor:
        # Entries that a transaction around this one has still to write count as well.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "SELECT h.workspace_id, h.seq, h.hash, e.seq, e.hash FROM annotations_audithead h LEFT JOIN LATERAL"
            " (SELECT seq, hash FROM annotations_auditentry a WHERE a.workspace_id = h.workspace_id"
            "  ORDER BY seq DESC LIMIT 1) e ON true ORDER BY h.workspace_id"
        )
        heads = cursor.fetchall()
        cursor.execute(
            "SELECT DISTINCT workspace_id FROM annotations_auditentry e WHERE NOT EXISTS"
            " (SELECT 1 FROM annotations_audithead h WHERE h.workspace_id = e.workspace_id) ORDER BY 1"
        )
        chains = [
            Chain(workspace, 0, "", "the head of this chain is missing") for (workspace,) in cursor.fetchall()
        ]
        for workspace, head_seq, head_hash, last_seq, last_hash in heads:
            cursor.execute(_CHECK, [workspace])
            bad = cursor.fetchone()
            if bad:
                problem = f"entry {bad[0]}: {bad[1]}"
            elif (head_seq, head_hash) != (last_seq or 0, last_hash or ""):
                problem = f"the chain was written up to entry {head_seq}, but ends at {last_seq or 0}"
            else:
                problem = ""
            chains.append(Chain(workspace, head_seq, head_hash, problem))
    return chains
