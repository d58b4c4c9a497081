"""What a person says about a suggested match. A confirmed match is a link: no verdict is ever copied along it."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.people.models import User
from annotations.precedents.models import Match
from annotations.precedents.permissions import may_decide
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.tongue import inside
from annotations.words import tidy

LIMITS = {"note": 2000}


def confirm_match(*, match: Match, version: int, by: User) -> Match:
    """Both say the same. Refused for a pair that differs in a number, a negation, a date or an actor."""
    may_decide(by, match).or_refuse()
    if match.differs:
        raise IllegalMove(
            _(
                "These two differ, so they are not the same claim. Link them as near but different, or reject the pair."
            ),
            ["link_as_near", "reject_match"],
        )
    return _decide(match, version, by, "confirm_match", status="CONFIRMED", relation="SAME")


def link_as_near(*, match: Match, version: int, note: str, is_acknowledged: bool, by: User) -> Match:
    """Keep the link although the two differ; `note` says how, and the tick that the difference was seen."""
    may_decide(by, match).or_refuse()
    note = tidy({"note": note}, LIMITS, paragraphs=("note",))["note"]
    problems: dict[str, list[str]] = {}
    if not is_acknowledged:
        problems["is_acknowledged"] = [_("Tick that you have seen what differs.")]
    if not note:
        problems["note"] = [_("Say in a few words what differs.")]
    if problems:
        raise Incomplete(_("A near but different claim is linked with a reason."), problems)
    return _decide(match, version, by, "link_as_near", status="CONFIRMED", relation="NEAR", note=note)


def reject_match(*, match: Match, version: int, by: User) -> Match:
    """Not the same. The row stays, so this pair is never suggested again."""
    may_decide(by, match).or_refuse()
    return _decide(match, version, by, "reject_match", status="REJECTED")


def reopen_match(*, match: Match, version: int, by: User) -> Match:
    """Take a decision back: the pair is a suggestion again."""
    may_decide(by, match).or_refuse()
    fields = {"status": "SUGGESTED", "relation": "", "note": "", "decided_by": None, "decided_at": None}
    return _write(match, version, by, "reopen_match", origins=("CONFIRMED", "REJECTED"), **fields)


def _decide(match: Match, version: int, by: User, verb: str, **fields: Any) -> Match:
    return _write(match, version, by, verb, origins=("SUGGESTED",), decided_by=by, decided_at=Now(), **fields)


def _write(
    match: Match, version: int, by: User, verb: str, *, origins: tuple[str, ...], **fields: Any
) -> Match:
    """One conditional write: of two hands one gets through. An impossible step is told before a stale one."""
    with recorded(by=by, verb=verb):
        at = Match.objects.filter(pk=match.pk, version=version, status__in=origins)
        done = at.update(version=F("version") + 1, **fields)
        match.refresh_from_db()
    if done:
        return match
    if match.status not in origins:
        raise IllegalMove(_("This pair is {value} already.").format(value=inside(match.get_status_display())))
    raise Stale(
        _("This pair changed while you had it open."),
        current={"status": match.status, "differences": match.differences},
        yours={"status": fields["status"]},
        version=match.version,
    )
