"""Many candidates at once: what would happen, what does, and what is left alone."""

from __future__ import annotations

import pytest

from annotations.claims.lifecycle import Move
from annotations.claims.models import Claim, Label
from annotations.claims.queries import likely_duplicates, possible_only, sorting_plan
from annotations.claims.services.bulk import MOST, accept_claims, dismiss_claims
from annotations.claims.services.triage import accept_claim
from annotations.claims.services.wording import edit_claim
from annotations.refusals import Incomplete, NotAllowed
from tests import factories

TEXT = "The port moved 900 tons. A gull sat on a rail. The mayor came by bike. The fee is 4 euros."


@pytest.fixture
def claims(workspace, reviewer):
    return factories.proposed(factories.article(workspace, reviewer, TEXT), [0.99, 0.95, 0.9, 0.5])


@pytest.fixture
def article(claims):
    return claims[0].article


def rows(claims):
    return [(claim.pk, claim.version) for claim in claims]


def statuses(claims):
    return [Claim.objects.get(pk=claim.pk).status for claim in claims]


def test_all_are_accepted_and_become_the_reviewers_own(article, claims, reviewer):
    outcomes = accept_claims(article=article, rows=rows(claims), by=reviewer)

    assert all(outcome.is_done for outcome in outcomes)
    assert statuses(claims) == ["ACCEPTED"] * 4
    assert set(Claim.objects.values_list("reviewer", flat=True)) == {reviewer.pk}
    assert Label.objects.filter(decision="ACCEPTED").count() == 4


def test_what_changed_meanwhile_is_left_and_named_and_the_rest_is_done(article, claims, reviewer, colleague):
    seen = rows(claims)
    accept_claim(claim=claims[0], version=1, by=colleague)
    edit_claim(claim=claims[1], version=1, by=colleague, claimant="Somebody")

    outcomes = dismiss_claims(article=article, rows=seen, reason="TRIVIAL", by=reviewer)

    assert [outcome.why for outcome in outcomes] == [
        "It is in review already (Colleague).",
        "It was changed meanwhile (Colleague).",
        "",
        "",
    ]
    assert statuses(claims) == ["ACCEPTED", "CANDIDATE", "DISMISSED", "DISMISSED"]


def test_a_preview_says_the_same_and_changes_nothing(article, claims, reviewer, colleague):
    seen = dict(rows(claims))
    accept_claim(claim=claims[0], version=1, by=colleague)

    plan = sorting_plan(article, seen, Move.ACCEPT)

    assert [row.why for row in plan] == ["It is in review already (Colleague).", "", "", ""]
    assert statuses(claims) == ["ACCEPTED"] + ["CANDIDATE"] * 3


def test_sent_twice_it_is_done_once(article, claims, reviewer):
    seen = rows(claims)
    dismiss_claims(article=article, rows=seen, reason="TRIVIAL", by=reviewer)

    again = dismiss_claims(article=article, rows=seen, reason="OPINION", by=reviewer)

    assert not any(outcome.is_done for outcome in again)
    assert set(Claim.objects.values_list("dismissal", flat=True)) == {"TRIVIAL"}


def test_a_claim_of_another_article_is_unknown(article, claims, reviewer, other_workspace, outsider):
    stranger = factories.candidate(factories.article(other_workspace, outsider))

    (outcome,) = accept_claims(article=article, rows=rows([stranger]), by=reviewer)

    assert outcome.why == "There is no such claim in this article."
    assert outcome.statement == ""
    assert statuses([stranger]) == ["CANDIDATE"]


def test_none_and_too_many_are_refused(article, reviewer):
    with pytest.raises(Incomplete, match="Nothing is ticked"):
        accept_claims(article=article, rows=[], by=reviewer)
    with pytest.raises(Incomplete, match=f"At most {MOST}"):
        accept_claims(article=article, rows=[(n, 1) for n in range(1, MOST + 2)], by=reviewer)


def test_many_are_dismissed_for_one_reason_that_exists(article, claims, reviewer):
    with pytest.raises(Incomplete, match="for a reason"):
        dismiss_claims(article=article, rows=rows(claims), reason="BORING", by=reviewer)

    assert statuses(claims) == ["CANDIDATE"] * 4


def test_a_reader_sorts_nothing(article, claims, reader):
    with pytest.raises(NotAllowed):
        accept_claims(article=article, rows=rows(claims), by=reader)


def test_the_weakest_candidates_are_found_as_their_desk_reads_scores(article, claims):
    weak = possible_only(Claim.objects.filter(article=article))

    assert weak == [claims[3].pk]


def test_likely_duplicates_come_first_and_words_narrow_them(article, claims, reviewer):
    twin = factories.marked(article, "port moved 900", reviewer)

    assert likely_duplicates(claims[0])[0] == twin
    assert [claim.pk for claim in likely_duplicates(claims[0], "EUROS fee")] == [claims[3].pk]
    assert likely_duplicates(claims[0], "nothing like it") == []
