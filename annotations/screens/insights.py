"""Insights: how well what was proposed fits what people decided, counted over the decisions that stand.

The same few questions in every grouping, each one query: per extractor version, outlet, claim type and month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.claims.lifecycle import DismissalReason
from annotations.claims.models import Claim, DeskCalibration, Label
from annotations.claims.permissions import may_read_labels
from annotations.claims.queries import active_calibration
from annotations.claims.worth import MISTAKES, POSITIVE, WORTHY, Decision
from annotations.people.models import User, Workspace
from annotations.tongue import noop, table

PAGE = 50
MOST = 20
"""Rows of one table on the page; the file has them all."""
MONTHS = 12

_PROPOSED = Q(is_by_hand=False, is_sample=False)
_IS_WORTH = Q(decision__in=[one.value for one in POSITIVE]) | Q(decision="DISMISSED", reason__in=WORTHY)
KINDS: dict[str, tuple[str, Q]] = {
    "decided": (noop("Proposals decided on"), _PROPOSED),
    "right": (noop("Proposals that were right"), _PROPOSED & _IS_WORTH),
    "wrong": (noop("Proposals that were wrong"), _PROPOSED & Q(decision="DISMISSED", reason__in=MISTAKES)),
    "edited": (noop("Proposals that were edited"), _PROPOSED & Q(decision=Decision.EDITED.value)),
    "added": (
        noop("Claims people added that had been missed"),
        Q(is_by_hand=True) & _IS_WORTH & ~Q(extractor=""),
    ),
    "sampled": (noop("Sample decided on"), Q(is_sample=True)),
    "sample_missed": (noop("Claims found in the sample"), Q(is_sample=True) & _IS_WORTH),
}
GROUPS = table({"extractor": "Extractor version", "outlet": "Outlet", "type": "Claim type", "month": "Month"})


@dataclass(frozen=True)
class Filters:
    """Which decisions; every one that is set has to fit. `month` is YYYY-MM of the decision, in UTC."""

    extractor: str = ""
    outlet: str | None = None
    type: str = ""
    month: str = ""
    reason: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """The figures of one group. `passed_over` estimates from the sample how many claims were missed."""

    key: str
    label: str
    decided: int = 0
    right: int = 0
    wrong: int = 0
    edited: int = 0
    added: int = 0
    sampled: int = 0
    sample_missed: int = 0
    passed_over: float = 0.0

    @property
    def precision(self) -> float | None:
        """Of the proposals that were right or wrong, the share that was right."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Of the claims proposed rightly or added by people, the share that had been proposed."""
        return _share(self.right, self.right + self.added)

    @property
    def sample_recall(self) -> float | None:
        """The same, with what was missed estimated from the sample."""
        return _share(self.right, self.right + self.passed_over) if self.sampled else None


@dataclass(frozen=True)
class Table:
    group: str
    title: str
    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True)
class Reason:
    code: str
    label: str
    count: int
    is_mistake: bool


@dataclass(frozen=True)
class Insights:
    desk: Workspace
    total: Row
    tables: tuple[Table, ...]
    months: tuple[Row, ...]
    reasons: tuple[Reason, ...]
    calibrations: tuple[DeskCalibration, ...]
    is_calibrated: bool
    is_empty: bool


def insights(*, desk: Workspace, person: User) -> Insights:
    """The page, in a number of queries that does not grow with the decisions. For editors: refuses others."""
    may_read_labels(person, desk).or_refuse()
    total = _rows(_standing(desk), "workspace")
    by_group = {group: _rows(_standing(desk), group) for group in GROUPS}
    months = sorted(by_group.pop("month"), key=lambda row: row.key)[-MONTHS:]
    return Insights(
        desk=desk,
        total=total[0] if total else Row("", ""),
        tables=tuple(
            Table(group, GROUPS[group], tuple(rows[:MOST]), max(0, len(rows) - MOST))
            for group, rows in by_group.items()
        ),
        months=tuple(months),
        reasons=_reasons(_standing(desk)),
        calibrations=tuple(
            DeskCalibration.objects.filter(workspace=desk).select_related("fitted_by").order_by("-number")[:5]
        ),
        is_calibrated=active_calibration(desk) is not None,
        is_empty=not months,
    )


