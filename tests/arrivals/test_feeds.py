"""Feeds: read by the clock, each item once, politely; and what a feed sends cannot hurt."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from annotations.arrivals.models import Arrival, Feed
from annotations.arrivals.services import feeding
from annotations.arrivals.services.feeding import add_feed, pause_feed, poll_now, remove_feed, resume_feed
from annotations.jobs.models import Job
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.tasks import poll_feed
from tests.loopback import loopback, send
from tests.snapshots.documents import laughs

ITEM = (
    "<item><title>Story {n}</title><link>/story/{n}</link><guid>tag:{n}</guid>"
    "<pubDate>Thu, 09 Jan 2025 10:00:00 +0200</pubDate></item>"
)


def rss(*numbers: int) -> bytes:
    items = "".join(ITEM.format(n=n) for n in numbers)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>{items}</channel></rss>'.encode()


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><entry><id>urn:1</id><title type="html">A
<b>story</b></title><link rel="self" href="/x"/>
<link href="/story/1"/><updated>2025-01-09T10:00:00Z</updated></entry></feed>"""


@pytest.fixture(autouse=True)
def nobody_was_visited(broker: str) -> None:
    cache.clear()


class Site:
    """A feed that can change, and says when it did not."""

    def __init__(self, body: bytes, status: int = 200) -> None:
        self.body, self.status, self.tag = body, status, '"1"'

    def __call__(self, handler: Any, asked: Any) -> None:
        if asked.headers.get("if-none-match") == self.tag:
            send(handler, b"", status=304)
        else:
            send(handler, self.body, status=self.status, Content_Type="application/rss+xml", ETag=self.tag)


def polled(feed: Feed) -> Feed:
    """Do the job as a worker would."""
    cache.clear()
    poll_feed(job_id=feed.polling_id)
    return Feed.objects.select_related("polling", "workspace").get(pk=feed.pk)


def again(feed: Feed, by: Any) -> Feed:
    return polled(poll_now(feed=feed, by=by))


@pytest.mark.parametrize("body", [rss(1), ATOM], ids=["RSS", "Atom"])
def test_what_is_new_in_it_is_fetched_next(workspace: Any, editor: Any, body: bytes) -> None:
    with loopback(Site(body)) as server:
        feed = polled(add_feed(workspace=workspace, url=f"{server.url}/feed", by=editor))

    arrival = Arrival.objects.select_related("fetching").get()
    assert (feed.title, feed.polling.state) == ("The Paper", "DONE")
    assert (arrival.url, arrival.fetching.state) == (f"{server.url}/story/1", "WAITING")
    assert arrival.title in ("Story 1", "A story")
    assert (str(arrival.published_on), arrival.outlet, arrival.feed) == ("2025-01-09", "The Paper", feed)


def test_each_item_comes_once_also_under_another_address(workspace: Any, editor: Any) -> None:
    site = Site(rss(1, 2))
    with loopback(site) as server:
        feed = polled(add_feed(workspace=workspace, url=server.url, by=editor))
        site.body, site.tag = rss(1, 2, 3).replace(b"/story/1", b"/moved/1"), '"2"'
        again(feed, editor)

    assert sorted(Arrival.objects.values_list("guid", flat=True)) == ["tag:1", "tag:2", "tag:3"]


def test_a_feed_that_did_not_change_sends_nothing(workspace: Any, editor: Any) -> None:
    with loopback(Site(rss(1))) as server:
        feed = again(polled(add_feed(workspace=workspace, url=server.url, by=editor)), editor)

    assert feed.polling.state == "DONE"
    assert [asked.headers.get("if-none-match") for asked in server.asked] == [None, '"1"']


def test_an_item_that_leads_inward_is_no_way_in(workspace: Any, editor: Any, monkeypatch: Any) -> None:
    """The links of a feed are entered like any address, and the client looks at each."""
    from annotations.tasks import fetch_article

    with loopback(lambda h, a: send(h, b"secret")) as inner:
        port = inner.url.rsplit(":", 1)[1]
        body = rss(1).replace(b"/story/1", f"http://127.0.0.2:{port}/".encode())
        with loopback(Site(body)) as server:
            polled(add_feed(workspace=workspace, url=server.url, by=editor))
            fetch_article(job_id=Arrival.objects.get().fetching_id)

    assert inner.asked == []
    assert Job.objects.get(kind="FETCH_ARTICLE").reason == "This address cannot be fetched."


BAD = {
    "laughs": (laughs(), "no feed needs"),
    "an entity of ours": (
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><title>&x;</title></channel></rss>',
        "no feed needs",
    ),
    "a page": (b"<html><body>Hello</body></html>", "no RSS or Atom feed"),
    "no XML": (b"words", "no RSS or Atom feed"),
}


