"""The queue of record: every step of a job is a conditional write on its row.

Figures: three attempts with 10 and 60 seconds between them, a lease of 30 seconds that each sign of life renews.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.jobs.models import Job
from annotations.people.models import User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import IllegalMove
from annotations.tongue import noop

LEASE = timedelta(seconds=30)
ATTEMPTS = 3
PAUSES = (timedelta(seconds=10), timedelta(seconds=60))
PATIENCE = timedelta(seconds=5)


class TakenAway(Exception):
    """The job was given to another worker while this one was silent; what this one found is dropped."""


def open_job(*, workspace: Workspace, kind: str, key: str, by: User | None) -> Job:
    """Enter the work, in the transaction of what it is for. The same work again is the same row."""
    return Job.objects.get_or_create(
        workspace=workspace, kind=kind, key=key, defaults={"requested_by": by, "not_before": Now()}
    )[0]


def ask_again(*, workspace_id: int, kind: str, key: str, asked_by: User | None = None) -> Job:
    """Enter work that comes back: waiting, if it was done, failed or never there. Cheap enough for every change.

    Asked while a worker is at it, that worker's `finish_round` lets it wait for another round.
    """
    job, is_new = Job.objects.get_or_create(
        workspace_id=workspace_id,
        kind=kind,
        key=key,
        defaults={"requested_by": asked_by, "not_before": Now()},
    )
    if not is_new:
        waiting, running = Job.State.WAITING, Job.State.RUNNING
        Job.objects.filter(pk=job.pk).exclude(state=waiting).update(
            state=Case(When(state=running, then=Value(running)), default=Value(waiting)),
            attempt=Case(When(state=running, then=F("attempt")), default=Value(0)),
            not_before=Now(),
            requested_by=asked_by or F("requested_by"),
        )
    return job


def take_job(*, job_id: int) -> Job | None:
    """Start the work if it is free: waiting, or taken by a worker that fell silent. None when there is nothing to do.

    Work that was started `ATTEMPTS` times and never came back is given up here, before it kills one more worker.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(_free(), pk=job_id).first()
        if job is None:
            return None
        if job.attempt >= ATTEMPTS:
            _give_up(job, noop("The worker stopped each time it tried. Try again, or report this article."))
            return None
        Job.objects.filter(pk=job.pk).update(
            state=Job.State.RUNNING,
            attempt=F("attempt") + 1,
            lease_until=Now() + LEASE,
            started_at=Now(),
            finished_at=None,
            done=0,
            reason="",
        )
        job.refresh_from_db()
        return job


def report_progress(*, job: Job, done: int, total: int, lease: timedelta = LEASE) -> bool:
    """Say how far the work is and renew the lease. False when the work was given to somebody else meanwhile.

    `lease` is how long the next step may take without a sign of life.
    """
    return bool(_mine(job).update(done=done, total=total, lease_until=Now() + lease))


def put_off(*, job: Job, pause: timedelta) -> None:
    """Not now, and nobody's fault: the work waits, and this start does not count."""
    _mine(job).update(
        state=Job.State.WAITING, attempt=F("attempt") - 1, lease_until=None, not_before=Now() + pause
    )


def call_off(*, job_id: int) -> None:
    """The work is not needed any more: somebody did it by hand. Work that a worker is at goes on."""
    unneeded = Job.objects.filter(pk=job_id, state__in=[Job.State.WAITING, Job.State.FAILED])
    unneeded.update(state=Job.State.DONE, reason="", lease_until=None, finished_at=Now())


def finish_job(*, job: Job, note: str = "") -> bool:
    """Call the work done, in the transaction of its results. False when it is no longer this worker's.

    `note` tells people what was left out although nothing failed.
    """
    return bool(
        _mine(job).update(
            state=Job.State.DONE, done=F("total"), lease_until=None, finished_at=Now(), reason=note
        )
    )


def finish_round(*, job: Job, is_more: bool) -> bool:
    """End a round of work that comes back. True when another round waits: more is left, or it was asked meanwhile."""
    again = Q(not_before__gt=F("started_at"))
    if is_more:
        again |= Q(pk=job.pk)
    _mine(job).update(
        state=Case(When(again, then=Value(Job.State.WAITING)), default=Value(Job.State.DONE)),
        attempt=0,
        lease_until=None,
        not_before=Now(),
        finished_at=Now(),
        reason="",
    )
    job.refresh_from_db()
    return job.state == Job.State.WAITING


def fail_job(*, job: Job, reason: str, is_final: bool = False) -> None:
    """The work went wrong. It waits and is tried again, or fails for good after `ATTEMPTS` starts."""
    with transaction.atomic():
        if not (row := _mine(job).select_for_update().first()):
            return
        if is_final or row.attempt >= ATTEMPTS:
            _give_up(row, reason)
        else:
            pause = PAUSES[min(row.attempt, len(PAUSES)) - 1]
            Job.objects.filter(pk=row.pk).update(
                state=Job.State.WAITING, reason=reason, lease_until=None, not_before=Now() + pause
            )


def retry_job(*, job: Job, by: User) -> Job:
    """Start failed work, or work that ended with a note, from the beginning. Safe to press twice."""
    may_act_as(by, Role.REVIEWER, within=job.workspace_id, to=_("start this again")).or_refuse()
    noted = Q(state=Job.State.DONE) & ~Q(reason="")
    changed = Job.objects.filter(Q(state=Job.State.FAILED) | noted, pk=job.pk).update(
        state=Job.State.WAITING,
        attempt=0,
        done=0,
        total=0,
        reason="",
        not_before=Now(),
        finished_at=None,
        requested_by=by,
    )
    job.refresh_from_db()
    if not changed and not job.is_open:
        raise IllegalMove(_("This work is done; there is nothing to start again."))
    return job


def lost_jobs(*, limit: int = 100) -> list[int]:
    """Keys of jobs that nobody works on although they should be: never rung, rung in vain, or silent too long."""
    rung_in_vain = Q(state=Job.State.WAITING, not_before__lte=Now() - PATIENCE)
    silent = Q(state=Job.State.RUNNING, lease_until__lt=Now())
    waiting_again = Q(state=Job.State.WAITING, attempt__gt=0, not_before__lte=Now())
    open_first = Job.objects.filter(rung_in_vain | silent | waiting_again).order_by("not_before", "pk")
    return list(open_first.values_list("pk", flat=True)[:limit])


def _free() -> Q:
    return Q(state=Job.State.WAITING, not_before__lte=Now()) | Q(
        state=Job.State.RUNNING, lease_until__lt=Now()
    )


def _mine(job: Job):  # type: ignore[no-untyped-def]
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempt=job.attempt)


def _give_up(job: Job, reason: str) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.FAILED, reason=reason, lease_until=None, finished_at=Now()
    )
