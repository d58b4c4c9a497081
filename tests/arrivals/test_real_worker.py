"""The whole way through a real broker and a real worker, which is killed while a site keeps it waiting."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import pytest
from django.db import transaction
from django.db.models.functions import Now

from annotations.arrivals.models import Arrival
from annotations.arrivals.services.fetching import fetch_article
from annotations.articles.models import Article
from annotations.jobs.models import Job
from annotations.tasks import ring, sweep_jobs
from tests.loopback import loopback
from tests.snapshots.test_visiting import html


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_the_middle_loses_nothing_and_doubles_nothing(
    workspace: Any,
    reviewer: Any,
    broker: str,
    product_environment: dict[str, str],
    start_worker: Any,
    eventually: Any,
) -> None:
    product_environment["DJANGO_SETTINGS_MODULE"] = "tests.worker_settings"
    slow = [True]

    def answer(handler: Any, asked: Any) -> None:
        if slow.pop() if slow else False:
            time.sleep(8)
        html(handler, asked)

    with loopback(answer) as server:
        worker = start_worker()
        with transaction.atomic():
            arrival = fetch_article(workspace=workspace, url=f"{server.url}/roads", by=reviewer).arrival
            ring(arrival.fetching)
        eventually(lambda: server.asked)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

        Job.objects.filter(pk=arrival.fetching_id).update(lease_until=Now())
        start_worker()
        sweep_jobs()
        eventually(lambda: Arrival.objects.get(pk=arrival.pk).article_id)

    assert Article.objects.count() == 1
    assert Job.objects.get(pk=arrival.fetching_id).attempt == 2
