"""What people decide is kept as labels: with what was on screen, taken back when they take it back, never changed."""

from __future__ import annotations

import pytest

from annotations.articles.queries import current_version
from annotations.claims.extraction.engine import EXTRACTOR
from annotations.claims.models import Claim, Label
from annotations.claims.services.triage import accept_claim, dismiss_claim, merge_claim, restore_claim
from annotations.claims.services.wording import edit_claim, edit_span, mark_claim
from annotations.refusals import IllegalMove
from annotations.steps.services import undo_claim
from tests import factories
from tests.cast import SEED

TEXT = (
    "The council spent 5 million euros on the bridge. Nobody in the hall seemed to mind the long evening."
    " The mayor, a keen cyclist, came late.\n\nThe port handled 40,000 tons of grain in May. Rain fell on the parade."
)


@pytest.fixture
def article(workspace, reviewer):
    return factories.article(workspace, reviewer, TEXT)


@pytest.fixture
def with_sample(article):
    """Read: the first and the fourth sentence proposed, the second and the fifth drawn of the three passed over."""
    factories.proposed(article, [0.9, 0.12, 0, 0.8, 0.11])
    return article


def standing(claim):
    return [(label.decision, label.reason) for label in Label.objects.standing().filter(claim=claim)]


def test_a_decision_keeps_what_was_on_screen(with_sample, reviewer):
    claim = factories.candidate(with_sample, "40,000 tons")

    accept_claim(claim=claim, version=1, by=reviewer)

    label = Label.objects.get(claim=claim)
    sentence = TEXT[label.sentence_start : label.sentence_end]
    assert sentence == "The port handled 40,000 tons of grain in May."
    assert TEXT[label.start : label.end] == claim.exact
    assert (label.decision, label.extractor, label.score) == ("ACCEPTED", EXTRACTOR, claim.score)
    assert label.rank == claim.rank is not None
    assert (label.is_sample, label.is_by_hand, label.weight, label.decided_by) == (
        False,
        False,
        1.0,
        reviewer,
    )


def test_the_newest_decision_stands(with_sample, reviewer):
    claim = factories.candidate(with_sample, "5 million")

    accept_claim(claim=claim, version=1, by=reviewer)
    edit_span(
        claim=claim, version=2, start=claim.start, end=claim.end - 1, exact=claim.exact[:-1], by=reviewer
    )

    assert standing(claim) == [("EDITED", "")]
    assert Label.objects.filter(claim=claim).count() == 2


def test_undo_takes_the_decision_back_and_the_one_before_stands_again(with_sample, reviewer):
    claim = factories.candidate(with_sample, "5 million")
    accept_claim(claim=claim, version=1, by=reviewer)
    edit_claim(claim=claim, version=2, by=reviewer, claimant="The council")

    undo_claim(claim=claim, version=3, by=reviewer)

    assert standing(claim) == [("ACCEPTED", "")]
    assert [label.decision for label in Label.objects.order_by("pk")] == ["ACCEPTED", "EDITED", "UNDONE"]


def test_saving_the_same_words_again_is_no_decision(with_sample, reviewer):
    claim = factories.candidate(with_sample, "5 million")
    accept_claim(claim=claim, version=1, by=reviewer)
    edit_claim(claim=claim, version=2, by=reviewer, claimant="The council")
    edit_claim(claim=claim, version=3, by=reviewer, claimant="The council")
    undo_claim(claim=claim, version=4, by=reviewer)

    assert standing(claim) == [("EDITED", "")]


def test_a_dismissal_counts_until_it_is_restored_and_again_when_that_is_undone(
    with_sample, reviewer, colleague
):
    claim = factories.candidate(with_sample, "5 million")

    dismiss_claim(claim=claim, version=1, reason="TRIVIAL", by=reviewer)
    assert standing(claim) == [("DISMISSED", "TRIVIAL")]

    restore_claim(claim=claim, version=2, by=colleague)
    assert standing(claim) == []

    undo_claim(claim=claim, version=3, by=colleague)
    assert standing(claim) == [("DISMISSED", "TRIVIAL")]


