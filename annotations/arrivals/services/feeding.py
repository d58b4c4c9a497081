"""Feeds of a desk: added, paused, removed; and polled by the clock, which enters what is new as arrivals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from annotations.arrivals.addresses import key_of
from annotations.arrivals.models import Arrival, Feed
from annotations.arrivals.permissions import may_keep_feed, may_keep_feeds
from annotations.arrivals.services.fetching import checked_address, enter
from annotations.audit.services import recorded
from annotations.jobs.models import Job
from annotations.jobs.services import TakenAway, ask_again, finish_job, report_progress
from annotations.people.models import User, Workspace
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.snapshots import sandbox
from annotations.snapshots.matter import Unreadable
from annotations.snapshots.normal import normalise
from annotations.snapshots.visiting import FEEDS, Page, visit

EVERY = timedelta(minutes=20)
AFTER_FAILURE = timedelta(hours=1)
STEP = timedelta(seconds=60)
MOST_AT_ONCE = 50
"""New articles that one poll enters; the next poll goes on. A feed that is added brings its newest ones."""


def add_feed(*, workspace: Workspace, url: str, by: User) -> Feed:
    """Take articles from a feed from now on. The same address again is the same feed, also if it was removed."""
    may_keep_feeds(by, workspace).or_refuse()
    url = checked_address(url=url)
    key = key_of(url)
    with recorded(by=by, verb="add_feed"):
        try:
            with transaction.atomic():
                feed, is_new = Feed.objects.get_or_create(
                    workspace=workspace, key=key, defaults={"url": url, "added_by": by, "next_poll_at": Now()}
                )
        except IntegrityError:
            feed, is_new = Feed.objects.get(workspace=workspace, key=key), False
        if not is_new and feed.removed_at is not None:
            Feed.objects.filter(pk=feed.pk).update(
                removed_at=None, is_paused=False, etag="", last_modified="", version=F("version") + 1
            )
            is_new = True
        if is_new:
            _ask(feed, by)
        feed.refresh_from_db()
        return feed


def pause_feed(*, feed: Feed, version: int, by: User) -> Feed:
    may_keep_feed(by, feed).or_refuse()
    return _write(feed, version, by, "pause_feed", {"is_paused": True})


def resume_feed(*, feed: Feed, version: int, by: User) -> Feed:
    """Poll it again, at once."""
    may_keep_feed(by, feed).or_refuse()
    return _write(feed, version, by, "resume_feed", {"is_paused": False}, is_due=True)


def remove_feed(*, feed: Feed, version: int, by: User) -> Feed:
    """Take no more articles from it. Those that came stay; adding its address again brings it back."""
    may_keep_feed(by, feed).or_refuse()
    return _write(feed, version, by, "remove_feed", {"removed_at": Now()})


def poll_now(*, feed: Feed, by: User) -> Feed:
    """Look at it now and not when it is due. Pressed twice it is polled once."""
    may_keep_feed(by, feed).or_refuse()
    if feed.is_paused or feed.removed_at:
        raise IllegalMove("This feed is paused or removed. Resume it, or add it again.")
    with recorded(by=by, verb="poll_now"):
        _ask(feed, by)
    feed.refresh_from_db()
    return feed


def due_feeds() -> list[Job]:
    """Enter a poll for each feed whose time has come, and say which. Asked by the clock."""
    entered = []
    due = Feed.objects.standing().filter(is_paused=False, next_poll_at__lte=Now()).select_related("polling")
    for feed in due.order_by("next_poll_at")[:100]:
        if feed.polling is None or not feed.polling.is_open:
            with recorded(by=None, verb="poll_feed", name="Feeds"):
                entered.append(_ask(feed, None))
    return entered


def poll_feed(*, job: Job) -> list[Job]:
    """Ask the feed for what is new and enter each item as an arrival. Returns their jobs.

    Nothing is asked twice: a feed that did not change says so (304), an item is known by its own name and by its
    address. Raises `NotFetched`, `Busy` or `Unreadable`, and `TakenAway` when another worker has the job meanwhile.
    """
    feed = Feed.objects.select_related("workspace").get(polling=job)
    if feed.removed_at or feed.is_paused:
        finish_job(job=job)
        return []
    _go_on(job, 0)
    page = visit(feed.url, kinds=FEEDS, headers=_conditions(feed))
    _go_on(job, 1)
    nothing: dict[str, Any] = {"title": "", "items": []}
    found = nothing if page.answer.status == 304 else read(data=page.answer.body)
    with recorded(by=None, verb="poll_feed", name="Feeds"):
        feed = Feed.objects.select_for_update(of=("self",)).select_related("workspace").get(pk=feed.pk)
        if not finish_job(job=job):
            raise TakenAway
        feed.title = feed.title or normalise(found["title"])[:200]
        new, is_more = _enter_new(feed, found["items"], page.answer.url)
        _remember(feed, page, is_more=is_more)
    return new


def put_off_after_failure(*, job: Job) -> None:
    """A feed that cannot be read is left alone for longer."""
    with recorded(by=None, verb="poll_feed", name="Feeds"):
        Feed.objects.filter(polling=job).update(polled_at=Now(), next_poll_at=Now() + AFTER_FAILURE)


def read(*, data: bytes) -> dict[str, Any]:
    """Title and items of a feed, read in a child process. Raises `Unreadable`."""
    try:
        found: dict[str, Any] = sandbox.run("annotations.snapshots.feeds:read_feed", data)
    except sandbox.Failed as failure:
        raise Unreadable(failure.reason) from None
    return found


def _enter_new(feed: Feed, items: list[dict[str, str]], base: str) -> tuple[list[Job], bool]:
    """Oldest first, as they were published; at most `MOST_AT_ONCE`, and whether there were more."""
    wanted: dict[str, dict[str, Any]] = {}
    for item in items:
        facts = {name: normalise(item[name]) for name in ("guid", "title")}
        try:
            url = checked_address(url=urljoin(base, normalise(item["url"]))) if item["url"] else ""
        except (Incomplete, ValueError):
            continue
        if url:
            day = date.fromisoformat(item["published_on"]) if item["published_on"] else None
            wanted.setdefault(key_of(url), facts | {"url": url, "published_on": day})
    known = set(
        Arrival.objects.filter(workspace=feed.workspace, key__in=wanted).values_list("key", flat=True)
    )
    guids = [facts["guid"] for facts in wanted.values() if facts["guid"]]
    named = set(Arrival.objects.filter(feed=feed, guid__in=guids).values_list("guid", flat=True))
    new = [facts for key, facts in wanted.items() if key not in known and facts["guid"] not in named]
    outlet = {"outlet": feed.title} if feed.title else {}
    entered = [
        enter(workspace=feed.workspace, added_by=None, feed=feed, **facts, **outlet)
        for facts in reversed(new[:MOST_AT_ONCE])
    ]
    return [asked.arrival.fetching for asked in entered if asked.is_new], len(new) > MOST_AT_ONCE


def _conditions(feed: Feed) -> dict[str, str]:
    """Only what is new: the site's own marks, as it gave them."""
    marks = {"if-none-match": feed.etag, "if-modified-since": feed.last_modified}
    return {name: mark for name, mark in marks.items() if mark}


