"""The stream through the real web server: what comes, what is replayed, who is refused, how it ends."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from django.test import Client
from knox.models import AuthToken

from annotations.claims.services.triage import accept_claim, dismiss_claim
from annotations.discussions.services import start_thread
from annotations.live.changes import head_of, written
from annotations.people.models import Membership
from annotations.people.services import end_membership
from annotations.presence.services import be_here
from tests import factories
from tests.conftest import running_web_server

pytestmark = pytest.mark.django_db(transaction=True)

Event = dict[str, Any]


class Stream:
    """A stream that is read in a thread of its own, as a browser would."""

    def __init__(self, address: str, path: str, **headers: str) -> None:
        parts = urlsplit(address)
        self.line = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=90)
        self.line.connect()
        self.socket = self.line.sock
        self.line.request("GET", path, headers={"Host": f"localhost:{parts.port}"} | headers)
        self.answer = self.line.getresponse()
        self.status = self.answer.status
        self.events: Queue[Event] = Queue()
        self.ended = threading.Event()
        self.reader = threading.Thread(target=self._read, daemon=True)
        if self.status == 200:
            self.reader.start()

    def _read(self) -> None:
        event: Event = {}
        try:
            while raw := self.answer.readline():
                name, _, value = raw.decode().rstrip("\n").partition(": ")
                if name in ("event", "id"):
                    event[name] = value
                elif name == "data":
                    event["data"] = json.loads(value)
                elif not name and event:
                    self.events.put(event)
                    event = {}
        except (OSError, http.client.HTTPException, ValueError):
            """Closed from our side."""
        self.ended.set()

    def next(self, kind: str, *, seconds: float = 40) -> Event:
        """The next change of this kind; `hello` is one too."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                event = self.events.get(timeout=left)
            except Empty:
                break
            if kind in (event["event"], event["data"].get("kind")):
                return event
        raise AssertionError(f"No {kind} within {seconds} s.")

    def close(self) -> None:
        # The reader holds the answer until something comes: closing it from here would wait for that.
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        if self.status == 200:
            self.reader.join()
        self.answer.close()
        self.line.close()


def cookie_of(person: Any) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return f"session={client.cookies['session'].value}"


@pytest.fixture
def listen(web_server: Any) -> Iterator[Any]:
    opened: list[Stream] = []

    def open_as(person: Any, since: str = "", **headers: str) -> Stream:
        path = f"/live/stream/?since={since}"
        stream = Stream(web_server, path, Cookie=cookie_of(person), **headers)
        opened.append(stream)
        return stream

    yield open_as

    for stream in opened:
        stream.close()


def test_a_change_a_comment_and_a_visit_are_heard_and_no_words_are_sent(
    listen: Any, article: Any, reviewer: Any, colleague: Any
) -> None:
    claim = factories.candidate(article, "12,000")
    stream = listen(colleague)
    stream.next("hello")

    accept_claim(claim=claim, version=claim.version, by=reviewer)
    changed = stream.next("claim")["data"]
    start_thread(claim=claim, text="A secret, @colleague.", by=reviewer)
    said = stream.next("comment")
    be_here(article=article, claim=claim, tab="tab-of-reviewer", is_working=True, by=reviewer)
    visit = stream.next("here")["data"]
    factories.noticed()

    assert (changed["claim"], changed["article"], changed["by"]) == (claim.pk, article.pk, reviewer.pk)
    assert changed["name"] == "Reviewer"
    assert "secret" not in str(said)
    assert visit["article"] == article.pk
    assert stream.next("notice")["data"]["desk"] == 0


def test_a_stream_that_broke_goes_on_where_it_ended(
    listen: Any, article: Any, reviewer: Any, colleague: Any
) -> None:
    first, second = factories.candidate(article, "12,000"), factories.candidate(article, "45,000")
    stream = listen(colleague)
    stream.next("hello")
    accept_claim(claim=first, version=first.version, by=reviewer)
    last = stream.next("claim")["id"]
    stream.close()

    dismiss_claim(claim=second, version=second.version, reason="TRIVIAL", by=reviewer)
    again = listen(colleague, **{"Last-Event-ID": last})

    assert again.next("claim")["data"]["claim"] == second.pk


