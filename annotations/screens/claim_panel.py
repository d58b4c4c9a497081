"""The claim in hand: what is known, what may be done with it and why not, its verdict, sources and history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from annotations.audit.models import AuditEntry
from annotations.claims.lifecycle import CHOOSABLE_REASONS, Move, Status, legal_moves
from annotations.claims.models import Claim
from annotations.claims.permissions import may_edit, may_sort
from annotations.claims.queries import strength_of
from annotations.claims.services.triage import UNDOABLE
from annotations.desks.queries import policy_of
from annotations.people.models import User
from annotations.refusals import Answer
from annotations.reviews.models import ChangeItem, Review
from annotations.reviews.queries import open_items
from annotations.sources.models import Evidence
from annotations.sources.permissions import may_cite
from annotations.sources.policy import Standing, standing
from annotations.sources.queries import as_cited
from annotations.verdicts.models import Verdict
from annotations.verdicts.permissions import may_draft, may_submit, may_withdraw

_TONES = {
    Status.CANDIDATE: "candidate",
    Status.DISPUTED: "warn",
    Status.APPROVED: "good",
    Status.PUBLISHED: "good",
    Status.DISMISSED: "plain",
    Status.MERGED: "plain",
    Status.RETRACTED: "plain",
}
_DID = {
    "propose_claims": "found it",
    "mark_claim": "marked it by hand",
    "accept_claim": "accepted the candidate",
    "dismiss_claim": "dismissed it",
    "restore_claim": "restored it",
    "merge_claim": "merged it",
    "take_claim": "took it over",
    "edit_claim": "edited its wording",
    "edit_span": "moved its span",
    "undo": "undid a step",
    "draft_verdict": "wrote on the verdict",
    "submit_verdict": "submitted the verdict",
    "withdraw_verdict": "withdrew the verdict",
    "cite_source": "cited a source",
    "edit_evidence": "edited a source",
    "remove_evidence": "took a source off",
    "restore_evidence": "put a source back",
    "approve_verdict": "approved the verdict",
    "request_changes": "asked for changes",
    "disagree": "disagreed",
    "adjudicate": "settled the disagreement",
    "publish_claim": "published it",
    "publish_claims": "published it",
    "propose_correction": "proposed a correction",
    "propose_retraction": "proposed to retract it",
    "confirm_amendment": "confirmed the change to what is published",
    "cancel_amendment": "dropped the proposed change",
    "tick_item": "ticked off a change asked for",
    "reopen_claim": "reopened it",
}
_SHOWN_STEPS = 8


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    who: str
    did: str
    at: datetime


@dataclass(frozen=True)
class Panel:
    claim: Claim
    number: int
    before: int | None
    after: int | None
    status_label: str
    tone: str
    may_sort: Answer
    may_edit: Answer
    may_draft: Answer
    may_cite: Answer
    may_submit: Answer
    may_withdraw: Answer
    is_candidate: bool
    is_sampled: bool
    strength: str
    is_open: bool
    is_withdrawable: bool
    is_undoable: bool
    reasons: Sequence[tuple[str, str]]
    targets: Sequence[Claim]
    verdict: Verdict | None
    evidence: tuple[Evidence, ...]
    removed: tuple[Evidence, ...]
    standing: Standing
    items: tuple[ChangeItem, ...]
    reviews: tuple[Review, ...]
    steps: tuple[Step, ...]


def claim_panel(*, claim_id: int, number: int, person: User, before: int | None, after: int | None) -> Panel:
    """Read it all in a fixed number of queries."""
    claim = Claim.objects.select_related("reviewer", "merged_into").get(pk=claim_id)
    status = Status(claim.status)
    verdicts = list(Verdict.objects.filter(claim=claim).select_related("author").order_by("-number"))
    verdict = verdicts[0] if verdicts else None
    every = list(Evidence.objects.filter(claim=claim).select_related("source", "added_by").order_by("pk"))
    cited = tuple(item for item in every if item.removed_at is None)
    reviews = tuple(Review.objects.filter(claim=claim).select_related("reviewer", "verdict").order_by("-pk"))
    entries = _entries(claim, verdicts, every)
    last = next((entry for entry in entries if entry.table_name == Claim._meta.db_table), None)
    return Panel(
        claim=claim,
        number=number,
        before=before,
        after=after,
        status_label=status.label,
        tone=_TONES.get(status, "work"),
        may_sort=may_sort(person, claim),
        may_edit=may_edit(person, claim),
        may_draft=may_draft(person, claim),
        may_cite=may_cite(person, claim),
        may_submit=may_submit(person, claim),
        may_withdraw=may_withdraw(person, claim, verdict),
        is_candidate=status == Status.CANDIDATE,
        is_sampled=claim.is_sample and status == Status.CANDIDATE,
        strength=strength_of(claim),
        is_open=status == Status.ACCEPTED,
        is_withdrawable=Move.WITHDRAW in legal_moves(status),
        is_undoable=bool(last and last.actor_id == person.pk and last.verb in UNDOABLE),
        reasons=[(reason.value, reason.label) for reason in CHOOSABLE_REASONS],
        targets=_merge_targets(claim, status),
        verdict=verdict,
        evidence=cited,
        removed=tuple(item for item in every if item.removed_at is not None),
        standing=standing((as_cited(item) for item in cited), policy_of(claim.workspace_id)),
        items=tuple(open_items(claim)),
        reviews=reviews,
        steps=tuple(_steps(entries, person)),
    )


def _merge_targets(claim: Claim, status: Status) -> list[Claim]:
    """Claims whose words lie nearest: what one would merge with. A bounded list, nearest in the text first."""
    if Move.MERGE not in legal_moves(status):
        return []
    near = Claim.objects.live().filter(article_id=claim.article_id).exclude(pk=claim.pk)
    around = near.put_forward().filter(start__lt=claim.end + 1500, end__gt=max(0, claim.start - 1500))
    return list(around.in_order().only("pk", "statement", "exact")[:20])


def _entries(claim: Claim, verdicts: list[Verdict], evidence: list[Evidence]) -> list[AuditEntry]:
    """The newest entries of the history about the claim, its verdicts and its evidence."""
    about = Q(table_name=Claim._meta.db_table, row_id=str(claim.pk))
    rows: list[tuple[Any, list[Any]]] = [(Verdict, list(verdicts)), (Evidence, list(evidence))]
    for model, things in rows:
        about |= Q(table_name=model._meta.db_table, row_id__in=[str(thing.pk) for thing in things])
    return list(AuditEntry.objects.filter(about, workspace_id=claim.workspace_id).order_by("-seq")[:40])


def _steps(entries: list[AuditEntry], person: User) -> list[Step]:
    """The same step by the same person in a row is one line: a verdict that saved itself ten times is written once."""
    steps: list[Step] = []
    for entry in entries:
        who = "You" if entry.actor_id == person.pk else entry.actor_name or "The workbench"
        did = _DID.get(entry.verb, entry.verb.replace("_", " "))
        if not steps or (steps[-1].who, steps[-1].did) != (who, did):
            steps.append(Step(who, did, entry.at))
    return steps[:_SHOWN_STEPS]
