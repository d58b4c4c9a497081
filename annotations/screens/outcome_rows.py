"""What the figures of outcomes count: each as a set of rows, so that the same filter counts them and lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_read_labels
from annotations.people.models import User, Workspace
from annotations.reviews.models import Amendment, Publication, Review
from annotations.tongue import noop, table

PAGE = 50
FIGURES = table(
    {
        "ratings": "Ratings of what is published",
        "pace": "From candidate to verdict",
        "ages": "How long open claims have waited",
        "dismissed": "Why claims were dismissed",
        "agreement": "First and second reviewer",
        "changes": "Corrections and retractions",
    }
)
AGES = {
    "day": (noop("less than a day"), 0, 1),
    "days": (noop("1 to 3 days"), 1, 3),
    "week": (noop("3 to 7 days"), 3, 7),
    "month": (noop("7 to 30 days"), 7, 30),
    "old": (noop("more than 30 days"), 30, None),
}
WAITING = [Status.CANDIDATE, Status.ACCEPTED, Status.SUBMITTED, Status.DISPUTED, Status.APPROVED]
_APPROVALS = (Review.Decision.APPROVED, Review.Decision.ADJUDICATED_APPROVED)
_PAIRED = (Review.Decision.APPROVED, Review.Decision.DISAGREED)


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included, in UTC. None: open at that end."""

    since: date | None = None
    until: date | None = None

    def within(self, field: str) -> Q:
        found = Q()
        if self.since:
            found &= Q(**{f"{field}__gte": datetime.combine(self.since, time.min, UTC)})
        if self.until and self.until < date.max:
            found &= Q(**{f"{field}__lt": datetime.combine(self.until + timedelta(days=1), time.min, UTC)})
        return found


@dataclass(frozen=True)
class Behind:
    """Which rows: a figure, and the line of it that was pressed."""

    figure: str
    key: str = ""
    age: str = ""
    span: Span = Span()


def rows_behind(
    *, desk: Workspace, person: User, behind: Behind, before: int | None = None
) -> tuple[list[Claim], int | None]:
    """One page of the claims behind a number, newest first, and the key to go on from; None at the end."""
    may_read_labels(person, desk).or_refuse()
    rows = claims_behind(desk, behind)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("article", "reviewer").order_by("-pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def publications(desk: Workspace, span: Span) -> QuerySet[Publication]:
    return Publication.objects.filter(span.within("created_at"), workspace=desk)


def live(desk: Workspace, span: Span) -> QuerySet[Publication]:
    newest = Publication.objects.filter(workspace=desk).latest_of_each()
    return (
        publications(desk, span).filter(pk__in=newest.values("pk")).exclude(kind=Publication.Kind.RETRACTED)
    )


def approved(desk: Workspace, span: Span) -> QuerySet[Claim]:
    """Claims whose first approval lies in the span, with `approved_at`."""
    first = Review.objects.filter(claim=OuterRef("pk"), decision__in=_APPROVALS).order_by("pk")
    rows = Claim.objects.filter(workspace=desk).annotate(approved_at=Subquery(first.values("created_at")[:1]))
    return rows.filter(span.within("approved_at"), approved_at__isnull=False)


def of_age(code: str, now: datetime) -> Q:
    _, least, most = AGES[code]
    found = Q(created_at__lte=now - timedelta(days=least))
    return found & Q(created_at__gt=now - timedelta(days=most)) if most else found


def reviews(desk: Workspace, span: Span) -> QuerySet[Review]:
    """The first decision on each submitted verdict that names, or by approving repeats, a rating."""
    first = (
        Review.objects.filter(workspace=desk, decision__in=_PAIRED)
        .order_by("claim_id", "pk")
        .distinct("claim_id")
    )
    return Review.objects.filter(span.within("created_at"), pk__in=first.values("pk"))


def claims_behind(desk: Workspace, behind: Behind) -> QuerySet[Claim]:
    claims, span, key = Claim.objects.filter(workspace=desk), behind.span, behind.key
    if behind.figure == "ratings":
        standing = live(desk, span)
        return claims.filter(pk__in=(standing.filter(rating=key) if key else standing).values("claim"))
    if behind.figure == "pace":
        return approved(desk, _month(key) or span)
    if behind.figure == "ages":
        claims = Claim.objects.put_forward().filter(workspace=desk)
        waiting = claims.filter(status__in=[key] if key in set(WAITING) else [one.value for one in WAITING])
        return waiting.filter(of_age(behind.age, timezone.now())) if behind.age in AGES else waiting
    if behind.figure == "dismissed":
        rows = claims.filter(span.within("moved_at"), status=Status.DISMISSED.value)
        return rows.filter(dismissal=key) if key else rows
    if behind.figure == "agreement":
        paired = reviews(desk, span)
        if key == "different":
            paired = paired.exclude(own_rating="").exclude(own_rating=F("verdict__rating"))
        return claims.filter(pk__in=paired.values("claim"))
    rows_of = publications(desk, span)
    if key in Amendment.CorrectionType.values:
        rows_of = rows_of.filter(kind=Publication.Kind.CORRECTED, correction_type=key)
    elif key in Publication.Kind.values:
        rows_of = rows_of.filter(kind=key)
    else:
        rows_of = rows_of.exclude(kind=Publication.Kind.PUBLISHED)
    return claims.filter(pk__in=rows_of.values("claim"))


def _month(key: str) -> Span | None:
    """The days of YYYY-MM; None for what is no month."""
    try:
        first = date.fromisoformat(f"{key}-01")
        after = (first + timedelta(days=32)).replace(day=1)
    except (ValueError, OverflowError):
        return None
    return Span(first, after - timedelta(days=1))
