from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from annotations.articles.models import Article
from annotations.people.models import Workspace
from annotations.reports import content
from annotations.reports.models import Report
from annotations.reviews.models import Publication

BATCH = 500


@dataclass(frozen=True)
class Selection:
    """Which published claims: every filter that is set has to fit. Dates are of the live publication, in UTC."""

    rating: str = ""
    outlet: str = ""
    claimant: str = ""
    q: str = ""
    article: int | None = None
    since: date | None = None
    until: date | None = None

    def as_values(self) -> dict[str, Any]:
        """What was asked for, as plain values without the empty ones."""
        found = {name: value for name, value in asdict(self).items() if value}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()
        }


def published(workspace: Workspace, selection: Selection) -> QuerySet[Publication]:
    """The live publication of each published claim of the desk that fits. Retracted claims are not among them."""
    live = Publication.objects.filter(workspace=workspace).latest_of_each()
    rows = Publication.objects.filter(pk__in=live.values("pk")).exclude(kind=Publication.Kind.RETRACTED)
    if selection.rating:
        rows = rows.filter(rating=selection.rating)
    if selection.article:
        rows = rows.filter(claim__article_id=selection.article)
    if selection.outlet:
        rows = rows.filter(content__article__outlet__icontains=selection.outlet)
    if selection.claimant:
        rows = rows.filter(content__claim__claimant__icontains=selection.claimant)
    # `exact` is the name of a lookup, too; spelled as a path it would be taken for that.
    rows = rows.alias(quoted=KeyTextTransform("exact", KeyTransform("claim", "content")))
    for word in selection.q.split()[:10]:
        rows = rows.filter(
            Q(content__claim__statement__icontains=word)
            | Q(quoted__icontains=word)
            | Q(content__claim__claimant__icontains=word)
            | Q(content__verdict__reasons__icontains=word)
            | Q(content__article__title__icontains=word)
        )
    if selection.since:
        rows = rows.filter(created_at__date__gte=selection.since)
    if selection.until:
        rows = rows.filter(created_at__date__lte=selection.until)
    return rows.order_by("-created_at", "-pk")


def page_of(rows: QuerySet[Publication], *, after: str, size: int) -> tuple[list[content.Entry], str]:
    """One page of a selection and the mark of its end ("" when it is the last). A mark that is none starts over."""
    moment, _, key = after.partition("_")
    try:
        given, last = datetime.fromisoformat(moment), int(key)
        at = given.astimezone(UTC) if given.tzinfo else None
    except (ValueError, OverflowError):
        at, last = None, 0
    if at is not None and 0 < last < 2**63:
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=last))
    found = list(rows[: size + 1])
    page = found[:size]
    chains = histories([row.claim_id for row in page])
    mark = f"{page[-1].created_at.isoformat()}_{page[-1].pk}" if len(found) > size else ""
    return [content.entry(chains[row.claim_id], number) for number, row in enumerate(page, start=1)], mark


def entries(rows: QuerySet[Publication]) -> Iterator[content.Entry]:
    """The publications as report entries with their history, `BATCH` at a time: memory does not grow with them."""
    number = 0
    after: tuple[Any, int] | None = None
    while True:
        at = Q(created_at__lt=after[0]) | Q(created_at=after[0], pk__lt=after[1]) if after else Q()
        batch = list(rows.filter(at)[:BATCH])
        chains = histories([row.claim_id for row in batch])
        for row in batch:
            number += 1
            yield content.entry(chains[row.claim_id], number)
        if len(batch) < BATCH:
            return
        after = (batch[-1].created_at, batch[-1].pk)


def histories(claims: list[int]) -> dict[int, list[content.Published]]:
    """All publications of these claims, oldest first. One query."""
    chains: dict[int, list[content.Published]] = defaultdict(list)
    for row in Publication.objects.filter(claim__in=claims).order_by("claim_id", "number"):
        chains[row.claim_id].append(
            content.Published(
                row.claim_id, row.number, row.kind, row.note, row.correction_type, row.created_at, row.content
            )
        )
    return chains


def latest_report(article: Article) -> Report | None:
    return (
        Report.objects.filter(article=article)
        .select_related("article", "issued_by")
        .order_by("-number")
        .first()
    )


def report_version(article: Article, number: int) -> Report | None:
    return (
        Report.objects.filter(article=article, number=number).select_related("article", "issued_by").first()
    )
