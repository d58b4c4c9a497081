from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Lower, RowNumber

from annotations.audit.models import AuditEntry
from annotations.claims.models import Claim
from annotations.discussions.mentions import cut_at_names
from annotations.discussions.models import Comment, Thread
from annotations.people.models import User
from annotations.verdicts.models import Verdict

PAGE = 20
SHOWN = 10
MOST = 50


@dataclass(frozen=True)
class Said:
    """A comment, its words cut at the names in it."""

    comment: Comment
    pieces: list[tuple[str, str]]


@dataclass(frozen=True)
class Talk:
    """A thread with its newest comments, oldest first. `earlier` counts those that are not shown."""

    thread: Thread
    said: tuple[Said, ...]
    earlier: int
    is_reworded: bool

    @property
    def first_words(self) -> str:
        return self.said[0].comment.text if self.said else ""


@dataclass(frozen=True)
class Blocker:
    """A thread that has to be resolved before its claim is published: how it begins, and who began it."""

    thread: Thread
    words: str
    by: str


@dataclass(frozen=True)
class Discussion:
    talks: tuple[Talk, ...]
    open: int
    total: int
    blockers: int
    next: int | None


def discussion(claim: Claim, *, before: int | None = None) -> Discussion:
    """What is said about a claim, newest thread first, a page at a time. A fixed number of queries."""
    rows = Thread.objects.filter(claim=claim)
    counts = rows.aggregate(
        total=Count("pk"),
        open=Count("pk", filter=Q(resolved_at=None)),
        blockers=Count("pk", filter=Q(resolved_at=None, is_blocker=True)),
    )
    page = rows.filter(pk__lt=before) if before else rows
    found = list(page.select_related("evidence__source", "resolved_by").order_by("-pk")[: PAGE + 1])
    talks = _talks(claim, found[:PAGE])
    return Discussion(talks, counts["open"], counts["total"], counts["blockers"], _more(found, PAGE))


def one_talk(thread: Thread, *, before: int | None = None) -> tuple[Talk, int | None]:
    """A thread with a page of its comments, and the key to go on from to the earlier ones."""
    rows = thread.comments.select_related("author").order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: MOST + 1])
    people = _names(found[:MOST])
    said = tuple(Said(one, cut_at_names(one.text, people)) for one in reversed(found[:MOST]))
    return Talk(thread, said, 0, _reworded(thread.claim, thread)), _more(found, MOST)


def open_blockers(claim: Claim) -> list[Blocker]:
    """The threads that keep the claim from being published, oldest first."""
    threads = list(Thread.objects.open_blockers().filter(claim=claim).order_by("pk")[:MOST])
    if not threads:
        return []
    first = Comment.objects.filter(thread__in=threads).order_by("thread_id", "pk").distinct("thread_id")
    begins = {row.thread_id: row for row in first.select_related("author")}
    return [
        Blocker(thread, begins[thread.pk].text[:120], begins[thread.pk].author.display_name)
        for thread in threads
    ]


def people_to_mention(claim: Claim, words: str = "") -> QuerySet[User]:
    """People of the claim's desk whose name or user name begins with these words; a bounded list, by name."""
    people = User.objects.filter(
        is_active=True, memberships__workspace_id=claim.workspace_id, memberships__is_active=True
    )
    if words:
        begins = Q(username__istartswith=words) | Q(name__istartswith=words) | Q(name__icontains=f" {words}")
        people = people.filter(begins)
    return people.order_by(Lower("name"), "pk")[:8]


def mentioned_in(claim: Claim, names: Iterable[str]) -> list[int]:
    """The keys of those people of the desk who go by one of these (lower case) names. Others are nobody here."""
    people = User.objects.annotate(lower=Lower("username")).filter(
        lower__in=list(names)[:MOST],
        is_active=True,
        memberships__workspace_id=claim.workspace_id,
        memberships__is_active=True,
    )
    return sorted(people.values_list("pk", flat=True))


def earlier_words(comment: Comment) -> list[tuple[datetime, str]]:
    """What the comment said before it was reworded, newest first, each with the time until which it stood."""
    entries = AuditEntry.objects.filter(
        workspace_id=comment.workspace_id,
        table_name=Comment._meta.db_table,
        row_id=str(comment.pk),
        action=AuditEntry.Action.UPDATE,
        before__has_key="text",
    )
    return [(entry.at, entry.before["text"]) for entry in entries.order_by("-seq")[:MOST] if entry.before]


def _talks(claim: Claim, threads: list[Thread]) -> tuple[Talk, ...]:
    ranked = Comment.objects.filter(thread__in=threads).annotate(
        place=Window(RowNumber(), partition_by=F("thread_id"), order_by=F("pk").desc()),
        everything=Window(Count("pk"), partition_by=F("thread_id")),
    )
    newest = list(ranked.filter(place__lte=SHOWN).select_related("author").order_by("pk"))
    people = _names(newest)
    by_thread: dict[int, list[Any]] = {}
    for comment in newest:
        by_thread.setdefault(comment.thread_id, []).append(comment)
    talks = []
    reasons = _reasons(claim) if any(t.anchor == Thread.Anchor.REASONS for t in threads) else ""
    for thread in threads:
        rows = by_thread.get(thread.pk, [])
        said = tuple(Said(one, cut_at_names(one.text, people)) for one in rows)
        earlier = rows[0].everything - len(rows) if rows else 0
        gone = thread.anchor == Thread.Anchor.REASONS and thread.quote not in reasons
        talks.append(Talk(thread, said, earlier, gone))
    return tuple(talks)


def _names(comments: Iterable[Comment]) -> dict[str, str]:
    keys = {key for comment in comments for key in comment.mentions}
    people = User.objects.filter(pk__in=keys) if keys else []
    return {person.username.lower(): person.display_name for person in people}


def _reasons(claim: Claim) -> str:
    newest = Verdict.objects.filter(claim=claim).order_by("-number")
    return newest.values_list("reasons", flat=True).first() or ""


def _reworded(claim: Claim, thread: Thread) -> bool:
    return thread.anchor == Thread.Anchor.REASONS and thread.quote not in _reasons(claim)


def _more(found: list[Any], size: int) -> int | None:
    return int(found[size - 1].pk) if len(found) > size else None
