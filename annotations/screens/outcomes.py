"""Outcomes of a desk's work over a stretch of time: ratings, pace, ages, what was dismissed, agreement, corrections.

Each figure has the claims behind it: the same filter that counts lists.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import Any

from django.db.models import Aggregate, Count, F, FloatField, Max, Min, QuerySet
from django.db.models.functions import Extract
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.claims.lifecycle import DismissalReason, Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_read_labels
from annotations.desks.queries import scales_of
from annotations.desks.scale import Scales
from annotations.people.models import User, Workspace
from annotations.reviews.agreement import Agreement, agreement
from annotations.reviews.models import Amendment, Publication
from annotations.screens.outcome_rows import (
    AGES,
    WAITING,
    Span,
    approved,
    live,
    of_age,
    publications,
    reviews,
)
from annotations.tongue import inside


@dataclass(frozen=True)
class Bar:
    """One line of a figure. `attribute` and `look` colour it (rating or tone)."""

    key: str
    label: str
    count: int
    attribute: str = "tone"
    look: str = "work"


@dataclass(frozen=True)
class Pace:
    """Hours from proposal or marking to approval: of the month YYYY-MM, or ("") of all."""

    key: str
    label: str
    count: int
    median: float
    fastest: float
    slowest: float


@dataclass(frozen=True)
class Ages:
    """Open claims of one state by age, in the order of `AGES`."""

    status: str
    label: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


@dataclass(frozen=True)
class Clash:
    """Two ratings of the same claim that differ, and how often."""

    first: str
    second: str
    count: int


@dataclass(frozen=True)
class Outcomes:
    span: Span
    ratings: tuple[Bar, ...]
    pace: Pace | None
    months: tuple[Pace, ...]
    ages: tuple[Ages, ...]
    dismissed: tuple[Bar, ...]
    agreement: Agreement
    clashes: tuple[Clash, ...]
    published: int
    changes: tuple[Bar, ...]

    @property
    def changed(self) -> int:
        return sum(bar.count for bar in self.changes)

    @property
    def change_rate(self) -> float | None:
        """Corrections and retractions for each claim published in the same time."""
        return self.changed / self.published if self.published else None


class Median(Aggregate):
    """The middle value, as PostgreSQL counts it."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def outcomes(*, desk: Workspace, person: User, span: Span) -> Outcomes:
    """All figures, in a number of queries that does not grow with the claims. For editors: refuses others."""
    may_read_labels(person, desk).or_refuse()
    scales = scales_of(desk.pk)
    pairs = _pairs(desk, span)
    months = _pace(approved(desk, span))
    whole = _pace(approved(desk, span), by_month=False)
    return Outcomes(
        span=span,
        ratings=_ratings(desk, span, scales),
        pace=whole[0] if whole else None,
        months=tuple(months[-12:]),
        ages=_ages(desk),
        dismissed=_dismissed(desk, span),
        agreement=agreement(pairs),
        clashes=_clashes(pairs, scales),
        published=publications(desk, span).filter(kind=Publication.Kind.PUBLISHED).count(),
        changes=_changes(desk, span),
    )


def figure_rows(found: Outcomes, figure: str) -> list[tuple[object, ...]]:
    """A figure as a table, header first, for the file."""
    if figure == "ratings":
        return [("rating", "label", "claims"), *((bar.key, bar.label, bar.count) for bar in found.ratings)]
    if figure == "pace":
        every = [*([replace(found.pace, key="all")] if found.pace else []), *found.months]
        hours = ((one.key, one.count, one.median, one.fastest, one.slowest) for one in every)
        return [("month", "claims", "median_hours", "fastest_hours", "slowest_hours"), *hours]
    if figure == "ages":
        return [("state", *AGES), *((row.label, *(count for _, count in row.counts)) for row in found.ages)]
    if figure == "dismissed":
        return [("reason", "label", "claims"), *((bar.key, bar.label, bar.count) for bar in found.dismissed)]
    if figure == "agreement":
        one = found.agreement
        values = (one.n, one.same, one.share, one.alpha, one.low, one.high)
        return [("claims", "same", "share", "alpha", "alpha_low", "alpha_high"), values]
    total = ("PUBLISHED", _("Published for the first time"), found.published)
    return [("change", "label", "publications"), total, *((b.key, b.label, b.count) for b in found.changes)]


