"""Outside checks from a file: each once, whatever file it comes in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from django.db.models import F
from django.db.models.functions import Now

from annotations.audit.services import recorded
from annotations.people.models import User, Workspace
from annotations.precedents.incoming import Incoming, Row, RowError, Unreadable, read_checks
from annotations.precedents.models import CheckImport, OutsideCheck
from annotations.precedents.permissions import may_import_checks
from annotations.refusals import Incomplete
from annotations.words import tidy

CHUNK = 500
ERRORS_KEPT = 100
_LIMITS = {"publisher": 200, "rating_text": 300, "claimant": 200, "raw_id": 200, "language": 12}
_FIELDS = (
    *("claim", "title", "url", "publisher", "rating_text", "rating", "rating_how", "claimant"),
    *("claimed_on", "reviewed_on", "language", "outside_id"),
)


@dataclass
class Outcome:
    """What came of the rows of a file. `errors` holds the first `ERRORS_KEPT`; `refused` counts all of them."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    errors: list[RowError] = field(default_factory=list)
    is_dry_run: bool = False
    batch: CheckImport | None = None

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.same + self.refused


def import_checks(
    *,
    workspace: Workspace,
    data: bytes,
    filename: str,
    by: User,
    kind: str = "",
    publisher: str = "",
    is_dry_run: bool = False,
) -> Outcome:
    """Take in the checks of a file, 500 rows a transaction. The same check again is skipped, or brought up to date.

    `publisher` is for rows that name none. A dry run reads the whole file and writes nothing. An import that was cut
    short goes on when the same file is given again. Raises `Incomplete` when the file as a whole cannot be read.
    """
    may_import_checks(by, workspace).or_refuse()
    given = {"publisher": publisher, "filename": filename}
    words = tidy(given, {"publisher": 200, "filename": 255})
    outcome = Outcome(is_dry_run=is_dry_run)
    try:
        rows = read_checks(data, filename=filename, kind=kind)
        rows = (_fitting(row, words["publisher"]) for row in chain(list(islice(rows, 1)), rows))
        if not is_dry_run:
            outcome.batch = _begin(workspace, data, kind, words, by)
        for chunk in _chunks(rows):
            _take(workspace, chunk, outcome, by)
    except Unreadable as refused:
        raise Incomplete(refused.reason, {"file": [refused.reason]}) from refused
    if outcome.batch:
        with recorded(by=by, verb="import_checks"):
            CheckImport.objects.filter(pk=outcome.batch.pk).update(finished_at=Now())
        outcome.batch.refresh_from_db()
    return outcome


def _begin(workspace: Workspace, data: bytes, kind: str, words: dict[str, str], by: User) -> CheckImport:
    digest = hashlib.sha256(data).hexdigest()
    cut_short = CheckImport.objects.filter(workspace=workspace, sha256=digest, finished_at=None).first()
    if cut_short:
        return cut_short
    with recorded(by=by, verb="import_checks"):
        return CheckImport.objects.create(
            workspace=workspace, kind=kind, sha256=digest, imported_by=by, **words
        )


def _chunks(rows: Iterator[Row]) -> Iterable[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _fitting(row: Row, publisher: str) -> Row:
    """The row with the publisher it lacks, or an error for a field that is longer than what is kept."""
    if isinstance(row, RowError):
        return row
    for name, limit in _LIMITS.items():
        if len(getattr(row, name)) > limit:
            return RowError(row.line, name, f"At most {limit} characters fit.")
    return replace(row, publisher=row.publisher or publisher, rating_how=row.rating_how[:300])


def _take(workspace: Workspace, chunk: list[Row], outcome: Outcome, by: User) -> None:
    """One chunk: all of it or nothing. Imports of one desk take turns, so that no check is entered twice."""
    refused = [row for row in chunk if isinstance(row, RowError)]
    wanted = {_identity(row): row for row in chunk if isinstance(row, Incoming)}
    batch = outcome.batch
    if batch is None:
        new, changed = _compare(workspace, wanted)
    else:
        with recorded(by=by, verb="import_checks"):
            Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
            new, changed = _compare(workspace, wanted)
            OutsideCheck.objects.bulk_create(
                OutsideCheck(
                    workspace=workspace, identity=identity, batch=batch, line=row.line, **_values(row)
                )
                for identity, row in new.items()
            )
            for pk, row in changed.items():
                OutsideCheck.objects.filter(pk=pk).update(
                    version=F("version") + 1, batch=batch, line=row.line, **_values(row)
                )
            _count(outcome, chunk, refused, len(new), len(changed))
            CheckImport.objects.filter(pk=batch.pk).update(
                added=outcome.added,
                changed=outcome.changed,
                same=outcome.same,
                refused=outcome.refused,
                errors=[[one.line, one.field, one.message] for one in outcome.errors],
            )
        return
    _count(outcome, chunk, refused, len(new), len(changed))


def _count(outcome: Outcome, chunk: list[Row], refused: list[RowError], new: int, changed: int) -> None:
    outcome.added += new
    outcome.changed += changed
    outcome.refused += len(refused)
    outcome.same += len(chunk) - len(refused) - new - changed
    outcome.errors += refused[: ERRORS_KEPT - len(outcome.errors)]


def _compare(
    workspace: Workspace, wanted: dict[str, Incoming]
) -> tuple[dict[str, Incoming], dict[int, Incoming]]:
    """The rows that are new, by identity, and those that say something else than before, by key."""
    there = {
        check.identity: check
        for check in OutsideCheck.objects.filter(workspace=workspace, identity__in=list(wanted))
    }
    new = {identity: row for identity, row in wanted.items() if identity not in there}
    changed = {
        there[identity].pk: row
        for identity, row in wanted.items()
        if identity in there
        and any(getattr(there[identity], name) != value for name, value in _values(row).items())
    }
    return new, changed


def _values(row: Incoming) -> dict[str, Any]:
    return {name: row.raw_id if name == "outside_id" else getattr(row, name) for name in _FIELDS}


def _identity(row: Incoming) -> str:
    """The same check in another file: the same claim at the same address, or by the same publisher without one."""
    where = row.url or row.publisher.casefold()
    claim = " ".join(row.claim.casefold().split())
    return hashlib.sha256(f"{where}\n{claim}".encode()).hexdigest()
