"""A cited address gets a stored copy by itself: fetched once, tried again, proved, and never in anybody's way."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from annotations.jobs.models import Job
from annotations.snapshots.copies import pasted
from annotations.snapshots.models import Snapshot
from annotations.sources.models import StoredCopy
from annotations.sources.services import edit_source, fetch_copy, keep_copy
from annotations.tasks import fetch_source
from tests import factories
from tests.loopback import loopback, send
from tests.snapshots.test_visiting import PAGE, html


@pytest.fixture(autouse=True)
def nobody_was_visited() -> None:
    cache.clear()


@pytest.fixture
def claim(article: Any, reviewer: Any) -> Any:
    return factories.accepted(article, reviewer, "12,000")


def cite(claim: Any, by: Any, url: str, **facts: Any) -> Any:
    return factories.cited(claim, by, **{"url": url, "title": "", "publisher": "", "quote": ""} | facts)


def work(evidence: Any) -> Any:
    """Do the job as a worker would."""
    fetch_source(job_id=evidence.source.fetching_id)
    evidence.refresh_from_db()
    evidence.source.refresh_from_db()
    return evidence.source


def test_the_copy_is_fetched_and_the_quote_is_proved_in_it(claim: Any, reviewer: Any) -> None:
    with loopback(html) as server:
        evidence = cite(claim, reviewer, f"{server.url}/roads", quote="spent 5 million euros on roads")
        source = work(evidence)

    assert source.fetching.state == "DONE"
    assert evidence.quote_state == "VERIFIED"
    snapshot = Snapshot.objects.get(copies__source=source)
    assert bytes(snapshot.file.data) == PAGE.encode()
    assert (snapshot.how, snapshot.status, snapshot.final_url) == ("FETCHED", 200, f"{server.url}/roads")
    assert ["content-type", "text/html; charset=utf-8"] in snapshot.headers


def test_what_nobody_filled_in_is_taken_from_the_page(claim: Any, reviewer: Any) -> None:
    with loopback(html) as server:
        source = work(cite(claim, reviewer, f"{server.url}/roads"))

    assert (source.title, source.publisher, str(source.published_on)) == ("Roads", "The Paper", "2025-01-09")


def test_what_a_person_wrote_meanwhile_stays(claim: Any, reviewer: Any) -> None:
    with loopback(html) as server:
        evidence = cite(claim, reviewer, f"{server.url}/roads")
        edit_source(source=evidence.source, version=1, by=reviewer, title="My title", publisher="Mine")
        source = work(evidence)

    assert (source.title, source.publisher, str(source.published_on)) == ("My title", "Mine", "2025-01-09")


def test_no_cookie_is_kept(claim: Any, reviewer: Any) -> None:
    answer = lambda h, a: send(h, PAGE.encode(), Content_Type="text/html", Set_Cookie="who=you")  # noqa: E731
    with loopback(answer) as server:
        source = work(cite(claim, reviewer, server.url))

    assert "set-cookie" not in dict(Snapshot.objects.get(copies__source=source).headers)


def test_done_twice_it_is_done_once(claim: Any, reviewer: Any) -> None:
    with loopback(html) as server:
        evidence = cite(claim, reviewer, server.url)
        work(evidence)
        work(evidence)

    assert len(server.asked) == 1
    assert StoredCopy.objects.count() == 1


@pytest.mark.parametrize(("status", "state"), [(404, "FAILED"), (503, "WAITING")])
def test_a_failure_says_why_and_is_tried_again_only_if_that_helps(
    claim: Any, reviewer: Any, status: int, state: str
) -> None:
    with loopback(lambda h, a: send(h, b"", status=status)) as server:
        job = work(cite(claim, reviewer, server.url)).fetching

    assert job.state == state
    assert f"answered {status}" in job.reason
    assert not StoredCopy.objects.exists()


def test_a_private_address_is_not_fetched(claim: Any, reviewer: Any) -> None:
    with loopback(html) as server:
        port = server.url.rsplit(":", 1)[1]
        job = work(cite(claim, reviewer, f"http://127.0.0.2:{port}/")).fetching

    assert (job.state, job.reason) == ("FAILED", "This address cannot be fetched.")
    assert server.asked == []


def test_a_person_asks_again_and_it_works(claim: Any, reviewer: Any) -> None:
    answers = iter([404, 200])
    answer = lambda h, a: send(h, PAGE.encode(), status=next(answers), Content_Type="text/html")  # noqa: E731
    with loopback(answer) as server:
        evidence = cite(claim, reviewer, server.url)
        source = work(evidence)
        cache.clear()
        fetch_copy(source=source, by=reviewer)
        source = work(evidence)

    assert source.fetching.state == "DONE"
    assert StoredCopy.objects.filter(source=source).count() == 1


def test_a_copy_by_hand_ends_the_matter(claim: Any, reviewer: Any) -> None:
    evidence = cite(claim, reviewer, "https://blocked.example/")
    keep_copy(source=evidence.source, matter=pasted("What the page says."), by=reviewer)

    work(evidence)

    assert Job.objects.get(pk=evidence.source.fetching_id).state == "DONE"
    assert StoredCopy.objects.get().snapshot.how == "PASTED"


def test_the_history_names_who_asked_and_what_fetched(claim: Any, reviewer: Any) -> None:
    from annotations.audit.models import AuditEntry
    from annotations.audit.services import verify_audit

    with loopback(html) as server:
        work(cite(claim, reviewer, server.url))

    entry = AuditEntry.objects.get(table_name="annotations_storedcopy")
    assert (entry.actor_name, entry.verb, entry.after["added_by_id"]) == (
        "Fetching",
        "keep_copy",
        reviewer.pk,
    )
    factories.close_history()
    assert not any(chain.problem for chain in verify_audit())


class TestThePages:
    def test_the_row_says_how_far_it_is_and_asks_again(self, claim: Any, reviewer: Any, log_in: Any) -> None:
        evidence = cite(claim, reviewer, "https://slow.example/", title="A record")

        page = log_in(reviewer).get(reverse("workbench", args=[claim.article_id]) + f"?claim={claim.pk}")

        text = page.content.decode()
        assert "fetching a copy" in text
        assert reverse("source-copy-state", args=[evidence.pk]) in text

    def test_a_failure_stands_there_with_a_way_on(self, claim: Any, reviewer: Any, log_in: Any) -> None:
        with loopback(lambda h, a: send(h, b"", status=403)) as server:
            evidence = cite(claim, reviewer, server.url)
            work(evidence)
        client = log_in(reviewer)

        state = client.get(reverse("source-copy-state", args=[evidence.pk])).content.decode()
        beside = client.get(reverse("source-beside", args=[claim.pk, evidence.pk])).content.decode()
        retried = client.post(
            reverse("source-fetch-copy", args=[evidence.pk]),
            HTTP_HX_REQUEST="true",
            HTTP_HX_TARGET=f"copy-{evidence.pk}",
        )

        assert "does not let us in" in state and "Retry" in state
        assert "save the page as PDF" in beside
        assert "fetching a copy" in retried.content.decode()
        assert Job.objects.get(kind="FETCH_SOURCE").state == "WAITING"

    def test_readers_see_it_and_cannot_press(
        self, claim: Any, reviewer: Any, reader: Any, log_in: Any
    ) -> None:
        evidence = cite(claim, reviewer, "https://slow.example/")

        answer = log_in(reader).post(reverse("source-fetch-copy", args=[evidence.pk]))

        assert answer.status_code == 403

    def test_nothing_of_another_desk(self, claim: Any, reviewer: Any, outsider: Any, log_in: Any) -> None:
        evidence = cite(claim, reviewer, "https://slow.example/")
        client = log_in(outsider)

        assert client.get(reverse("source-copy-state", args=[evidence.pk])).status_code == 404
        assert client.post(reverse("source-fetch-copy", args=[evidence.pk])).status_code == 404

    def test_the_copy_goes_home_as_a_web_archive(
        self, claim: Any, reviewer: Any, outsider: Any, log_in: Any
    ) -> None:
        from warcio.archiveiterator import ArchiveIterator

        with loopback(html) as server:
            source = work(cite(claim, reviewer, f"{server.url}/roads"))
        address = reverse("snapshot-warc", args=[Snapshot.objects.get(copies__source=source).pk])

        answer = log_in(reviewer).get(address)

        records = [
            (one.rec_type, one.rec_headers["WARC-Target-URI"], one.content_stream().read())
            for one in ArchiveIterator(BytesIO(answer.content))
        ]
        assert [kind for kind, *_ in records] == ["warcinfo", "response"]
        assert records[1][1:] == (f"{server.url}/roads", PAGE.encode())
        assert "attachment" in answer["Content-Disposition"]
        assert log_in(outsider).get(address).status_code == 404