def test_a_feed_that_is_nested_without_end_holds_nothing(workspace: Any, editor: Any) -> None:
    with loopback(Site(b"<rss>" * 100_000)) as server:
        feed = polled(add_feed(workspace=workspace, url=server.url, by=editor))

    assert not feed.polling.is_open
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_feed_or_a_trap_fails_in_words(workspace: Any, editor: Any, name: str) -> None:
    body, says = BAD[name]
    with loopback(Site(body)) as server:
        feed = polled(add_feed(workspace=workspace, url=server.url, by=editor))

    assert feed.polling.state == "FAILED"
    assert says in feed.polling.reason
    assert not Arrival.objects.exists()


def test_items_without_a_usable_address_are_passed_over(workspace: Any, editor: Any) -> None:
    odd = rss(1, 2, 3).replace(b"/story/1", b"javascript:alert(1)").replace(b"/story/2", b"http://[")
    with loopback(Site(odd)) as server:
        polled(add_feed(workspace=workspace, url=server.url, by=editor))

    assert [arrival.guid for arrival in Arrival.objects.all()] == ["tag:3"]


def test_a_site_in_trouble_is_left_alone_for_longer_and_says_why(workspace: Any, editor: Any) -> None:
    with loopback(Site(b"", status=500)) as server:
        feed = polled(add_feed(workspace=workspace, url=server.url, by=editor))

    assert "answered 500" in feed.polling.reason
    assert feed.next_poll_at - feed.polled_at >= feeding.AFTER_FAILURE


def test_the_clock_asks_those_whose_time_has_come(workspace: Any, editor: Any) -> None:
    feeds = [add_feed(workspace=workspace, url=f"https://{n}.example/", by=editor) for n in "abc"]
    Job.objects.update(state="DONE")
    Feed.objects.filter(pk__in=[feeds[0].pk, feeds[1].pk]).update(next_poll_at="2020-01-01T00:00:00Z")
    Feed.objects.filter(pk=feeds[1].pk).update(is_paused=True)

    entered = feeding.due_feeds()

    assert [job.key for job in entered] == [str(feeds[0].pk)]
    assert feeding.due_feeds() == []


def test_paused_removed_and_back(workspace: Any, editor: Any) -> None:
    feed = add_feed(workspace=workspace, url="https://paper.example/feed", by=editor)
    pause_feed(feed=feed, version=1, by=editor)
    with pytest.raises(IllegalMove):
        poll_now(feed=feed, by=editor)
    with pytest.raises(Stale):
        resume_feed(feed=feed, version=1, by=editor)
    resume_feed(feed=feed, version=2, by=editor)
    remove_feed(feed=feed, version=3, by=editor)

    back = add_feed(workspace=workspace, url="http://paper.example/feed", by=editor)

    assert (back.pk, back.removed_at, back.is_paused) == (feed.pk, None, False)


def test_an_address_that_is_none_is_refused(workspace: Any, editor: Any) -> None:
    with pytest.raises(Incomplete):
        add_feed(workspace=workspace, url="file:///etc/passwd", by=editor)


class TestThePage:
    def test_feeds_are_added_and_changed_there(self, workspace: Any, editor: Any, log_in: Any) -> None:
        client = log_in(editor)
        client.post(reverse("feeds"), {"url": "https://paper.example/feed"})
        feed = Feed.objects.get()

        page = client.get(reverse("feeds")).content.decode()
        refused = client.post(reverse("feeds"), {"url": "paper"})
        for what, version in (("pause", 1), ("resume", 2), ("poll", 0), ("remove", 3)):
            answer = client.post(reverse("feed-change", args=[feed.pk]), {"what": what, "version": version})
            assert answer.status_code == 302, what
        odd = client.post(reverse("feed-change", args=[feed.pk]), {"what": "\x00"})

        assert "https://paper.example/feed" in page and "being read" in page
        assert (refused.status_code, odd.status_code) == (422, 409)
        assert "No feeds yet" in client.get(reverse("feeds")).content.decode()

    def test_its_questions_do_not_grow(
        self, workspace: Any, editor: Any, log_in: Any, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(12):
            add_feed(workspace=workspace, url=f"https://{n}.example/", by=editor)
        client = log_in(editor)

        with django_assert_max_num_queries(8):
            client.get(reverse("feeds") + "?part=1")

    def test_reviewers_read_and_strangers_see_nothing(
        self, workspace: Any, editor: Any, reviewer: Any, outsider: Any, log_in: Any
    ) -> None:
        feed = add_feed(workspace=workspace, url="https://paper.example/feed", by=editor)

        page = log_in(reviewer).get(reverse("feeds")).content.decode()

        assert "paper.example" in page and "Only an editor" in page
        assert log_in(reviewer).post(reverse("feeds"), {"url": "https://x.example"}).status_code == 403
        assert "paper.example" not in log_in(outsider).get(reverse("feeds")).content.decode()
        assert (
            log_in(outsider).post(reverse("feed-change", args=[feed.pk]), {"what": "poll"}).status_code == 404
        )
