"""An article by its address: fetched once, read, and never lost when the site does not play along."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from annotations.arrivals.addresses import key_of, normalised
from annotations.arrivals.models import Arrival
from annotations.arrivals.queries import arrivals_of
from annotations.arrivals.services.fetching import (
    edit_arrival,
    fetch_article,
    retry_arrival,
    set_aside,
    take_in_arrival,
)
from annotations.articles.models import Article
from annotations.jobs.models import Job
from annotations.jobs.services import TakenAway, take_job
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.tasks import fetch_article as work
from tests.loopback import loopback, send
from tests.snapshots.documents import pdf, shown
from tests.snapshots.test_visiting import PAGE, TEXT, html


@pytest.fixture(autouse=True)
def nobody_was_visited() -> None:
    cache.clear()


@pytest.fixture
def rung(broker: str) -> None:
    """A worker that is rung for would be told; none is there, and the sweep would ring again."""


def asked(workspace: Any, by: Any, url: str) -> Arrival:
    return fetch_article(workspace=workspace, url=url, by=by).arrival


def fetched(arrival: Arrival) -> Arrival:
    """Do the job as a worker would."""
    work(job_id=arrival.fetching_id)
    return Arrival.objects.select_related("fetching", "article", "snapshot").get(pk=arrival.pk)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://Paper.example:443/a?x=1#top", "http://paper.example/a?x=1", True),
        ("https://paper.example/a?utm_source=x&b=2", "https://paper.example/a?b=2", True),
        ("https://paper.example", "https://paper.example/", True),
        ("https://paper.example/a?b=2", "https://paper.example/a?b=3", False),
        ("https://paper.example/A", "https://paper.example/a", False),
    ],
)
def test_when_two_addresses_are_the_same_page(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) is same
    assert normalised(normalised(one)) == normalised(one)


def test_it_becomes_an_article_with_the_bytes_that_were_read(
    workspace: Any, reviewer: Any, rung: None
) -> None:
    with loopback(html) as server:
        arrival = fetched(asked(workspace, reviewer, f"{server.url}/roads"))

    article = arrival.article
    assert (article.title, article.outlet, article.url) == ("Roads", "The Paper", f"{server.url}/roads")
    assert TEXT in article.versions.get().text
    assert article.added_by == reviewer
    assert article.versions.get().extraction.state == "WAITING"
    assert bytes(arrival.snapshot.file.data) == PAGE.encode()
    assert not arrivals_of(workspace).exists()


def test_a_pdf_is_an_article_too(workspace: Any, reviewer: Any, rung: None) -> None:
    body = pdf(shown("The council spent 5 million euros."))
    with loopback(lambda h, a: send(h, body, Content_Type="application/pdf")) as server:
        arrival = fetched(asked(workspace, reviewer, f"{server.url}/report.pdf"))

    assert arrival.article.versions.get().text == "The council spent 5 million euros."


def test_the_same_address_again_is_the_same_arrival_and_asked_once(
    workspace: Any, reviewer: Any, colleague: Any, rung: None
) -> None:
    with loopback(html) as server:
        first = asked(workspace, reviewer, f"{server.url}/roads")
        again = fetch_article(workspace=workspace, url=f"{server.url}/roads#top", by=colleague)
        fetched(first)
        fetched(first)

    assert not again.is_new
    assert (Arrival.objects.count(), Article.objects.count(), len(server.asked)) == (1, 1, 1)


@pytest.mark.parametrize(
    "url",
    [
        *("", "paper.example", "ftp://x.example/", "javascript:alert(1)", "http://", "http://x.example/\x00"),
        "https://x.example/" + "a" * 2000,
    ],
)
def test_what_is_no_address_is_refused(workspace: Any, reviewer: Any, url: str) -> None:
    with pytest.raises(Incomplete):
        fetch_article(workspace=workspace, url=url, by=reviewer)

    assert not Job.objects.exists()


def failed(workspace: Any, by: Any) -> Arrival:
    with loopback(lambda h, a: send(h, b"", status=403)) as server:
        return fetched(asked(workspace, by, f"{server.url}/wall"))


def test_a_site_that_does_not_let_us_in_leaves_a_record_and_a_person_pastes_the_text(
    workspace: Any, reviewer: Any
) -> None:
    arrival = failed(workspace, reviewer)
    assert (arrival.fetching.state, "does not let us in" in arrival.fetching.reason) == ("FAILED", True)

    edit_arrival(arrival=arrival, version=1, by=reviewer, title="Behind a wall")
    imported = edit_arrival(arrival=arrival, version=2, by=reviewer, title="Behind a wall", text=TEXT)

    assert imported is not None
    assert (imported.article.title, imported.article.url) == ("Behind a wall", arrival.url)
    arrival.fetching.refresh_from_db()
    assert arrival.fetching.state == "DONE"
    with pytest.raises(IllegalMove):
        retry_arrival(arrival=arrival, by=reviewer)


def test_two_hands_on_one_record(workspace: Any, reviewer: Any, colleague: Any) -> None:
    arrival = failed(workspace, reviewer)
    edit_arrival(arrival=arrival, version=1, by=colleague, title="Theirs")

    with pytest.raises(Stale) as stale:
        edit_arrival(arrival=arrival, version=1, by=reviewer, title="Mine")

    assert (stale.value.current, stale.value.yours) == ({"title": "Theirs"}, {"title": "Mine"})


def test_it_is_retried_and_then_here(workspace: Any, reviewer: Any, rung: None) -> None:
    statuses = iter([404, 200])
    answer = lambda h, a: send(h, PAGE.encode(), status=next(statuses), Content_Type="text/html")  # noqa: E731
    with loopback(answer) as server:
        arrival = fetched(asked(workspace, reviewer, server.url))
        cache.clear()
        retry_arrival(arrival=arrival, by=reviewer)
        arrival = fetched(arrival)

    assert arrival.article is not None


def test_what_is_set_aside_is_not_fetched_until_somebody_wants_it(workspace: Any, reviewer: Any) -> None:
    with loopback(html) as server:
        arrival = asked(workspace, reviewer, server.url)
        set_aside(arrival=arrival, version=1, by=reviewer)
        fetched(arrival)

    assert server.asked == []
    assert not arrivals_of(workspace).exists()
    assert retry_arrival(arrival=arrival, by=reviewer).set_aside_at is None


def test_a_host_that_was_just_asked_is_left_alone_and_the_try_does_not_count(
    workspace: Any, reviewer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotations.snapshots import visiting

    monkeypatch.setattr(visiting, "PATIENCE", 0)
    cache.set("visited-127.0.0.1", 1, timeout=60)
    with loopback(html) as server:
        job = fetched(asked(workspace, reviewer, server.url)).fetching

    assert (job.state, job.attempt, server.asked) == ("WAITING", 0, [])


def test_a_worker_that_lost_the_job_meanwhile_writes_nothing(workspace: Any, reviewer: Any) -> None:
    """It fell silent, and another one started the job before it came back."""
    with loopback(html) as server:
        job = take_job(job_id=asked(workspace, reviewer, server.url).fetching_id)
        Job.objects.filter(pk=job.pk).update(attempt=2)

        with pytest.raises(TakenAway):
            take_in_arrival(job=job)

    assert not Article.objects.exists()


class TestThePages:
    def test_the_record_can_be_read_and_helped_in(self, workspace: Any, reviewer: Any, log_in: Any) -> None:
        arrival = failed(workspace, reviewer)
        client, address = log_in(reviewer), reverse("arrival", args=[arrival.pk])

        page = client.get(address).content.decode()
        done = client.post(address, {"version": arrival.version, "title": "By hand", "text": TEXT})

        assert "does not let us in" in page and "Fetch it again" in page
        assert done["Location"] == reverse("workbench", args=[Article.objects.get().pk])

    def test_a_stale_save_shows_both(
        self, workspace: Any, reviewer: Any, colleague: Any, log_in: Any
    ) -> None:
        arrival = failed(workspace, reviewer)
        edit_arrival(arrival=arrival, version=1, by=colleague, title="Theirs")

        answer = log_in(reviewer).post(reverse("arrival", args=[arrival.pk]), {"version": 1, "title": "Mine"})

        assert answer.status_code == 412
        assert "Theirs" in answer.content.decode() and "Mine" in answer.content.decode()

    def test_the_list_is_paged_and_asks_a_fixed_number_of_questions(
        self, workspace: Any, reviewer: Any, log_in: Any, django_assert_num_queries: Any
    ) -> None:
        client = log_in(reviewer)
        for n in range(25):
            asked(workspace, reviewer, f"https://paper.example/{n}")
        first = client.get(reverse("arrivals"))

        with django_assert_num_queries(len_of_queries(client, reverse("arrivals") + "?part=all")):
            client.get(reverse("arrivals") + "?part=all")

        assert first.content.decode().count('class="arrival"') == 20
        mark = first.context["next"]
        assert (
            client.get(reverse("arrivals") + f"?before={mark}").content.decode().count('class="arrival"') == 5
        )

    def test_nothing_of_another_desk(self, workspace: Any, reviewer: Any, outsider: Any, log_in: Any) -> None:
        arrival = asked(workspace, reviewer, "https://paper.example/secret")
        client = log_in(outsider)

        for name in ("arrival", "arrival-state"):
            assert client.get(reverse(name, args=[arrival.pk])).status_code == 404
        for name in ("arrival", "arrival-retry", "arrival-set-aside"):
            assert client.post(reverse(name, args=[arrival.pk]), {"version": 1}).status_code == 404
        assert "paper.example" not in client.get(reverse("arrivals")).content.decode()

    def test_a_reader_reads(self, workspace: Any, reviewer: Any, reader: Any, log_in: Any) -> None:
        arrival = failed(workspace, reviewer)
        client = log_in(reader)

        page = client.get(reverse("arrival", args=[arrival.pk])).content.decode()

        assert "Only a reviewer of this workspace can add articles." in page
        assert client.post(reverse("arrival-retry", args=[arrival.pk])).status_code == 403


def len_of_queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        client.get(address)
    assert len(found) <= 7
    return len(found)
