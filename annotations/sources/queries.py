from __future__ import annotations

from annotations.claims.models import Claim
from annotations.desks.queries import policy_of
from annotations.sources.models import Evidence, EvidenceQuerySet
from annotations.sources.policy import Cited, Standing, standing


def evidence_for(claim: Claim) -> EvidenceQuerySet:
    """The standing evidence of a claim with its sources, in the order it was added: [1], [2] in the reasons."""
    return Evidence.objects.standing().filter(claim=claim).select_related("source", "added_by").order_by("pk")


def policy_standing(claim: Claim) -> Standing:
    """How the claim's evidence stands against the source policy. Two queries."""
    return standing((as_cited(item) for item in evidence_for(claim)), policy_of(claim.workspace_id))


def as_cited(item: Evidence) -> Cited:
    return Cited(item.is_primary, item.origin, item.source.publisher, item.source.url)
