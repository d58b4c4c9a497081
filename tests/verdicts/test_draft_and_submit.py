"""A verdict is written as revisions, and submitted when nothing is missing any more."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.claims.services.triage import take_claim
from annotations.claims.services.wording import edit_claim
from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Stale
from annotations.sources.services import remove_evidence
from annotations.verdicts.models import Verdict
from annotations.verdicts.services import submit_verdict, withdraw_verdict
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


def refusal_of(claim, by):
    """What keeps the newest revision from being submitted, by field; empty when nothing did."""
    try:
        submit_verdict(claim=claim, version=claim.version, seen=1, by=by)
    except Incomplete as refused:
        return list(refused.problems)
    return []


def test_each_save_is_the_next_revision_and_none_is_lost(claim, reviewer, colleague):
    factories.drafted(claim, reviewer, reasons="First.")
    factories.drafted(claim, colleague, seen=1, reasons="Second.")

    rows = Verdict.objects.filter(claim=claim).order_by("number")
    assert [(row.number, row.author, row.reasons) for row in rows] == [
        (1, reviewer, "First."),
        (2, colleague, "Second."),
    ]


def test_saving_the_same_words_again_makes_no_revision(claim, reviewer):
    first = factories.drafted(claim, reviewer, reasons="Two\r\nlines.  ", qualifiers=["exaggerated"])

    again = factories.drafted(claim, reviewer, seen=0, reasons="Two\nlines.", qualifiers=["exaggerated"])

    assert again == first
    assert Verdict.objects.count() == 1


def test_a_stale_save_shows_both_texts_and_loses_neither(claim, reviewer, colleague):
    factories.drafted(claim, colleague, reasons="Theirs.")

    with pytest.raises(Stale) as refused:
        factories.drafted(claim, reviewer, seen=0, reasons="Mine.")

    assert refused.value.current["reasons"] == "Theirs."
    assert refused.value.yours["reasons"] == "Mine."
    assert refused.value.version == 1


@pytest.mark.parametrize(
    "wrong",
    [{"rating": "pants_on_fire"}, {"qualifiers": ["loud"]}, {"confidence": "TOTAL"}, {"reasons": "x\x00"}],
)
def test_what_the_scale_does_not_have_is_refused(wrong, claim, reviewer):
    with pytest.raises(Incomplete) as refused:
        factories.drafted(claim, reviewer, **wrong)

    assert list(refused.value.problems) == list(wrong)
    assert not Verdict.objects.exists()


def test_a_candidate_gets_no_verdict_yet(article, reviewer):
    candidate = factories.candidate(article, "12,000")

    with pytest.raises(NotAllowed):
        factories.drafted(candidate, reviewer)


def test_all_that_is_missing_is_said_at_once(claim, reviewer):
    claimless = {"claimant": "", "attribution": "REPORTED", "said_on": None, "is_date_unknown": False}
    edit_claim(claim=claim, version=claim.version, by=reviewer, **claimless)

    with pytest.raises(Incomplete) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=0, by=reviewer)

    claim.refresh_from_db()
    assert set(refused.value.problems) == {"rating", "reasons", "claimant", "said_on", "sources"}
    assert claim.status == "ACCEPTED"


def test_what_is_complete_is_submitted_and_can_be_withdrawn(article, reviewer):
    claim = factories.ready(article, reviewer, "12,000")

    submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)
    assert claim.status == "SUBMITTED"
    withdraw_verdict(claim=claim, version=claim.version, by=reviewer)

    claim.refresh_from_db()
    assert claim.status == "ACCEPTED"


def test_it_is_submitted_by_its_reviewer_and_a_colleague_takes_it_over_first(article, reviewer, colleague):
    claim = factories.ready(article, reviewer, "12,000")

    with pytest.raises(NotAllowed):
        submit_verdict(claim=claim, version=claim.version, seen=1, by=colleague)
    take_claim(claim=claim, version=claim.version, by=colleague)
    submit_verdict(claim=claim, version=claim.version, seen=1, by=colleague)

    assert claim.status == "SUBMITTED"


def test_it_is_not_withdrawn_by_somebody_else(article, reviewer, colleague):
    claim = factories.submitted(article, reviewer, "12,000")

    with pytest.raises(NotAllowed):
        withdraw_verdict(claim=claim, version=claim.version, by=colleague)


def test_words_that_nobody_saw_are_not_submitted(article, reviewer, colleague):
    claim = factories.ready(article, reviewer, "12,000")
    factories.drafted(claim, colleague, seen=1, rating="false")

    with pytest.raises(Stale):
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    claim.refresh_from_db()
    assert claim.status == "ACCEPTED"


def test_submitting_twice_is_refused_with_the_moves_that_lead_on(article, reviewer):
    claim = factories.submitted(article, reviewer, "12,000")

    with pytest.raises(IllegalMove) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    assert "WITHDRAW" in refused.value.legal


@pytest.mark.parametrize(
    ("rating", "gaps", "is_enough"),
    [
        ("false", "", False),
        ("sources_conflict", "", False),
        ("unproven", "", False),
        ("unproven", "Asked three ministries; none answered.", True),
        ("not_checkable", "", True),
        ("satire", "", True),
    ],
)
def test_which_ratings_go_without_a_source(rating, gaps, is_enough, claim, reviewer):
    edit_claim(claim=claim, version=claim.version, by=reviewer, claimant="Shea", said_on=date(2025, 1, 8))
    factories.drafted(claim, reviewer, rating=rating, gaps=gaps, reasons="So it is.")

    assert (refusal_of(claim, reviewer) == []) == is_enough


@pytest.mark.parametrize(
    ("sources", "is_met"),
    [
        ([], False),
        ([{"is_primary": True}], True),
        ([{"is_primary": False}], False),
        ([{"is_primary": False, "publisher": "A"}, {"is_primary": False, "publisher": "B"}], True),
        ([{"is_primary": False, "publisher": "A"}, {"is_primary": False, "publisher": "a "}], False),
        (
            [
                {"is_primary": False, "publisher": "A", "origin": "Wire"},
                {"is_primary": False, "publisher": "B", "origin": "wire"},
            ],
            False,
        ),
    ],
)
def test_one_primary_source_or_two_of_independent_origin(sources, is_met, claim, reviewer):
    edit_claim(claim=claim, version=claim.version, by=reviewer, claimant="Shea", said_on=date(2025, 1, 8))
    for source in sources:
        factories.cited(claim, reviewer, **source)
    factories.drafted(claim, reviewer, reasons="So it is.")

    assert refusal_of(claim, reviewer) == ([] if is_met else ["sources"])


def test_a_source_that_was_taken_off_does_not_count(article, reviewer):
    claim = factories.ready(article, reviewer, "12,000")
    evidence = claim.evidence.get()
    remove_evidence(evidence=evidence, version=evidence.version, by=reviewer)

    with pytest.raises(Incomplete):
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)
