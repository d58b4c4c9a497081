"""Putting a claim back to what the history says it was: the step that undoing and redoing take on a claim."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.claims.lifecycle import LIVE, WAYS_BACK, DismissalReason, Move, Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_edit, may_sort
from annotations.claims.services.moving import free_span, illegal, move_claim, write_claim
from annotations.people.models import User
from annotations.refusals import IllegalMove

_KEPT = frozenset({"id", "version", "moved_at", "status"})
_VERDICT_PARTS = ("rating", "qualifiers", "confidence", "gaps", "reasons")


def put_back(*, claim: Claim, version: int, before: dict[str, Any] | None, by: User) -> Claim:
    """Give the changed columns in `before` their old values again, by a move of the road when the state is one of them.

    `before` is what the history holds of the change; None stands for a claim that the change made, which is dismissed
    as marked by mistake. Inside the caller's `recorded` block. Raises `Stale` when the claim is no longer at `version`,
    and `IllegalMove` when something rests on it by now, its words are taken, or its state has a way back of its own.
    """
    may_sort(by, claim).or_refuse()
    if before is None:
        mistake = DismissalReason.MARKED_BY_MISTAKE.value
        before = {"status": Status.DISMISSED.value, "dismissal": mistake, "reviewer_id": None}
    fields = {name: _value(name, value) for name, value in before.items() if name not in _KEPT}
    try:
        with transaction.atomic():
            if "status" in before:
                _move_back(claim, version, Status(before["status"]), fields)
            else:
                may_edit(by, claim).or_refuse()
                write_claim(claim=claim, version=version, **fields)
    except IntegrityError as clash:
        raise IllegalMove(_("Another claim stands on exactly these words now.")) from clash
    return claim


def _move_back(claim: Claim, version: int, goal: Status, fields: dict[str, Any]) -> None:
    origin = Status(claim.status)
    move = WAYS_BACK.get((origin, goal))
    if move is None:
        raise illegal(origin, Move.UNDO_ACCEPT)
    if origin == Status.ACCEPTED:
        _nothing_rests_on(claim)
    if goal in LIVE and origin not in LIVE:
        free_span(claim=claim)
    if goal == Status.MERGED:
        _stands(fields.get("merged_into_id"))
    move_claim(claim=claim, move=move, version=version, **fields)


def _value(name: str, value: Any) -> Any:
    """A column's value as the history keeps it (JSON), as the model's."""
    return next(field for field in Claim._meta.concrete_fields if field.attname == name).to_python(value)


def _stands(key: int | None) -> None:
    """Hold the claim that another one is merged into again; it has to stand still."""
    target = Claim.objects.select_for_update().filter(pk=key or 0).first()
    if target is None or target.status not in LIVE:
        raise IllegalMove(_("The claim that it was merged into does not stand any more."))


def _nothing_rests_on(claim: Claim) -> None:
    """A verdict or a source names the claim: undoing would take the ground from under them."""
    newest = claim.verdicts.order_by("-number").first()
    is_written_on = newest is not None and any(getattr(newest, part) for part in _VERDICT_PARTS)
    if is_written_on or claim.evidence.filter(removed_at=None).exists():
        raise IllegalMove(
            _("There is a verdict or a source on this claim already, so this can no longer be undone.")
        )
