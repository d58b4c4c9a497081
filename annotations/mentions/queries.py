"""Further appearances of a claim: those that are attached, and those that the desk's articles offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.articles.models import Article, ArticleVersion
from annotations.claims.models import Claim
from annotations.mentions.matching import (
    EXACT,
    LIKE,
    Place,
    figures_pattern,
    main_words,
    places,
    words_pattern,
)
from annotations.mentions.models import Mention

ARTICLES = 30
"""Articles that are read for a claim, the newest first; how many more hold the words is said."""
SHOWN = 100
"""Places that are offered at once."""
_AROUND = 70


@dataclass(frozen=True)
class Found:
    """A place that repeats a claim, with the words around it. `claim` stands there already, under its own verdict."""

    version_id: int
    start: int
    end: int
    kind: str
    before: str
    words: str
    after: str
    claim: Claim | None

    @property
    def key(self) -> str:
        return f"{self.version_id}:{self.start}:{self.end}"

    @property
    def is_exact(self) -> bool:
        return self.kind == EXACT


@dataclass(frozen=True)
class InArticle:
    article: Article
    is_here: bool
    places: tuple[Found, ...]


@dataclass(frozen=True)
class Offered:
    """`total` counts the places found, of which `articles` hold the first `SHOWN`; `unread` articles were not read."""

    articles: tuple[InArticle, ...]
    total: int
    exact: int
    unread: int


def attached_to(claim: Claim) -> QuerySet[Mention]:
    """The appearances that stand, the oldest first."""
    rows = Mention.objects.filter(claim=claim, removed_at=None)
    return rows.select_related("article_version__article", "added_by").order_by("pk")


def taken_off(claim: Claim) -> QuerySet[Mention]:
    """The appearances that somebody took off again, the last one first."""
    rows = Mention.objects.filter(claim=claim, removed_at__isnull=False)
    return rows.select_related("article_version__article", "removed_by").order_by("-removed_at", "-pk")


def mentions_in(version: ArticleVersion) -> QuerySet[Mention]:
    """What stands in this text of claims of this or another article: one query."""
    rows = Mention.objects.attached().filter(article_version=version)
    return rows.select_related("claim__article").order_by("start", "-end", "pk")


def offered(claim: Claim) -> Offered:
    """Where else the desk's current texts say it, this article first. Four queries, whatever is found."""
    versions, unread = _versions(claim)
    known = list(Mention.objects.filter(claim=claim, removed_at=None))
    taken = {(claim.article_version_id, claim.start, claim.end)}
    taken |= {(one.article_version_id, one.start, one.end) for one in known}
    hits = [(version, _free(version, claim, taken)) for version in versions]
    claims = _claims_in([version for version, found in hits if found])
    articles, total, exact = [], 0, 0
    for version, found in hits:
        kept = found[: max(0, SHOWN - total)]
        total += len(found)
        exact += sum(place.kind == EXACT for place in found)
        if kept:
            here = claims.get(version.pk, ())
            rows = tuple(_found(version, place, here) for place in kept)
            articles.append(InArticle(version.article, version.article_id == claim.article_id, rows))
    return Offered(tuple(articles), total, exact, unread)


def _versions(claim: Claim) -> tuple[list[ArticleVersion], int]:
    """The current texts to read: those with the words, then those with the figure; and how many were left out."""
    newer = ArticleVersion.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    current = ArticleVersion.objects.filter(~Exists(newer), workspace_id=claim.workspace_id)
    rows = current.select_related("article").order_by("-article_id")
    same = Q(text__iregex=words_pattern(claim.exact))
    alike = Q()
    if pattern := figures_pattern(claim.exact):
        for word in sorted(main_words(claim.exact), key=len)[-3:]:
            alike |= Q(text__icontains=word)
        alike &= Q(text__iregex=pattern)
    others = list(
        rows.exclude(article=claim.article_id).filter(same | alike if alike else same).values_list("pk")
    )
    read = [pk for (pk,) in others[:ARTICLES]]
    texts = list(rows.filter(Q(article=claim.article_id) | Q(pk__in=read)))
    return sorted(texts, key=lambda one: one.article_id != claim.article_id), max(0, len(others) - ARTICLES)


def _free(version: ArticleVersion, claim: Claim, taken: set[tuple[int, int, int]]) -> list[Place]:
    """The repetitions in this text that are not attached yet and do not touch the claim's own words."""
    spans = [(start, end) for pk, start, end in taken if pk == version.pk]
    return [
        place
        for place in places(version.text, claim.exact)
        if not any(place.start < end and start < place.end for start, end in spans)
    ]


def _claims_in(versions: Sequence[ArticleVersion]) -> dict[int, list[Claim]]:
    """Live claims of these texts by text: a place may be somebody's claim already."""
    rows = Claim.objects.live().put_forward().filter(article_version__in=versions)
    found: dict[int, list[Claim]] = {}
    for one in rows.only("pk", "start", "end", "status", "article_id", "article_version_id"):
        found.setdefault(one.article_version_id, []).append(one)
    return found


def _found(version: ArticleVersion, place: Place, claims: Sequence[Claim]) -> Found:
    text, start, end = version.text, place.start, place.end
    inside = [one for one in claims if one.start < end and start < one.end]
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if place.kind == LIKE:
        before = after = ""
    return Found(
        version_id=version.pk,
        start=start,
        end=end,
        kind=place.kind,
        before=before.rpartition("\n")[2],
        words=text[start:end],
        after=after.partition("\n")[0],
        claim=inside[0] if inside else None,
    )
