"""The claim in hand: what is known, what may be done with it and why not, its verdict, sources and history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.claims.lifecycle import CHOOSABLE_REASONS, Move, Status, legal_moves
from annotations.claims.models import Claim
from annotations.claims.permissions import may_edit, may_sort
from annotations.claims.queries import strength_of
from annotations.desks.policy import Policy
from annotations.desks.queries import policy_of, scales_of
from annotations.people.models import User
from annotations.refusals import Answer
from annotations.reviews.models import ChangeItem, Review
from annotations.reviews.queries import open_items
from annotations.screens.activity import SHOWN, Step, history_of, steps_of
from annotations.sources.models import Evidence
from annotations.sources.permissions import may_cite
from annotations.sources.policy import Standing
from annotations.sources.queries import standing_of
from annotations.tongue import table
from annotations.verdicts.checklist import Checks, saved_checks
from annotations.verdicts.models import Verdict
from annotations.verdicts.permissions import may_draft, may_read_verdict, may_submit, may_withdraw

_TONES = {
    Status.CANDIDATE: "candidate",
    Status.DISPUTED: "warn",
    Status.APPROVED: "good",
    Status.PUBLISHED: "good",
    Status.DISMISSED: "plain",
    Status.MERGED: "plain",
    Status.RETRACTED: "plain",
}


_LOOKED_AT = 60
"""Entries from which the few lines of activity are made: a verdict that saved itself often is one line."""


@dataclass(frozen=True)
class Bar:
    """A signal behind a proposal as a bar: `width` of a hundred, longest for the strongest; `speaks` for or against."""

    label: str
    weight: float
    width: int

    @property
    def speaks(self) -> str:
        return "for" if self.weight >= 0 else "against"


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
    reasons: Sequence[tuple[str, str]]
    verdict: Verdict | None
    evidence: tuple[Evidence, ...]
    removed: tuple[Evidence, ...]
    standing: Standing
    policy: Policy
    items: tuple[ChangeItem, ...]
    reviews: tuple[Review, ...]
    steps: tuple[Step, ...]
    checks: Checks | None
    why_locked: str
    bars: tuple[Bar, ...]


def claim_panel(*, claim_id: int, number: int, person: User, before: int | None, after: int | None) -> Panel:
    """Read it all in a fixed number of queries."""
    claim = Claim.objects.select_related("reviewer", "merged_into", "article_version", "workspace").get(
        pk=claim_id
    )
    status, policy = Status(claim.status), policy_of(claim.workspace_id)
    verdicts = list(Verdict.objects.filter(claim=claim).select_related("author").order_by("-number"))
    may_read = bool(may_read_verdict(person, claim))
    verdict = verdicts[0] if verdicts and may_read else None
    every = list(
        Evidence.objects.filter(claim=claim)
        .with_copies()
        .select_related("source__fetching", "added_by")
        .order_by("pk")
    )
    cited = tuple(item for item in every if item.removed_at is None)
    reviews = tuple(
        Review.objects.filter(claim=claim)
        .select_related("reviewer", "verdict")
        .prefetch_related("items")
        .order_by("-pk")
    )
    rows = history_of(claim, [one.pk for one in verdicts], [one.pk for one in every])
    entries = list(rows.order_by("-seq")[:_LOOKED_AT])
    is_sampled = claim.is_sample and status == Status.CANDIDATE
    is_open = status == Status.ACCEPTED
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
        is_sampled=is_sampled,
        strength=_STRENGTHS.get(strength_of(claim), ""),
        is_open=is_open,
        is_withdrawable=Move.WITHDRAW in legal_moves(status),
        reasons=[(reason.value, reason.label) for reason in CHOOSABLE_REASONS],
        verdict=verdict,
        evidence=cited,
        removed=tuple(item for item in every if item.removed_at is not None),
        standing=standing_of(cited, policy),
        policy=policy,
        items=tuple(open_items(claim)) if may_read else (),
        reviews=reviews if may_read else (),
        steps=tuple(
            steps_of(
                entries,
                person,
                hides_score=is_sampled,
                scales=scales_of(claim.workspace_id) if may_read else None,
            )[:SHOWN]
        ),
        checks=saved_checks(claim, verdict) if is_open else None,
        why_locked=_why_locked(status, verdict),
        bars=_bars(claim),
    )


_STRENGTHS = table({"strong": "strong", "likely": "likely", "possible": "possible"})


def _bars(claim: Claim) -> tuple[Bar, ...]:
    """The signals, strongest first, whichever way they speak."""
    rows = [(str(row.get("label", "")), float(row.get("weight") or 0)) for row in claim.signals]
    most = max((abs(weight) for _, weight in rows), default=0) or 1
    ordered = sorted(rows, key=lambda row: -abs(row[1]))
    return tuple(Bar(label, weight, round(100 * abs(weight) / most)) for label, weight in ordered)


def _why_locked(status: Status, verdict: Verdict | None) -> str:
    """Why nothing can be written here, and what would open it again; empty while one can."""
    person = verdict.author.display_name if verdict else _("Somebody")
    return {
        Status.SUBMITTED: _(
            "Submitted by {person} for second review. Its verdict stands still until somebody decides,"
            " or it is withdrawn."
        ).format(person=person),
        Status.DISPUTED: _(
            "The second reviewer disagrees. An editor settles it; until then nothing is changed here."
        ),
        Status.APPROVED: _("Approved and ready to publish. An editor can reopen it to change it."),
        Status.PUBLISHED: _(
            "Published. What is live changes only by a correction or a retraction, in the open."
        ),
        Status.RETRACTED: _("Retracted. The page stays and says why; nothing is changed any more."),
    }.get(status, "")
