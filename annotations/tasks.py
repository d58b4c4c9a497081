"""Celery's door. A task takes keys, makes one call, and says how it ended; the `Job` row knows the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from celery import shared_task
from django.db import transaction

from annotations.arrivals.services import feeding
from annotations.arrivals.services.fetching import take_in_arrival
from annotations.articles.models import Article
from annotations.articles.queries import due_watches
from annotations.claims.services.proposing import propose_claims
from annotations.claims.services.versions import read_again
from annotations.jobs.models import Job
from annotations.jobs.services import TakenAway, ask_again, fail_job, lost_jobs, put_off, take_job
from annotations.notices.services import mailing, noticing
from annotations.precedents.services.comparing import compare_desk
from annotations.refusals import Refusal
from annotations.snapshots.fetching import NotFetched
from annotations.snapshots.matter import Unreadable
from annotations.snapshots.visiting import Busy
from annotations.sources import copying
from annotations.tongue import noop

log = logging.getLogger(__name__)


@shared_task
def extract_claims(*, job_id: int) -> None:
    """Find candidate claims in one article version. Delivered twice, the second delivery finds nothing to do."""
    if (job := take_job(job_id=job_id)) is None:
        return
    try:
        propose_claims(job=job)
        ring_comparing(job.workspace_id)
    except TakenAway:
        log.info("job %s was taken over by another worker", job_id)
    except Exception:
        log.exception("job %s failed", job_id)
        fail_job(
            job=job,
            reason=noop("Finding claims in this text went wrong. The details are in the server's log."),
        )


@shared_task
def compare_claims(*, job_id: int) -> None:
    """Look for earlier checks of what is new on one desk. What does not fit into one round is rung for again."""
    if (job := take_job(job_id=job_id)) is None:
        return
    try:
        if compare_desk(job=job):
            compare_claims.delay(job_id=job_id)
    except TakenAway:
        log.info("job %s was taken over by another worker", job_id)
    except Exception:
        log.exception("job %s failed", job_id)
        fail_job(
            job=job,
            reason=noop("Looking for earlier checks went wrong. The details are in the server's log."),
        )


@shared_task
def fetch_source(*, job_id: int) -> None:
    """Fetch a copy of a cited document."""
    _fetch(job_id, copying.fetch_source)


@shared_task
def fetch_article(*, job_id: int) -> None:
    """Fetch an article from its address; claims are looked for in it next."""

    def take_in(*, job: Job) -> None:
        imported = take_in_arrival(job=job)
        if imported and imported.is_new:
            ring(imported.version.extraction)

    _fetch(job_id, take_in)


@shared_task
def poll_feed(*, job_id: int) -> None:
    """Ask a feed for what is new; each new article is fetched next."""

    def poll(*, job: Job) -> None:
        for entered in feeding.poll_feed(job=job):
            ring(entered)

    _fetch(job_id, poll, when_failed=feeding.put_off_after_failure)


def _fetch(job_id: int, step: Callable[..., None], when_failed: Callable[..., None] | None = None) -> None:
    """Take the step for the job. What will not change by itself fails at once, the rest is tried again."""
    if (job := take_job(job_id=job_id)) is None:
        return
    reason, is_final = "", True
    try:
        step(job=job)
    except TakenAway:
        log.info("job %s was taken over by another worker", job_id)
    except Busy:
        put_off(job=job, pause=_LEFT_ALONE)
    except NotFetched as failure:
        reason, is_final = f"{failure.reason[:1].upper()}{failure.reason[1:]}.", failure.is_final
    except (Unreadable, Refusal) as refusal:
        reason = refusal.reason
    except Exception:
        log.exception("job %s failed", job_id)
        reason, is_final = "Fetching went wrong. The details are in the server's log.", False
    if reason:
        fail_job(job=job, reason=reason, is_final=is_final)
        if when_failed:
            when_failed(job=job)


_LEFT_ALONE = timedelta(seconds=6)
_TASKS = {
    Job.Kind.EXTRACT_CLAIMS: extract_claims,
    Job.Kind.MATCH_CLAIMS: compare_claims,
    Job.Kind.FETCH_SOURCE: fetch_source,
    Job.Kind.FETCH_ARTICLE: fetch_article,
    Job.Kind.POLL_FEED: poll_feed,
}


@shared_task
def sweep_jobs() -> None:
    """Ring again for every job that nobody works on although somebody should."""
    for job_id, kind in Job.objects.filter(pk__in=lost_jobs()).values_list("pk", "kind"):
        _TASKS[Job.Kind(kind)].delay(job_id=job_id)


@shared_task
def notice_changes() -> None:
    """Tell people what is new in the history. Rung by some doors, and by the clock for everything else."""
    noticing.notice_changes()


@shared_task
def send_digests() -> None:
    """Send by e-mail what is due."""
    mailing.send_digests()


@shared_task
def forget_notices() -> None:
    """Delete notices that were read long ago."""
    noticing.forget_notices()


def ring_notices() -> None:
    """Have notices made of what is being written, once it is committed."""
    transaction.on_commit(notice_changes.delay, robust=True)


def ring(job: Job) -> None:
    """Tell a worker about a job once the transaction that entered it is committed.

    A broker that is away does not hurt: the ring is lost, the failure is logged, and the sweep rings again.
    """
    job_id, task = job.pk, _TASKS[Job.Kind(job.kind)]

    def tell_a_worker() -> None:
        task.delay(job_id=job_id)

    transaction.on_commit(tell_a_worker, robust=True)


def ring_comparing(workspace_id: int) -> None:
    """Have what is new or reworded on a desk compared with earlier checks, once it is committed."""

    def ask() -> None:
        ring(ask_again(workspace_id=workspace_id, kind=Job.Kind.MATCH_CLAIMS, key="desk"))

    transaction.on_commit(ask, robust=True)


@shared_task
def poll_due_feeds() -> None:
    """Enter a poll for each feed whose time has come."""
    for job in feeding.due_feeds():
        ring(job)


def ring_if_waiting(job: Job | None) -> None:
    """Tell a worker about a job that a verb may have entered."""
    if job is not None and job.state == Job.State.WAITING:
        ring(job)


@shared_task
def read_watched() -> None:
    """Ring for every watched article whose address is to be read now."""
    for article_id in due_watches():
        read_article_again.delay(article_id=article_id)


@shared_task
def read_article_again(*, article_id: int) -> None:
    """Read one watched article's address. Delivered twice, the second delivery finds that it was not due."""
    added = read_again(article=Article.objects.get(pk=article_id))
    if added is not None and added.is_new:
        ring(added.version.extraction)
        ring_notices()
