"""The versions of an article, what differs between two of them, and the claims whose words a person has to look for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.versions import Comparison, compare
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.models import Claim
from annotations.claims.queries import anchors_waiting, changed_words
from annotations.people.models import User, Workspace
from annotations.screens.paging import By, page
from annotations.screens.text import Mark, Paragraph, text_of

PAGE = 30
PIECES = 400
"""Pieces of a diff on one page."""
LONG = 600
"""Unchanged code points in a row from which their middle is folded away."""
SHOWN_CLAIMS = 100
_URGENT = (By("urgency", int), By("id", int))
_NEWEST = (By("id", int, descending=True),)

WHY = {
    "NUMBER": gettext_lazy("a figure"),
    "NEGATION": gettext_lazy("a negation"),
    "NAME": gettext_lazy("a name"),
    "DATE": gettext_lazy("a date"),
    "UNIT": gettext_lazy("a unit"),
    "COMPARATOR": gettext_lazy("“over”, “under” or the like"),
    "WORDS": gettext_lazy("the wording"),
    "TAKEN": gettext_lazy("another claim stands there"),
}
"""What differs, by the codes of an anchor's `why`."""


def version_rows(article: Article, *, before: int | None) -> tuple[list[ArticleVersion], int | None]:
    """Versions, newest first, with how many claims each moved along, changed and lost; and where to go on."""
    waiting = Q(anchors__start=None, anchors__decision="")
    rows: QuerySet[Any] = article.versions.defer("text").select_related("added_by").order_by("-number")
    rows = rows.annotate(
        looked_for=Count("anchors"),
        placed=Count("anchors", filter=Q(anchors__start__isnull=False)),
        unplaced=Count("anchors", filter=waiting),
    )
    if before:
        rows = rows.filter(number__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None


@dataclass(frozen=True)
class Touched:
    """A claim as it stood in the old version, and whether its words differ in the new one."""

    claim: Claim
    number: int
    start: int
    end: int
    is_touched: bool


@dataclass(frozen=True)
class DiffPiece:
    """A piece of the diff: SAME, GONE, NEW, or SKIP for unchanged words that are folded away.

    `claims` are the numbers of the claims that stood on these words; `size` counts code points.
    """

    kind: str
    text: str
    claims: str = ""
    size: int = 0


@dataclass(frozen=True)
class Diff:
    old: ArticleVersion
    new: ArticleVersion
    pieces: tuple[DiffPiece, ...]
    touched: tuple[Touched, ...]
    untouched: int
    more_touched: int
    gone: int
    fresh: int
    next: int | None
    after: int


def diff_of(old: ArticleVersion, new: ArticleVersion, *, after: int = 0, whole: bool = False) -> Diff:
    """Both texts as one, with the claims that stood in the old one. Three queries, whatever their length."""
    comparison = compare(old.text, new.text)
    claims = _claims_in(old, comparison)
    touched = [one for one in claims if one.is_touched]
    pieces = list(_pieces(comparison, claims, whole=whole))
    shown = pieces[after : after + PIECES]
    return Diff(
        old=old,
        new=new,
        pieces=tuple(shown),
        touched=tuple(touched[:SHOWN_CLAIMS]),
        untouched=len(claims) - len(touched),
        more_touched=max(0, len(touched) - SHOWN_CLAIMS),
        gone=sum(len(change.text) for change in comparison.changes() if change.kind == "GONE"),
        fresh=sum(len(change.text) for change in comparison.changes() if change.kind == "NEW"),
        next=after + PIECES if len(pieces) > after + PIECES else None,
        after=after,
    )


def _claims_in(version: ArticleVersion, comparison: Comparison) -> list[Touched]:
    """Every live claim that stands or stood on words of this version, by place."""
    live = Claim.objects.live().put_forward().filter(article_id=version.article_id)
    known = {
        claim.pk: claim
        for claim in live.only("pk", "statement", "exact", "start", "end", "status", "article_version_id")
    }
    places = {
        claim.pk: (claim.start, claim.end)
        for claim in known.values()
        if claim.article_version_id == version.pk
    }
    rows = ClaimAnchor.objects.filter(Q(article_version=version) | Q(from_version=version), claim__in=known)
    for row in rows.only("claim_id", "article_version_id", "start", "end", "from_start", "from_end"):
        if row.article_version_id != version.pk:
            places.setdefault(row.claim_id, (row.from_start, row.from_end))
        elif row.start is not None and row.end is not None:
            places.setdefault(row.claim_id, (row.start, row.end))
    ordered = sorted(places.items(), key=lambda one: (one[1][0], -one[1][1], one[0]))
    return [
        Touched(known[pk], number, start, end, comparison.is_touched(start, end))
        for number, (pk, (start, end)) in enumerate(ordered, start=1)
    ]


def _pieces(comparison: Comparison, claims: Sequence[Touched], *, whole: bool) -> Iterator[DiffPiece]:
    edges = sorted({edge for one in claims for edge in (one.start, one.end)})
    at, open_now, coming = 0, [], sorted(claims, key=lambda one: one.start)
    waiting = 0
    for change in comparison.changes():
        if change.kind == "NEW":
            yield DiffPiece("NEW", change.text, size=len(change.text))
            continue
        end = change.old + len(change.text)
        while at < len(edges) and edges[at] <= change.old:
            at += 1
        inside = at
        while inside < len(edges) and edges[inside] < end:
            inside += 1
        for left, right in pairwise([change.old, *edges[at:inside], end]):
            while waiting < len(coming) and coming[waiting].start <= left:
                open_now.append(coming[waiting])
                waiting += 1
            open_now = [one for one in open_now if one.end > left]
            numbers = ", ".join(str(one.number) for one in open_now if one.start <= left)
            text = comparison.old[left:right]
            yield from _folded(DiffPiece(change.kind, text, numbers, len(text)), whole=whole)


def _folded(piece: DiffPiece, *, whole: bool) -> Iterator[DiffPiece]:
    if whole or piece.claims or piece.kind != "SAME" or piece.size <= LONG:
        yield piece
        return
    head = piece.text[:200].rsplit(" ", 1)[0]
    tail = piece.text[-200:].split(" ", 1)[-1]
    yield replace(piece, text=head, size=len(head))
    yield DiffPiece("SKIP", "", size=piece.size - len(head) - len(tail))
    yield replace(piece, text=tail, size=len(tail))


def marked_text(version: ArticleVersion) -> list[Paragraph]:
    """The text of one version with the claims that stand or stood on its words."""
    same = compare(version.text, version.text)
    return text_of(
        version.text,
        [
            Mark(
                one.claim.pk,
                one.start,
                one.end,
                one.number,
                one.claim.status.lower(),
                "",
                f"Claim {one.number}: {(one.claim.statement or one.claim.exact)[:200]}",
                f"?claim={one.claim.pk}",
            )
            for one in _claims_in(version, same)
        ],
    )


@dataclass(frozen=True)
class Tray:
    """Claims whose words a person has to look for; the one in hand is the one that keys are for."""

    rows: tuple[ClaimAnchor, ...]
    in_hand: ClaimAnchor | None
    count: int
    next: str
    before: int | None
    after: int | None


def tray_of(article: Article, *, at: int | None = None, mark: str = "") -> Tray:
    """One page of them, the checked ones first."""
    waiting = anchors_waiting(article)
    rows, following = page(waiting, _URGENT, mark, PAGE)
    keys = [row.pk for row in rows]
    place = keys.index(at) if at in keys else 0
    return Tray(
        rows=tuple(rows),
        in_hand=rows[place] if rows else None,
        count=waiting.count() if following or mark else len(rows),
        next=following,
        before=keys[place - 1] if place else None,
        after=keys[place + 1] if place + 1 < len(keys) else None,
    )


def text_changes(desk: Workspace, person: User, *, mark: str = "") -> tuple[list[ClaimAnchor], str]:
    """Where an outlet changed words of a claim that was checked, newest first, decided or not."""
    rows: QuerySet[ClaimAnchor] = changed_words().visible_to(person).filter(workspace=desk)
    rows = rows.select_related("claim__article", "article_version", "from_version", "decided_by").defer(
        "article_version__text", "from_version__text"
    )
    return page(rows, _NEWEST, mark, PAGE)
