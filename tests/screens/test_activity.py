"""What happened to a claim, in words."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.claims.services.wording import edit_claim
from annotations.screens.activity import PAGE, history_page
from annotations.verdicts.services import draft_verdict
from tests import factories


def did(claim, person):
    return [(step.who, step.did) for step in history_page(claim, person)[0]]


def test_each_step_says_what_it_was(article, reviewer, colleague):
    claim = factories.accepted(article, reviewer, "12,000")
    edit_claim(claim=claim, version=claim.version, by=reviewer, quantities=[], place="Russia")
    factories.cited(claim, reviewer)
    draft_verdict(claim=claim, seen=0, by=reviewer, rating="false", reasons="No.")

    told = did(claim, colleague)

    assert told[:4] == [
        ("Reviewer", "set False"),
        ("Reviewer", "cited a source"),
        ("Reviewer", "edited its place and its figures"),
        ("Reviewer", "accepted the candidate"),
    ]
    assert told[-1][0] == "Extraction"
    assert told[-1][1].startswith("found it, score 0.")
    assert did(claim, reviewer)[0] == ("You", "set False")


def test_a_verdict_that_saved_itself_often_is_one_line(article, reviewer):
    claim = factories.accepted(article, reviewer, "12,000")
    for number in range(5):
        draft_verdict(claim=claim, seen=number, by=reviewer, rating="false", reasons="No." * (number + 1))

    assert [step for _, step in did(claim, reviewer)].count("set False") == 1


def test_one_of_the_sample_does_not_tell_its_score(article, reviewer):
    factories.proposed(article, [0.9, 0.2])
    sample = article.claims.get(is_sample=True)

    assert did(sample, reviewer) == [("Extraction", "found it")]


def test_pages_hold_every_step_once_in_a_fixed_number_of_questions(article, reviewer):
    claim = factories.accepted(article, reviewer, "12,000")
    for number in range(PAGE + 10):
        fact = {"place": f"P{number}"} if number % 2 else {"claimant": f"C{number}"}
        edit_claim(claim=claim, version=claim.version, by=reviewer, **fact)

    with CaptureQueriesContext(connection) as asked:
        first, more = history_page(claim, reviewer)
    second, end = history_page(claim, reviewer, before=more)

    assert (len(first), end) == (PAGE, None)
    assert first[-1].seq > second[0].seq
    assert len(asked) == 6
