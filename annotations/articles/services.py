from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.permissions import may_edit, may_import, may_set_due_time, may_set_priority
from annotations.articles.priority import Priority
from annotations.articles.queries import article_with_text
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
        return Imported(known, known.versions.get(sha256=digest), is_new=False)
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
            )
    except IntegrityError:
        # Two hands pasted the same text at the same moment; the other one was first.
        known = article_with_text(workspace=workspace, sha256=digest)
        if known is None:
            raise
        return Imported(known, known.versions.get(sha256=digest), is_new=False)
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
