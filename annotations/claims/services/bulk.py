"""Sorting many candidates of an article at once. Each row names its version; what changed meanwhile is left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.audit.services import recorded
from annotations.claims.lifecycle import CHOOSABLE_REASONS, Move
from annotations.claims.models import Claim
from annotations.claims.permissions import may_sort_in
from annotations.claims.queries import Planned, sorting_plan
from annotations.claims.services.triage import accept_claim, dismiss_claim
from annotations.people.models import User
from annotations.refusals import Incomplete, Refusal

MOST = 200
"""Claims in one go: enough for a long article, and a transaction that does not keep others waiting."""


@dataclass(frozen=True)
class Outcome:
    """What became of one claim of the selection; `why` says why it was left out, and is empty when it was not."""

    pk: int
    version: int
    statement: str
    why: str

    @property
    def is_done(self) -> bool:
        return not self.why


def accept_claims(*, article: Article, rows: Sequence[tuple[int, int]], by: User) -> list[Outcome]:
    """Accept the candidates of the selection, `(claim, version seen)` each, as one act with one undo.

    Raises `Incomplete` for an empty selection and one of more than `MOST`.
    """
    may_sort_in(by, article).or_refuse()

    def accept(claim: Claim, version: int) -> None:
        accept_claim(claim=claim, version=version, by=by)

    with recorded(by=by, verb="accept_claims"):
        return _each(sorting_plan(article, selection(rows=rows), Move.ACCEPT), accept)


def dismiss_claims(
    *, article: Article, rows: Sequence[tuple[int, int]], reason: str, by: User
) -> list[Outcome]:
    """Dismiss the candidates of the selection for one reason, as one act with one undo. Raises as `accept_claims`."""
    may_sort_in(by, article).or_refuse()
    if reason not in CHOOSABLE_REASONS:
        problem = {
            "reason": [
                _("Choose one of: {choices}.").format(
                    choices=", ".join(code.value for code in CHOOSABLE_REASONS)
                )
            ]
        }
        raise Incomplete(_("Candidates are dismissed for a reason."), problem)

    def dismiss(claim: Claim, version: int) -> None:
        dismiss_claim(claim=claim, version=version, reason=reason, by=by)

    with recorded(by=by, verb="dismiss_claims"):
        return _each(sorting_plan(article, selection(rows=rows), Move.DISMISS), dismiss)


def selection(*, rows: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The versions seen by claim; a claim named twice counts once. Raises `Incomplete` when none or too many."""
    chosen = dict(rows)
    if not chosen:
        raise Incomplete(_("Nothing is ticked."), {"rows": [_("Tick at least one claim of the list.")]})
    if len(chosen) > MOST:
        problem = _("At most {most} claims are sorted in one go; these are {count}.").format(
            most=MOST, count=len(chosen)
        )
        raise Incomplete(problem, {"rows": [problem]})
    return chosen


def _each(plan: list[Planned], step: Callable[[Claim, int], None]) -> list[Outcome]:
    """Take the step on every row, in the order of keys, so that selections that overlap never wait in a ring."""
    claims = Claim.objects.in_bulk([row.pk for row in plan if not row.why])
    refused: dict[int, str] = {}
    for row in sorted(plan, key=lambda row: row.pk):
        if row.why:
            continue
        try:
            with transaction.atomic():
                step(claims[row.pk], row.version)
        except Refusal as refusal:
            refused[row.pk] = refusal.reason
    return [
        Outcome(
            row.pk,
            claims[row.pk].version if row.pk in claims else row.version,
            row.statement,
            row.why or refused.get(row.pk, ""),
        )
        for row in plan
    ]
