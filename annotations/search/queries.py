"""Finding claims by their words. The words are folded and split by the database, for texts and for what is typed."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from annotations.claims.models import ClaimQuerySet
from annotations.people.models import User, Workspace
from annotations.verdicts.models import readable_claims

MOST = 200
"""Characters of a query that are read."""


class TypedQuery(SearchQuery):
    """Words as one types them on the web: all of them, `"a phrase"`, `or`, `-without`; beginnings of words will do."""

    SEARCH_TYPES = {**SearchQuery.SEARCH_TYPES, "typed": "factcheck_query"}

    def __init__(self, words: str) -> None:
        super().__init__(words.replace("\x00", " ")[:MOST].strip(), search_type="typed")


def ratings_seen_by(person: User) -> Q:
    """Of which claims this person may be told the rating and the reasons: by filter, facet, hit or row.

    The one place to keep a first verdict from somebody who has to decide blind. Empty for somebody whose desks do not
    review blind, so that their searches stay as quick as they were; that is asked once for a person in hand.
    """
    known = vars(person)
    if "_decides_blind" not in known:
        blind = Workspace.objects.filter(
            memberships__user=person, memberships__is_active=True, is_review_blind=True
        )
        known["_decides_blind"] = blind.exists()
    return readable_claims(person) if known["_decides_blind"] else Q()


def holds(words: str, person: User) -> Q:
    """The condition that a claim holds these words. Reasons count only where this person may read them."""
    if not words.strip():
        return Q()
    query = TypedQuery(words)
    everywhere = Q(document__all_words=query)
    seen = ratings_seen_by(person)
    return everywhere & seen | Q(document__words=query) if seen else everywhere


def matching(claims: ClaimQuerySet, words: str, person: User) -> ClaimQuerySet:
    """Those that hold these words."""
    return claims.filter(holds(words, person))
