"""Finding claims by their words. The words are folded and split by the database, for texts and for what is typed."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQueryField
from django.db.models import Func, Q, TextField, Value

from annotations.claims.models import ClaimQuerySet
from annotations.people.models import User

MOST = 200
"""Characters of a query that are read."""


def ratings_seen_by(person: User) -> Q:
    """Of which claims this person may be told the rating and the reasons: by filter, facet, hit or row.

    The one place to keep a first verdict from somebody who has to decide blind.
    """
    return Q()


def matching(claims: ClaimQuerySet, words: str, person: User) -> ClaimQuerySet:
    """Those that hold these words. Reasons count only where this person may read them.

    `words` as one types them on the web: all words, `"a phrase"`, `or`, `-without`. Words match by their beginning.
    """
    asked = words.replace("\x00", " ")[:MOST].strip()
    if not asked:
        return claims
    query = Func(
        Value(asked, output_field=TextField()), function="factcheck_query", output_field=SearchQueryField()
    )
    seen = ratings_seen_by(person)
    everywhere, without_reasons = Q(document__all_words=query), Q(document__words=query)
    if not seen:
        return claims.filter(everywhere)
    return claims.filter(without_reasons | everywhere & seen)
