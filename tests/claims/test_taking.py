"""The next claim for a person: in which order, never their own for a second review, and one for each who asks."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from annotations.articles.services import set_article_priority, set_due_time
from annotations.claims.models import Claim
from annotations.claims.services.assigning import assign_claims, hold_claim
from annotations.claims.services.taking import LEASE, take_next_claim
from annotations.refusals import NotAllowed
from annotations.verdicts.services import submit_verdict
from tests import factories
from tests.test_two_hands import at_once


def take(desk, person, **more):
    return take_next_claim(workspace=desk, by=person, **more).claim


def test_ones_own_comes_first_then_a_second_review_then_nobodys_then_a_candidate(
    workspace, article, reviewer, colleague, editor
):
    waiting = factories.submitted(article, colleague, "12,000")
    own = factories.accepted(article, reviewer)
    loose = factories.accepted(article, editor)
    assign_claims(claims=[(loose, loose.version)], reviewer=None, by=editor)
    found = []

    for _ in range(4):
        claim = take(workspace, reviewer)
        found.append((claim.pk, claim.status))
        if claim.status != "CANDIDATE":
            hold_claim(claim=claim, version=claim.version, reason="Later.", by=reviewer)

    assert found[:3] == [(own.pk, "ACCEPTED"), (waiting.pk, "SUBMITTED"), (loose.pk, "ACCEPTED")]
    assert found[3][1] == "CANDIDATE"
    waiting.refresh_from_db()
    loose.refresh_from_db()
    assert (waiting.second_reviewer, loose.reviewer) == (reviewer, reviewer)


def test_pressed_again_it_offers_the_same_and_piles_nothing_up(workspace, article, reviewer, colleague):
    factories.submitted(article, colleague, "12,000")
    factories.submitted(article, colleague, "45,000")

    first, second = take(workspace, reviewer), take(workspace, reviewer)

    assert first == second
    assert Claim.objects.filter(second_reviewer=reviewer).count() == 1


def test_of_several_of_ones_own_the_one_after_the_one_in_hand_is_offered(workspace, article, reviewer):
    claims = [factories.accepted(article, reviewer) for _ in range(3)]

    first = take(workspace, reviewer)
    second = take(workspace, reviewer, past=first.pk)
    third = take(workspace, reviewer, past=second.pk)

    assert {first, second, third} == set(claims)
    assert take(workspace, reviewer, past=third.pk) == first
    assert take(workspace, reviewer, past=10**15) == first


def test_priority_goes_before_due_time_and_due_time_before_age(workspace, reviewer, editor):
    plain, due, urgent = (factories.article(workspace, reviewer) for _ in range(3))
    for article in (plain, due, urgent):
        factories.extract(article)
    set_due_time(article=due, version=1, due_at=timezone.now() + timedelta(hours=1), by=editor)
    set_article_priority(article=urgent, version=1, priority=4, by=editor)
    order = []

    for _ in range(3):
        claim = take(workspace, reviewer)
        order.append(claim.article_id)
        for one in claim.article.claims.filter(status="CANDIDATE", is_sample=False):
            hold_claim(claim=one, version=one.version, reason="Later.", by=editor)

    assert order == [urgent.pk, due.pk, plain.pk]


def test_nobody_reviews_what_they_helped_to_write(workspace, article, reviewer, colleague):
    claim = factories.ready(article, reviewer, "12,000")
    factories.cited(claim, colleague)
    submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    assert take(workspace, colleague).status == "CANDIDATE"
    assert take(workspace, reviewer) is None


def test_two_are_not_sent_to_sort_one_article_until_the_lease_runs_out(
    workspace, article, reviewer, colleague
):
    factories.extract(article)

    first = take(workspace, reviewer)
    nothing = take_next_claim(workspace=workspace, by=colleague)
    again = take(workspace, reviewer)
    article.refresh_from_db()
    assert article.sorting_until - timezone.now() > LEASE / 2
    article.__class__.objects.filter(pk=article.pk).update(
        sorting_until=timezone.now() - timedelta(minutes=1)
    )

    assert nothing.claim is None
    assert "Reviewer is sorting" in nothing.says
    assert again == first
    assert take(workspace, colleague) == first


def test_a_candidate_that_was_given_to_somebody_is_theirs_alone(
    workspace, article, reviewer, colleague, editor
):
    claims = [claim for claim in factories.extract(article) if not claim.is_sample]
    assign_claims(claims=[(one, one.version) for one in claims], reviewer=colleague, by=editor)

    assert take(workspace, reviewer) is None
    assert take(workspace, colleague) in claims


def test_it_says_when_nothing_is_left_and_readers_are_refused(
    workspace, other_workspace, article, reader, outsider
):
    factories.extract(article)

    with pytest.raises(NotAllowed):
        take(workspace, reader)
    assert "Nothing waits for you" in take_next_claim(workspace=other_workspace, by=outsider).says


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_get_different_claims(workspace, article, reviewer, colleague, editor, admin):
    for words in ("12,000", "45,000"):
        factories.submitted(article, editor, words)
    press = partial(take_next_claim, workspace=workspace)

    results = at_once(partial(press, by=reviewer), partial(press, by=colleague))

    taken = [one.claim for one in results]
    assert len({claim.pk for claim in taken}) == 2, results
    assert {claim.status for claim in taken} == {"SUBMITTED"}
    seconds = Claim.objects.filter(status="SUBMITTED").values_list("second_reviewer", flat=True)
    assert set(seconds) == {reviewer.pk, colleague.pk}


@pytest.mark.django_db(transaction=True)
def test_four_who_press_at_once_share_four_articles(workspace, reviewer, colleague, editor, admin):
    for number in range(4):
        factories.proposed(
            factories.article(workspace, editor, f"Text {number} counts 40 boats. It rained."), [0.9]
        )
    people = (reviewer, colleague, editor, admin)

    results = at_once(*[partial(take_next_claim, workspace=workspace, by=person) for person in people])

    assert len({one.claim.article_id for one in results if one.claim}) == 4, results
