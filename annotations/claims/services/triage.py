"""Sorting candidates: accept, dismiss, restore, merge, take over, and taking one's own step back."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from annotations.audit.models import AuditEntry
from annotations.audit.services import recorded
from annotations.claims.lifecycle import CHOOSABLE_REASONS, LIVE, DismissalReason, Move, Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_edit, may_sort
from annotations.claims.services.moving import move_claim, write_claim
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
    return claim


def dismiss_claim(*, claim: Claim, version: int, reason: str, by: User) -> Claim:
    """The candidate is not worth checking, for a reason that can be counted (a code of `CHOOSABLE_REASONS`)."""
    may_sort(by, claim).or_refuse()
    if reason not in CHOOSABLE_REASONS:
        problem = {"reason": [f"Choose one of: {', '.join(code.value for code in CHOOSABLE_REASONS)}."]}
        raise Incomplete("A candidate is dismissed for a reason.", problem)
    with recorded(by=by, verb="dismiss_claim"):
        return move_claim(
            claim=claim, move=Move.DISMISS, version=version, dismissal=DismissalReason(reason).value
        )


def restore_claim(*, claim: Claim, version: int, by: User) -> Claim:
    """Put a dismissed claim back among the candidates."""
    may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="restore_claim"):
        _free_span(claim)
        return move_claim(claim=claim, move=Move.RESTORE, version=version, dismissal="", reviewer=None)


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
        return move_claim(claim=claim, move=Move.MERGE, version=version, merged_into=target)


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
        if last.verb == "accept_claim":
            _nothing_rests_on(claim)
            return move_claim(claim=claim, move=Move.UNDO_ACCEPT, version=version, reviewer=None)
        if last.verb == "mark_claim":
            _nothing_rests_on(claim)
            mistake = DismissalReason.MARKED_BY_MISTAKE.value
            return move_claim(
                claim=claim, move=Move.UNDO_MARK, version=version, dismissal=mistake, reviewer=None
            )
        if last.verb == "dismiss_claim":
            _free_span(claim)
            return move_claim(claim=claim, move=Move.RESTORE, version=version, dismissal="")
        before = last.before or {}
        if last.verb == "restore_claim":
            reason = before.get("dismissal", DismissalReason.TRIVIAL.value)
            return move_claim(claim=claim, move=Move.DISMISS, version=version, dismissal=reason)
        may_edit(by, claim).or_refuse()
        fields = {name: value for name, value in before.items() if name not in ("version", "moved_at")}
        _write_span_or_refuse(claim, version, fields)
        return claim


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
