"""Blind second review: commit, then reveal. Nothing of the first rating reaches the second person before."""

from __future__ import annotations

import pytest
from django.db import Error, transaction

from annotations.audit.models import AuditEntry
from annotations.audit.services import verify_audit
from annotations.people.services import set_blind_review
from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Stale
from annotations.reviews.models import Review
from annotations.reviews.queries import open_items, waiting_for
from annotations.reviews.services.deciding import (
    approve_verdict,
    disagree,
    lock_rating,
    request_changes,
    tick_item,
)
from annotations.verdicts.models import OwnRating, Verdict
from annotations.verdicts.permissions import may_draft, may_read_verdict
from annotations.verdicts.services import draft_verdict, submit_verdict
from tests import factories


@pytest.fixture
def blind(workspace, admin):
    return set_blind_review(workspace=workspace, is_blind=True, version=workspace.version, by=admin)


@pytest.fixture
def claim(blind, article, reviewer):
    claim = factories.submitted(article, reviewer, "12,000")
    claim.workspace = blind
    return claim


def lock(claim, by, rating="half_true", reasons="“Over” is not supported."):
    return lock_rating(claim=claim, version=claim.version, rating=rating, reasons=reasons, by=by)


def readable(person, claim):
    """The rule for one claim, which must be the rule for lists."""
    claim.refresh_from_db()
    listed = Verdict.objects.filter(claim=claim).readable_by(person).exists()
    assert listed == bool(may_read_verdict(person, claim))
    return listed


def test_an_admin_says_whether_the_desk_reviews_blind(workspace, admin, editor):
    seen = workspace.version

    assert workspace.is_review_blind is False
    assert set_blind_review(workspace=workspace, is_blind=True, version=seen, by=admin).is_review_blind
    with pytest.raises(NotAllowed):
        set_blind_review(workspace=workspace, is_blind=False, version=workspace.version, by=editor)
    with pytest.raises(Stale):
        set_blind_review(workspace=workspace, is_blind=False, version=seen, by=admin)


def test_who_worked_on_it_sees_it_and_everybody_else_does_not(
    claim, reviewer, colleague, reader, editor, admin
):
    assert readable(reviewer, claim)
    assert [readable(person, claim) for person in (colleague, reader, editor, admin)] == [False] * 4


def test_a_locked_rating_reveals_the_first_to_who_locked_it_alone(claim, colleague, editor):
    own = lock(claim, colleague)

    assert readable(colleague, claim)
    assert not readable(editor, claim)
    assert (own.rating, own.verdict.rating) == ("half_true", "mostly_true")


def test_a_verdict_that_is_still_written_is_hidden_as_well(blind, article, reviewer, colleague):
    claim = factories.ready(article, reviewer, "12,000")

    assert not readable(colleague, claim)
    assert not may_draft(colleague, claim)
    with pytest.raises(NotAllowed, match="take the claim over"):
        draft_verdict(claim=claim, seen=0, by=colleague, reasons="I only want to see yours.")


def test_once_decided_nothing_is_hidden(claim, colleague, reader):
    lock(claim, colleague)
    disagree(claim=claim, version=claim.version, by=colleague)

    assert readable(reader, claim)


def test_a_desk_that_does_not_review_blind_hides_nothing(article, reviewer, reader):
    assert readable(reader, factories.submitted(article, reviewer, "12,000"))


def test_the_rating_is_locked_once_and_the_same_again_is_the_same(claim, colleague):
    own = lock(claim, colleague)

    assert lock(claim, colleague) == own
    with pytest.raises(IllegalMove, match="locked a rating"):
        lock(claim, colleague, rating="false")
    with pytest.raises(Error, match="is not allowed"), transaction.atomic():
        OwnRating.objects.update(rating="true")


def test_it_is_in_the_chained_history(claim, colleague):
    own = lock(claim, colleague)

    entry = AuditEntry.objects.get(table_name="annotations_ownrating")
    assert (entry.verb, entry.actor_id, entry.after["rating"]) == ("lock_rating", colleague.pk, own.rating)
    assert [chain.problem for chain in verify_audit() if chain.problem] == []


