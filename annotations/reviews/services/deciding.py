"""The second pair of eyes: approve, ask for changes, disagree; and settling a disagreement."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.claims.lifecycle import Move, Status
from annotations.claims.models import Claim
from annotations.claims.services.moving import check_version, illegal, move_claim
from annotations.desks.queries import scales_of
from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete, NotAllowed
from annotations.reviews.models import ChangeItem, Review
from annotations.reviews.permissions import may_adjudicate, may_approve, may_decide, may_reopen, may_review
from annotations.verdicts.models import OwnRating
from annotations.verdicts.permissions import may_draft
from annotations.verdicts.queries import latest_verdict, own_rating_of
from annotations.words import tidy

MAX_ITEMS = 50


def approve_verdict(*, claim: Claim, version: int, by: User, note: str = "") -> Review:
    """The verdict stands. That the approver had no hand in it, the database checks as well when this ends."""
    may_approve(by, claim).or_refuse()
    with recorded(by=by, verb="approve_verdict"):
        review = _decide(
            claim, version, by, Review.Decision.APPROVED, Move.APPROVE, note=note, verb="approve_verdict"
        )
        if claim.workspace.is_review_blind and review.own_rating != review.verdict.rating:
            # Another revision was submitted between asking and writing.
            raise NotAllowed(_("Your rating was for another submission. Look at what was submitted now."))
        return review


def request_changes(*, claim: Claim, version: int, items: Sequence[str], by: User, note: str = "") -> Review:
    """Send the verdict back with a list of what to change; its author ticks the items off."""
    may_decide(by, claim).or_refuse()
    wanted = [text for text in (_words(item, "items") for item in items[:MAX_ITEMS]) if text]
    with recorded(by=by, verb="request_changes"):
        review = _decide(
            claim,
            version,
            by,
            Review.Decision.CHANGES,
            Move.REQUEST_CHANGES,
            note=note,
            verb="request_changes",
        )
        if not wanted:
            raise Incomplete(_("Name at least one change."), {"items": [_("Say what has to change.")]})
        ChangeItem.objects.bulk_create(
            ChangeItem(workspace_id=claim.workspace_id, review=review, text=text) for text in wanted
        )
    return review


def disagree(*, claim: Claim, version: int, by: User, rating: str = "", note: str = "") -> Review:
    """The second person comes to another rating; an editor who is neither of the two will settle it.

    Rating and reasons are those that were locked, where the desk reviews blind.
    """
    may_decide(by, claim).or_refuse()
    own = own_rating_of(by, claim, latest_verdict(claim)) if claim.workspace.is_review_blind else None
    if own:
        rating, note = own.rating, note or own.reasons
    with recorded(by=by, verb="disagree"):
        review = _decide(
            claim,
            version,
            by,
            Review.Decision.DISAGREED,
            Move.DISAGREE,
            note=note,
            rating=rating,
            verb="disagree",
        )
        problems = {}
        if not review.own_rating:
            choices = scales_of(claim.workspace_id).of(review.verdict.scale_version).choices
            problems["rating"] = [
                _("Choose one of: {choices}.").format(choices=", ".join(one.code for one in choices))
            ]
        elif rating == review.verdict.rating:
            problems["rating"] = [_("This is the rating that was submitted. Approve it, or ask for changes.")]
        if not review.note:
            problems["note"] = [_("Say why you come to another rating.")]
        if problems:
            raise Incomplete(_("A disagreement names another rating and the reason for it."), problems)
    return review


def adjudicate(*, claim: Claim, version: int, approve: bool, note: str, by: User) -> Review:
    """An editor settles a disagreement in writing: the verdict stands, or goes back into review."""
    may_adjudicate(by, claim).or_refuse()
    decision = Review.Decision.ADJUDICATED_APPROVED if approve else Review.Decision.ADJUDICATED_RETURNED
    move = Move.ADJUDICATE_APPROVE if approve else Move.ADJUDICATE_RETURN
    with recorded(by=by, verb="adjudicate"):
        review = _decide(claim, version, by, decision, move, note=note, verb="adjudicate")
        _needs_note(review, _("A disagreement is settled with a written reason."))
    return review


def reopen_claim(*, claim: Claim, version: int, note: str, by: User) -> Review:
    """Put an approved claim back into review, before it is published."""
    may_reopen(by, claim).or_refuse()
    with recorded(by=by, verb="reopen_claim"):
        review = _decide(
            claim, version, by, Review.Decision.REOPENED, Move.REOPEN, note=note, verb="reopen_claim"
        )
        _needs_note(review, _("An approved claim is reopened for a reason."))
    return review


def tick_item(*, item: ChangeItem, is_done: bool, by: User, note: str | None = None) -> ChangeItem:
    """Say that a requested change was made (or not yet), with a word on how or why not. Safe to repeat.

    Without a `note` the one that stands is left alone.
    """
    may_draft(by, item.review.claim).or_refuse()
    with recorded(by=by, verb="tick_item"):
        item.is_done, item.done_by = is_done, by if is_done else None
        if note is not None:
            item.note = _words(note, "note")
        item.save(update_fields=["is_done", "done_by", "note"])
    return item


def lock_rating(*, claim: Claim, version: int, rating: str, reasons: str, by: User) -> OwnRating:
    """Commit to a rating of one's own before seeing the first: written once, in the history, then both are shown.

    The same again is the rating that was locked. Raises `IllegalMove` for another one, or when nothing waits.
    """
    may_review(by, claim).or_refuse()
    words = _words(reasons, "reasons")
    with recorded(by=by, verb="lock_rating"):
        locked = Claim.objects.select_for_update().select_related("workspace").get(pk=claim.pk)
        if locked.status != Status.SUBMITTED:
            raise illegal(Status(locked.status), Move.APPROVE)
        check_version(claim=locked, version=version)
        if not locked.workspace.is_review_blind:
            raise IllegalMove(_("This desk does not review blind: both ratings are shown from the start."))
        verdict = latest_verdict(locked)
        assert verdict is not None, "what was submitted has a verdict"
        if own := own_rating_of(by, locked, verdict):
            if (own.rating, own.reasons) != (rating, words):
                raise IllegalMove(
                    _("You have locked a rating for this submission already; it stays as it is.")
                )
            return own
        problems = {}
        if rating not in scales_of(claim.workspace_id).of(verdict.scale_version).by_code:
            problems["rating"] = [_("Choose a rating.")]
        if not words:
            problems["reasons"] = [_("Write the reasons for your rating.")]
        if problems:
            raise Incomplete(_("Your own rating has a rating and the reasons for it."), problems)
        return OwnRating.objects.create(
            workspace_id=claim.workspace_id,
            claim=claim,
            verdict=verdict,
            reviewer=by,
            rating=rating,
            reasons=words,
        )


def _decide(
    claim: Claim,
    version: int,
    by: User,
    decision: str,
    move: Move,
    *,
    verb: str,
    note: str,
    rating: str = "",
) -> Review:
    with recorded(by=by, verb=verb):
        move_claim(claim=claim, move=move, version=version)
        verdict = latest_verdict(claim)
        assert verdict is not None, "no road leads to a decision without a verdict"
        own = own_rating_of(by, claim, verdict) if claim.workspace.is_review_blind else None
        known = scales_of(claim.workspace_id).of(verdict.scale_version).by_code if rating else {}
        return Review.objects.create(
            workspace_id=claim.workspace_id,
            claim=claim,
            verdict=verdict,
            reviewer=by,
            decision=decision,
            note=_words(note, "note"),
            own_rating=own.rating if own else rating if rating in known else "",
        )


def _words(text: str, field: str) -> str:
    return tidy({field: text}, {field: 5000}, paragraphs=(field,))[field]


def _needs_note(review: Review, sentence: str) -> None:
    if not review.note:
        raise Incomplete(sentence, {"note": [_("Write the reason.")]})