def _remember(feed: Feed, page: Page, *, is_more: bool) -> None:
    marks: dict[str, Any] = {}
    if page.answer.status != 304:
        headers = page.answer.headers
        marks = {
            "etag": "" if is_more else _mark(headers.get("etag", ""), 500),
            "last_modified": "" if is_more else _mark(headers.get("last-modified", ""), 100),
            "title": feed.title,
        }
    pause = timedelta(minutes=2) if is_more else EVERY
    Feed.objects.filter(pk=feed.pk).update(polled_at=Now(), next_poll_at=Now() + pause, **marks)


def _mark(words: str, limit: int) -> str:
    """Sent back as it came, or not at all."""
    return words if len(words) <= limit and words.isascii() and words.isprintable() else ""


def _ask(feed: Feed, asked_by: User | None) -> Job:
    job = ask_again(
        workspace_id=feed.workspace_id, kind=Job.Kind.POLL_FEED, key=str(feed.pk), asked_by=asked_by
    )
    Feed.objects.filter(pk=feed.pk).update(polling=job, next_poll_at=Now() + EVERY)
    job.refresh_from_db()
    return job


def _write(
    feed: Feed, version: int, by: User, verb: str, changes: dict[str, Any], *, is_due: bool = False
) -> Feed:
    """Only one hand at a time; what is as it should be already is left alone."""
    with recorded(by=by, verb=verb):
        fresh = Feed.objects.get(pk=feed.pk)
        as_wanted = all(
            getattr(fresh, name) == value if name == "is_paused" else fresh.removed_at
            for name, value in changes.items()
        )
        done = as_wanted or Feed.objects.filter(pk=feed.pk, version=version).update(
            version=F("version") + 1, **changes
        )
        if done and not as_wanted and is_due:
            _ask(feed, by)
    feed.refresh_from_db()
    if not done:
        raise Stale("Somebody else changed this feed meanwhile.", current={}, yours={}, version=feed.version)
    return feed


def _go_on(job: Job, done: int) -> None:
    if not report_progress(job=job, done=done, total=2, lease=STEP):
        raise TakenAway