@pytest.mark.parametrize(("rating", "reasons"), [("", "Why."), ("no_such", "Why."), ("half_true", " \n ")])
def test_a_rating_and_reasons_are_needed(rating, reasons, claim, colleague):
    with pytest.raises(Incomplete):
        lock(claim, colleague, rating=rating, reasons=reasons)

    assert not OwnRating.objects.exists()


def test_an_old_page_and_a_withdrawn_verdict_lock_nothing(claim, colleague):
    with pytest.raises(Stale):
        lock_rating(claim=claim, version=claim.version - 1, rating="true", reasons="Why.", by=colleague)


def test_nobody_locks_on_their_own_verdict_not_even_by_sql(claim, reviewer):
    with pytest.raises(NotAllowed):
        lock(claim, reviewer)
    with pytest.raises(Error, match="contributed to the verdict"), transaction.atomic():
        OwnRating.objects.create(
            workspace_id=claim.workspace_id,
            claim=claim,
            verdict=Verdict.objects.get(claim=claim),
            reviewer=reviewer,
            rating="true",
            reasons="Mine.",
        )


def test_nothing_is_decided_before_the_rating_is_locked(claim, colleague):
    seen = {"claim": claim, "version": claim.version, "by": colleague}

    for step in (
        lambda: approve_verdict(**seen),
        lambda: request_changes(**seen, items=["Date it."]),
        lambda: disagree(**seen, rating="false", note="No."),
    ):
        with pytest.raises(NotAllowed, match="lock your own rating first"):
            step()

    assert not Review.objects.exists()


def test_approval_is_off_while_the_ratings_differ(claim, colleague, editor):
    lock(claim, colleague)

    with pytest.raises(NotAllowed, match="your rating differs"):
        approve_verdict(claim=claim, version=claim.version, by=colleague)
    lock(claim, editor, rating="mostly_true")
    review = approve_verdict(claim=claim, version=claim.version, by=editor)

    assert review.own_rating == "mostly_true"


def test_a_disagreement_is_what_was_locked(claim, colleague):
    lock(claim, colleague)

    review = disagree(claim=claim, version=claim.version, by=colleague, rating="false")

    assert (review.own_rating, review.note) == ("half_true", "“Over” is not supported.")
    assert claim.status == "DISPUTED"


def test_after_changes_the_reader_rates_the_new_submission(claim, reviewer, colleague):
    lock(claim, colleague)
    request_changes(claim=claim, version=claim.version, items=["Name the range."], by=colleague)
    tick_item(item=open_items(claim)[0], is_done=True, note="Named.", by=reviewer)
    draft_verdict(
        claim=claim, seen=1, by=reviewer, rating="half_true", reasons="Between 10,000 and 12,000 [1]."
    )
    submit_verdict(claim=claim, version=claim.version, seen=2, by=reviewer)

    assert readable(colleague, claim)
    with pytest.raises(NotAllowed, match="lock your own rating first"):
        approve_verdict(claim=claim, version=claim.version, by=colleague)
    lock(claim, colleague, reasons="Now it is right.")
    approve_verdict(claim=claim, version=claim.version, by=colleague)

    assert claim.status == "APPROVED"
    assert OwnRating.objects.filter(claim=claim).count() == 2


def test_what_was_asked_for_is_answered_before_it_is_submitted_again(article, reviewer, colleague):
    claim = factories.submitted(article, reviewer, "12,000")
    request_changes(claim=claim, version=claim.version, items=["One.", "Two."], by=colleague)

    with pytest.raises(Incomplete) as missing:
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)
    claim.refresh_from_db()
    for item in open_items(claim):
        tick_item(item=item, is_done=True, note="It stays: there is no range.", by=reviewer)
    submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    assert "2 left" in missing.value.problems["items"][0]
    assert claim.status == "SUBMITTED"
    assert {item.note for item in open_items(claim)} == {"It stays: there is no range."}


def test_what_waits_is_what_the_person_may_decide(
    article, workspace, reviewer, colleague, editor, reader, admin
):
    one = factories.submitted(article, reviewer, "12,000")
    two = factories.disputed(article, reviewer, colleague, "45,000")

    found = {
        person.username: list(waiting_for(person, workspace))
        for person in (reader, reviewer, colleague, editor)
    }

    assert found == {"reader": [], "reviewer": [], "colleague": [one], "editor": [one, two]}
