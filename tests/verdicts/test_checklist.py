"""What a verdict still needs, as one list for page, API and submission."""

from __future__ import annotations

import pytest

from annotations.claims.services.wording import edit_claim
from annotations.refusals import Incomplete, Stale
from annotations.sources.services import remove_evidence
from annotations.verdicts.checklist import checks_of, saved_checks
from annotations.verdicts.queries import latest_verdict
from annotations.verdicts.services import draft_verdict, submit_verdict
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


def needs(claim, **words):
    return {need.field: need.is_met for need in checks_of(claim, words).needs}


def test_every_line_is_met_one_by_one(claim, reviewer):
    nobody = {"claimant": "", "is_claimant_unknown": False, "attribution": "REPORTED"}
    edit_claim(claim=claim, version=claim.version, by=reviewer, **nobody)
    bare = needs(claim)
    edit_claim(
        claim=claim, version=claim.version, by=reviewer, is_claimant_unknown=True, is_date_unknown=True
    )
    factories.cited(claim, reviewer)

    assert bare == dict.fromkeys(["rating", "reasons", "claimant", "said_on", "sources"], False)
    assert all(needs(claim, rating="true", reasons="So it is [1].").values())


def test_sources_are_not_asked_of_an_opinion_and_gaps_are_asked_of_the_unproven(claim):
    assert "sources" not in needs(claim, rating="not_checkable")
    assert needs(claim, rating="unproven")["gaps"] is False


def test_a_number_that_no_source_has_is_refused_on_submit(article, reviewer):
    claim = factories.ready(article, reviewer, "12,000")
    draft_verdict(claim=claim, seen=1, by=reviewer, rating="true", reasons="As said there [2].")

    with pytest.raises(Incomplete) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=2, by=reviewer)

    assert list(refused.value.problems) == ["reasons"]
    assert "[2]" in refused.value.problems["reasons"][0]


def test_warnings_are_gentle_and_never_keep_it_back(article, reviewer):
    claim = factories.ready(article, reviewer, "12,000")
    factories.cited(claim, reviewer)
    draft_verdict(claim=claim, seen=1, by=reviewer, rating="true", reasons="The count was 12,000.")

    checks = saved_checks(claim, latest_verdict(claim))
    submit_verdict(claim=claim, version=claim.version, seen=2, by=reviewer)

    assert checks.is_ready
    assert len(checks.warnings) == 2
    assert claim.status == "SUBMITTED"


def test_numbers_that_moved_when_a_source_was_taken_off_are_pointed_out(article, reviewer):
    claim = factories.ready(article, reviewer, "12,000")
    first = claim.evidence.get()
    factories.cited(claim, reviewer)
    draft_verdict(claim=claim, seen=1, by=reviewer, rating="true", reasons="Two say so [1].")
    before = saved_checks(claim, latest_verdict(claim)).warnings
    remove_evidence(evidence=first, version=first.version, by=reviewer)

    after = saved_checks(claim, latest_verdict(claim)).warnings

    assert not any("moved up" in sentence for sentence in before)
    assert any("moved up" in sentence for sentence in after)


def test_it_takes_few_questions_however_many_sources(claim, reviewer, django_assert_max_num_queries):
    for _ in range(12):
        factories.cited(claim, reviewer)

    with django_assert_max_num_queries(7):
        checks_of(claim, {"rating": "true", "reasons": "Yes [1]."})


def test_ones_own_other_window_is_called_that(claim, reviewer):
    factories.drafted(claim, reviewer, reasons="From one window.")

    with pytest.raises(Stale, match="another window"):
        factories.drafted(claim, reviewer, seen=0, reasons="From the other.")
