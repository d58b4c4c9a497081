"""What is still to be read by the model, and what was read so far."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import MD5, Coalesce, NullIf

from annotations.claims.lifecycle import LIVE
from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.people.models import User, Workspace
from annotations.precedents.models import Match, OutsideCheck, Vector
from annotations.precedents.nearest import Index

DESK = "desk"
"""The key of the job that compares a desk's claims."""


def words_of(claim: Claim) -> str:
    """What is compared: the wording that stands alone, or the words in the article until there is one."""
    return claim.statement or claim.exact


def claims_to_read(workspace_id: int, space: str) -> QuerySet[Claim]:
    """Live claims whose wording no vector of this `space` was made from, by key; each with `digest`, its MD5."""
    words = Coalesce(NullIf(F("statement"), Value("")), F("exact"), output_field=TextField())
    read = Vector.objects.filter(claim=OuterRef("pk"), space=space, text_md5=OuterRef("digest"))
    rows = Claim.objects.live().filter(workspace_id=workspace_id).annotate(digest=MD5(words))
    return rows.filter(~Exists(read)).only("statement", "exact").order_by("pk")


def checks_to_read(workspace_id: int, space: str) -> QuerySet[OutsideCheck]:
    """Outside checks whose claim or title has no vector yet, by key; with `digest` and `title_digest`."""
    vectors = Vector.objects.filter(outside_check=OuterRef("pk"))
    read = vectors.filter(part="CLAIM", space=space, text_md5=OuterRef("digest"))
    title_read = vectors.filter(part="TITLE", space=space, text_md5=OuterRef("title_digest"))
    has_title = ~Q(title="") | Q(Exists(vectors.filter(part="TITLE")))
    rows = OutsideCheck.objects.filter(workspace_id=workspace_id)
    rows = rows.annotate(digest=MD5("claim"), title_digest=MD5("title"))
    return rows.filter(~Exists(read) | has_title & ~Exists(title_read)).only("claim", "title").order_by("pk")


def claims_index(workspace_id: int, space: str, without: Collection[int] = ()) -> Index:
    """The live claims of a desk, keyed by their keys; `without` those that are read anew."""
    rows = Vector.objects.filter(workspace_id=workspace_id, space=space, claim__status__in=LIVE)
    return _index(rows.order_by("claim_id"), "claim_id", without)


def checks_index(workspace_id: int, space: str) -> Index:
    """The outside checks of a desk: claim and title of each share its key."""
    rows = Vector.objects.filter(workspace_id=workspace_id, space=space, outside_check__isnull=False)
    return _index(rows.order_by("outside_check_id", "part"), "outside_check_id", ())


def _index(rows: QuerySet[Vector], key: str, without: Collection[int]) -> Index:
    keys, parts = [], []
    for row_key, data in rows.values_list(key, "data").iterator(chunk_size=2_000):
        if row_key not in without:
            keys.append(row_key)
            parts.append(bytes(data))
    matrix = np.frombuffer(b"".join(parts), dtype="<f2").reshape(len(keys), -1) if keys else np.empty((0, 0))
    return Index(keys, matrix.astype(np.float16))


def matches_about(claim: Claim) -> QuerySet[Match]:
    """What was suggested or decided about this claim, whichever of the two it is; both must still stand."""
    live: list[Any] = sorted(LIVE)
    rows = Match.objects.filter(Q(claim=claim) | Q(earlier=claim)).exclude(status=Match.Status.LAPSED)
    rows = rows.filter(Q(claim__status__in=live) & (Q(earlier=None) | Q(earlier__status__in=live)))
    others = ("outside_check", "earlier__article", "claim__article", "decided_by")
    return rows.select_related(*others).order_by("-score", "-pk")


def own_pairs(desk: Workspace | None, *, contradicting: bool) -> QuerySet[Match]:
    """Pairs of our own claims that stand: those whose values exclude each other, or those that repeat."""
    live: list[Any] = sorted(LIVE)
    rows = Match.objects.standing().filter(workspace=desk, earlier__isnull=False)
    rows = rows.filter(claim__status__in=live, earlier__status__in=live)
    rows = rows.filter(contradiction__isnull=False) if contradicting else rows.filter(differs=False)
    return rows.select_related("claim__article", "earlier__article").order_by("-pk")


def is_waiting_to_be_compared(claim: Claim) -> bool:
    """Whether a worker still has to read this claim's wording, as far as the job of its desk says."""
    job = Job.objects.filter(workspace_id=claim.workspace_id, kind=Job.Kind.MATCH_CLAIMS, key=DESK).first()
    return job is not None and job.is_open


def checks_visible_to(person: User, *, words: str = "") -> QuerySet[OutsideCheck]:
    """Outside checks of the person's desks; `words` are looked for in claim, title and publisher."""
    rows = OutsideCheck.objects.visible_to(person)
    if words:
        wanted = Q(claim__icontains=words) | Q(title__icontains=words) | Q(publisher__icontains=words)
        rows = rows.filter(wanted)
    return rows
