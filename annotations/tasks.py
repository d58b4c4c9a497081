"""Celery's door. A task takes keys, makes one call, and says how it ended; the `Job` row knows the rest."""

from __future__ import annotations

import logging

from celery import shared_task
from django.db import transaction

from annotations.articles.models import Article
from annotations.articles.queries import due_watches
from annotations.claims.services.proposing import TakenAway, propose_claims
from annotations.claims.services.versions import read_again
from annotations.jobs.models import Job
from annotations.jobs.services import ask_again, fail_job, lost_jobs, take_job
from annotations.notices.services import mailing, noticing
from annotations.precedents.services.comparing import compare_desk

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
            job=job, reason="Finding claims in this text went wrong. The details are in the server's log."
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
            job=job, reason="Looking for earlier checks went wrong. The details are in the server's log."
        )


_TASKS = {Job.Kind.EXTRACT_CLAIMS: extract_claims, Job.Kind.MATCH_CLAIMS: compare_claims}


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
