"""Many articles from one file: those with a text at once, those with an address alone as arrivals."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotations.arrivals.addresses import key_of
from annotations.arrivals.models import Arrival
from annotations.arrivals.permissions import may_import_many
from annotations.arrivals.rows import Row, RowError, read_rows
from annotations.arrivals.services.fetching import enter
from annotations.articles.queries import article_with_text
from annotations.articles.services import keep_article
from annotations.articles.text import clean_or_refuse, sha256
from annotations.audit.services import recorded
from annotations.jobs.models import Job
from annotations.people.models import User, Workspace
from annotations.refusals import Incomplete
from annotations.snapshots.matter import Unreadable

ERRORS_KEPT = 100


@dataclass
class Outcome:
    """What came of the rows. `errors` holds the first `ERRORS_KEPT`; `refused` counts all. `jobs` wait for a worker."""

    added: int = 0
    asked: int = 0
    same: int = 0
    refused: int = 0
    errors: list[RowError] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    is_dry_run: bool = False
    _seen: set[str] = field(default_factory=set)


def import_articles(
    *, workspace: Workspace, data: bytes, by: User, filename: str = "", is_dry_run: bool = False
) -> Outcome:
    """Take in the articles of a table, each row for itself: what is refused is listed, the rest is kept.

    Safe to repeat: the same text or address again is what is there already. A dry run reads everything and keeps
    nothing. Raises `Incomplete` when the file as a whole cannot be read.
    """
    may_import_many(by, workspace).or_refuse()
    outcome = Outcome(is_dry_run=is_dry_run)
    try:
        for row in read_rows(data, filename=filename):
            if isinstance(row, RowError):
                _refuse(outcome, row)
                continue
            _take(workspace, row, outcome, by)
    except Unreadable as refused:
        raise Incomplete(refused.reason, {"file": [refused.reason]}) from refused
    return outcome


def _take(workspace: Workspace, row: Row, outcome: Outcome, by: User) -> None:
    try:
        if row.matter.text:
            _take_text(workspace, row, outcome, by)
        else:
            _take_address(workspace, row, outcome, by)
    except Incomplete as refused:
        name, sentences = next(iter(refused.problems.items()), ("", [refused.reason]))
        _refuse(outcome, RowError(row.line, name, sentences[0]))
    except Unreadable as refused:
        _refuse(outcome, RowError(row.line, "text", refused.reason))


def _take_text(workspace: Workspace, row: Row, outcome: Outcome, by: User) -> None:
    if outcome.is_dry_run:
        digest = sha256(clean_or_refuse(row.matter.text))
        is_known = digest in outcome._seen or article_with_text(workspace=workspace, sha256=digest)
        outcome._seen.add(digest)
        _count(outcome, "same" if is_known else "added")
        return
    with recorded(by=by, verb="import_articles"):
        imported = keep_article(workspace=workspace, matter=row.matter, added_by=by)
    if imported.is_new:
        outcome.jobs.append(imported.version.extraction)
    _count(outcome, "added" if imported.is_new else "same")


def _take_address(workspace: Workspace, row: Row, outcome: Outcome, by: User) -> None:
    key, matter = key_of(row.matter.url), row.matter
    if outcome.is_dry_run:
        is_known = key in outcome._seen or Arrival.objects.filter(workspace=workspace, key=key).exists()
        outcome._seen.add(key)
        _count(outcome, "same" if is_known else "asked")
        return
    names = ("title", "byline", "outlet", "published_on", "language")
    with recorded(by=by, verb="import_articles"):
        asked = enter(
            workspace=workspace,
            url=matter.url,
            added_by=by,
            **{name: getattr(matter, name) for name in names},
        )
    if asked.is_new:
        outcome.jobs.append(asked.arrival.fetching)
    _count(outcome, "asked" if asked.is_new else "same")


def _count(outcome: Outcome, what: str) -> None:
    setattr(outcome, what, getattr(outcome, what) + 1)


def _refuse(outcome: Outcome, error: RowError) -> None:
    outcome.refused += 1
    if len(outcome.errors) < ERRORS_KEPT:
        outcome.errors.append(error)
