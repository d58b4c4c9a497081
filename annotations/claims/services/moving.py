"""The one place that writes `Claim.status`."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.claims.lifecycle import ROAD, Move, Status, legal_moves
from annotations.claims.models import Claim
from annotations.refusals import IllegalMove, Stale
from annotations.tongue import inside

EDITABLE = (
    "statement",
    "claimant",
    "is_claimant_unknown",
    "attribution",
    "said_on",
    "is_date_unknown",
    "type",
    "place",
    "original",
    "quantities",
)


def move_claim(*, claim: Claim, move: Move, version: int, **also: Any) -> Claim:
    """Take one step of the road, inside the caller's `recorded` block, and write `also` with it.

    One conditional write: it names the version that the caller saw, so of two hands only one gets through.
    Permission and completeness are the calling verb's business. Raises `IllegalMove` with the legal moves when the
    table has no such step, `Stale` when the claim changed since `version`. An illegal move is told first: who comes
    second to approve wants to hear that it is approved, not that a number is off.
    """
    origin = Status(Claim.objects.values_list("status", flat=True).get(pk=claim.pk))
    target = ROAD.get((origin, move))
    if target is None:
        raise illegal(origin, move)
    write_claim(claim=claim, version=version, status=target.value, moved_at=Now(), **also)
    return claim


def write_claim(*, claim: Claim, version: int, **fields: Any) -> None:
    """Write named fields if the claim is still at `version`, and raise the version. Raises `Stale` when it is not.

    Refreshes `claim`. For the verbs of this room; other rooms move claims and change nothing else of theirs.
    """
    done = Claim.objects.filter(pk=claim.pk, version=version).update(version=F("version") + 1, **fields)
    claim.refresh_from_db()
    if not done:
        raise stale(
            claim, {name: value for name, value in fields.items() if name in EDITABLE or name == "exact"}
        )


def free_span(*, claim: Claim) -> None:
    """Raise `IllegalMove` when a live claim stands on exactly the words of this one, which comes back to life."""
    rival = Claim.objects.live().filter(
        article_version=claim.article_version_id, start=claim.start, end=claim.end
    )
    if rival.exclude(pk=claim.pk).exists():
        raise IllegalMove(
            _("Another claim stands on exactly these words now. Edit its span or merge them instead.")
        )


def check_version(*, claim: Claim, version: int, yours: dict[str, Any] | None = None) -> None:
    """Raise `Stale` when the claim in hand is not the one the writer saw. The conditional write still decides."""
    if claim.version != version:
        raise stale(claim, yours or {})


def illegal(origin: Status, move: Move) -> IllegalMove:
    legal = legal_moves(origin)
    ways = ", ".join(step.label for step in legal) or _("none")
    return IllegalMove(
        _("This claim is {state}: “{label}” is not possible from there. Possible: {ways}.").format(
            state=inside(origin.label), label=move.label, ways=ways
        ),
        [step.value for step in legal],
    )


def stale(claim: Claim, yours: dict[str, Any]) -> Stale:
    current = {name: getattr(claim, name) for name in (*EDITABLE, "exact", "start", "end", "status")}
    return Stale(
        _("Somebody else changed this claim while you had it open."),
        current=current,
        yours=yours,
        version=claim.version,
    )
