"""The sample of what was passed over lies apart: folded on the workbench, and in no list, count or next step."""

from __future__ import annotations

import pytest

from annotations.claims.services.taking import take_next_claim
from annotations.claims.services.triage import accept_claim, dismiss_claim
from annotations.screens.filters import Filter
from annotations.screens.queue import queue
from annotations.screens.workbench import next_candidate, workbench
from tests import factories

TEXT = "The port moved 900 tons. A gull sat on a rail. The mayor came by bike. The fee is 4 euros."


@pytest.fixture
def article(workspace, reviewer):
    return factories.article(workspace, reviewer, TEXT)


@pytest.fixture
def claims(article):
    """Two proposals, then two of the sample; the list is in the order of the text."""
    return factories.proposed(article, [0.9, 0.8, 0.2, 0.1])


def test_the_workbench_shows_it_apart_and_marks_it_only_in_hand(article, claims, reviewer):
    board = workbench(article=article, person=reviewer)
    in_hand = workbench(article=article, person=reviewer, claim_id=claims[2].pk)

    assert [item.pk for item in board.items] == [claims[0].pk, claims[1].pk]
    assert [(item.pk, item.number) for item in board.sample] == [(claims[2].pk, 0), (claims[3].pk, 0)]
    assert (board.total, board.candidates) == (2, 2)

    def marks(page):
        return {step.mark.claim for paragraph in page.paragraphs for step in paragraph.steps if step.mark}

    assert marks(board) == {claims[0].pk, claims[1].pk}
    assert marks(in_hand) == {claims[0].pk, claims[1].pk, claims[2].pk}
    assert (in_hand.panel.before, in_hand.panel.after, in_hand.panel.is_sampled) == (None, claims[3].pk, True)


def test_one_that_is_accepted_becomes_a_claim_like_any_other(article, claims, reviewer):
    accept_claim(claim=claims[2], version=1, by=reviewer)

    board = workbench(article=article, person=reviewer)

    assert [item.pk for item in board.items] == [claim.pk for claim in claims[:3]]
    assert [item.pk for item in board.sample] == [claims[3].pk]


def test_the_next_after_one_of_the_sample_is_of_the_sample(claims, reviewer):
    dismiss_claim(claim=claims[2], version=1, reason="TRIVIAL", by=reviewer)
    assert next_candidate(claims[2]) == claims[3].pk
    assert next_candidate(claims[0]) == claims[1].pk

    dismiss_claim(claim=claims[3], version=1, reason="TRIVIAL", by=reviewer)
    assert next_candidate(claims[3]) is None


def test_the_queue_does_not_wait_for_it(workspace, article, claims, reviewer):
    for claim in claims[:2]:
        dismiss_claim(claim=claim, version=1, reason="TRIVIAL", by=reviewer)

    page = queue(desk=workspace, person=reviewer, asked=Filter(show="candidates"))

    assert page.rows == ()
    assert (page.figures.candidates, page.figures.candidate_articles) == (0, 0)
    assert take_next_claim(workspace=workspace, by=reviewer).claim is None
    row = queue(desk=workspace, person=reviewer, asked=Filter()).rows[0]
    assert (row.claims, row.candidates) == (0, 0)


def test_the_page_folds_it_and_keeps_its_score_to_itself(log_in, article, claims, reviewer):
    client = log_in(reviewer)

    page = client.get(f"/articles/{article.pk}/").content.decode()
    panel = client.get(f"/articles/{article.pk}/?claim={claims[2].pk}").content.decode()

    assert "A sample of what was passed over (2)" in page
    assert "Its score is left out" in panel
    assert "0.20" not in panel
    assert '<details class="fold" open>' in panel
