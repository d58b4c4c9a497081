"""Articles whose address is read again: when, by whom, and what comes of it. A real server answers."""

from __future__ import annotations

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone

from annotations import tasks
from annotations.articles.models import Watch
from annotations.articles.queries import due_watches
from annotations.articles.services import edit_article, watch_article
from annotations.claims.services.versions import read_again
from annotations.snapshots import addresses, fetching
from tests import factories

LINES = [
    f"Sentence {n} says that {n * 7} boats came to the harbour of Kursk on Monday." for n in range(1, 12)
]
TEXT = "\n\n".join(LINES)


@pytest.fixture
def paper(monkeypatch):
    """A newspaper on this machine, which the fetching code is told to take for a public one."""
    answers = {"status": 200, "text": TEXT}

    class Paper(BaseHTTPRequestHandler):
        def do_GET(self):
            body = answers["text"].encode()
            self.send_response(answers["status"])
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Paper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    answers["url"] = f"http://127.0.0.1:{server.server_port}/story"
    monkeypatch.setattr(fetching, "is_public", lambda address: True)
    monkeypatch.setattr(fetching, "PORTS", {*addresses.PORTS, server.server_port})
    yield answers
    server.shutdown()


@pytest.fixture
def watched(workspace, reviewer, editor, paper):
    article = factories.article(workspace, reviewer, TEXT)
    edit_article(article=article, version=1, by=editor, url=paper["url"])
    watch_article(article=article, every=6, days=2, version=0, by=editor)
    article.refresh_from_db()
    return article


def test_a_watched_article_is_due_at_once_and_then_after_the_interval(watched):
    assert due_watches() == [watched.pk]

    assert not read_again(article=watched).is_new

    watch = Watch.objects.get(article=watched)
    assert due_watches() == []
    assert watch.next_at - timezone.now() > timedelta(hours=5)
    assert (watch.problem, watch.read_at is not None) == ("", True)


def test_a_quiet_change_becomes_a_version(watched, paper):
    paper["text"] = TEXT.replace("14 boats", "15 boats")

    tasks.read_article_again(article_id=watched.pk)

    newest = watched.versions.get(number=2)
    assert (newest.how, newest.added_by) == ("FETCHED", None)
    assert "15 boats" in newest.text


def test_a_second_worker_finds_nothing_to_do(watched, paper):
    paper["text"] = TEXT.replace("14 boats", "15 boats")

    assert read_again(article=watched).is_new
    assert read_again(article=watched) is None
    assert watched.versions.count() == 2


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"status": 404}, "answered 404"),
        (
            {"text": "Accept all cookies to read on. We and our partners store data about you here."},
            "something else",
        ),
        ({"text": ""}, "empty"),
    ],
)
def test_a_page_that_is_not_the_article_makes_no_version(watched, paper, answer, says):
    paper |= answer

    assert read_again(article=watched) is None

    assert says in Watch.objects.get(article=watched).problem
    assert watched.versions.count() == 1


def test_what_was_switched_off_or_is_over_is_not_read(watched):
    Watch.objects.filter(article=watched).update(until=timezone.now())

    assert due_watches() == []
    assert read_again(article=watched) is None
