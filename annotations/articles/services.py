from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.articles.models import Article, ArticleVersion, Watch
from annotations.articles.permissions import (
    may_add_version,
    may_edit,
    may_import,
    may_set_due_time,
    may_set_priority,
    may_watch,
)
from annotations.articles.priority import Priority
from annotations.articles.queries import article_with_text, current_version, version_with_text, watch_of
from annotations.articles.text import clean_or_refuse, sha256
from annotations.audit.services import recorded
from annotations.jobs.models import Job
from annotations.jobs.services import open_job
from annotations.people.models import User, Workspace
from annotations.refusals import Incomplete, Stale
from annotations.snapshots.reading import ArticleMatter, Unreadable
from annotations.words import is_web_address, tidy

EDITABLE = ("title", "byline", "outlet", "published_on", "language", "url")
_LIMITS = {"title": 500, "byline": 300, "outlet": 200, "language": 12, "url": 2000}


@dataclass(frozen=True)
class Imported:
    """What an import came to. `is_new` is false when the workspace had exactly this text already."""

    article: Article
    version: ArticleVersion
    is_new: bool


def import_article(*, workspace: Workspace, matter: ArticleMatter, by: User) -> Imported:
    """Keep an article as version 1, with the job that will look for claims in it: all or nothing.

    The same text twice is the same article: it is returned as it stands, nothing is overwritten.
    Raises `Incomplete` with the reason when the text cannot be kept.
    """
    may_import(by, workspace).or_refuse()
    with recorded(by=by, verb="import_article"):
        return keep_article(workspace=workspace, matter=matter, added_by=by)


def keep_article(*, workspace: Workspace, matter: ArticleMatter, added_by: User | None) -> Imported:
    """The same for a worker, which asks nobody: who asked for the work was allowed to. Within `recorded`."""
    try:
        text = clean_or_refuse(matter.text)
    except Unreadable as refused:
        raise Incomplete(refused.reason, {"text": [refused.reason]}) from refused
    facts = tidy_facts(
        facts={
            "title": matter.title,
            "byline": matter.byline,
            "outlet": matter.outlet,
            "published_on": matter.published_on,
            "language": matter.language,
            "url": matter.url,
        }
    )
    digest = sha256(text)
    if known := article_with_text(workspace=workspace, sha256=digest):
        return Imported(known, version_with_text(known, digest), is_new=False)
    try:
        with transaction.atomic():
            job = open_job(workspace=workspace, kind=Job.Kind.EXTRACT_CLAIMS, key=digest, by=added_by)
            article = Article.objects.create(
                workspace=workspace,
                note=matter.note[:500],
                opening=_opening(text),
                added_by=added_by,
                **facts,
            )
            version = ArticleVersion.objects.create(
                workspace=workspace,
                article=article,
                number=1,
                text=text,
                sha256=digest,
                length=len(text),
                extraction=job,
                added_by=added_by,
            )
    except IntegrityError:
        # Two hands pasted the same text at the same moment; the other one was first.
        known = article_with_text(workspace=workspace, sha256=digest)
        if known is None:
            raise
        return Imported(known, version_with_text(known, digest), is_new=False)
    return Imported(article, version, is_new=True)


def edit_article(*, article: Article, version: int, by: User, **facts: Any) -> Article:
    """Correct what is known about an article (`EDITABLE` fields); its text stays as it is.

    Raises `Stale` when somebody changed it since `version`, `Incomplete` when a value cannot be right.
    """
    may_edit(by, article).or_refuse()
    unknown = set(facts) - set(EDITABLE)
    if unknown:
        raise Incomplete(_("These cannot be edited: {choices}.").format(choices=", ".join(sorted(unknown))))
    return _write(article, version=version, by=by, verb="edit_article", changes=tidy_facts(facts=facts))


def set_due_time(*, article: Article, version: int, due_at: datetime | None, by: User) -> Article:
    may_set_due_time(by, article).or_refuse()
    return _write(article, version=version, by=by, verb="set_due_time", changes={"due_at": due_at})


def set_article_priority(*, article: Article, version: int, priority: int, by: User) -> Article:
    """How urgent the article is, and each of its claims that has no priority of its own."""
    may_set_priority(by, article).or_refuse()
    if priority not in list(Priority):
        names = ", ".join(f"{one.value} ({one.title})" for one in Priority)
        raise Incomplete(
            _("There is no such priority."), {"priority": [_("Choose one of: {names}.").format(names=names)]}
        )
    changes = {"priority": priority}
    return _write(article, version=version, by=by, verb="set_article_priority", changes=changes)


MOST_DAYS = 90
"""How long an article can be watched."""


