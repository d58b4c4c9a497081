"""A page or file of the outside world, asked for politely and read. Used by sources, articles and feeds alike.

There is no second way out: `fetching.request` opens the connection, this module says how often and what for.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from annotations.snapshots.copies import CopyMatter, fetched
from annotations.snapshots.fetching import Fetched, Limits, NotFetched, request
from annotations.snapshots.matter import ArticleMatter, Unreadable
from annotations.snapshots.reading import DOCX, PDF, kind_of, read_bytes

log = logging.getLogger(__name__)

LIMITS = Limits(connect=5, read=10, total=25)
HOPS = 5
SECONDS_BETWEEN = 2
"""Between two questions to one host, whichever worker asks."""
PATIENCE = 4
"""Seconds that a worker waits for its turn before it does something else."""

PAGES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    PDF,
    DOCX,
    "application/octet-stream",
)
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
FEEDS = (
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    *("application/octet-stream", "text/plain", "text/html"),
)
_TRY_AGAIN = frozenset({408, 425, 429})
_SAID = {
    401: "it wants a password",
    402: "it wants to be paid",
    403: "it does not let us in",
    404: "there is no such page",
    410: "the page is gone",
    429: "it was asked too often",
    451: "it may not show the page",
}


class Busy(Exception):
    """This host was asked a moment ago, and others wait before us: come back a little later."""


@dataclass(frozen=True)
class Page:
    """What an address gave: the bytes with their facts, and the time (UTC) when the outside world looked so."""

    asked: str
    answer: Fetched
    content_type: str
    read_at: datetime

    def article(self) -> ArticleMatter:
        """The article in it, with the address it came from. Raises `Unreadable`."""
        if self.content_type in PICTURES:
            raise Unreadable("This is a picture, not an article. Paste the words that can be read in it.")
        found = read_bytes(self.answer.body, content_type=self._declared)
        facts = {name: getattr(found, name) for name in ArticleMatter.__dataclass_fields__}
        return ArticleMatter(
            **facts | {"url": self.asked, "outlet": found.outlet or host_of(self.answer.url)}
        )

    def copy(self) -> CopyMatter:
        """A copy to be kept. Raises `Unreadable` for what is neither picture nor PDF and has no words."""
        return fetched(
            self.answer.body,
            self._declared,
            url=self.answer.url,
            status=self.answer.status,
            headers=kept_headers(self.answer.headers),
        )

    @property
    def _declared(self) -> str:
        return self.answer.headers.get("content-type", "")[:200]


def visit(url: str, *, kinds: tuple[str, ...] = PAGES, headers: Mapping[str, str] | None = None) -> Page:
    """Ask for an address and take what it gives, if it is of these `kinds`. An answer of 304 is handed on empty.

    Raises `NotFetched` with the reason, and `Busy` when the host has to be left alone for a moment.
    """
    _wait_for_turn(host_of(url))
    answer = request(
        url,
        headers={"accept": ", ".join(kinds[:6]) + ", */*;q=0.1"} | dict(headers or {}),
        limits=LIMITS,
        redirects=HOPS,
        for_tests=standing_in_for_the_internet(),
    )
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status != 304:
        _check(answer, kind or "application/octet-stream", kinds)
    return Page(url, answer, kind or kind_of(answer.body), timezone.now())


def fetch_article(url: str) -> ArticleMatter:
    """The article at an address as it stands there now. Raises `NotFetched`, `Busy` or `Unreadable`, with reasons."""
    return visit(url).article()


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


def kept_headers(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """As they came, without cookies, which are somebody's; and without what speaks of how it was packed for the way."""
    left_out = {
        "set-cookie",
        "set-cookie2",
        "transfer-encoding",
        "content-encoding",
        "connection",
        "keep-alive",
    }
    clean = ((name, value.replace("\0", "\ufffd")[:2000]) for name, value in headers.items())
    return tuple(pair for pair in clean if pair[0] not in left_out)[:100]


def standing_in_for_the_internet() -> str:
    """The loopback address that tests may fetch from. Only where the settings are those of the tests: no variable of
    the environment and no setting of an installation switches it on (a system check says so as well).
    """
    is_test = os.environ.get("DJANGO_SETTINGS_MODULE", "").startswith("tests.")
    return str(getattr(settings, "FETCH_FROM_IN_TESTS", "")) if is_test else ""


def _check(answer: Fetched, kind: str, kinds: tuple[str, ...]) -> None:
    if answer.status in (301, 302, 303, 307, 308):
        raise NotFetched("the address leads on and on, and never arrives", is_final=True)
    if not 200 <= answer.status < 300:
        is_final = answer.status < 500 and answer.status not in _TRY_AGAIN
        why = _SAID.get(answer.status, "something is wrong there" if answer.status >= 500 else "it says no")
        raise NotFetched(f"the site answered {answer.status}: {why}", is_final=is_final)
    if kind not in kinds:
        raise NotFetched(f"the site sent {kind[:60]}, which is not read here", is_final=True)
    binary = kind_of(answer.body)
    if binary and kind not in (binary, "application/octet-stream"):
        raise NotFetched(f"the site sent something else than the {kind[:60]} it spoke of", is_final=True)
    if not answer.body.strip():
        raise NotFetched("the site sent an empty page")


def _wait_for_turn(host: str) -> None:
    """One question every `SECONDS_BETWEEN` to one host, over all workers: whoever enters the host's name has the turn.

    Without a cache that workers share, each keeps its own count.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if cache.add(f"visited-{host[:200]}", 1, timeout=SECONDS_BETWEEN):
                return
        except Exception:  # the cache is away: fetching goes on, a little less politely
            log.warning("no cache to keep count of visits in")
            return
        if time.monotonic() >= until:
            raise Busy
        time.sleep(0.1)
