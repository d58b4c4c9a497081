"""Decisions leave the house as labelled sentences that the scorer and the trainer read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.claims.extraction.labelled import Decision, sentence_rows
from annotations.claims.queries import labelled_sentences
from annotations.claims.services.triage import accept_claim, dismiss_claim
from annotations.claims.services.wording import edit_claim
from annotations.steps.services import undo_claim
from tests import factories

TEXT = "Ärzte said 40 beds are lacking. 😀 Nobody was asked.\n\nThe hall holds 900 people, and 12 left."


def decision(start: int, end: int, label3: str | None, **more) -> Decision:
    plain = {
        "decision": "ACCEPTED",
        "reason": "",
        "extractor": "rules-1",
        "calibration": "",
        "score": 0.8,
        "rank": 1,
        "is_sample": False,
        "is_by_hand": False,
        "speaker": "",
        "cue": "",
        "quantities": (),
        "dates": (),
        "by": 7,
        "at": "2026-01-02T03:04:05+00:00",
    }
    return Decision(start=start, end=end, label3=label3, **(plain | more))


def words(text: str) -> tuple[int, int]:
    return TEXT.index(text), TEXT.index(text) + len(text)


def test_a_sentence_worth_checking_has_its_span_speaker_and_figures():
    taken = [
        decision(
            *words("40 beds are lacking"),
            "check_worthy",
            speaker="Ärzte",
            cue="said",
            quantities=("40", "not in it"),
            dates=(),
        )
    ]

    (row,) = sentence_rows(TEXT, "desk-5-v1", taken)

    assert (row["id"], row["doc"], row["sent"], row["par"], row["part"]) == (
        "desk-5-v1-001",
        "desk-5-v1",
        1,
        1,
        "body",
    )
    assert row["text"] == "Ärzte said 40 beds are lacking."
    assert (row["label3"], row["label"]) == ("check_worthy", 1)
    assert row["text"][slice(*row["span"])] == row["span_text"] == "40 beds are lacking"
    assert (row["speaker"], row["speaker_in_sentence"], row["cue"]) == ("Ärzte", True, "said")
    assert (row["quantities"], row["dates"]) == (["40"], [])
    assert row["decisions"][0] | {"at": "", "by": 0} == {
        "span": [11, 30],
        "decision": "accepted",
        "reason": None,
        "model_version": "rules-1",
        "calibration": None,
        "score": 0.8,
        "rank": 1,
        "is_sample": False,
        "is_by_hand": False,
        "by": 0,
        "at": "",
    }


def test_what_is_printed_around_the_text_says_so():
    text = "Mayor opens bridge\n\nThe bridge cost 4 million.\n\nPhoto: the mayor on the bridge."
    places = [(0, 18), (20, 46), (48, len(text))]

    rows = sentence_rows(text, "desk-1-v1", [decision(*place, "check_worthy") for place in places])

    assert [row["part"] for row in rows] == ["headline", "body", "caption"]


def test_a_sentence_is_worth_it_when_one_of_its_claims_is_the_best_ranked_first():
    taken = [
        decision(
            *words("The hall holds 900 people"), "factual_unimportant", decision="DISMISSED", reason="TRIVIAL"
        ),
        decision(*words("12 left"), "check_worthy", rank=2),
        decision(*words("900 people, and 12 left"), "check_worthy", rank=1),
    ]

    (row,) = sentence_rows(TEXT, "d", taken)

    assert (row["label"], row["span_text"], row["sent"], row["par"]) == (1, "900 people, and 12 left", 3, 2)
    assert [claim["span_text"] for claim in row["claims"]] == ["900 people, and 12 left", "12 left"]
    assert len(row["decisions"]) == 3


def test_a_sentence_that_is_not_worth_it_has_no_span_and_one_that_nobody_judged_is_left_out():
    rows = list(
        sentence_rows(
            TEXT,
            "d",
            [
                decision(*words("Nobody was asked"), "not_factual", decision="DISMISSED", reason="OPINION"),
                decision(*words("12 left"), None, decision="DISMISSED", reason="DUPLICATE"),
            ],
        )
    )

    assert [(row["text"], row["label3"], row["label"]) for row in rows] == [
        ("😀 Nobody was asked.", "not_factual", 0)
    ]
    assert "span" not in rows[0]


def test_a_span_over_two_sentences_counts_where_most_of_it_lies():
    start, end = words("lacking. 😀 Nobody was asked")

    (row,) = sentence_rows(TEXT, "d", [decision(start, end, "check_worthy", is_by_hand=True)])

    assert (row["sent"], row["span_text"]) == (2, "😀 Nobody was asked")
    assert "quantities" not in row


@pytest.fixture
def decided(article, reviewer):
    first, *others = factories.extract(article)
    accept_claim(claim=first, version=1, by=reviewer)
    edit_claim(claim=first, version=2, by=reviewer, claimant="Dorothy Camille Shea", attribution="REPORTED")
    dismiss_claim(claim=others[0], version=1, reason="OPINION", by=reviewer)
    accept_claim(claim=others[1], version=1, by=reviewer)
    undo_claim(claim=others[1], version=2, by=reviewer)
    return article


def test_what_stands_is_exported_with_offsets_that_hold(decided, workspace, other_workspace):
    rows = list(labelled_sentences(workspace))

    text = decided.versions.get().text
    assert [row["label"] for row in rows] == [1, 0]
    assert all(row["text"] in text for row in rows)
    assert rows[0]["text"][slice(*rows[0]["span"])] == rows[0]["span_text"]
    assert (rows[0]["speaker"], rows[0]["decisions"][0]["decision"]) == ("Dorothy Camille Shea", "edited")
    assert list(labelled_sentences(other_workspace)) == []
    assert list(labelled_sentences()) == rows


def test_since_keeps_what_was_decided_later(decided, workspace):
    today = timezone.now().date()

    assert len(list(labelled_sentences(workspace, since=today - timedelta(days=1)))) == 2
    assert list(labelled_sentences(workspace, since=today + timedelta(days=1))) == []
    assert list(labelled_sentences(workspace, since=date(9999, 1, 1))) == []


def test_it_asks_the_same_few_questions_for_each_article(workspace, reviewer):
    factories.sorted_articles(workspace, reviewer, 2)
    with CaptureQueriesContext(
        connection,
    ) as few:
        rows = list(labelled_sentences(workspace))
    factories.sorted_articles(workspace, reviewer, 3)
    with CaptureQueriesContext(connection) as many:
        more = list(labelled_sentences(workspace))

    assert (len(rows), len(more)) == (10, 25)
    assert (len(few), len(many)) == (3 * 2 + 1, 3 * 5 + 1)
