"""Background work through the real broker, by real workers that are killed in the middle."""

from __future__ import annotations

import os
import signal

import pytest
from django.db import transaction

from annotations.articles.queries import current_version
from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.tasks import extract_claims, ring, sweep_jobs
from tests import factories
from tests.cast import SEED


def long_text(sentences: int) -> str:
    return " ".join(
        f"The ministry of region {n} said that {n + 1000} houses were destroyed in {1950 + n % 70}."
        for n in range(sentences)
    )


def job_of(article) -> Job:
    return current_version(article).extraction


def state_of(article) -> str:
    return job_of(article).state


@pytest.mark.django_db(transaction=True)
class TestExtraction:
    def test_a_worker_finds_claims_after_the_import(self, workspace, reviewer, broker, worker, eventually):
        with transaction.atomic():
            article = factories.article(workspace, reviewer, SEED.read_text())
            ring(job_of(article))

        eventually(lambda: state_of(article) == "DONE")

        assert article.claims.filter(status="CANDIDATE", exact__contains="12,000").exists()

    def test_delivered_three_times_it_is_done_once(self, article, broker, worker, eventually):
        job = job_of(article)
        for _ in range(3):
            extract_claims.delay(job_id=job.pk)
        eventually(lambda: state_of(article) == "DONE")
        found = article.claims.count()

        extract_claims.delay(job_id=job.pk)
        probe = factories.article(article.workspace, article.added_by)
        extract_claims.delay(job_id=job_of(probe).pk)
        eventually(lambda: state_of(probe) == "DONE")

        job.refresh_from_db()
        assert (article.claims.count(), job.attempt) == (found, 1)

    def test_what_was_never_rung_is_swept(self, article, broker, worker, eventually):
        Job.objects.update(not_before="2020-01-01T00:00:00Z")

        sweep_jobs.delay()

        eventually(lambda: state_of(article) == "DONE")

    def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(
        self, workspace, reviewer, broker, start_worker, eventually
    ):
        article = factories.article(workspace, reviewer, long_text(1_200))
        first = start_worker()
        extract_claims.delay(job_id=job_of(article).pk)
        eventually(lambda: state_of(article) == "RUNNING", seconds=60)

        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        assert state_of(article) == "RUNNING"
        assert not article.claims.exists()
        Job.objects.update(lease_until="2020-01-01T00:00:00Z")
        start_worker()
        sweep_jobs.delay()

        eventually(lambda: state_of(article) == "DONE", seconds=120)
        spans = list(Claim.objects.filter(article=article).values_list("start", "end"))
        assert spans
        assert len(spans) == len(set(spans))
        assert job_of(article).attempt == 2

    def test_a_broker_that_is_away_does_not_hurt_the_import(
        self, workspace, reviewer, broker, servers, start_worker, eventually
    ):
        valkey = servers[1]
        valkey.stop()
        try:
            with transaction.atomic():
                article = factories.article(workspace, reviewer, SEED.read_text())
                ring(job_of(article))
        finally:
            valkey.start()

        assert state_of(article) == "WAITING"
        Job.objects.update(not_before="2020-01-01T00:00:00Z")
        start_worker()
        sweep_jobs.delay()
        eventually(lambda: state_of(article) == "DONE")
