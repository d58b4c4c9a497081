"""Whose claim it is, how urgent, due when and held why: written beside the state, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from annotations.audit.models import AuditEntry
from annotations.claims.models import Claim
from annotations.claims.services.assigning import (
    assign_claims,
    hand_over,
    hold_claim,
    release_claim,
    set_due,
    set_priority,
    undo_assignment,
)
from annotations.claims.services.triage import take_claim
from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Stale
from tests import factories

DUE = datetime(2030, 1, 9, 17, 0, tzinfo=UTC)


def seen(*claims):
    return [(claim, claim.version) for claim in claims]


@pytest.fixture
def candidates(workspace, reviewer):
    return factories.proposed(factories.article(workspace, reviewer, factories_text()), [0.9, 0.8, 0.7])


def factories_text():
    return "The city has 300 buses. It spent 5 million euros. The line is 14 kilometres long."


def test_an_editor_gives_claims_to_people_with_a_note_and_it_is_recorded(
    candidates, editor, reviewer, colleague
):
    outcomes = assign_claims(
        claims=seen(*candidates),
        reviewer=reviewer,
        second_reviewer=colleague,
        priority=4,
        due_at=DUE,
        note="Before the evening edition.",
        by=editor,
    )

    assert [(one.refusal, one.is_changed) for one in outcomes] == [(None, True)] * 3
    claim = Claim.objects.get(pk=candidates[0].pk)
    assert (claim.reviewer, claim.second_reviewer, claim.priority, claim.due_at) == (
        reviewer,
        colleague,
        4,
        DUE,
    )
    assert (claim.status, claim.version, claim.assignment_note) == (
        "CANDIDATE",
        2,
        "Before the evening edition.",
    )
    assert AuditEntry.objects.filter(verb="assign_claims", actor_id=editor.pk).count() == 3


def test_one_stale_row_is_told_and_the_others_are_done(candidates, editor, reviewer):
    set_priority(claim=Claim.objects.get(pk=candidates[1].pk), version=1, priority=3, by=editor)

    outcomes = assign_claims(claims=seen(*candidates), reviewer=reviewer, by=editor)

    assert [type(one.refusal) for one in outcomes] == [type(None), Stale, type(None)]
    assert outcomes[1].refusal.yours["reviewer"] == "Reviewer"
    assert Claim.objects.filter(reviewer=reviewer).count() == 2


def test_the_same_again_changes_nothing(candidates, editor, reviewer):
    assign_claims(claims=seen(*candidates), reviewer=reviewer, by=editor)
    again = assign_claims(claims=seen(*candidates), reviewer=reviewer, by=editor)

    assert [one.is_changed for one in again] == [False] * 3
    assert set(Claim.objects.filter(reviewer=reviewer).values_list("version", flat=True)) == {2}


def test_a_trial_keeps_nothing_not_even_in_the_history(candidates, editor, reviewer):
    before = AuditEntry.objects.count()

    outcomes = assign_claims(claims=seen(*candidates), reviewer=reviewer, is_trial=True, by=editor)

    assert [one.is_changed for one in outcomes] == [True] * 3
    assert not Claim.objects.filter(reviewer=reviewer).exists()
    assert AuditEntry.objects.count() == before


def test_who_wrote_on_a_claim_never_gets_its_second_review(article, reviewer, colleague, editor):
    claim = factories.submitted(article, reviewer, "12,000")

    own = assign_claims(claims=seen(claim), second_reviewer=reviewer, by=editor)[0]
    other = assign_claims(claims=seen(claim), second_reviewer=colleague, by=editor)[0]

    assert isinstance(own.refusal, IllegalMove)
    assert "somebody else" in own.refusal.reason
    assert other.refusal is None
    with pytest.raises(DatabaseError, match=r"claim_second_is_another|contributed"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE annotations_claim SET second_reviewer_id = %s WHERE id = %s", [reviewer.pk, claim.pk]
            )


def test_who_takes_a_claim_over_is_no_longer_its_second_reviewer(article, reviewer, colleague, editor):
    claim = factories.accepted(article, reviewer, "12,000")
    assign_claims(claims=seen(claim), second_reviewer=colleague, by=editor)

    take_claim(claim=claim, version=claim.version, by=colleague)

    assert (claim.reviewer, claim.second_reviewer) == (colleague, None)


def test_reviewers_take_for_themselves_and_hand_over_their_own(article, reviewer, colleague, editor):
    claim = factories.accepted(article, reviewer, "12,000")

    with pytest.raises(NotAllowed, match="Only an editor assigns"):
        assign_claims(claims=seen(claim), reviewer=colleague, by=reviewer)
    with pytest.raises(NotAllowed):
        hand_over(claim=claim, version=claim.version, to=editor, by=colleague)
    hand_over(claim=claim, version=claim.version, to=colleague, note="I am off sick.", by=reviewer)

    assert (claim.reviewer, claim.assignment_note) == (colleague, "I am off sick.")


def test_nobody_from_elsewhere_and_no_reader_gets_a_claim(article, reviewer, reader, outsider, editor):
    claim = factories.accepted(article, reviewer, "12,000")

    for person in (reader, outsider):
        with pytest.raises(Incomplete, match="does not check claims"):
            assign_claims(claims=seen(claim), reviewer=person, by=editor)
        with pytest.raises(Incomplete):
            hand_over(claim=claim, version=claim.version, to=person, by=editor)


def test_what_cannot_be_meant_is_refused_whole(article, reviewer, editor):
    claim = factories.accepted(article, reviewer, "12,000")

    for wrong in ({}, {"priority": 9}, {"status": "PUBLISHED"}):
        with pytest.raises(Incomplete):
            assign_claims(claims=seen(claim), by=editor, **wrong)
    with pytest.raises(Incomplete):
        assign_claims(claims=[], reviewer=reviewer, by=editor)
    with pytest.raises(Incomplete, match="cannot be kept"):
        assign_claims(claims=seen(claim), reviewer=reviewer, note="\x00", by=editor)


def test_a_submitted_claim_keeps_its_reviewer(article, reviewer, colleague, editor):
    claim = factories.submitted(article, reviewer, "12,000")

    outcome = assign_claims(claims=seen(claim), reviewer=colleague, by=editor)[0]

    assert "stays with who submitted it" in outcome.refusal.reason


def test_a_claim_is_held_for_a_reason_and_taken_up_again(article, reviewer, colleague):
    claim = factories.accepted(article, reviewer, "12,000")

    with pytest.raises(Incomplete):
        hold_claim(claim=claim, version=claim.version, reason="  ", by=reviewer)
    with pytest.raises(NotAllowed):
        hold_claim(claim=claim, version=claim.version, reason="Mine now.", by=colleague)
    hold_claim(claim=claim, version=claim.version, reason="The ministry answers on Monday.", by=reviewer)
    held = (claim.is_held, claim.hold_reason)
    release_claim(claim=claim, version=claim.version, by=reviewer)

    assert held == (True, "The ministry answers on Monday.")
    assert (claim.is_held, claim.hold_reason) == (False, "")


def test_two_set_a_due_time_and_the_second_sees_both(article, reviewer, editor):
    claim = factories.accepted(article, reviewer, "12,000")
    version = claim.version
    set_due(claim=Claim.objects.get(pk=claim.pk), version=version, due_at=DUE, by=editor)

    with pytest.raises(Stale) as stale:
        set_due(claim=claim, version=version, due_at=datetime(2031, 1, 1, tzinfo=UTC), by=editor)

    assert stale.value.current == {"due_at": DUE.isoformat()}
    assert stale.value.yours == {"due_at": "2031-01-01T00:00:00+00:00"}


def test_an_assignment_is_taken_back_once(candidates, reviewer, colleague, editor):
    assign_claims(claims=seen(*candidates), reviewer=reviewer, due_at=DUE, by=editor)
    done = assign_claims(
        claims=seen(*Claim.objects.filter(pk__in=[c.pk for c in candidates])),
        reviewer=colleague,
        due_at=None,
        by=editor,
    )
    changed = [(one.claim, one.claim.version) for one in done]

    undone = undo_assignment(claims=changed, by=editor)
    again = undo_assignment(claims=seen(*Claim.objects.filter(pk__in=[c.pk for c in candidates])), by=editor)

    assert [one.refusal for one in undone] == [None] * 3
    assert set(Claim.objects.values_list("reviewer", "due_at").filter(due_at=DUE)) == {(reviewer.pk, DUE)}
    assert [type(one.refusal) for one in again] == [IllegalMove] * 3


def test_what_somebody_changed_since_is_not_taken_back(candidates, reviewer, editor, admin):
    done = assign_claims(claims=seen(candidates[0]), reviewer=reviewer, by=editor)
    set_priority(claim=Claim.objects.get(pk=candidates[0].pk), version=2, priority=1, by=admin)

    undone = undo_assignment(claims=[(done[0].claim, 2)], by=editor)

    assert isinstance(undone[0].refusal, IllegalMove)
    assert Claim.objects.get(pk=candidates[0].pk).reviewer == reviewer
