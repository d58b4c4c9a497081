from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotations.articles.models import Article
from annotations.people.models import User
from annotations.presence.models import Presence


@dataclass(frozen=True)
class Here:
    """A person who has the article open; `claims` are those in hand. `working_since` belongs to the claim asked for."""

    person: User
    claims: frozenset[int]
    working_since: datetime | None


def people_here(article: Article, *, claim_id: int | None = None) -> list[Here]:
    """Everybody who is there now, each once, by name. One query."""
    rows = Presence.objects.fresh().filter(article=article).select_related("person").order_by("pk")[:200]
    tabs: dict[int, list[Presence]] = {}
    for row in rows:
        tabs.setdefault(row.person_id, []).append(row)
    found = []
    for mine in tabs.values():
        since = [row.working_since for row in mine if row.claim_id == claim_id and row.working_since]
        claims = frozenset(row.claim_id for row in mine if row.claim_id)
        found.append(Here(mine[0].person, claims, min(since) if since else None))
    return sorted(found, key=lambda here: (here.person.display_name.casefold(), here.person.pk))
