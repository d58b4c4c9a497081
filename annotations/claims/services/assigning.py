"""Whose claim it is, how urgent, due when, and put aside why: fields beside the state, never states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from annotations.articles.priority import Priority
from annotations.audit.models import AuditEntry
from annotations.audit.services import recorded
from annotations.claims.lifecycle import UNFINISHED, Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_assign, may_hand_over, may_hold, may_schedule, may_sort
from annotations.claims.services.moving import write_claim
from annotations.people.models import User
from annotations.people.permissions import has_role
from annotations.people.roles import Role
from annotations.refusals import IllegalMove, Incomplete, Refusal, Stale
from annotations.tongue import inside
from annotations.words import tidy

MOST = 500
"""Claims that one bulk step may change."""

_PEOPLE = ("reviewer", "second_reviewer")
_FIELDS = (*_PEOPLE, "priority", "due_at")
_UNDOABLE = ("assign_claims", "hand_over", "set_priority", "set_due", "hold_claim", "release_claim")
_LIMITS = {"assignment_note": 500, "hold_reason": 300}
_REVIEWED_BY = frozenset({Status.CANDIDATE, Status.ACCEPTED})


@dataclass(frozen=True)
class Outcome:
    """What became of one claim of a bulk step: done, nothing to change, or refused for a reason."""

    claim: Claim
    refusal: Refusal | None = None
    is_changed: bool = True


def assign_claims(
    *, claims: Sequence[tuple[Claim, int]], by: User, note: str = "", is_trial: bool = False, **fields: Any
) -> list[Outcome]:
    """Give claims to people, a priority or a due time, each at the version that was seen; one outcome a claim.

    `fields`: `reviewer` and `second_reviewer` (a person, or None for nobody), `priority` and `due_at` (None for the
    article's). What is not named stays. A trial does everything and keeps nothing. Raises when the whole cannot be:
    no right, nobody to give it to, no claim.
    """
    _check(claims, fields, by)
    if any(name in fields for name in _PEOPLE):
        fields["assignment_note"] = tidy({"assignment_note": note}, _LIMITS)["assignment_note"]
    with recorded(by=by, verb="assign_claims"), transaction.atomic():
        outcomes = [_one(claim, version, dict(fields)) for claim, version in _in_order(claims)]
        if is_trial:
            transaction.set_rollback(True)
    return outcomes


def hand_over(*, claim: Claim, version: int, to: User, note: str = "", by: User) -> Claim:
    """Give a claim that is in one's hands to somebody else: its review, or its second review once submitted."""
    may_hand_over(by, claim).or_refuse()
    _check_person(to, claim.workspace_id, "to")
    field = "second_reviewer" if claim.status == Status.SUBMITTED else "reviewer"
    fields = {field: to, "assignment_note": tidy({"assignment_note": note}, _LIMITS)["assignment_note"]}
    with recorded(by=by, verb="hand_over"):
        _assign(claim, version, fields)
    return claim


def set_priority(*, claim: Claim, version: int, priority: int | None, by: User) -> Claim:
    """How urgent the claim is; None for as urgent as its article."""
    may_schedule(by, claim.workspace_id).or_refuse()
    _check_priority(priority)
    with recorded(by=by, verb="set_priority"):
        _assign(claim, version, {"priority": priority})
    return claim


def set_due(*, claim: Claim, version: int, due_at: datetime | None, by: User) -> Claim:
    """When the claim is due (UTC); None for when its article is."""
    may_schedule(by, claim.workspace_id).or_refuse()
    with recorded(by=by, verb="set_due"):
        _assign(claim, version, {"due_at": due_at})
    return claim


def hold_claim(*, claim: Claim, version: int, reason: str, by: User) -> Claim:
    """Put the claim aside for a reason: it keeps its state and its people, and is handed out to nobody."""
    may_hold(by, claim).or_refuse()
    words = tidy({"hold_reason": reason}, _LIMITS)
    if not words["hold_reason"]:
        raise Incomplete(_("A claim is held for a reason."), {"reason": [_("Say what it waits for.")]})
    with recorded(by=by, verb="hold_claim"):
        _assign(claim, version, {"is_held": True, **words})
    return claim


def release_claim(*, claim: Claim, version: int, by: User) -> Claim:
    """Take a held claim up again."""
    may_hold(by, claim).or_refuse()
    with recorded(by=by, verb="release_claim"):
        _assign(claim, version, {"is_held": False, "hold_reason": ""})
    return claim


def undo_assignment(*, claims: Sequence[tuple[Claim, int]], by: User) -> list[Outcome]:
    """Write back what one's own last step in this file changed, claim by claim, if nobody changed it since."""
    if not claims:
        raise Incomplete(_("There is nothing to undo."))
    for claim, _version in claims:
        may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="undo_assignment"):
        return [
            _try(claim, lambda c=claim, v=version: _undo(c, v, by)) for claim, version in _in_order(claims)
        ]


def _one(claim: Claim, version: int, fields: dict[str, Any]) -> Outcome:
    return _try(claim, lambda: _assign(claim, version, fields))


def _try(claim: Claim, step: Any) -> Outcome:
    """One row of a bulk step in a savepoint of its own: what is refused takes nothing else with it."""
    try:
        with transaction.atomic():
            return Outcome(claim, is_changed=step())
    except Refusal as refusal:
        return Outcome(claim, refusal)


