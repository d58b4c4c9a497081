"""Taking back and doing again, whatever it was; and that nobody's later work is run over."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.audit.models import AuditEntry
from annotations.audit.services import verify_audit
from annotations.claims.models import Claim, Label
from annotations.claims.services.bulk import accept_claims, dismiss_claims
from annotations.claims.services.triage import (
    accept_claim,
    dismiss_claim,
    merge_claim,
    restore_claim,
    take_claim,
)
from annotations.claims.services.wording import edit_claim, edit_span
from annotations.refusals import IllegalMove, NotAllowed
from annotations.sources.models import Evidence
from annotations.sources.services import edit_evidence, remove_evidence, restore_evidence
from annotations.steps.models import Step
from annotations.steps.queries import steps_of
from annotations.steps.services import redo_step, undo_step
from annotations.verdicts.queries import latest_verdict
from annotations.verdicts.services import withdraw_verdict
from tests import factories


@pytest.fixture
def claim(article):
    return factories.candidate(article, "12,000")


@pytest.fixture
def other(article, claim):
    return factories.candidate(article, "45,000")


def facts(claim):
    """All of a claim that undoing is to bring back."""
    row = Claim.objects.get(pk=claim.pk)
    return {
        field.attname: getattr(row, field.attname)
        for field in Claim._meta.concrete_fields
        if field.attname not in ("version", "moved_at")
    }


def standing(claim):
    return [(label.decision, label.reason) for label in Label.objects.standing().filter(claim=claim)]


def accept(claim, by, **_):
    accept_claim(claim=claim, version=claim.version, by=by)


def dismiss(claim, by, **_):
    dismiss_claim(claim=claim, version=claim.version, reason="OPINION", by=by)


def merge(claim, by, other):
    merge_claim(claim=claim, into=other, version=claim.version, by=by)


def reword(claim, by, **_):
    edit_claim(claim=claim, version=claim.version, by=by, claimant="Somebody", said_on=None, type="EVENT")


def move_span(claim, by, **_):
    edit_span(
        claim=claim,
        version=claim.version,
        start=claim.start,
        end=claim.end - 1,
        exact=claim.exact[:-1],
        by=by,
    )


def accept_and_merge(claim, by, other):
    accept(claim, by)
    merge(claim, by, other)


def take(claim, by, colleague):
    take_claim(claim=claim, version=claim.version, by=by)


@pytest.mark.parametrize("step", [accept, dismiss, merge, reword, move_span])
def test_a_step_on_a_claim_goes_back_and_forth(article, claim, other, reviewer, step):
    before, labels_before = facts(claim), standing(claim)
    step(claim, reviewer, other=other)
    after, labels_after = facts(claim), standing(claim)

    for _ in range(2):
        undo_step(article=article, by=reviewer)
        assert (facts(claim), standing(claim)) == (before, labels_before)

        redo_step(article=article, by=reviewer)
        assert (facts(claim), standing(claim)) == (after, labels_after)


def test_a_restored_claim_is_dismissed_again_for_the_old_reason(article, claim, reviewer):
    dismiss(claim, reviewer)
    restore_claim(claim=claim, version=claim.version, by=reviewer)

    undo_step(article=article, by=reviewer)

    assert (facts(claim)["status"], facts(claim)["dismissal"]) == ("DISMISSED", "OPINION")
    assert standing(claim) == [("DISMISSED", "OPINION")]
    redo_step(article=article, by=reviewer)
    assert (facts(claim)["status"], standing(claim)) == ("CANDIDATE", [])


def test_a_claim_in_review_that_was_merged_is_in_review_again_with_its_reviewer(
    article, claim, other, reviewer
):
    accept_and_merge(claim, reviewer, other)

    undo_step(article=article, by=reviewer)

    row = facts(claim)
    assert (row["status"], row["merged_into_id"], row["reviewer_id"]) == ("ACCEPTED", None, reviewer.pk)
    assert standing(claim) == [("ACCEPTED", "")]


def test_nothing_is_merged_again_into_a_claim_that_no_longer_stands(
    article, claim, other, reviewer, colleague
):
    merge(claim, reviewer, other)
    undo_step(article=article, by=reviewer)
    dismiss_claim(claim=other, version=other.version, reason="TRIVIAL", by=colleague)

    with pytest.raises(IllegalMove, match="does not stand any more"):
        redo_step(article=article, by=reviewer)


def test_a_mark_goes_back_and_comes_again_for_the_same_person(article, reviewer):
    marked = factories.marked(article, "any additional measures", reviewer)

    undo_step(article=article, by=reviewer)
    gone = facts(marked)
    redo_step(article=article, by=reviewer)

    assert (gone["status"], gone["dismissal"]) == ("DISMISSED", "MARKED_BY_MISTAKE")
    assert (facts(marked)["status"], facts(marked)["reviewer_id"]) == ("ACCEPTED", reviewer.pk)
    assert standing(marked) == [("ADDED", "")]


def test_a_merge_does_not_come_back_onto_words_that_another_claim_has(article, claim, other, reviewer):
    merge(claim, reviewer, other)
    factories.marked(article, claim.exact, reviewer)

    with pytest.raises(IllegalMove, match="exactly these words"):
        undo_step(article=article, by=reviewer, step=steps_of(reviewer, article).done[1].key)


def test_taking_over_gives_the_claim_back(article, claim, reviewer, colleague):
    accept(claim, reviewer)
    take(claim, colleague, colleague)

    undo_step(article=article, by=colleague)

    assert facts(claim)["reviewer_id"] == reviewer.pk


class TestEvidence:
    @pytest.fixture
    def evidence(self, claim, reviewer):
        accept(claim, reviewer)
        return factories.cited(claim, reviewer, stance="SUPPORTS")

    def now(self, evidence):
        row = Evidence.objects.get(pk=evidence.pk)
        return row.stance, row.removed_at is None

    def test_a_source_that_was_added_is_taken_off_and_put_back(self, article, evidence, reviewer):
        undo_step(article=article, by=reviewer)
        off = self.now(evidence)
        redo_step(article=article, by=reviewer)

        assert (off, self.now(evidence)) == (("SUPPORTS", False), ("SUPPORTS", True))

    def test_a_source_that_was_taken_off_is_put_back(self, article, evidence, reviewer):
        remove_evidence(evidence=evidence, version=evidence.version, by=reviewer)

        undo_step(article=article, by=reviewer)
        on = self.now(evidence)
        redo_step(article=article, by=reviewer)

        assert (on, self.now(evidence)) == (("SUPPORTS", True), ("SUPPORTS", False))

    def test_a_source_that_was_put_back_is_taken_off(self, article, evidence, reviewer):
        remove_evidence(evidence=evidence, version=evidence.version, by=reviewer)
        restore_evidence(evidence=evidence, version=evidence.version, by=reviewer)

        undo_step(article=article, by=reviewer)

        assert self.now(evidence) == ("SUPPORTS", False)

    def test_an_edit_of_a_source_goes_back_and_forth(self, article, evidence, reviewer):
        edit_evidence(evidence=evidence, version=evidence.version, by=reviewer, stance="REFUTES", quote="No.")

        undo_step(article=article, by=reviewer)
        back = self.now(evidence)
        redo_step(article=article, by=reviewer)

        assert (back, self.now(evidence)) == (("SUPPORTS", True), ("REFUTES", True))

    def test_what_a_colleague_edited_since_is_not_taken_off(self, article, evidence, reviewer, colleague):
        edit_evidence(evidence=evidence, version=evidence.version, by=colleague, stance="PARTLY")

        with pytest.raises(IllegalMove, match="Colleague edited this source since"):
            undo_step(article=article, by=reviewer)

        assert self.now(evidence) == ("PARTLY", True)

    def test_an_acceptance_goes_back_once_everything_on_it_is_taken_back(self, article, evidence, reviewer):
        factories.drafted(evidence.claim, reviewer)

        for _ in range(3):
            undo_step(article=article, by=reviewer)

        assert facts(evidence.claim)["status"] == "CANDIDATE"


class TestVerdict:
    def test_what_was_written_goes_back_to_what_stood_before_as_a_revision_of_its_own(
        self, article, claim, reviewer, colleague
    ):
        accept(claim, reviewer)
        factories.drafted(claim, colleague, reasons="Theirs.")
        factories.drafted(claim, reviewer, seen=1, reasons="Mine, half.")
        factories.drafted(claim, reviewer, seen=2, reasons="Mine, whole.")

        undo_step(article=article, by=reviewer)
        back = latest_verdict(claim)
        redo_step(article=article, by=reviewer)
        forth = latest_verdict(claim)

        assert (back.number, back.reasons, back.author) == (4, "Theirs.", reviewer)
        assert (forth.number, forth.reasons) == (5, "Mine, whole.")

    def test_what_a_colleague_wrote_since_is_not_run_over(self, article, claim, reviewer, colleague):
        accept(claim, reviewer)
        factories.drafted(claim, reviewer, reasons="Mine.")
        factories.drafted(claim, colleague, seen=1, reasons="Theirs.")

        with pytest.raises(IllegalMove, match="Colleague wrote on this verdict since"):
            undo_step(article=article, by=reviewer)

        assert latest_verdict(claim).reasons == "Theirs."

    def test_a_withdrawal_goes_back_by_submitting_again(self, article, reviewer):
        claim = factories.submitted(article, reviewer, "12,000")
        withdraw_verdict(claim=claim, version=claim.version, by=reviewer)

        undo_step(article=article, by=reviewer)
        back = facts(claim)["status"]
        redo_step(article=article, by=reviewer)

        assert (back, facts(claim)["status"]) == ("SUBMITTED", "ACCEPTED")


class TestMany:
    def rows(self, *claims):
        return [(claim.pk, claim.version) for claim in claims]

    def test_one_undo_takes_all_back_and_one_redo_does_all_again(self, article, claim, other, reviewer):
        dismiss_claims(article=article, rows=self.rows(claim, other), reason="TRIVIAL", by=reviewer)

        undo_step(article=article, by=reviewer)
        back = [facts(one)["status"] for one in (claim, other)]
        redo_step(article=article, by=reviewer)

        assert back == ["CANDIDATE", "CANDIDATE"]
        assert [facts(one)["dismissal"] for one in (claim, other)] == ["TRIVIAL", "TRIVIAL"]
        assert standing(claim) == standing(other) == [("DISMISSED", "TRIVIAL")]

    def test_what_was_changed_since_is_left_and_named(self, article, claim, other, reviewer, colleague):
        accept_claims(article=article, rows=self.rows(claim, other), by=reviewer)
        edit_claim(claim=Claim.objects.get(pk=claim.pk), version=2, by=colleague, claimant="Somebody")

        turn = undo_step(article=article, by=reviewer)

        assert turn.claims == (other.pk,)
        assert "Colleague edited its wording since" in turn.left[claim.pk]
        assert [facts(one)["status"] for one in (claim, other)] == ["ACCEPTED", "CANDIDATE"]


def test_it_refuses_with_who_and_what_when_somebody_changed_the_claim_since(
    article, claim, reviewer, colleague
):
    accept(claim, reviewer)
    edit_claim(claim=claim, version=claim.version, by=colleague, claimant="Somebody")

    with pytest.raises(IllegalMove, match="Colleague edited its wording since"):
        undo_step(article=article, by=reviewer)

    assert facts(claim)["claimant"] == "Somebody"
    assert not Step.objects.exists()
    (offer,) = steps_of(reviewer, article).done
    assert offer.why_not == "Colleague edited its wording since."


def test_the_button_offers_the_newest_step_that_can_be_taken_back(article, claim, other, reviewer, colleague):
    accept(claim, reviewer)
    accept(other, reviewer)
    edit_claim(claim=other, version=other.version, by=colleague, claimant="Somebody")

    steps = steps_of(reviewer, article)

    assert steps.undo.claims == (claim.pk,)
    assert steps.undo.said.startswith("accepted “")
    assert [offer.is_possible for offer in steps.done] == [False, True]


def test_a_step_is_taken_back_once(article, claim, other, reviewer):
    accept(claim, reviewer)
    accept(other, reviewer)
    step = steps_of(reviewer, article).undo.key
    undo_step(article=article, by=reviewer, step=step)

    with pytest.raises(IllegalMove, match="already"):
        undo_step(article=article, by=reviewer, step=step)

    assert facts(claim)["status"] == "ACCEPTED"


def test_nobody_takes_back_what_another_did(article, claim, reviewer, colleague):
    accept(claim, reviewer)

    with pytest.raises(IllegalMove, match="no step of yours"):
        undo_step(article=article, by=colleague)
    with pytest.raises(IllegalMove, match="already"):
        undo_step(article=article, by=colleague, step=steps_of(reviewer, article).undo.key)


def test_a_step_that_never_was_is_not_taken_back(article, claim, reviewer):
    with pytest.raises(IllegalMove):
        undo_step(article=article, by=reviewer, step=uuid4())


def test_steps_on_another_article_are_left_alone(article, claim, reviewer, workspace):
    elsewhere = factories.accepted(factories.article(workspace, reviewer), reviewer)
    accept(claim, reviewer)

    undo_step(article=article, by=reviewer)
    with pytest.raises(IllegalMove, match="no step of yours"):
        undo_step(article=article, by=reviewer)

    assert facts(elsewhere)["status"] == "ACCEPTED"


def test_who_lost_the_role_undoes_nothing(article, claim, reviewer, reader):
    accept(claim, reviewer)

    with pytest.raises(NotAllowed):
        undo_step(article=article, by=reader)


def test_undoing_is_in_the_history_like_any_step(article, claim, reviewer):
    accept(claim, reviewer)
    undo_step(article=article, by=reviewer)

    entries = AuditEntry.objects.filter(table_name="annotations_claim", row_id=str(claim.pk)).order_by("seq")
    newest = entries.last()
    assert (newest.verb, newest.actor_id, newest.after["status"]) == ("undo", reviewer.pk, "CANDIDATE")
    assert newest.act == Step.objects.get().act
    assert [chain.problem for chain in verify_audit() if chain.problem] == []


def test_the_list_asks_as_often_for_one_step_as_for_many(article, reviewer):
    claims = [claim for claim in factories.extract(article) if not claim.is_sample]
    accept(claims[0], reviewer)
    factories.cited(claims[0], reviewer)
    factories.drafted(claims[0], reviewer)
    with CaptureQueriesContext(connection) as for_few:
        few = steps_of(reviewer, article)
    for claim in claims[1:5]:
        accept(claim, reviewer)
        factories.cited(claim, reviewer)

    with CaptureQueriesContext(connection) as for_many:
        many = steps_of(reviewer, article)

    assert (len(few.done), len(many.done)) == (3, 11)
    assert len(for_many) == len(for_few) <= 7