def test_it_survives_a_database_that_drops_its_connection(
    listen: Any, article: Any, reviewer: Any, colleague: Any, servers: Any
) -> None:
    claim = factories.candidate(article, "12,000")
    stream = listen(colleague)
    stream.next("hello")
    with psycopg.connect(
        host=str(servers[0].sockets),
        user=connection.settings_dict["USER"],
        dbname="postgres",
        autocommit=True,
    ) as other:
        dropped = other.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'factcheck-live'"
        ).fetchone()

    accept_claim(claim=claim, version=claim.version, by=reviewer)

    assert dropped is not None and dropped[0] >= 1
    assert stream.next("claim")["data"]["claim"] == claim.pk


def test_one_connection_serves_every_stream_of_a_process(listen: Any, article: Any, reviewer: Any) -> None:
    for _ in range(6):
        listen(reviewer).next("hello")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'factcheck-live'")
        assert cursor.fetchone()[0] <= 2


def test_another_desk_hears_nothing(
    listen: Any, article: Any, reviewer: Any, outsider: Any, workspace: Any
) -> None:
    claim = factories.candidate(article, "12,000")
    stream = listen(outsider, since=f"{workspace.pk}-0")
    assert workspace.pk not in stream.next("hello")["data"]["desks"]

    accept_claim(claim=claim, version=claim.version, by=reviewer)
    start_thread(claim=claim, text="Ours.", by=reviewer)

    with pytest.raises(AssertionError, match="No change"):
        stream.next("change", seconds=2)


def test_who_loses_the_membership_hears_no_more(
    listen: Any, article: Any, reviewer: Any, colleague: Any, admin: Any
) -> None:
    stream = listen(colleague)
    stream.next("hello")

    membership = Membership.objects.get(user=colleague)
    end_membership(membership=membership, version=membership.version, by=admin)

    assert stream.ended.wait(60)


def test_strangers_and_too_many_streams_are_sent_away(listen: Any, web_server: Any, reviewer: Any) -> None:
    stranger = Stream(web_server, "/live/stream/")

    statuses = [listen(reviewer).status for _ in range(18)]

    assert stranger.status == 204
    assert statuses.count(204) >= 2 and statuses[0] == 200


def test_a_program_listens_with_its_token(
    web_server: Any, article: Any, reviewer: Any, colleague: Any
) -> None:
    claim = factories.candidate(article, "12,000")
    _, token = AuthToken.objects.create(colleague)
    since = written(head_of([article.workspace_id]))
    accept_claim(claim=claim, version=claim.version, by=reviewer)

    stream = Stream(web_server, f"/api/v1/events?since={since}", Authorization=f"Token {token}")
    refused = Stream(web_server, "/api/v1/events")

    assert stream.next("claim")["data"]["claim"] == claim.pk
    assert refused.status == 401
    stream.close()


def test_the_server_stops_at_once_with_streams_open(
    transactional_db: None, product_environment: dict[str, str], tmp_path: Path, reviewer: Any
) -> None:
    cookie = cookie_of(reviewer)
    with running_web_server(product_environment, tmp_path / "web.log") as (address, process):
        streams = [Stream(address, "/live/stream/", Cookie=cookie) for _ in range(3)]
        for stream in streams:
            stream.next("hello")

        process.terminate()
        process.wait(60)

    # A stream that had to be cut off when the grace was over would never be told its end.
    for stream in streams:
        stream.next("end")
    assert process.returncode == 0
    assert all(stream.ended.wait(5) for stream in streams)


def test_pages_are_served_while_streams_are_open(listen: Any, web_server: Any, reviewer: Any) -> None:
    for _ in range(8):
        listen(reviewer)

    for _ in range(5):
        page = Stream(web_server, "/sign-in/")
        page.close()
        assert page.status == 200
