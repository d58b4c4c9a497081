from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.claims.lifecycle import Move
from annotations.claims.models import Claim
from annotations.claims.services.moving import move_claim
from annotations.desks.queries import guidelines_number, scales_of
from annotations.desks.scale import Scale
from annotations.people.models import User
from annotations.refusals import Incomplete, Stale
from annotations.verdicts.checklist import saved_checks
from annotations.verdicts.models import Verdict
from annotations.verdicts.permissions import may_draft, may_submit, may_withdraw
from annotations.verdicts.queries import latest_verdict
from annotations.verdicts.ratings import CONFIDENCES
from annotations.words import tidy

_LIMITS = {"reasons": 20_000, "gaps": 5_000}
FIELDS = ("rating", "qualifiers", "confidence", "gaps", "reasons")


def draft_verdict(
    *,
    claim: Claim,
    seen: int,
    by: User,
    rating: str = "",
    qualifiers: Sequence[str] = (),
    confidence: str = "",
    gaps: str = "",
    reasons: str = "",
) -> Verdict:
    """Save the verdict as it stands in the form, as the next revision. `seen` is the number of the one it began from.

    Unchanged words make no new revision, so saving is safe to repeat. Raises `Stale` with both texts when somebody
    saved another revision meanwhile.
    """
    may_draft(by, claim).or_refuse()
    scale = scales_of(claim.workspace_id).current
    words = checked_verdict(
        scale=scale, rating=rating, qualifiers=qualifiers, confidence=confidence, gaps=gaps, reasons=reasons
    )
    with recorded(by=by, verb="draft_verdict"):
        # The claim's row orders the writers, and tells whether it was submitted a moment ago.
        may_draft(by, Claim.objects.select_for_update().get(pk=claim.pk)).or_refuse()
        return add_revision(claim=claim, seen=seen, by=by, words=words, scale=scale.number)


def submit_verdict(*, claim: Claim, version: int, seen: int, by: User) -> Verdict:
    """Hand the newest revision to a second person. Says everything that is missing at once (`Incomplete`)."""
    may_submit(by, claim).or_refuse()
    with recorded(by=by, verb="submit_verdict"):
        move_claim(claim=claim, move=Move.SUBMIT, version=version)
        verdict = latest_verdict(claim)
        if verdict and verdict.number != seen:
            raise stale_verdict(verdict, {}, by=by)
        if problems := missing(claim, verdict) | _off_the_scale(claim, verdict):
            raise Incomplete(_("This verdict is not ready for second review."), problems)
        assert verdict is not None
        return verdict


def withdraw_verdict(*, claim: Claim, version: int, by: User) -> Claim:
    """Take a submitted verdict back into review, before anybody decided on it."""
    may_withdraw(by, claim, latest_verdict(claim)).or_refuse()
    with recorded(by=by, verb="withdraw_verdict"):
        return move_claim(claim=claim, move=Move.WITHDRAW, version=version)


def missing(claim: Claim, verdict: Verdict | None) -> dict[str, list[str]]:
    """What keeps a verdict from being submitted, by field; empty when nothing does."""
    return {need.field: [need.problem] for need in saved_checks(claim, verdict).open}


def _off_the_scale(claim: Claim, verdict: Verdict | None) -> dict[str, list[str]]:
    """A rating that was chosen on an earlier version of the scale and cannot be chosen any more."""
    current = scales_of(claim.workspace_id).current
    if not verdict or not verdict.rating or verdict.rating in {one.code for one in current.choices}:
        return {}
    return {"rating": [_("The scale was changed meanwhile and has this rating no more. Choose again.")]}


def checked_verdict(
    *, scale: Scale, rating: str, qualifiers: Sequence[str], confidence: str, gaps: str, reasons: str
) -> dict[str, Any]:
    """The parts of a verdict, tidied. Raises `Incomplete` for codes that the scale does not have."""
    problems: dict[str, list[str]] = {}
    choices, known = [one.code for one in scale.choices], scale.qualifier_labels
    if rating and rating not in choices:
        problems["rating"] = [_("Choose one of: {choices}.").format(choices=", ".join(choices))]
    if unknown := sorted(set(qualifiers) - set(known)):
        problems["qualifiers"] = [
            _("Unknown: {choices}. Choose from: {choices2}.").format(
                choices=", ".join(unknown)[:200], choices2=", ".join(known)
            )
        ]
    if confidence and confidence not in CONFIDENCES:
        problems["confidence"] = [_("Choose one of: {choices}.").format(choices=", ".join(CONFIDENCES))]
    if problems:
        raise Incomplete(_("Some of this verdict cannot be right."), problems)
    words = tidy({"gaps": gaps, "reasons": reasons}, _LIMITS, paragraphs=("gaps", "reasons"))
    chosen = [code for code in known if code in set(qualifiers)]
    return {"rating": rating, "qualifiers": chosen, "confidence": confidence, **words}


def add_revision(*, claim: Claim, seen: int, by: User, words: dict[str, Any], scale: int) -> Verdict:
    """The next revision, inside the caller's transaction that holds the claim's row. Raises `Stale`.

    `scale` is the version of the desk's scale on which it is rated: the same words on another one are another verdict.
    """
    last = latest_verdict(claim)
    if last and last.scale_version == scale and all(getattr(last, name) == words[name] for name in FIELDS):
        return last
    if last is None and seen:
        problem = _("This claim has no verdict yet; save the first one with 0 as the number seen.")
        raise Incomplete(problem, {"seen": [problem]})
    if last and last.number != seen:
        raise stale_verdict(last, words, by=by)
    return Verdict.objects.create(
        workspace_id=claim.workspace_id,
        claim=claim,
        number=seen + 1,
        author=by,
        scale_version=scale,
        guidelines_version=guidelines_number(claim.workspace_id),
        **words,
    )


def stale_verdict(last: Verdict, yours: dict[str, Any], *, by: User) -> Stale:
    is_own = last.author_id == by.pk
    who = (
        _("You saved another version of this verdict in another window.")
        if is_own
        else (
            _("{person} saved another version of this verdict meanwhile.").format(
                person=last.author.display_name
            )
        )
    )
    return Stale(
        who,
        current={name: getattr(last, name) for name in FIELDS},
        yours=yours,
        version=last.number,
    )
