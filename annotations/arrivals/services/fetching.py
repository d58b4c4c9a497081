"""Articles from addresses: asked for, fetched by a worker, and helped in by hand where fetching fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from annotations.arrivals.addresses import key_of
from annotations.arrivals.models import Arrival, Feed
from annotations.arrivals.permissions import may_edit_arrival, may_fetch
from annotations.articles.services import Imported, import_article, keep_article, tidy_facts
from annotations.audit.services import recorded
from annotations.jobs.models import Job
from annotations.jobs.services import TakenAway, ask_again, call_off, finish_job, open_job, report_progress
from annotations.people.models import User, Workspace
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.snapshots.matter import ArticleMatter
from annotations.snapshots.normal import normalise
from annotations.snapshots.reading import read_plain
from annotations.snapshots.services import store_snapshot
from annotations.snapshots.visiting import visit
from annotations.words import is_web_address

STEP = timedelta(seconds=60)
_LIMITS = {"title": 500, "byline": 300, "outlet": 200, "language": 12}
FACTS = ("title", "byline", "outlet", "published_on", "language")


@dataclass(frozen=True)
class Asked:
    """`is_new` is false when the desk knows this address already: then nothing was entered."""

    arrival: Arrival
    is_new: bool


def fetch_article(*, workspace: Workspace, url: str, by: User) -> Asked:
    """Have the article at an address fetched. The same address again is the same arrival, or the article it became.

    Raises `Incomplete` for what is no web address.
    """
    may_fetch(by, workspace).or_refuse()
    url = checked_address(url=url)
    with recorded(by=by, verb="fetch_article"):
        return enter(workspace=workspace, url=url, added_by=by)


def retry_arrival(*, arrival: Arrival, by: User) -> Arrival:
    """Fetch it again. Safe to press twice."""
    may_edit_arrival(by, arrival).or_refuse()
    if arrival.article_id:
        raise IllegalMove("This article is here already.")
    with recorded(by=by, verb="retry_arrival"):
        Arrival.objects.filter(pk=arrival.pk).update(set_aside_at=None)
        ask_again(
            workspace_id=arrival.workspace_id, kind=Job.Kind.FETCH_ARTICLE, key=arrival.key, asked_by=by
        )
    arrival.refresh_from_db()
    return arrival


def edit_arrival(
    *, arrival: Arrival, version: int, by: User, text: str = "", **facts: Any
) -> Imported | None:
    """Correct what is known about it (`FACTS`). With the `text`, which a person copied, it becomes an article.

    Raises `Stale` when somebody changed it since `version`, `Incomplete` when a value or the text cannot be kept.
    """
    may_edit_arrival(by, arrival).or_refuse()
    if arrival.article_id:
        raise IllegalMove("This article is here already. Correct what is known about it there.")
    if unknown := set(facts) - set(FACTS):
        raise Incomplete(f"These cannot be edited: {', '.join(sorted(unknown))}.")
    clean = tidy_facts(facts=facts)
    with recorded(by=by, verb="edit_arrival"):
        _write(arrival, version, clean)
        if not text.strip():
            return None
        imported = import_article(
            workspace=arrival.workspace, matter=_completed(read_plain(text), arrival), by=by
        )
        Arrival.objects.filter(pk=arrival.pk).update(article=imported.article)
        call_off(job_id=arrival.fetching_id)
        arrival.refresh_from_db()
        return imported


def set_aside(*, arrival: Arrival, version: int, by: User) -> Arrival:
    """It is not wanted after all. It stays known, so that a feed does not bring it again; fetching brings it back."""
    may_edit_arrival(by, arrival).or_refuse()
    if arrival.article_id:
        raise IllegalMove("This article is here already.")
    with recorded(by=by, verb="set_aside"):
        _write(arrival, version, {"set_aside_at": Now()})
        call_off(job_id=arrival.fetching_id)
    return arrival


def checked_address(*, url: str) -> str:
    """The address without white space around it. Raises `Incomplete` for what is none."""
    url = url.strip()
    strange = any(ord(character) < 33 or "\ud800" <= character <= "\udfff" for character in url)
    if len(url) > 2000 or strange or not is_web_address(url):
        problem = "Give an address that starts with http:// or https:// and has at most 2,000 characters."
        raise Incomplete("This is no address that can be fetched.", {"url": [problem]})
    return url


def enter(
    *,
    workspace: Workspace,
    url: str,
    added_by: User | None,
    feed: Feed | None = None,
    **facts: Any,
) -> Asked:
    """A step of the verbs that ask for articles, within their `recorded`: one arrival an address and desk."""
    key = key_of(url)
    if (
        known := Arrival.objects.select_related("fetching", "article")
        .filter(workspace=workspace, key=key)
        .first()
    ):
        return Asked(known, is_new=False)
    try:
        with transaction.atomic():
            job = open_job(workspace=workspace, kind=Job.Kind.FETCH_ARTICLE, key=key, by=added_by)
            arrival = Arrival.objects.create(
                workspace=workspace, url=url, key=key, feed=feed, fetching=job, added_by=added_by, **facts
            )
    except IntegrityError:
        # Two hands asked for the same address at the same moment; the other one was first.
        return Asked(Arrival.objects.get(workspace=workspace, key=key), is_new=False)
    return Asked(arrival, is_new=True)


def take_in_arrival(*, job: Job) -> Imported | None:
    """Fetch the job's arrival and make an article of it. None when it came in by hand, or is not wanted any more.

    Bytes, article and the job's end are one transaction. Raises `NotFetched`, `Busy`, `Unreadable` or `Incomplete`
    with the reason, and `TakenAway` when another worker has the job meanwhile.
    """
    arrival = Arrival.objects.select_related("workspace", "feed").get(fetching=job)
    if arrival.article_id or arrival.set_aside_at:
        finish_job(job=job)
        return None
    _go_on(job, 0)
    page = visit(arrival.url)
    _go_on(job, 1)
    matter, copy = page.article(), page.copy()
    with recorded(by=None, verb="fetch_article", name="Fetching"):
        arrival = (
            Arrival.objects.select_for_update(of=("self",)).select_related("workspace").get(pk=arrival.pk)
        )
        if not finish_job(job=job):
            raise TakenAway
        if arrival.article_id:
            return None
        snapshot = store_snapshot(
            workspace=arrival.workspace,
            matter=copy,
            url=arrival.url,
            read_at=page.read_at,
            added_by=arrival.added_by,
        )
        imported = keep_article(
            workspace=arrival.workspace, matter=_completed(matter, arrival), added_by=arrival.added_by
        )
        Arrival.objects.filter(pk=arrival.pk).update(
            article=imported.article, snapshot=snapshot, version=F("version") + 1
        )
        return imported


def _completed(matter: ArticleMatter, arrival: Arrival) -> ArticleMatter:
    """What a person or the feed said about it comes first; what a page says of itself is cut to what can be kept."""
    found = {name: normalise(getattr(matter, name))[:limit] for name, limit in _LIMITS.items()}
    known = {name: getattr(arrival, name) for name in FACTS if getattr(arrival, name)}
    return replace(matter, **found | known, url=arrival.url)


def _write(arrival: Arrival, version: int, changes: dict[str, Any]) -> None:
    done = Arrival.objects.filter(pk=arrival.pk, version=version, article=None).update(
        version=F("version") + 1, **changes
    )
    arrival.refresh_from_db()
    if not done:
        yours = {name: value for name, value in changes.items() if name in FACTS}
        raise Stale(
            "Somebody else changed this, or it came in, while you were editing it.",
            current={name: getattr(arrival, name) for name in yours},
            yours=yours,
            version=arrival.version,
        )


def _go_on(job: Job, done: int) -> None:
    if not report_progress(job=job, done=done, total=2, lease=STEP):
        raise TakenAway
