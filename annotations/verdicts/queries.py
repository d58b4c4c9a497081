from __future__ import annotations

from typing import Any

from annotations.claims.models import Claim
from annotations.sources.models import Evidence
from annotations.verdicts.models import OwnRating, Verdict


def latest_verdict(claim: Claim) -> Verdict | None:
    """The newest revision: the one in hand, or the one that was submitted last."""
    return Verdict.objects.filter(claim=claim).select_related("author").order_by("-number").first()


def contributors(claim: Claim) -> set[int]:
    """Keys of everybody who wrote a revision of the verdict or cited a source for it; they never approve it."""
    authors = Verdict.objects.filter(claim=claim).values_list("author_id")
    citers = Evidence.objects.filter(claim=claim).values_list("added_by_id")
    return {person for (person,) in authors.union(citers)}


def own_rating_of(person: Any, claim: Claim, verdict: Verdict | None) -> OwnRating | None:
    """What this person locked for this revision of the verdict."""
    return OwnRating.objects.filter(claim=claim, verdict=verdict, reviewer_id=person.pk).first()


def unticked_items(claim: Claim) -> int:
    """How many of the changes that were asked for last the author has not answered.

    Asked through the claim: the room of the reviews lies above this one.
    """
    last = claim.reviews.filter(decision="CHANGES").order_by("-pk").first()
    return last.items.filter(is_done=False).count() if last else 0