def keep_version(
    *,
    article: Article,
    text: str,
    by: User | None,
    how: str = ArticleVersion.How.TYPED,
    seen: int | None = None,
) -> tuple[ArticleVersion, bool]:
    """Keep a text as the article's next version, if it differs from the newest one. The version, and whether it is new.

    Inside the caller's `recorded` block; `by` is None for the house. The article is locked, so that of two hands one
    comes second. `seen` is the number of the version that the writer saw as the newest. Raises `Incomplete` for what
    is no text, `Stale` when there is a newer version than `seen` that says something else.
    """
    if by is not None:
        may_add_version(by, article).or_refuse()
    try:
        clean = clean_or_refuse(text)
    except Unreadable as refused:
        raise Incomplete(refused.reason, {"text": [refused.reason]}) from refused
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    newest, digest = current_version(article), sha256(clean)
    if newest.sha256 == digest:
        return newest, False
    if seen is not None and seen != newest.number:
        raise Stale(
            _("Somebody else added version {number} meanwhile.").format(number=newest.number),
            current={"text": newest.text},
            yours={"text": clean},
            version=newest.number,
        )
    key = f"article {article.pk} version {newest.number + 1}"
    job = open_job(workspace=article.workspace, kind=Job.Kind.EXTRACT_CLAIMS, key=key, by=by)
    version = ArticleVersion.objects.create(
        workspace_id=article.workspace_id,
        article=article,
        number=newest.number + 1,
        text=clean,
        sha256=digest,
        length=len(clean),
        extraction=job,
        how=how,
        added_by=by,
    )
    return version, True


def watch_article(*, article: Article, every: int, days: int, version: int, by: User) -> Watch:
    """Have the article's address read again every `every` hours (one of `Watch.HOURS`) for so many days.

    `version` is that of the watch as it was seen, 0 for none. Raises `Stale`, and `Incomplete` without an address.
    """
    may_watch(by, article).or_refuse()
    problems = {}
    if every not in Watch.HOURS:
        problems["every"] = [_("Choose 1, 6 or 24 hours.")]
    if not 1 <= days <= MOST_DAYS:
        problems["days"] = [_("Choose from 1 to {most} days.").format(most=MOST_DAYS)]
    if not article.url:
        problems["url"] = [_("Give the article an address first, under “Edit details”.")]
    if problems:
        raise Incomplete(_("This article cannot be watched like that."), problems)
    now = timezone.now()
    until = now + timedelta(days=days)
    return _set_watch(article, version, by, is_on=True, every=every, until=until, next_at=now, problem="")


def stop_watching(*, article: Article, version: int, by: User) -> Watch:
    """Read the address no more. Safe to press twice."""
    may_watch(by, article).or_refuse()
    watch = watch_of(article)
    if watch is None:
        raise Incomplete(_("This article is not watched."))
    return watch if not watch.is_on else _set_watch(article, version, by, is_on=False)


def note_reading(*, article: Article, problem: str = "") -> None:
    """Write down that the address was read, and why it gave no text. For the job that reads; not in the history."""
    Watch.objects.filter(article=article).update(read_at=timezone.now(), problem=problem[:300])


def take_turn(*, article_id: int) -> bool:
    """Whether this caller reads the address now: of two only one does, and the next turn is an interval away."""
    now = timezone.now()
    watch = Watch.objects.filter(article_id=article_id, is_on=True, next_at__lte=now, until__gt=now).first()
    if watch is None:
        return False
    due = Watch.objects.filter(pk=watch.pk, is_on=True, next_at=watch.next_at)
    return bool(due.update(next_at=now + timedelta(hours=watch.every)))


def _set_watch(article: Article, version: int, by: User, **fields: Any) -> Watch:
    with recorded(by=by, verb="watch_article" if fields["is_on"] else "stop_watching"):
        Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        watch = watch_of(article)
        if (watch.version if watch else 0) != version:
            current = {"every": watch.every, "is_on": watch.is_on} if watch else {"is_on": False}
            raise Stale(
                _("Somebody else changed the watch on this article meanwhile."),
                current=current,
                yours={name: fields[name] for name in ("every", "is_on") if name in fields},
                version=watch.version if watch else 0,
            )
        if watch is None:
            return Watch.objects.create(
                workspace_id=article.workspace_id, article=article, set_by=by, **fields
            )
        Watch.objects.filter(pk=watch.pk).update(version=F("version") + 1, set_by=by, **fields)
        watch.refresh_from_db()
        return watch


def _write(article: Article, *, version: int, by: User, verb: str, changes: dict[str, Any]) -> Article:
    with recorded(by=by, verb=verb):
        done = Article.objects.filter(pk=article.pk, version=version).update(
            version=F("version") + 1, **changes
        )
        article.refresh_from_db()
    if not done:
        raise Stale(
            _("Somebody else changed this article while you were editing it."),
            current={name: getattr(article, name) for name in changes},
            yours=changes,
            version=article.version,
        )
    return article


def tidy_facts(*, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts, tidied. Raises `Incomplete` for what no article can have."""
    words = {name: value for name, value in facts.items() if name != "published_on"}
    clean: dict[str, Any] = dict(tidy(words, _LIMITS))
    if (url := clean.get("url")) and not is_web_address(url):
        raise Incomplete(
            _("The address cannot be kept."),
            {"url": [_("Give an address that starts with http:// or https://.")]},
        )
    return clean | {name: value for name, value in facts.items() if name == "published_on"}


def _opening(text: str) -> str:
    """The first words, at most 80 characters, cut between words."""
    first = " ".join(text[:400].split())
    if len(first) <= 80:
        return first
    cut = first[:80].rsplit(" ", 1)[0] or first[:80]
    return f"{cut}…"
