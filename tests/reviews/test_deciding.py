"""The second pair of eyes: who decides, what each decision needs, and where it leads."""

from __future__ import annotations

import pytest

from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Stale
from annotations.reviews.models import Review
from annotations.reviews.queries import open_items
from annotations.reviews.services.deciding import (
    adjudicate,
    approve_verdict,
    disagree,
    reopen_claim,
    request_changes,
    tick_item,
)
from annotations.sources.services import remove_evidence
from annotations.verdicts.services import submit_verdict
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.submitted(article, reviewer, "12,000")


@pytest.fixture
def disputed(article, reviewer, colleague):
    return factories.disputed(article, reviewer, colleague, "12,000")


def status(claim):
    claim.refresh_from_db()
    return claim.status


def test_another_reviewer_approves(claim, colleague):
    review = approve_verdict(claim=claim, version=claim.version, by=colleague)

    assert (review.decision, review.reviewer, review.verdict.number) == ("APPROVED", colleague, 1)
    assert status(claim) == "APPROVED"


@pytest.mark.parametrize("who", ["reviewer", "reader", "outsider"])
def test_its_author_a_reader_and_a_stranger_do_not(who, claim, request):
    with pytest.raises(NotAllowed):
        approve_verdict(claim=claim, version=claim.version, by=request.getfixturevalue(who))

    assert status(claim) == "SUBMITTED"


def test_who_cited_a_source_is_a_contributor_even_when_it_was_taken_off(article, reviewer, colleague):
    claim = factories.ready(article, reviewer, "12,000")
    evidence = factories.cited(claim, colleague)
    remove_evidence(evidence=evidence, version=evidence.version, by=colleague)
    submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    with pytest.raises(NotAllowed):
        approve_verdict(claim=claim, version=claim.version, by=colleague)


def test_an_editor_who_wrote_a_revision_is_a_contributor(article, reviewer, editor):
    claim = factories.ready(article, reviewer, "12,000")
    factories.drafted(claim, editor, seen=1, reasons="The editor's words [1].")
    submit_verdict(claim=claim, version=claim.version, seen=2, by=reviewer)

    with pytest.raises(NotAllowed):
        approve_verdict(claim=claim, version=claim.version, by=editor)


def test_an_old_page_approves_nothing(claim, colleague):
    with pytest.raises(Stale):
        approve_verdict(claim=claim, version=claim.version - 1, by=colleague)

    assert not Review.objects.exists()


def test_who_comes_second_hears_that_it_is_approved(claim, colleague, editor):
    approve_verdict(claim=claim, version=claim.version, by=colleague)

    with pytest.raises(IllegalMove) as refused:
        approve_verdict(claim=claim, version=claim.version, by=editor)

    assert "approved" in refused.value.reason
    assert refused.value.legal == ("PUBLISH", "REOPEN")


def test_changes_are_asked_for_as_items_that_are_ticked_off(claim, reviewer, colleague):
    request_changes(
        claim=claim, version=claim.version, items=["Name the table.", "  ", "Add a date."], by=colleague
    )

    items = open_items(claim)
    tick_item(item=items[0], is_done=True, by=reviewer)

    assert status(claim) == "ACCEPTED"
    assert [(item.text, item.is_done) for item in open_items(claim)] == [
        ("Name the table.", True),
        ("Add a date.", False),
    ]


@pytest.mark.parametrize("items", [[], ["", "  "]])
def test_asking_for_changes_names_at_least_one(items, claim, colleague):
    with pytest.raises(Incomplete):
        request_changes(claim=claim, version=claim.version, items=items, by=colleague)

    assert status(claim) == "SUBMITTED"
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("rating", "note"), [("", "No."), ("mostly_true", "No."), ("false", " "), ("nonsense", "No.")]
)
def test_a_disagreement_names_another_rating_and_the_reason(rating, note, claim, colleague):
    with pytest.raises(Incomplete):
        disagree(claim=claim, version=claim.version, rating=rating, note=note, by=colleague)

    assert status(claim) == "SUBMITTED"


@pytest.mark.parametrize(("approve", "becomes"), [(True, "APPROVED"), (False, "ACCEPTED")])
def test_an_editor_who_is_neither_of_the_two_settles_it(approve, becomes, disputed, editor):
    adjudicate(
        claim=disputed, version=disputed.version, approve=approve, note="The table is clear.", by=editor
    )

    assert status(disputed) == becomes


@pytest.mark.parametrize("who", ["reviewer", "colleague"])
def test_a_reviewer_settles_nothing(who, disputed, request):
    with pytest.raises(NotAllowed):
        adjudicate(
            claim=disputed,
            version=disputed.version,
            approve=True,
            note="So.",
            by=request.getfixturevalue(who),
        )


def test_the_editor_who_disagreed_does_not_settle_it(claim, editor, admin):
    disagree(claim=claim, version=claim.version, rating="false", note="Another count.", by=editor)

    with pytest.raises(NotAllowed):
        adjudicate(claim=claim, version=claim.version, approve=True, note="So.", by=editor)
    adjudicate(claim=claim, version=claim.version, approve=True, note="So.", by=admin)

    assert status(claim) == "APPROVED"


def test_settling_needs_a_written_reason(disputed, editor):
    with pytest.raises(Incomplete):
        adjudicate(claim=disputed, version=disputed.version, approve=True, note="", by=editor)

    assert status(disputed) == "DISPUTED"


def test_an_approved_claim_is_reopened_by_an_editor_for_a_reason(article, reviewer, colleague, editor):
    claim = factories.approved(article, reviewer, colleague, "12,000")

    with pytest.raises(NotAllowed):
        reopen_claim(claim=claim, version=claim.version, note="New data.", by=colleague)
    with pytest.raises(Incomplete):
        reopen_claim(claim=claim, version=claim.version, note="", by=editor)
    claim.refresh_from_db()
    reopen_claim(claim=claim, version=claim.version, note="New data.", by=editor)

    assert status(claim) == "ACCEPTED"
