"""Sorting candidates: accept, dismiss, restore, merge, take over, and taking one's own step back."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from annotations.audit.models import AuditEntry
from annotations.audit.services import recorded
from annotations.claims.lifecycle import CHOOSABLE_REASONS, LIVE, DismissalReason, Move, Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_edit, may_sort
from annotations.claims.services.labelling import record_label, take_back_label
from annotations.claims.services.moving import move_claim, write_claim
from annotations.claims.worth import Decision
from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete

UNDOABLE = ("accept_claim", "dismiss_claim", "restore_claim", "mark_claim", "edit_span", "edit_claim")


def accept_claim(*, claim: Claim, version: int, by: User) -> Claim:
    """The candidate is worth checking; who accepts it becomes its reviewer."""
    may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="accept_claim"):
        move_claim(claim=claim, move=Move.ACCEPT, version=version, reviewer=by)
        if not claim.statement:
            problem = {"statement": ["Say in one sentence what is claimed."]}
            raise Incomplete("Give the claim a wording before you accept it.", problem)
        record_label(claim=claim, decision=Decision.ACCEPTED, by=by)
    return claim


def dismiss_claim(*, claim: Claim, version: int, reason: str, by: User) -> Claim:
    """The candidate is not worth checking, for a reason that can be counted (a code of `CHOOSABLE_REASONS`)."""
    may_sort(by, claim).or_refuse()
    if reason not in CHOOSABLE_REASONS:
        problem = {"reason": [f"Choose one of: {', '.join(code.value for code in CHOOSABLE_REASONS)}."]}
        raise Incomplete("A candidate is dismissed for a reason.", problem)
    code = DismissalReason(reason).value
    with recorded(by=by, verb="dismiss_claim"):
        move_claim(claim=claim, move=Move.DISMISS, version=version, dismissal=code)
        record_label(claim=claim, decision=Decision.DISMISSED, reason=code, by=by)
    return claim


def restore_claim(*, claim: Claim, version: int, by: User) -> Claim:
    """Put a dismissed claim back among the candidates."""
    may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="restore_claim"):
        _free_span(claim)
        by_mistake = claim.dismissal == DismissalReason.MARKED_BY_MISTAKE
        move_claim(claim=claim, move=Move.RESTORE, version=version, dismissal="", reviewer=None)
        if not by_mistake:  # the undo that dismissed it so took the decision back already
            take_back_label(claim=claim, decision=Decision.RESTORED, by=by)
    return claim


def merge_claim(*, claim: Claim, into: Claim, version: int, by: User) -> Claim:
    """This claim is the same as another live one of the article and is checked there."""
    may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="merge_claim"):
        # Locked in key order, so that two merges towards each other cannot both see the other one live.
        pair = {
            row.pk: row
            for row in Claim.objects.select_for_update().filter(pk__in=[claim.pk, into.pk]).order_by("pk")
        }
        target = pair.get(into.pk)
        if target is None or target.pk == claim.pk or target.article_id != claim.article_id:
            problem = {"into": ["Choose another claim of the same article."]}
            raise Incomplete("A claim is merged into another one of its article.", problem)
        if target.status not in LIVE:
            problem = {"into": [f"That claim is {Status(target.status).label.lower()}."]}
            raise Incomplete("A claim is merged into one that stands.", problem)
        move_claim(claim=claim, move=Move.MERGE, version=version, merged_into=target)
        record_label(claim=claim, decision=Decision.MERGED, by=by)
    return claim


def take_claim(*, claim: Claim, version: int, by: User) -> Claim:
    """Become the reviewer of a claim in review: it is then this person who submits it."""
    may_sort(by, claim).or_refuse()
    if claim.status != Status.ACCEPTED:
        raise IllegalMove("Only a claim in review can be taken over.")
    with recorded(by=by, verb="take_claim"):
        write_claim(claim=claim, version=version, reviewer=by)
    return claim


def undo(*, claim: Claim, version: int, by: User) -> Claim:
    """Take back one's own last step on this claim, as long as nobody has changed the claim since.

    The step is read from the history. A move goes back by a move of the road; an edit gets its old words again.
    """
    may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="undo"):
        last = _last_entry(claim)
        if last is None or last.actor_id != by.pk or last.verb not in UNDOABLE:
            raise IllegalMove("There is no step of yours to undo here: somebody changed this claim since.")
        if last.verb in ("edit_span", "edit_claim"):
            may_edit(by, claim).or_refuse()
            _undo_edit(claim, version, last.before or {}, by)
        elif last.verb == "restore_claim":
            reason = (last.before or {}).get("dismissal", DismissalReason.TRIVIAL.value)
            move_claim(claim=claim, move=Move.DISMISS, version=version, dismissal=reason)
            if reason != DismissalReason.MARKED_BY_MISTAKE:
                record_label(claim=claim, decision=Decision.DISMISSED, reason=reason, by=by)
        else:
            _undo_decision(claim, version, last.verb)
            take_back_label(claim=claim, decision=Decision.UNDONE, by=by)
    return claim


def _undo_decision(claim: Claim, version: int, verb: str) -> None:
    """Accepting, marking and dismissing go back by a move of the road."""
    if verb == "dismiss_claim":
        _free_span(claim)
        move_claim(claim=claim, move=Move.RESTORE, version=version, dismissal="")
        return
    _nothing_rests_on(claim)
    if verb == "accept_claim":
        move_claim(claim=claim, move=Move.UNDO_ACCEPT, version=version, reviewer=None)
    else:
        mistake = DismissalReason.MARKED_BY_MISTAKE.value
        move_claim(claim=claim, move=Move.UNDO_MARK, version=version, dismissal=mistake, reviewer=None)


def _undo_edit(claim: Claim, version: int, before: dict[str, Any], by: User) -> None:
    """The old words again. An edit that changed nothing was no decision, so there is none to take back."""
    fields = {name: value for name, value in before.items() if name not in ("version", "moved_at")}
    _write_span_or_refuse(claim, version, fields)
    if fields:
        take_back_label(claim=claim, decision=Decision.UNDONE, by=by)


def _last_entry(claim: Claim) -> AuditEntry | None:
    rows = AuditEntry.objects.filter(table_name=Claim._meta.db_table, row_id=str(claim.pk))
    return rows.order_by("-seq").first()


def _nothing_rests_on(claim: Claim) -> None:
    """A verdict or a source names the claim: undoing would take the ground from under them."""
    for relation in ("verdicts", "evidence"):
        if getattr(claim, relation).exists():
            raise IllegalMove(
                "There is a verdict or a source on this claim already, so this can no longer be undone."
            )


def _free_span(claim: Claim) -> None:
    rival = Claim.objects.live().filter(
        article_version=claim.article_version_id, start=claim.start, end=claim.end
    )
    if rival.exclude(pk=claim.pk).exists():
        raise IllegalMove(
            "Another claim stands on exactly these words now. Edit its span or merge them instead."
        )


def _write_span_or_refuse(claim: Claim, version: int, fields: dict[str, object]) -> None:
    try:
        with transaction.atomic():
            write_claim(claim=claim, version=version, **fields)
    except IntegrityError as clash:
        raise IllegalMove("Another claim stands on exactly these words now.") from clash
