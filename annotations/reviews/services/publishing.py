"""What leaves the house, and how it is corrected: every step adds a frozen `Publication`, none changes one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.claims.lifecycle import Move, Status
from annotations.claims.models import Claim
from annotations.claims.services.moving import check_version, illegal, move_claim
from annotations.desks.queries import scales_of
from annotations.discussions.queries import open_blockers
from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete
from annotations.reviews.models import Amendment, Publication, Review
from annotations.reviews.permissions import may_amend, may_confirm, may_publish
from annotations.reviews.queries import publishable_content
from annotations.reviews.record import sha256_of, tombstone
from annotations.sources.queries import evidence_for
from annotations.verdicts import citations
from annotations.verdicts.queries import latest_verdict
from annotations.verdicts.services import FIELDS, add_revision, checked_verdict, missing
from annotations.words import tidy


def publish_claim(*, claim: Claim, version: int, by: User) -> Publication:
    """Freeze an approved claim as publication 1. Raises `Incomplete` when a part that a reader needs is missing."""
    may_publish(by, claim).or_refuse()
    with recorded(by=by, verb="publish_claim"):
        move_claim(claim=claim, move=Move.PUBLISH, version=version)
        verdict = latest_verdict(claim)
        if problems := missing(claim, verdict):
            raise Incomplete(_("This claim cannot be published as it stands. Reopen it."), problems)
        if problems := held_back(claim):
            raise Incomplete(_("An open discussion keeps this claim from being published."), problems)
        approvals = (Review.Decision.APPROVED, Review.Decision.ADJUDICATED_APPROVED)
        approval = (
            Review.objects.filter(claim=claim, verdict=verdict, decision__in=approvals)
            .order_by("-pk")
            .first()
        )
        assert verdict is not None and approval is not None, (
            "the database lets no claim be approved without a review"
        )
        content = publishable_content(claim, verdict, approval.reviewer)
        return _freeze(claim, Publication.Kind.PUBLISHED, content, by=by)


def held_back(claim: Claim) -> dict[str, list[str]]:
    """The unresolved discussions that somebody said must be settled first, each named by how it begins."""
    named = [
        _("Discussion {pk} is not resolved: “{words}” ({by}).").format(
            pk=found.thread.pk, words=found.words, by=found.by
        )
        for found in open_blockers(claim)
    ]
    return {"discussions": named} if named else {}


def propose_correction(
    *,
    claim: Claim,
    version: int,
    correction_type: str,
    note: str,
    by: User,
    rating: str,
    reasons: str,
    qualifiers: Sequence[str] = (),
    confidence: str = "",
    gaps: str = "",
) -> Amendment:
    """Write down how a published verdict should read and why. The old one stays live until a second person confirms."""
    may_amend(by, claim).or_refuse()
    last, scales = latest_verdict(claim), scales_of(claim.workspace_id)
    # A correction that keeps the rating keeps the scale it was given on, even if nobody could choose it today.
    scale = scales.of(last.scale_version) if last and last.rating == rating else scales.current
    words = checked_verdict(
        scale=scale, rating=rating, qualifiers=qualifiers, confidence=confidence, gaps=gaps, reasons=reasons
    )
    problems: dict[str, list[str]] = {}
    if correction_type not in Amendment.CorrectionType.values:
        problems["correction_type"] = [
            _("Choose one of: {choices}.").format(choices=", ".join(Amendment.CorrectionType.values))
        ]
    if not rating or not words["reasons"]:
        problems["reasons"] = [_("A corrected verdict has a rating and reasons.")]
    elif unknown := citations.unknown(words["reasons"], evidence_for(claim).count()):
        problems["reasons"] = [citations.problem_of(unknown)]
    if last and all(getattr(last, name) == words[name] for name in FIELDS):
        problems["reasons"] = [_("Nothing in the verdict was changed.")]
    elif last and rating != last.rating and correction_type != Amendment.CorrectionType.VERDICT_CHANGE:
        problems["correction_type"] = [_("The rating changes, so this is a VERDICT_CHANGE.")]
    return _propose(
        claim,
        version,
        by,
        Amendment.Kind.CORRECTION,
        note,
        problems,
        correction_type=correction_type,
        scale_version=scale.number,
        **words,
    )


def propose_retraction(*, claim: Claim, version: int, note: str, by: User) -> Amendment:
    """Write down why a published verdict should be withdrawn; its page will stay and say so."""
    may_amend(by, claim).or_refuse()
    return _propose(claim, version, by, Amendment.Kind.RETRACTION, note, {})


def confirm_amendment(*, amendment: Amendment, by: User) -> Publication:
    """The second person agrees: the correction or retraction becomes the claim's next publication."""
    may_confirm(by, amendment).or_refuse()
    with recorded(by=by, verb="confirm_amendment"):
        amendment = _close(amendment, Amendment.State.CONFIRMED, by)
        claim = amendment.claim
        live = Publication.objects.filter(claim=claim).latest("number")
        known: dict[str, Any] = {"by": amendment.proposed_by, "confirmed_by": by, "note": amendment.note}
        if amendment.kind == Amendment.Kind.RETRACTION:
            move_claim(claim=claim, move=Move.RETRACT, version=claim.version)
            return _freeze(claim, Publication.Kind.RETRACTED, tombstone(live.content), **known)
        verdict = latest_verdict(claim)
        assert verdict is not None, "what is published has a verdict"
        words = {name: getattr(amendment, name) for name in FIELDS}
        verdict = add_revision(
            claim=claim,
            seen=verdict.number,
            by=amendment.proposed_by,
            words=words,
            scale=amendment.scale_version,
        )
        Review.objects.create(
            workspace_id=claim.workspace_id,
            claim=claim,
            verdict=verdict,
            reviewer=by,
            decision=Review.Decision.APPROVED,
            note=amendment.note,
        )
        move_claim(claim=claim, move=Move.CORRECT, version=claim.version)
        content = publishable_content(claim, verdict, by)
        return _freeze(
            claim, Publication.Kind.CORRECTED, content, correction_type=amendment.correction_type, **known
        )


