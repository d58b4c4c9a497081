"""The queue of record: who gets a job, what becomes of one whose worker fell silent, and when it is given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.articles.queries import current_version
from annotations.jobs.models import Job
from annotations.jobs.services import (
    ATTEMPTS,
    fail_job,
    finish_job,
    lost_jobs,
    report_progress,
    retry_job,
    take_job,
)
from annotations.refusals import IllegalMove, NotAllowed


@pytest.fixture
def job(article):
    return current_version(article).extraction


def silence(job):
    """Let the worker that has the job be silent for longer than its lease."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def long_ago(job):
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now() - timedelta(minutes=5))


def test_it_is_taken_once(job):
    first = take_job(job_id=job.pk)
    second = take_job(job_id=job.pk)

    assert (first.state, first.attempt) == ("RUNNING", 1)
    assert second is None


def test_a_silent_worker_loses_it_and_cannot_finish_it_any_more(job):
    silent = take_job(job_id=job.pk)
    silence(job)

    heir = take_job(job_id=job.pk)

    assert heir.attempt == 2
    assert not report_progress(job=silent, done=1, total=2)
    assert not finish_job(job=silent)
    assert finish_job(job=heir)


def test_work_that_never_comes_back_is_given_up_with_a_reason(job):
    for _ in range(ATTEMPTS):
        assert take_job(job_id=job.pk)
        silence(job)

    assert take_job(job_id=job.pk) is None
    job.refresh_from_db()
    assert job.state == "FAILED"
    assert "Try again" in job.reason


def test_a_failure_waits_before_it_is_tried_again(job):
    taken = take_job(job_id=job.pk)

    fail_job(job=taken, reason="It went wrong.")

    job.refresh_from_db()
    assert (job.state, job.reason) == ("WAITING", "It went wrong.")
    assert job.not_before > timezone.now()
    assert take_job(job_id=job.pk) is None


def test_the_last_failure_is_final_and_a_reviewer_starts_it_again(job, reviewer):
    for _ in range(ATTEMPTS):
        long_ago(job)
        fail_job(job=take_job(job_id=job.pk), reason="It went wrong.")
    job.refresh_from_db()
    assert job.state == "FAILED"

    retry_job(job=job, by=reviewer)
    retry_job(job=job, by=reviewer)

    assert (job.state, job.attempt, job.reason) == ("WAITING", 0, "")


def test_what_is_done_is_not_started_again(job, reviewer):
    finish_job(job=take_job(job_id=job.pk))
    job.refresh_from_db()

    with pytest.raises(IllegalMove):
        retry_job(job=job, by=reviewer)


def test_what_is_done_with_a_note_is_started_again_and_the_note_goes(job, reviewer):
    finish_job(job=take_job(job_id=job.pk), note="Something was left out.")
    job.refresh_from_db()
    assert (job.state, job.reason) == ("DONE", "Something was left out.")

    retry_job(job=job, by=reviewer)
    retry_job(job=job, by=reviewer)

    assert (job.state, job.attempt, job.reason) == ("WAITING", 0, "")


def test_a_reader_starts_nothing(job, reader):
    with pytest.raises(NotAllowed):
        retry_job(job=job, by=reader)


def test_the_sweep_finds_what_was_never_rung_and_what_fell_silent(job):
    assert lost_jobs() == []
    long_ago(job)
    assert lost_jobs() == [job.pk]

    take_job(job_id=job.pk)
    assert lost_jobs() == []

    silence(job)
    assert lost_jobs() == [job.pk]
