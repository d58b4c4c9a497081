"""Stored copies of a document: kept, asked for, and fetched by a worker. Steps within the verbs of services.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F, Q

from annotations.audit.services import recorded
from annotations.claims.lifecycle import Status
from annotations.jobs.models import Job
from annotations.jobs.services import TakenAway, ask_again, finish_job, open_job, report_progress
from annotations.people.models import User
from annotations.snapshots.copies import CopyMatter
from annotations.snapshots.services import store_snapshot
from annotations.snapshots.visiting import PAGES, PICTURES, visit
from annotations.sources.models import Evidence, Source, StoredCopy
from annotations.sources.queries import newest_copy, proof_of
from annotations.sources.stories import compare_stories

STEP = timedelta(seconds=60)
"""How long one step of fetching may take: longer than the limits of the client and of the reader."""


def hold_source(source: Source) -> None:
    """Lock the document after the claim, never before: whoever changes a quote or adds a copy comes one by one."""
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)


def store_copy(*, source: Source, matter: CopyMatter, added_by: User) -> StoredCopy:
    """Keep the copy and look the quotes of claims in review up in it. The same copy again is the one that is there."""
    hold_source(source)
    last = newest_copy(source)
    if last and (last.snapshot.file.sha256, last.snapshot.text) == (matter.sha256, matter.text):
        return last
    snapshot = store_snapshot(workspace=source.workspace, matter=matter, url=source.url, added_by=added_by)
    copy = StoredCopy.objects.create(
        workspace_id=source.workspace_id, source=source, snapshot=snapshot, added_by=added_by
    )
    open_to_proof = Q(claim__status=Status.ACCEPTED.value) | Q(quote_snapshot=None)
    for evidence in Evidence.objects.filter(open_to_proof, source=source).exclude(quote=""):
        proof = proof_of(source, evidence.quote, near=evidence.quote_start or None)
        Evidence.objects.filter(pk=evidence.pk).update(**proof)
    compare_stories(source=source)
    return copy


def ask_for_first_copy(*, source: Source, asked_by: User) -> None:
    """Enter the work that fetches a copy, for a document with an address of which there is none and none was asked."""
    if not source.url or source.fetching_id or source.copies.exists():
        return
    kind, key = Job.Kind.FETCH_SOURCE, str(source.pk)
    _set(source, open_job(workspace=source.workspace, kind=kind, key=key, by=asked_by))


def ask_for_copy(*, source: Source, asked_by: User) -> Job:
    """Enter the work again, whether it failed, is done or was never there."""
    job = ask_again(
        workspace_id=source.workspace_id, kind=Job.Kind.FETCH_SOURCE, key=str(source.pk), asked_by=asked_by
    )
    _set(source, job)
    job.refresh_from_db()
    return job


def fetch_source(*, job: Job) -> None:
    """Fetch a copy of the job's document and keep it; what nobody filled in about the document is taken from it.

    Raises `NotFetched`, `Busy` or `Unreadable`, and `TakenAway` when another worker has the job meanwhile.
    """
    source = Source.objects.select_related("workspace").get(fetching=job)
    asked_by = job.requested_by or source.added_by
    _go_on(job, 0)
    page = visit(source.url, kinds=(*PAGES, *PICTURES))
    _go_on(job, 1)
    matter = page.copy()
    with recorded(by=None, verb="keep_copy", name="Fetching"):
        hold_source(source)
        if not finish_job(job=job, note=matter.unread):
            raise TakenAway
        store_copy(source=source, matter=matter, added_by=asked_by)
        _fill_in(source, matter)


def _fill_in(source: Source, matter: CopyMatter) -> None:
    """Title, publisher and date, where they are still as the address left them."""
    source.refresh_from_db()
    found: dict[str, Any] = {}
    if source.title == source.url[:500] and matter.title:
        found["title"] = matter.title
    if not source.publisher and matter.publisher:
        found["publisher"] = matter.publisher
    if source.published_on is None and matter.published_on:
        found["published_on"] = matter.published_on
    if found:
        Source.objects.filter(pk=source.pk).update(version=F("version") + 1, **found)


def _go_on(job: Job, done: int) -> None:
    if not report_progress(job=job, done=done, total=2, lease=STEP):
        raise TakenAway


def _set(source: Source, job: Job) -> None:
    if source.fetching_id != job.pk:
        Source.objects.filter(pk=source.pk).update(fetching=job)
    source.fetching = job