def cancel_amendment(*, amendment: Amendment, by: User) -> Amendment:
    """Drop a proposed correction or retraction; what is published stays as it is."""
    may_amend(by, amendment.claim).or_refuse()
    with recorded(by=by, verb="cancel_amendment"):
        return _close(amendment, Amendment.State.CANCELLED, by)


def _propose(
    claim: Claim, version: int, by: User, kind: str, note: str, problems: dict[str, list[str]], **fields: Any
) -> Amendment:
    note = tidy({"note": note}, {"note": 5000}, paragraphs=("note",))["note"]
    if not note:
        problems["note"] = [_("Write the public note: what changes, and why.")]
    with recorded(by=by, verb=f"propose_{kind.lower()}"):
        locked = Claim.objects.select_for_update().get(pk=claim.pk)
        if locked.status != Status.PUBLISHED:
            raise illegal(
                Status(locked.status), Move.CORRECT if kind == Amendment.Kind.CORRECTION else Move.RETRACT
            )
        check_version(claim=locked, version=version)
        if problems:
            raise Incomplete(_("This cannot be proposed as it stands."), problems)
        try:
            with transaction.atomic():
                return Amendment.objects.create(
                    workspace_id=claim.workspace_id,
                    claim=claim,
                    kind=kind,
                    note=note,
                    proposed_by=by,
                    **fields,
                )
        except IntegrityError as clash:
            raise IllegalMove(
                _("A correction or retraction of this claim is already waiting for a second person.")
            ) from clash


def _close(amendment: Amendment, state: str, by: User) -> Amendment:
    """End the amendment once. The claim is locked first, as everywhere."""
    claim = Claim.objects.select_for_update().get(pk=amendment.claim_id)
    waiting = Amendment.objects.filter(pk=amendment.pk, state=Amendment.State.PROPOSED)
    if not waiting.update(state=state, decided_by=by):
        raise IllegalMove(_("This was decided already."))
    amendment.refresh_from_db()
    amendment.claim = claim
    return amendment


def _freeze(claim: Claim, kind: str, content: dict[str, Any], *, by: User, **known: Any) -> Publication:
    number = Publication.objects.filter(claim=claim).count() + 1
    return Publication.objects.create(
        workspace_id=claim.workspace_id,
        claim=claim,
        number=number,
        kind=kind,
        rating=(content["verdict"] or {}).get("rating", ""),
        content=content,
        sha256=sha256_of(content),
        published_by=by,
        **known,
    )
