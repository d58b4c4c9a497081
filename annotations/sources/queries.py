from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from annotations.claims.models import Claim
from annotations.desks.queries import policy_of
from annotations.people.models import Workspace
from annotations.sources.models import Evidence, EvidenceQuerySet, Source, SourceQuerySet, StoredCopy
from annotations.sources.policy import Cited, Standing, standing
from annotations.sources.quotes import find_quote


def evidence_for(claim: Claim) -> EvidenceQuerySet:
    """The standing evidence of a claim with its sources, in the order it was added: [1], [2] in the reasons."""
    return Evidence.objects.standing().filter(claim=claim).select_related("source", "added_by").order_by("pk")


def policy_standing(claim: Claim) -> Standing:
    """How the claim's evidence stands against the source policy. Two queries."""
    return standing((as_cited(item) for item in evidence_for(claim)), policy_of(claim.workspace_id))


def as_cited(item: Evidence) -> Cited:
    return Cited(item.is_primary, item.origin, item.source.publisher, item.source.url)


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
    words = " ".join(words.replace("\0", "").split())[:200]
    if len(words) < 2:
        return Source.objects.none()
    fits = Q(title__icontains=words) | Q(publisher__icontains=words) | Q(url__icontains=words)
    first = Case(When(title__istartswith=words, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Source.objects.filter(fits, workspace=workspace).order_by(first, "-pk")[:most]