def all_rows(*, desk: Workspace, person: User) -> list[tuple[str, Row]]:
    """Every row of every grouping, for the file: (group in words, figures)."""
    may_read_labels(person, desk).or_refuse()
    found = [(_("All"), row) for row in _rows(_standing(desk), "workspace")]
    return found + [(title, row) for group, title in GROUPS.items() for row in _rows(_standing(desk), group)]


def decisions(
    *, desk: Workspace, person: User, filters: Filters, before: int | None = None
) -> tuple[list[Label], int | None]:
    """One page of the decisions behind a figure, newest first, and the key to go on from; None at the end."""
    may_read_labels(person, desk).or_refuse()
    rows = _standing(desk)
    if filters.kind in KINDS:
        rows = rows.filter(KINDS[filters.kind][1])
    if filters.extractor:
        rows = rows.filter(extractor=filters.extractor)
    if filters.outlet is not None:
        rows = rows.filter(article__outlet=filters.outlet)
    if filters.type:
        rows = rows.filter(type=filters.type)
    if filters.reason:
        rows = rows.filter(reason=filters.reason, is_by_hand=False, is_sample=False)
    if month := _month(filters.month):
        rows = rows.filter(created_at__year=month[0], created_at__month=month[1])
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(
        rows.select_related("claim", "article", "decided_by")
        .only(
            *("decision", "reason", "extractor", "score", "rank", "type", "is_sample", "is_by_hand"),
            *("created_at", "claim__exact", "article__title", "article__opening", "article__outlet"),
            *("decided_by__name", "decided_by__username"),
        )
        .order_by("-pk")[: PAGE + 1]
    )
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def _standing(desk: Workspace) -> QuerySet[Label]:
    """Not counted: what is neither a proposal's, nor the sample's, nor missed by any extractor."""
    return Label.objects.filter(workspace=desk).standing()


def _rows(labels: QuerySet[Label], group: str) -> list[Row]:
    keys: dict[str, Any] = {
        "workspace": Value(""),
        "extractor": F("extractor"),
        "outlet": F("article__outlet"),
        "type": F("type"),
        "month": TruncMonth("created_at", tzinfo=UTC),
    }
    counted = {kind: Count("pk", filter=condition) for kind, (_, condition) in KINDS.items()}
    missed = Sum("weight", filter=KINDS["sample_missed"][1])
    if group == "extractor":
        labels = labels.exclude(extractor="")
    rows = labels.order_by().values(key=keys[group]).annotate(**counted, passed_over=missed, n=Count("pk"))
    found = [dict[str, Any](row) for row in rows.order_by("-n", "key")]
    return [
        Row(
            key=f"{row['key']:%Y-%m}" if group == "month" else row["key"],
            label=_label(group, row["key"]),
            passed_over=row["passed_over"] or 0.0,
            **{kind: row[kind] for kind in KINDS},
        )
        for row in found
    ]


def _label(group: str, key: Any) -> str:
    if group == "month":
        return date_format(key, "M Y")
    if group == "type":
        return str(Claim.Type(key).label) if key in Claim.Type.values else str(key)
    return str(key) or (_("No outlet given") if group == "outlet" else "")


def _reasons(labels: QuerySet[Label]) -> tuple[Reason, ...]:
    counts = (
        labels.filter(_PROPOSED, decision=Decision.DISMISSED.value)
        .order_by()
        .values("reason")
        .annotate(n=Count("pk"))
    )
    return tuple(
        Reason(row["reason"], DismissalReason(row["reason"]).label, row["n"], row["reason"] in MISTAKES)
        for row in counts.order_by("-n", "reason")
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _month(given: str) -> tuple[int, int] | None:
    """Year and month of YYYY-MM; None for what is no month."""
    try:
        first = date.fromisoformat(f"{given}-01")
    except ValueError:
        return None
    return first.year, first.month