def _assign(claim: Claim, version: int, fields: dict[str, Any]) -> bool:
    """Write the fields if the claim is at this version. False when it stands so already: nothing to do, no harm."""
    _may_carry(claim, fields)
    asked = {name: value for name, value in fields.items() if name != "assignment_note"}
    if all(getattr(claim, name) == value for name, value in asked.items()):
        return False
    reviewer = fields.get("reviewer")
    if reviewer and "second_reviewer" not in fields and claim.second_reviewer_id == reviewer.pk:
        fields = {**fields, "second_reviewer": None}
    try:
        write_claim(claim=claim, version=version, **fields)
    except Stale as stale:
        raise _stale(claim, fields, stale) from stale
    return True


def _may_carry(claim: Claim, fields: dict[str, Any]) -> None:
    """Whether a claim in this state can have these. Raises `IllegalMove` with the reason."""
    status = Status(claim.status)
    if status not in UNFINISHED:
        raise IllegalMove(
            _("This claim is {state}: there is nothing left to plan.").format(state=inside(status.label))
        )
    if "reviewer" in fields and status not in _REVIEWED_BY:
        raise IllegalMove(
            _("This claim is {state}: its verdict stays with who submitted it.").format(
                state=inside(status.label)
            )
        )
    second = fields.get("second_reviewer")
    if not second:
        return
    reviewer = fields.get("reviewer", claim.reviewer)
    if (reviewer and reviewer.pk == second.pk) or second.pk in _contributors(claim):
        raise IllegalMove(
            _("{person} worked on this claim; a second review is somebody else’s.").format(
                person=second.display_name
            )
        )


def _contributors(claim: Claim) -> set[int]:
    """Who wrote on the verdict or cited a source. The rooms above ours own those rows; the names lead there."""
    relations = (("verdicts", "author_id"), ("evidence", "added_by_id"))
    return {key for name, field in relations for key in getattr(claim, name).values_list(field, flat=True)}


def _undo(claim: Claim, version: int, by: User) -> bool:
    rows = AuditEntry.objects.filter(table_name=Claim._meta.db_table, row_id=str(claim.pk))
    last = rows.order_by("-seq").first()
    if last is None or last.actor_id != by.pk or last.verb not in _UNDOABLE:
        raise IllegalMove(_("There is no step of yours to undo here: somebody changed this claim since."))
    before = {name: value for name, value in (last.before or {}).items() if name != "version"}
    if isinstance(before.get("due_at"), str):
        before["due_at"] = parse_datetime(before["due_at"])
    if before.get("second_reviewer_id") in _contributors(claim):
        raise IllegalMove(_("Its second reviewer worked on the claim since; choose somebody else."))
    write_claim(claim=claim, version=version, **before)
    return True


def _check(claims: Sequence[tuple[Claim, int]], fields: dict[str, Any], by: User) -> None:
    """Whether this person may do this to any claim at all, and whether it is something that can be done."""
    if not claims or not fields:
        raise Incomplete(_("Choose claims, and what should become of them."))
    if unknown := set(fields) - set(_FIELDS):
        raise Incomplete(_("These are not assigned: {choices}.").format(choices=", ".join(sorted(unknown))))
    if len(claims) > MOST:
        raise Incomplete(
            _("That is {count} claims; one step takes {most} at most.").format(count=len(claims), most=MOST)
        )
    for workspace_id in {claim.workspace_id for claim, _version in claims}:
        for name in _PEOPLE:
            if name in fields:
                may_assign(by, workspace_id, fields[name]).or_refuse()
                if fields[name]:
                    _check_person(fields[name], workspace_id, name)
        if "priority" in fields or "due_at" in fields:
            may_schedule(by, workspace_id).or_refuse()
    _check_priority(fields.get("priority"))


def _check_person(person: User, workspace_id: int, field: str) -> None:
    if not has_role(person, Role.REVIEWER, within=workspace_id):
        problem = {field: [_("Choose a reviewer or an editor of this desk.")]}
        raise Incomplete(
            _("{person} does not check claims on this desk.").format(person=person.display_name), problem
        )


def _check_priority(priority: int | None) -> None:
    if priority is not None and priority not in list(Priority):
        names = ", ".join(f"{one.value} ({one.title})" for one in Priority)
        raise Incomplete(
            _("There is no such priority."), {"priority": [_("Choose one of: {names}.").format(names=names)]}
        )


def _in_order(claims: Sequence[tuple[Claim, int]]) -> list[tuple[Claim, int]]:
    """Each claim once and in the order of keys, so that two bulk steps never wait for each other in a ring."""
    return [pair for _, pair in sorted({pair[0].pk: pair for pair in claims}.items())]


def _stale(claim: Claim, fields: dict[str, Any], stale: Stale) -> Stale:
    """The same refusal with what was asked for and what stands now, in words."""
    return Stale(
        stale.reason,
        current={name: _said(getattr(claim, name)) for name in fields},
        yours={name: _said(value) for name, value in fields.items()},
        version=stale.version,
    )


def _said(value: Any) -> Any:
    if isinstance(value, User):
        return value.display_name
    return value.isoformat() if isinstance(value, datetime) else value
