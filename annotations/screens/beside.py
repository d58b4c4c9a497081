"""The stored copy of a source as it is read beside the claim, with the quoted words in their place."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.refusals import Answer
from annotations.reviews.differences import Piece, word_diff
from annotations.screens.passages import Passage, passages
from annotations.snapshots.models import Snapshot
from annotations.sources.models import Evidence, StoredCopy
from annotations.sources.permissions import may_cite, may_keep_copy
from annotations.sources.queries import copies_of, evidence_for
from annotations.sources.quotes import State

MOST_COPIES = 20


@dataclass(frozen=True)
class Beside:
    """One source of a claim. `number` of `count`, as [1], [2] in the reasons; `before` and `after` are its neighbours.

    `snapshot` is the copy shown, with its text; None when there is none. `differs` holds quote and passage, word by
    word, when they only resemble. `is_newest` says whether a newer copy than the one shown is stored.
    """

    claim: Claim
    evidence: Evidence
    number: int
    count: int
    before: int | None
    after: int | None
    snapshot: Snapshot | None
    is_newest: bool
    copies: tuple[StoredCopy, ...]
    passages: tuple[Passage, ...]
    state: str
    differs: tuple[tuple[Piece, ...], tuple[Piece, ...]] | None
    may_cite: Answer
    may_keep_copy: Answer
    is_open: bool


def beside(
    *, claim: Claim, person: User, evidence_id: int | None = None, copy_id: int | None = None
) -> Beside | None:
    """The source of that evidence, or the claim's first; None when the claim has no such source. Four queries.

    Shown is the copy of `copy_id`, else the one in which the quote was looked up, else the newest.
    """
    every = list(evidence_for(claim).select_related("source__workspace", "source__fetching"))
    keys = [item.pk for item in every]
    if not keys or (evidence_id is not None and evidence_id not in keys):
        return None
    at = keys.index(evidence_id) if evidence_id is not None else 0
    evidence = every[at]
    copies = tuple(copies_of(evidence.source)[:MOST_COPIES])
    snapshot = _shown(evidence, copies, copy_id)
    text = Snapshot.objects.values_list("text", flat=True).get(pk=snapshot.pk) if snapshot else ""
    mark = _mark(evidence, snapshot)
    return Beside(
        claim=claim,
        evidence=evidence,
        number=at + 1,
        count=len(keys),
        before=keys[at - 1] if at else None,
        after=keys[at + 1] if at + 1 < len(keys) else None,
        snapshot=snapshot,
        is_newest=not copies or copies[0].snapshot_id == (snapshot.pk if snapshot else None),
        copies=copies,
        passages=tuple(passages(text, mark)),
        state=evidence.quote_state if snapshot and snapshot.pk == evidence.quote_snapshot_id else "",
        differs=word_diff(evidence.quote, text[mark[0] : mark[1]])
        if mark and evidence.quote_state == State.NEAR
        else None,
        may_cite=may_cite(person, claim),
        may_keep_copy=may_keep_copy(person, evidence.source),
        is_open=claim.status == Status.ACCEPTED,
    )


def _shown(evidence: Evidence, copies: tuple[StoredCopy, ...], asked: int | None) -> Snapshot | None:
    by_key = {copy.snapshot_id: copy.snapshot for copy in copies}
    wanted = asked if asked in by_key else evidence.quote_snapshot_id
    return by_key.get(wanted or 0) or (copies[0].snapshot if copies else None)


def _mark(evidence: Evidence, snapshot: Snapshot | None) -> tuple[int, int] | None:
    if snapshot is None or snapshot.pk != evidence.quote_snapshot_id or not evidence.quote_end:
        return None
    return evidence.quote_start, evidence.quote_end
