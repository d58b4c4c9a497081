"""What changed on a desk since an entry of its history: by kind, article, claim and person. Words are not sent along;
whoever is told asks for what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Model

from annotations.articles.models import Article, ArticleVersion
from annotations.audit.models import AuditEntry, AuditHead
from annotations.claims.models import Claim
from annotations.discussions.models import Comment, Thread
from annotations.flags.models import Flag
from annotations.people.models import Membership
from annotations.precedents.models import Match
from annotations.reports.models import Report
from annotations.reviews.models import Amendment, ChangeItem, Publication, Review
from annotations.sources.models import Evidence
from annotations.verdicts.models import Verdict

MOST = 200
# Behind by more than this, one looks at everything again instead of at each change.
TOO_FAR = 2_000

# Model, kind, and how one gets from a row to its claim and its article ("" for none).
_WHERE: tuple[tuple[type[Model], str, str, str], ...] = (
    (Article, "article", "", "pk"),
    (ArticleVersion, "article", "", "article_id"),
    (Claim, "claim", "pk", "article_id"),
    (Verdict, "verdict", "claim_id", "claim__article_id"),
    (Evidence, "evidence", "claim_id", "claim__article_id"),
    (Flag, "evidence", "evidence__claim_id", "evidence__claim__article_id"),
    (Review, "review", "claim_id", "claim__article_id"),
    (ChangeItem, "review", "review__claim_id", "review__claim__article_id"),
    (Amendment, "review", "claim_id", "claim__article_id"),
    (Publication, "publication", "claim_id", "claim__article_id"),
    (Report, "publication", "", "article_id"),
    (Match, "match", "claim_id", "claim__article_id"),
    (Thread, "comment", "claim_id", "claim__article_id"),
    (Comment, "comment", "thread__claim_id", "thread__claim__article_id"),
    (Membership, "people", "", ""),
)
_KINDS = {model._meta.db_table: (model, kind, claim, article) for model, kind, claim, article in _WHERE}
KINDS = [
    (kind, kind) for kind in sorted({row[1] for row in _WHERE} | {"progress", "here", "notice", "reset"})
]


@dataclass(frozen=True)
class Change:
    """One thing that changed. `seq` is its place in the desk's history, 0 for what is not in it."""

    desk: int
    seq: int
    kind: str
    article: int | None = None
    claim: int | None = None
    by: int | None = None
    name: str = ""
    at: str = ""

    def as_values(self) -> dict[str, Any]:
        return asdict(self)


def head_of(desks: Iterable[int]) -> dict[int, int]:
    """Where each desk's history ends now."""
    found = dict(AuditHead.objects.filter(pk__in=list(desks)).values_list("workspace_id", "seq"))
    return {desk: found.get(desk, 0) for desk in desks}


def changes_after(desk: int, seq: int) -> tuple[list[Change], int]:
    """What changed after this entry, oldest first, each thing once; and the entry up to which was read.

    Too far behind, the answer is a single `reset`.
    """
    head = head_of([desk])[desk]
    if head - seq > TOO_FAR or seq > head:
        return [Change(desk, head, "reset")], head
    rows = AuditEntry.objects.filter(workspace_id=desk, seq__gt=seq, seq__lte=head)
    entries = list(rows.filter(table_name__in=_KINDS).order_by("-seq")[: MOST + 1])
    if len(entries) > MOST:
        return [Change(desk, head, "reset")], head
    places = _places(entries)
    latest: dict[tuple[Any, ...], Change] = {}
    for entry in entries:  # newest first: the newest of each thing counts
        kind = _KINDS[entry.table_name][1]
        claim, article = places.get((entry.table_name, entry.row_id), (None, None))
        change = Change(
            desk, entry.seq, kind, article, claim, entry.actor_id, entry.actor_name, entry.at.isoformat()
        )
        latest.setdefault((kind, article, claim, entry.actor_id), change)
    return sorted(latest.values(), key=lambda change: change.seq), head


def _places(entries: Iterable[AuditEntry]) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """Claim and article of each row; one query a table."""
    keys: dict[str, set[int]] = {}
    for entry in entries:
        keys.setdefault(entry.table_name, set()).add(int(entry.row_id))
    found: dict[tuple[str, str], tuple[int | None, int | None]] = {}
    for table, pks in keys.items():
        model, _, claim, article = _KINDS[table]
        columns = ["pk", *(name for name in (claim, article) if name)]
        rows: Iterable[tuple[Any, ...]] = model._default_manager.filter(pk__in=pks).values_list(*columns)
        for row in rows:
            values = dict(zip(columns, row, strict=True))
            found[table, str(values["pk"])] = (values.get(claim), values.get(article))
    return found


def article_of_job(job_id: int) -> int | None:
    return ArticleVersion.objects.filter(extraction_id=job_id).values_list("article_id", flat=True).first()


def written(positions: Mapping[int, int]) -> str:
    """Positions as one word, for an event's id: `3-120.7-44`."""
    return ".".join(f"{desk}-{seq}" for desk, seq in sorted(positions.items()))


def read_positions(words: str) -> dict[int, int]:
    """The positions in such a word; what is none is left out."""
    found: dict[int, int] = {}
    for part in words[:2_000].split("."):
        desk, _, seq = part.partition("-")
        if desk.isascii() and seq.isascii() and desk.isdigit() and seq.isdigit() and len(desk + seq) < 30:
            found[int(desk)] = min(int(seq), 2**63 - 1)
    return found
