"""The queue claim by claim, under the same filters as the articles."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.claims.services.assigning import assign_claims, hold_claim, set_due, set_priority
from annotations.desks.scale import Scales
from annotations.saved_views.services import save_view
from annotations.screens.claim_list import PAGE, claim_list
from annotations.screens.filters import Filter, chips, read_filter, read_query
from annotations.screens.queue import queue
from annotations.search.queries import ratings_seen_by
from tests import factories


@pytest.fixture
def listed(workspace, reviewer):
    def ask(**asked):
        return [
            row.claim.pk for row in claim_list(desk=workspace, person=reviewer, asked=Filter(**asked)).rows
        ]

    return ask


def test_each_filter_keeps_what_fits(listed, workspace, article, reviewer, colleague, editor):
    mine = factories.accepted(article, reviewer, "12,000")
    theirs = factories.submitted(article, colleague, "45,000")
    held = factories.accepted(article, colleague)
    set_priority(claim=mine, version=mine.version, priority=4, by=editor)
    hold_claim(claim=held, version=held.version, reason="Waits.", by=colleague)
    theirs.refresh_from_db()
    assign_claims(claims=[(theirs, theirs.version)], second_reviewer=reviewer, by=editor)

    assert listed()[0] == mine.pk
    assert listed(show="mine") == [mine.pk, theirs.pk]
    assert listed(show="second-review") == [theirs.pk]
    assert listed(state="HELD") == [held.pk]
    assert listed(priority="4") == [mine.pk]
    assert set(listed(person=str(colleague.pk))) == {theirs.pk, held.pk}
    assert listed(q="12,000", state="ACCEPTED") == [mine.pk]
    assert listed(outlet="Nowhere") == listed(language="xx") == listed(age="older") == []
    assert mine.pk not in listed(show="unassigned")
    assert mine.pk not in listed(person="none")


def test_a_claims_own_due_time_goes_before_its_articles(listed, article, reviewer, editor):
    late, early = (
        factories.accepted(article, reviewer, "12,000"),
        factories.accepted(article, reviewer, "45,000"),
    )
    set_due(claim=late, version=late.version, due_at=timezone.now() - timedelta(hours=1), by=editor)
    set_due(claim=early, version=early.version, due_at=timezone.now() - timedelta(hours=2), by=editor)

    assert listed(show="overdue") == [early.pk, late.pk]
    assert listed(sort="due")[:2] == [early.pk, late.pk]


def test_pages_lose_and_repeat_nothing_in_any_order(workspace, article, reviewer, editor):
    for number in range(14):
        text = " ".join(f"Ship {number}{place} carries {place} tonnes." for place in range(1, 6))
        factories.proposed(factories.article(workspace, reviewer, text), [0.9, 0.8, 0.7, 0.6])
    for sort in ("priority", "due", "newest"):
        asked = Filter(sort=sort)
        first = claim_list(desk=workspace, person=reviewer, asked=asked)
        second = claim_list(desk=workspace, person=reviewer, asked=asked, after=first.next_page)
        both = [row.claim.pk for row in (*first.rows, *second.rows)]

        assert (len(first.rows), len(both), len(set(both))) == (PAGE, 56, 56), sort


def test_lists_and_views_cost_the_same_for_few_and_for_many(workspace, article, reviewer, colleague):
    factories.accepted(article, reviewer)

    def cost(show):
        with CaptureQueriesContext(connection) as queries:
            show(desk=workspace, person=reviewer)
        return len(queries)

    ratings_seen_by(reviewer)  # asked once for a person in hand
    before = [cost(show) for show in (queue, claim_list)]
    for number in range(5):
        factories.accepted(factories.article(workspace, reviewer), colleague)
        save_view(workspace=workspace, page="QUEUE", name=f"V{number}", query="q=x&show=mine", by=reviewer)
        save_view(workspace=workspace, page="CLAIMS", name=f"V{number}", query="state=HELD", by=reviewer)

    assert [cost(show) for show in (queue, claim_list)] == before
    assert max(before) <= 14


def test_a_saved_view_is_counted_and_marked_when_it_is_in_view(workspace, article, reviewer):
    factories.accepted(article, reviewer)
    save_view(workspace=workspace, page="QUEUE", name="Mine", query="show=mine", by=reviewer)
    save_view(
        workspace=workspace, page="QUEUE", name="Gone", query="person=999999&outlet=x&%00=1", by=reviewer
    )

    page = queue(desk=workspace, person=reviewer, asked=Filter(show="mine"))

    assert [(view.saved.name, view.count, view.is_current) for view in page.views] == [
        ("Gone", 0, False),
        ("Mine", 1, True),
    ]


def test_what_a_filter_cannot_mean_is_left_out_and_named(reviewer):
    given = {"show": "x", "person": "999", "priority": "5", "q": "a\x00b", "outlet": "y" * 300, "age": "day"}

    asked = read_filter(given, [reviewer])

    assert (asked.show, asked.person, asked.q, asked.age) == ("all", "", "ab", "day")
    assert set(asked.ignored) == {"Show", "Person", "Priority", "Outlet"}
    assert read_query("&".join(f"a{n}=1" for n in range(500)), []) == Filter()
    assert [(chip.label, chip.query) for chip in chips(asked, [reviewer], Scales())] == [
        ("Words", "age=day"),
        ("Added", "q=ab"),
    ]
