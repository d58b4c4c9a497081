from __future__ import annotations

from annotations.claims.models import Claim
from annotations.sources.models import Evidence
from annotations.verdicts.models import Verdict


def latest_verdict(claim: Claim) -> Verdict | None:
    """The newest revision: the one in hand, or the one that was submitted last."""
    return Verdict.objects.filter(claim=claim).select_related("author").order_by("-number").first()


def contributors(claim: Claim) -> set[int]:
    """Keys of everybody who wrote a revision of the verdict or cited a source for it; they never approve it."""
    authors = Verdict.objects.filter(claim=claim).values_list("author_id")
    citers = Evidence.objects.filter(claim=claim).values_list("added_by_id")
    return {person for (person,) in authors.union(citers)}
