"""Search with facets: everything in work and everything checked, one claim a row, each number leading to its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, Count, F, Func, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.claims.lifecycle import LIVE, Status
from annotations.claims.models import Claim, ClaimQuerySet
from annotations.desks.queries import scales_of
from annotations.desks.scale import Scales
from annotations.people.models import User, Workspace
from annotations.saved_views.models import SavedView
from annotations.saved_views.queries import views_of
from annotations.screens.claim_list import TONES
from annotations.screens.filters import (
    AGES,
    LABELS,
    SPANS,
    STATES,
    TYPES,
    Chip,
    Filter,
    chips,
    people_of,
    read_query,
)
from annotations.screens.paging import By, Order, page
from annotations.screens.queue import COUNTED, Link, View, offered, sorts
from annotations.search.queries import TypedQuery, holds, ratings_seen_by
from annotations.search.snippets import Piece, has_hit, snippet, terms
from annotations.sources.models import Evidence
from annotations.verdicts.models import Verdict

PAGE = 25
SHOWN = 12
"""Values of one facet that are offered, the most frequent first."""

_NEWEST: Order = (By("moved_at", datetime, descending=True), By("id", int, descending=True))
ORDERS: dict[str, Order] = {"best": (By("fit", int, descending=True), *_NEWEST), "newest": _NEWEST}
_LIVE = sorted(status.value for status in LIVE)
_DRAWN = Q(is_sample=True, status=Status.CANDIDATE.value)


@dataclass(frozen=True)
class Choice:
    label: str
    count: int
    query: str
    is_current: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Hit:
    """A claim that was found. `wording` is its statement with what was searched for marked; `also` where else it is."""

    claim: Claim
    status: str
    tone: str
    rating: str
    wording: list[Piece]
    also: tuple[tuple[str, list[Piece]], ...]


@dataclass(frozen=True)
class Search:
    desk: Workspace
    asked: Filter
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    sorts: tuple[Link, ...]
    chips: tuple[Chip, ...]
    views: tuple[View, ...]
    next_page: str


def search(
    *, desk: Workspace, person: User, asked: Filter, after: str = "", people: Collection[User] = ()
) -> Search:
    """One page of what fits, dismissed and merged claims only when their state is asked for."""
    people = people or people_of(desk)
    now, scales = timezone.now(), scales_of(desk.pk)
    sort = asked.sort if asked.sort in ORDERS else "best"
    if not asked.q:
        sort = "newest"
    claims = Claim.objects.filter(workspace=desk).exclude(_DRAWN)
    views = views_of(desk, person, SavedView.Page.SEARCH)
    found, mark = page(
        _ranked(claims.filter(_fits(asked, person, now)), asked, sort), ORDERS[sort], after, PAGE
    )
    counts = _counts(claims, asked, views, people, person, now)
    return Search(
        desk=desk,
        asked=asked,
        total=counts.pop("total"),
        hits=_hits(found, asked, person),
        facets=_facets(claims, asked, people, person, now, scales),
        sorts=sorts(asked, sort, [*ORDERS]) if asked.q else (),
        chips=chips(replace(asked, q=""), people, scales),
        views=offered(views, counts, asked, people, person),
        next_page=mark,
    )


def found_claims(*, desk: Workspace, person: User, asked: Filter) -> ClaimQuerySet:
    """Everything that fits, in no order yet: for programs."""
    claims = Claim.objects.filter(workspace=desk).exclude(_DRAWN)
    return claims.filter(_fits(asked, person, timezone.now()))


def _fits(asked: Filter, person: User, now: datetime) -> Q:
    """The whole filter as one condition on claims."""
    return _parts(asked, person, now, without="")


def _parts(asked: Filter, person: User, now: datetime, *, without: str) -> Q:
    """The filter without one of its fields. What was set aside counts only where the state is asked for or open."""
    found = holds(asked.q, person)
    for name, condition in _CONDITIONS.items():
        if name != without and (value := getattr(asked, name)):
            found &= condition(value, person, now)
    return found if asked.state or without == "state" else found & Q(status__in=_LIVE)


def _of_person(value: str, person: User, now: datetime) -> Q:
    if value == "none":
        return Q(reviewer=None)
    key = person.pk if value == "me" else int(value)
    return Q(reviewer=key) | Q(second_reviewer=key)


def _of_age(value: str, person: User, now: datetime) -> Q:
    if value == "older":
        return Q(created_at__lt=now - SPANS["month"])
    return Q(created_at__gte=now - SPANS[value])


_Condition = Callable[[str, User, datetime], Q]
_CONDITIONS: Mapping[str, _Condition] = {
    "state": lambda value, *_: Q(is_held=True) if value == "HELD" else Q(status=value),
    "rating": lambda value, person, _: Q(document__rating=value) & ratings_seen_by(person),
    "qualifier": lambda value, person, _: Q(document__qualifiers__contains=[value]) & ratings_seen_by(person),
    "outlet": lambda value, *_: Q(article__outlet=value),
    "language": lambda value, *_: Q(article__language__iexact=value),
    "claimant": lambda value, *_: Q(claimant=value),
    "person": _of_person,
    "priority": lambda value, *_: Q(priority=int(value)) | Q(priority=None, article__priority=int(value)),
    "type": lambda value, *_: Q(type=value),
    "age": _of_age,
}


def _ranked(claims: ClaimQuerySet, asked: Filter, sort: str) -> ClaimQuerySet:
    """With a `fit` in millionths, so that pages can go by it exactly."""
    rows = claims.select_related("article", "reviewer", "document")
    rows = rows.defer("document__words", "document__all_words", "signals", "quantities", "dates")
    if sort != "best":
        return rows
    rank = SearchRank(F("document__words"), TypedQuery(asked.q))
    return rows.annotate(fit=Cast(rank * 1_000_000, IntegerField()))


def _hits(claims: list[Claim], asked: Filter, person: User) -> tuple[Hit, ...]:
    """The rows with their hits marked: three queries, however many there are."""
    keys = [claim.pk for claim in claims]
    seen = set(Claim.objects.filter(ratings_seen_by(person), pk__in=keys).values_list("pk", flat=True))
    newest = Verdict.objects.filter(claim__in=seen).latest_of_each().values_list("claim_id", "reasons")
    reasons = dict(newest)
    cited: dict[int, list[str]] = {}
    standing = Evidence.objects.standing().filter(claim__in=keys).order_by("pk")
    for claim, quote, title in standing.values_list("claim_id", "quote", "source__title"):
        cited.setdefault(claim, []).extend(words for words in (title, quote) if words)
    wanted = terms(asked.q)
    return tuple(_hit(claim, wanted, claim.pk in seen, reasons, cited) for claim in claims)


def _hit(
    claim: Claim, wanted: list[str], is_seen: bool, reasons: dict[int, str], cited: dict[int, list[str]]
) -> Hit:
    status = Status(claim.status)
    wording = claim.statement or claim.exact
    places = [(_("In the article"), "" if claim.exact.casefold() in wording.casefold() else claim.exact)]
    places += [
        (_("Reasons"), reasons.get(claim.pk, "")),
        *((_("Source"), words) for words in cited.get(claim.pk, [])),
    ]
    also = [(label, snippet(words, wanted)) for label, words in places if words and has_hit(words, wanted)]
    return Hit(
        claim=claim,
        status=status.label,
        tone=TONES.get(status, "work"),
        rating=claim.document.rating if is_seen else "",
        wording=snippet(wording, wanted, size=400),
        also=tuple(also[:2]),
    )


def _facets(
    claims: ClaimQuerySet,
    asked: Filter,
    people: Collection[User],
    person: User,
    now: datetime,
    scales: Scales,
) -> tuple[Facet, ...]:
    """What else one could choose, with counts: each facet under all of the filter but itself. One query a facet."""
    names = {str(one.pk): one.display_name for one in people}
    seen = ratings_seen_by(person)
    fields: dict[str, tuple[Any, Mapping[str, str] | None, Q]] = {
        "state": (F("status"), STATES, Q()),
        "rating": (F("document__rating"), {code: one.label for code, one in scales.looks.items()}, seen),
        "qualifier": (
            Func(F("document__qualifiers"), function="unnest", output_field=TextField()),
            scales.qualifier_looks,
            seen,
        ),
        "outlet": (F("article__outlet"), None, Q()),
        "claimant": (F("claimant"), None, Q()),
        "person": (Cast("reviewer_id", TextField()), names, Q()),
        "type": (F("type"), TYPES, Q()),
        "age": (_age(now), AGES, Q()),
    }
    return tuple(
        Facet(name, LABELS[name], _choices(claims, asked, name, value, words, extra, person, now))
        for name, (value, words, extra) in fields.items()
    )


def _choices(
    claims: ClaimQuerySet,
    asked: Filter,
    name: str,
    value: Any,
    words: Mapping[str, str] | None,
    extra: Q,
    person: User,
    now: datetime,
) -> tuple[Choice, ...]:
    current = getattr(asked, name)
    rows = claims.filter(_parts(asked, person, now, without=name), extra)
    counted = rows.order_by().annotate(facet=value).values_list("facet").annotate(n=Count("pk"))
    found = [
        (str(code), n) for code, n in counted.order_by("-n", "facet")[: SHOWN + 1] if code not in ("", None)
    ]
    return tuple(
        Choice(
            label=words.get(code, code) if words else code,
            count=n,
            query=asked.query(**{name: "" if code == current else code}),
            is_current=code == current,
        )
        for code, n in found[:SHOWN]
        if words is None or code in words
    )


def _age(now: datetime) -> Any:
    steps = [When(created_at__gte=now - span, then=Value(code)) for code, span in SPANS.items()]
    return Case(*steps, default=Value("older"), output_field=TextField())


def _counts(
    claims: ClaimQuerySet,
    asked: Filter,
    views: list[SavedView],
    people: Collection[User],
    person: User,
    now: datetime,
) -> dict[str, int]:
    """How many claims fit, and how many each saved view holds: one query."""
    wanted = {"total": _fits(asked, person, now)}
    for saved in views[:COUNTED]:
        wanted[f"view_{saved.pk}"] = _fits(read_query(saved.query, people), person, now)
    return claims.aggregate(**{name: Count("pk", filter=fits) for name, fits in wanted.items()})
