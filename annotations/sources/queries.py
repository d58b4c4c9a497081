from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from annotations.claims.models import Claim
from annotations.desks.policy import Policy
from annotations.desks.queries import policy_of
from annotations.people.models import Workspace
from annotations.sources.models import (
    Evidence,
    EvidenceQuerySet,
    LikeStory,
    RatedReliability,
    Source,
    SourceQuerySet,
    StoredCopy,
)
from annotations.sources.policy import Cited, Standing, standing
from annotations.sources.quotes import find_quote


def evidence_for(claim: Claim) -> EvidenceQuerySet:
    """The standing evidence of a claim with its sources, in the order it was added: [1], [2] in the reasons."""
    return Evidence.objects.standing().filter(claim=claim).select_related("source", "added_by").order_by("pk")


def policy_standing(claim: Claim) -> Standing:
    """How the claim's evidence stands against the source policy. Three queries."""
    return standing_of(list(evidence_for(claim)), policy_of(claim.workspace_id))


def standing_of(items: Sequence[Evidence], policy: Policy) -> Standing:
    """The same for evidence that has been read, with its sources. One query, none for a single document."""
    return standing((_as_cited(item) for item in items), policy, _links({item.source_id for item in items}))


def _as_cited(item: Evidence) -> Cited:
    source = item.source
    return Cited(item.is_primary, item.origin, source.publisher, source.url, source.pk, item.is_apart)


def _links(keys: Collection[int]) -> dict[frozenset[int], str]:
    """The pairs among these documents that tell the same story, with the agency that both credit."""
    if len(keys) < 2:
        return {}
    rows = LikeStory.objects.filter(one__in=keys, other__in=keys, is_same=True)
    return {
        frozenset((one, other)): agency for one, other, agency in rows.values_list("one", "other", "agency")
    }


def sources_in(
    workspace: Workspace, *, words: str = "", type: str = "", reliability: str = ""
) -> SourceQuerySet:
    """The registry of a desk, filtered, each row with `citing`, how many claims cite it, and `has_copy`."""
    rows = Source.objects.filter(workspace=workspace)
    if words := _read(words):
        rows = rows.filter(_holds(words) | Q(author__icontains=words))
    if type:
        rows = rows.filter(type=type)
    if reliability:
        rows = rows.filter(reliability="" if reliability == "NONE" else reliability)
    citing = Evidence.objects.standing().filter(source=OuterRef("pk")).order_by().values("source")
    return rows.annotate(
        citing=Coalesce(Subquery(citing.annotate(n=Count("claim", distinct=True)).values("n")), 0),
        has_copy=Exists(StoredCopy.objects.filter(source=OuterRef("pk"))),
    )


def evidence_citing(source: Source) -> EvidenceQuerySet:
    """The standing evidence that points at a document, with claims and their articles."""
    return Evidence.objects.standing().filter(source=source).select_related("claim__article")


def reliabilities_of(source: Source) -> QuerySet[RatedReliability]:
    """How reliable it was held to be, newest first."""
    return RatedReliability.objects.filter(source=source).select_related("rated_by").order_by("-pk")


def copies_of(source: Source) -> QuerySet[StoredCopy]:
    """The stored copies of a document, newest first, without their bytes and texts."""
    rows = StoredCopy.objects.filter(source=source).select_related("snapshot__file", "added_by")
    return rows.defer("snapshot__text", "snapshot__file__data").order_by("-pk")


def newest_copy(source: Source) -> StoredCopy | None:
    """The copy that is read beside a claim, with its text. One query."""
    rows = StoredCopy.objects.filter(source=source).select_related("snapshot__file")
    return rows.defer("snapshot__file__data").order_by("-pk").first()


def proof_of(source: Source, quote: str, *, near: int | None = None) -> dict[str, Any]:
    """What looking the quote up in the newest copy comes to, as the `quote_…` fields of the evidence.

    `near` is the place in the copy that a person took the words from, in code points.
    """
    copy = newest_copy(source) if quote else None
    if copy is None or not copy.snapshot.has_text:
        nothing = {"quote_start": 0, "quote_end": 0, "quote_score": 0.0}
        return {"quote_state": "", "quote_snapshot": None, **nothing}
    found = find_quote(copy.snapshot.text, quote, near=near)
    return {
        "quote_state": found.state.value,
        "quote_snapshot": copy.snapshot,
        "quote_start": found.start,
        "quote_end": found.end,
        "quote_score": found.score,
    }


def sources_like(workspace: Workspace, words: str, *, most: int = 6) -> SourceQuerySet:
    """Documents of the registry whose title, publisher or address holds the words; titles that begin so first."""
    words = _read(words)
    if len(words) < 2:
        return Source.objects.none()
    fits = _holds(words)
    first = Case(When(title__istartswith=words, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Source.objects.filter(fits, workspace=workspace).order_by(first, "-pk")[:most]


def _read(words: str) -> str:
    return " ".join(words.replace("\0", "").split())[:200]


def _holds(words: str) -> Q:
    return Q(title__icontains=words) | Q(publisher__icontains=words) | Q(url__icontains=words)
