"""Celery's door. A task takes keys, makes one call, and says how it ended; the `Job` row knows the rest."""

from __future__ import annotations

import logging

from celery import shared_task
from django.db import transaction

from annotations.claims.services.proposing import TakenAway, propose_claims
from annotations.jobs.models import Job
from annotations.jobs.services import fail_job, lost_jobs, take_job

log = logging.getLogger(__name__)


@shared_task
def extract_claims(*, job_id: int) -> None:
    """Find candidate claims in one article version. Delivered twice, the second delivery finds nothing to do."""
    if (job := take_job(job_id=job_id)) is None:
        return
    try:
        propose_claims(job=job)
    except TakenAway:
        log.info("job %s was taken over by another worker", job_id)
    except Exception:
        log.exception("job %s failed", job_id)
        fail_job(
            job=job, reason="Finding claims in this text went wrong. The details are in the server's log."
        )


@shared_task
def sweep_jobs() -> None:
    """Ring again for every job that nobody works on although somebody should."""
    for job_id in lost_jobs():
        extract_claims.delay(job_id=job_id)


def ring(job: Job) -> None:
    """Tell a worker about a job once the transaction that entered it is committed.

    A broker that is away does not hurt: the ring is lost, the failure is logged, and the sweep rings again.
    """
    job_id = job.pk

    def tell_a_worker() -> None:
        extract_claims.delay(job_id=job_id)

    transaction.on_commit(tell_a_worker, robust=True)