def test_a_refused_step_leaves_no_label(with_sample, reviewer):
    claim = factories.candidate(with_sample, "5 million")
    accept_claim(claim=claim, version=1, by=reviewer)

    with pytest.raises(IllegalMove):
        accept_claim(claim=claim, version=2, by=reviewer)

    assert Label.objects.count() == 1


def test_an_addition_is_a_miss_of_the_extractor_that_had_read_the_text(with_sample, reviewer):
    claim = factories.marked(with_sample, "The mayor, a keen cyclist, came late", reviewer)

    label = Label.objects.get(claim=claim)
    assert (label.decision, label.is_by_hand, label.extractor, label.rank) == ("ADDED", True, EXTRACTOR, None)

    undo_claim(claim=claim, version=1, by=reviewer)
    assert standing(claim) == []

    restore_claim(claim=claim, version=2, by=reviewer)
    assert standing(claim) == []


def test_an_addition_is_no_miss_where_nothing_has_read_yet_or_the_words_were_proposed(article, reviewer):
    early = factories.marked(article, "The mayor, a keen cyclist, came late", reviewer)
    factories.extract(article)
    proposed = factories.candidate(article, "40,000 tons")
    again = factories.marked(article, proposed.exact[:-1], reviewer)

    assert {label.extractor for label in Label.objects.filter(claim__in=[early, again])} == {""}


def test_merging_says_nothing_of_its_worth(with_sample, reviewer):
    claim, other = factories.candidate(with_sample, "5 million"), factories.candidate(with_sample, "40,000")

    merge_claim(claim=claim, into=other, version=1, by=reviewer)

    assert standing(claim) == [("MERGED", "")]


def test_a_sample_is_stored_apart_and_stands_for_what_was_passed_over(with_sample, reviewer):
    sample = list(Claim.objects.passed_over())
    assert [(one.rank, one.is_sample, one.status) for one in sample] == [(None, True, "CANDIDATE")] * 2

    dismiss_claim(claim=sample[0], version=1, reason="OPINION", by=reviewer)

    assert [one.exact for one in Claim.objects.put_forward().filter(is_sample=False)] == [
        "The council spent 5 million euros on the bridge.",
        "The port handled 40,000 tons of grain in May.",
    ]
    # Five sentences, nothing proposed in three of them, two of those drawn.
    assert Label.objects.get().weight == 1.5


def test_a_second_reading_draws_no_second_sample(with_sample):
    job = current_version(with_sample).extraction
    type(job).objects.filter(pk=job.pk).update(state="WAITING", lease_until=None)

    factories.proposed(with_sample, [0.9, 0.12, 0.11, 0.8, 0.12])

    assert Claim.objects.filter(is_sample=True).count() == 2


def test_an_article_that_is_really_read_has_ranks_and_a_sample(workspace, reviewer):
    article = factories.article(workspace, reviewer, SEED.read_text())

    claims = factories.extract(article)

    ranks = sorted(claim.rank for claim in claims if not claim.is_sample)
    assert ranks == list(range(1, len(ranks) + 1))
    assert 1 <= sum(claim.is_sample for claim in claims) <= 3


def test_marking_the_words_of_the_sample_accepts_it(with_sample, reviewer):
    words = "Rain fell on the parade."
    start = TEXT.index(words)
    claim = mark_claim(
        article=with_sample,
        article_version=current_version(with_sample),
        start=start,
        end=start + len(words),
        exact=words,
        by=reviewer,
        statement="It rained on the parade.",
    )

    assert (claim.status, claim.is_sample, claim.statement) == ("ACCEPTED", True, "It rained on the parade.")
    assert standing(claim) == [("ACCEPTED", "")]

    undo_claim(claim=claim, version=claim.version, by=reviewer)
    assert (claim.status, standing(claim)) == ("CANDIDATE", [])


def test_a_span_over_two_sentences_has_both_around_it(article, reviewer):
    claim = factories.marked(article, "long evening. The mayor", reviewer)

    label = Label.objects.get(claim=claim)
    assert TEXT[label.sentence_start : label.sentence_end] == (
        "Nobody in the hall seemed to mind the long evening. The mayor, a keen cyclist, came late."
    )