def _ratings(desk: Workspace, span: Span, scales: Scales) -> tuple[Bar, ...]:
    counts = dict(live(desk, span).order_by().values_list("rating").annotate(n=Count("pk")))
    return tuple(
        Bar(code, one.label, counts[code], "rating", code)
        for code, one in scales.looks.items()
        if code in counts
    )


def _pace(rows: QuerySet[Claim], *, by_month: bool = True) -> list[Pace]:
    took = Extract(F("approved_at") - F("created_at"), "epoch") / 3600.0
    month = {
        "year": Extract("approved_at", "year", tzinfo=UTC),
        "month": Extract("approved_at", "month", tzinfo=UTC),
    }
    grouped: Any = rows.order_by().annotate(hours=took)
    figures = {"n": Count("pk"), "median": Median("hours"), "fastest": Min("hours"), "slowest": Max("hours")}
    if not by_month:
        one = grouped.aggregate(**figures)
        return (
            [Pace("", _("All"), one["n"], one["median"], one["fastest"], one["slowest"])] if one["n"] else []
        )
    found = grouped.annotate(**month).values("year", "month").annotate(**figures).order_by("year", "month")
    return [
        Pace(
            key=f"{row['year']:04}-{row['month']:02}",
            label=date_format(date(int(row["year"]), int(row["month"]), 1), "M Y"),
            count=row["n"],
            median=row["median"],
            fastest=row["fastest"],
            slowest=row["slowest"],
        )
        for row in found
    ]


def _ages(desk: Workspace) -> tuple[Ages, ...]:
    now = timezone.now()
    counted = {code: Count("pk", filter=of_age(code, now)) for code in AGES}
    rows = Claim.objects.put_forward().filter(workspace=desk, status__in=[one.value for one in WAITING])
    told = [dict[str, Any](row) for row in rows.order_by().values("status").annotate(**counted)]
    found = {row["status"]: row for row in told}
    return tuple(
        Ages(status.value, status.label, tuple((code, found[status.value][code]) for code in AGES))
        for status in WAITING
        if status.value in found
    )


def _dismissed(desk: Workspace, span: Span) -> tuple[Bar, ...]:
    rows = Claim.objects.filter(span.within("moved_at"), workspace=desk, status=Status.DISMISSED.value)
    counts = rows.order_by().values_list("dismissal").annotate(n=Count("pk")).order_by("-n", "dismissal")
    return tuple(Bar(code, DismissalReason(code).label, n, "tone", "candidate") for code, n in counts)


def _pairs(desk: Workspace, span: Span) -> list[tuple[str, str]]:
    rows = reviews(desk, span).values_list("verdict__rating", "own_rating")
    return [(first, second or first) for first, second in rows]


def _clashes(pairs: list[tuple[str, str]], scales: Scales) -> tuple[Clash, ...]:
    counts = Counter((one, other) for one, other in pairs if one != other)

    def label(code: str) -> str:
        known = scales.rating(code)
        return known.label if known else code

    return tuple(Clash(label(one), label(other), n) for (one, other), n in counts.most_common(20))


def _changes(desk: Workspace, span: Span) -> tuple[Bar, ...]:
    rows = publications(desk, span).exclude(kind=Publication.Kind.PUBLISHED)
    told = rows.order_by().values_list("kind", "correction_type").annotate(n=Count("pk"))
    counts = Counter({(kind, of): n for kind, of, n in told})
    found = [
        Bar(
            code,
            _("Corrected: {kind}").format(kind=inside(str(label))),
            counts[Publication.Kind.CORRECTED.value, code],
            "tone",
            "warn",
        )
        for code, label in Amendment.CorrectionType.choices
    ]
    retracted = sum(n for (kind, _), n in counts.items() if kind == Publication.Kind.RETRACTED)
    found.append(Bar("RETRACTED", _("Retracted"), retracted, "tone", "bad"))
    return tuple(bar for bar in found if bar.count)
