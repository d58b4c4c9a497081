from __future__ import annotations

import pytest

from annotations.articles.queries import current_version
from annotations.claims.models import Claim
from annotations.claims.services.triage import (
    accept_claim,
    dismiss_claim,
    merge_claim,
    restore_claim,
    take_claim,
)
from annotations.claims.services.wording import edit_claim, edit_span, mark_claim
from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Stale
from annotations.steps.services import undo_claim
from tests import factories


@pytest.fixture
def candidate(article):
    return factories.candidate(article, "12,000")


def test_accepting_makes_it_the_reviewers_own(candidate, reviewer):
    accept_claim(claim=candidate, version=candidate.version, by=reviewer)

    assert (candidate.status, candidate.reviewer) == ("ACCEPTED", reviewer)


def test_accepting_twice_is_an_illegal_move(candidate, reviewer):
    accept_claim(claim=candidate, version=1, by=reviewer)

    with pytest.raises(IllegalMove):
        accept_claim(claim=candidate, version=2, by=reviewer)


def test_a_candidate_is_dismissed_for_a_reason_that_exists(candidate, reviewer):
    with pytest.raises(Incomplete, match="for a reason"):
        dismiss_claim(claim=candidate, version=1, reason="BORING", by=reviewer)

    dismiss_claim(claim=candidate, version=1, reason="OPINION", by=reviewer)

    assert (candidate.status, candidate.dismissal) == ("DISMISSED", "OPINION")


def test_a_dismissed_claim_is_restored(candidate, reviewer, colleague):
    dismiss_claim(claim=candidate, version=1, reason="OPINION", by=reviewer)

    restore_claim(claim=candidate, version=2, by=colleague)

    assert (candidate.status, candidate.dismissal) == ("CANDIDATE", "")


def test_it_is_not_restored_onto_words_that_another_claim_has(candidate, article, reviewer):
    dismiss_claim(claim=candidate, version=1, reason="OPINION", by=reviewer)
    factories.marked(article, candidate.exact, reviewer)

    with pytest.raises(IllegalMove, match="exactly these words"):
        restore_claim(claim=candidate, version=2, by=reviewer)


def test_a_claim_is_merged_into_a_live_one_of_its_article_only(candidate, article, reviewer, workspace):
    other = factories.marked(article, "any additional measures", reviewer)
    stranger = factories.marked(factories.article(workspace, reviewer), "5 million euros", reviewer)

    for wrong in (candidate, stranger):
        with pytest.raises(Incomplete):
            merge_claim(claim=candidate, into=wrong, version=1, by=reviewer)
    merge_claim(claim=candidate, into=other, version=1, by=reviewer)

    assert (candidate.status, candidate.merged_into) == ("MERGED", other)
    with pytest.raises(Incomplete):
        merge_claim(claim=other, into=candidate, version=1, by=reviewer)


def test_a_colleague_takes_a_claim_over(candidate, reviewer, colleague):
    accept_claim(claim=candidate, version=1, by=reviewer)

    take_claim(claim=candidate, version=2, by=colleague)

    assert candidate.reviewer == colleague


def test_a_stale_hand_changes_nothing_and_hears_what_stands(candidate, reviewer, colleague):
    edit_claim(claim=Claim.objects.get(pk=candidate.pk), version=1, by=colleague, statement="Theirs.")

    with pytest.raises(Stale) as refused:
        edit_claim(claim=candidate, version=1, by=reviewer, statement="Mine.")

    assert refused.value.current["statement"] == "Theirs."
    assert refused.value.yours["statement"] == "Mine."
    assert refused.value.version == 2


def test_the_same_words_are_not_claimed_twice(article, reviewer):
    factories.marked(article, "any additional measures", reviewer)

    with pytest.raises(IllegalMove, match="already"):
        factories.marked(article, "any additional measures", reviewer)


def test_overlapping_and_nested_claims_are_welcome(article, reviewer):
    outer = factories.marked(article, "over 12,000 North Korean soldiers are currently in Russia", reviewer)
    inner = factories.marked(article, "12,000 North Korean soldiers", reviewer)

    assert outer.start < inner.start < inner.end < outer.end


def test_words_that_do_not_stand_there_are_refused(article, reviewer):
    version = current_version(article)

    with pytest.raises(Incomplete):
        mark_claim(article=article, article_version=version, start=0, end=5, exact="Wrong", by=reviewer)


class TestUndo:
    def test_an_acceptance_goes_back(self, candidate, reviewer):
        accept_claim(claim=candidate, version=1, by=reviewer)

        undo_claim(claim=candidate, version=2, by=reviewer)

        assert (candidate.status, candidate.reviewer) == ("CANDIDATE", None)

    def test_a_dismissal_goes_back(self, candidate, reviewer):
        dismiss_claim(claim=candidate, version=1, reason="TRIVIAL", by=reviewer)

        undo_claim(claim=candidate, version=2, by=reviewer)

        assert candidate.status == "CANDIDATE"

    def test_a_mark_goes_back_and_frees_its_words(self, article, reviewer):
        claim = factories.marked(article, "any additional measures", reviewer)

        undo_claim(claim=claim, version=1, by=reviewer)

        assert (claim.status, claim.dismissal) == ("DISMISSED", "MARKED_BY_MISTAKE")
        factories.marked(article, "any additional measures", reviewer)

    def test_edits_get_their_old_words_again(self, candidate, reviewer):
        old = (candidate.start, candidate.end, candidate.exact)
        words = candidate.exact[:4]
        edit_span(
            claim=candidate,
            version=1,
            start=candidate.start,
            end=candidate.start + 4,
            exact=words,
            by=reviewer,
        )

        undo_claim(claim=candidate, version=2, by=reviewer)

        assert (candidate.start, candidate.end, candidate.exact) == old

    def test_nobody_undoes_what_another_did(self, candidate, reviewer, colleague):
        accept_claim(claim=candidate, version=1, by=reviewer)

        with pytest.raises(IllegalMove):
            undo_claim(claim=candidate, version=2, by=colleague)

    def test_an_acceptance_that_carries_work_stays(self, candidate, reviewer, colleague):
        accept_claim(claim=candidate, version=1, by=reviewer)
        factories.cited(candidate, colleague)

        with pytest.raises(IllegalMove, match="source on this claim"):
            undo_claim(claim=candidate, version=2, by=reviewer)

    def test_there_is_nothing_to_undo_twice(self, candidate, reviewer):
        accept_claim(claim=candidate, version=1, by=reviewer)
        undo_claim(claim=candidate, version=2, by=reviewer)

        with pytest.raises(IllegalMove):
            undo_claim(claim=candidate, version=3, by=reviewer)


def test_a_reader_sorts_nothing(candidate, reader):
    with pytest.raises(NotAllowed):
        accept_claim(claim=candidate, version=1, by=reader)
