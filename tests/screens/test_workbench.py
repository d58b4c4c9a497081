"""What the workbench page is given to show."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.claims.services.triage import dismiss_claim
from annotations.people.models import User, Workspace
from annotations.screens.workbench import Workbench, workbench
from tests import factories

WORDS = "Claim number {n} says that {n} million people agreed. "


@pytest.fixture
def town(workspace: Workspace, reviewer: User) -> Article:
    text = "The mayor spoke of 12 trams and 30 buses on Monday.\n\nThe council paid 5 million euros for 12 trams."
    return factories.article(workspace, reviewer, text)


def shown(article: Article, person: User, **asked: Any) -> Workbench:
    return workbench(article=article, person=User.objects.get(pk=person.pk), **asked)


def queries_for(workspace: Workspace, reviewer: User, claims: int) -> int:
    article = factories.article(workspace, reviewer, "".join(WORDS.format(n=n) for n in range(claims)))
    first = factories.marked(article, "Claim number 0", reviewer)
    for n in range(1, claims):
        factories.marked(article, f"Claim number {n} ", reviewer)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        board = shown(article, reviewer, claim_id=first.pk)
        assert board.paragraphs

    assert board.total == claims
    return len(asked)


def test_a_thousand_claims_take_as_many_queries_as_ten(workspace: Workspace, reviewer: User) -> None:
    few = queries_for(workspace, reviewer, 10)

    many = queries_for(workspace, reviewer, 1_000)

    assert many == few
    assert few <= 24


def test_claims_are_numbered_by_their_place_in_the_text(town: Article, reviewer: User) -> None:
    factories.marked(town, "5 million euros", reviewer)
    factories.marked(town, "30 buses", reviewer)

    board = shown(town, reviewer)

    assert [(item.number, item.statement) for item in board.items] == [
        (1, "30 buses."),
        (2, "5 million euros."),
    ]


def test_the_paragraphs_hold_every_word_of_the_text(town: Article, reviewer: User) -> None:
    factories.marked(town, "12 trams and 30 buses on Monday.\n\nThe council", reviewer)
    factories.marked(town, "30 buses", reviewer)

    board = shown(town, reviewer)

    words = "\n\n".join("".join(step.text for step in part.steps) for part in board.paragraphs)
    assert words == current_version(town).text
    assert [part.gap for part in board.paragraphs] == ["", ""]


def test_nested_claims_lie_in_each_other_and_each_number_stands_where_its_words_end(
    town: Article, reviewer: User
) -> None:
    outer = factories.marked(town, "12 trams and 30 buses on Monday", reviewer)
    inner = factories.marked(town, "30 buses", reviewer)

    paragraph = shown(town, reviewer).paragraphs[0]

    steps = [(step.kind, step.text or (step.mark and step.mark.claim)) for step in paragraph.steps]
    assert steps == [
        ("text", "The mayor spoke of "),
        ("open", outer.pk),
        ("text", "12 trams and "),
        ("open", inner.pk),
        ("text", "30 buses"),
        ("close", inner.pk),
        ("end", inner.pk),
        ("text", " on Monday"),
        ("close", outer.pk),
        ("end", outer.pk),
        ("text", "."),
    ]
    assert paragraph.lanes == 2


def test_a_dismissed_claim_leaves_text_and_list_and_is_found_under_its_own_filter(
    article: Article, reviewer: User
) -> None:
    claim = factories.candidate(article)
    dismiss_claim(claim=claim, version=claim.version, reason="TRIVIAL", by=reviewer)

    usual, dismissed = shown(article, reviewer), shown(article, reviewer, show="dismissed")

    assert claim.pk not in [item.pk for item in usual.items]
    assert [item.pk for item in dismissed.items] == [claim.pk]
    marked = {step.mark.claim for part in usual.paragraphs for step in part.steps if step.mark}
    assert claim.pk not in marked


def test_a_reader_is_told_why_the_buttons_are_grey(article: Article, reader: User, reviewer: User) -> None:
    claim = factories.accepted(article, reviewer)

    board = shown(article, reader, claim_id=claim.pk)

    assert board.panel is not None
    assert not board.may_mark
    assert "reviewer" in board.may_mark.reason
    assert "reviewer" in board.panel.may_draft.reason


def test_an_approved_claim_takes_the_colour_of_its_rating(
    article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.approved(article, reviewer, colleague)

    board = shown(article, reviewer)

    item = next(item for item in board.items if item.pk == claim.pk)
    assert (item.attribute, item.value) == ("rating", "mostly_true")
    assert ("rating", "mostly_true", 1) in board.parts


def test_a_claim_of_another_article_is_not_shown_in_the_panel(
    article: Article, town: Article, reviewer: User
) -> None:
    stranger = factories.marked(town, "30 buses", reviewer)

    board = shown(article, reviewer, claim_id=stranger.pk)

    assert board.panel is None
