"""Insights: figures that can be counted by hand, rows behind each of them, and questions that do not grow."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.claims.extraction.engine import EXTRACTOR
from annotations.claims.services.triage import accept_claim, dismiss_claim
from annotations.claims.services.wording import edit_claim
from annotations.refusals import NotAllowed
from annotations.screens.insights import PAGE, Filters, decisions, insights
from annotations.steps.services import undo_claim
from tests import factories

TEXT = " ".join(f"Line {number} counts {number} boats in the bay." for number in range(1, 11))


@pytest.fixture
def decided(workspace, reviewer):
    """Of eight proposals four right, two wrong, two neither; of two samples one was worth it; one was added."""
    article = factories.article(workspace, reviewer, TEXT, outlet="The Harbour Post")
    claims = factories.proposed(article, [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.2, 0.1])
    for claim in claims[:3]:
        accept_claim(claim=claim, version=1, by=reviewer)
    edit_claim(claim=claims[2], version=2, by=reviewer, claimant="The harbour master")
    reasons = ("ALREADY_CHECKED", "TRIVIAL", "EXTRACTION_ERROR", "DUPLICATE", "OUT_OF_SCOPE", "OPINION")
    for claim, reason in zip(claims[3:9], reasons, strict=True):
        dismiss_claim(claim=claim, version=1, reason=reason, by=reviewer)
    accept_claim(claim=claims[9], version=1, by=reviewer)
    factories.marked(article, "counts 3", reviewer)
    return article


def test_the_figures_are_what_was_decided(decided, workspace, editor):
    page = insights(desk=workspace, person=editor)

    total = page.total
    assert (total.decided, total.right, total.wrong, total.edited) == (8, 4, 2, 1)
    assert total.precision == pytest.approx(4 / 6)
    assert (total.added, total.recall) == (1, pytest.approx(4 / 5))
    assert (total.sampled, total.sample_missed, total.passed_over) == (2, 1, 1.0)
    assert total.sample_recall == pytest.approx(4 / 5)
    assert [(reason.code, reason.count, reason.is_mistake) for reason in page.reasons] == [
        ("ALREADY_CHECKED", 1, False),
        ("DUPLICATE", 1, False),
        ("EXTRACTION_ERROR", 1, True),
        ("OUT_OF_SCOPE", 1, False),
        ("TRIVIAL", 1, True),
    ]


def test_they_are_told_by_version_outlet_type_and_month(decided, workspace, editor):
    page = insights(desk=workspace, person=editor)

    tables = {table.group: {row.label: row.decided for row in table.rows} for table in page.tables}
    assert tables["extractor"] == {EXTRACTOR: 8}
    assert tables["outlet"] == {"The Harbour Post": 8}
    assert tables["type"] == {"Quantity": 4, "Event": 4, "Other": 0}
    assert [month.decided for month in page.months] == [8]
    assert sum(row.right for row in page.tables[2].rows) == page.total.right


def test_what_was_taken_back_is_not_counted(workspace, editor, reviewer, article):
    claim = factories.accepted(article, reviewer)
    undo_claim(claim=claim, version=claim.version, by=reviewer)

    assert insights(desk=workspace, person=editor).is_empty


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 11),
        ({"kind": "decided"}, 8),
        ({"kind": "right"}, 4),
        ({"kind": "wrong"}, 2),
        ({"kind": "edited"}, 1),
        ({"kind": "added"}, 1),
        ({"kind": "sampled"}, 2),
        ({"kind": "sample_missed"}, 1),
        ({"reason": "TRIVIAL"}, 1),
        ({"reason": "OPINION"}, 0),
        ({"outlet": "The Harbour Post", "kind": "right"}, 4),
        ({"outlet": ""}, 0),
        ({"type": "EVENT", "kind": "decided"}, 4),
        ({"extractor": "another-0"}, 0),
        ({"month": "1999-12"}, 0),
        ({"month": "9999-12"}, 0),
        ({"month": "no month"}, 11),
    ],
)
def test_each_number_has_its_rows(decided, workspace, editor, filters, count):
    rows, after = decisions(desk=workspace, person=editor, filters=Filters(**filters))

    assert (len(rows), after) == (count, None)


def test_this_month_has_all_of_them(decided, workspace, editor):
    month = insights(desk=workspace, person=editor).months[0].key

    assert len(decisions(desk=workspace, person=editor, filters=Filters(month=month))[0]) == 11


def test_rows_are_paged_without_loss(workspace, editor, reviewer):
    factories.sorted_articles(workspace, reviewer, 11)

    first, after = decisions(desk=workspace, person=editor, filters=Filters())
    second, end = decisions(desk=workspace, person=editor, filters=Filters(), before=after)

    assert (len(first), len(second), end) == (PAGE, 5, None)
    assert len({row.pk for row in [*first, *second]}) == PAGE + 5


def test_only_editors_see_them(decided, workspace, reviewer, outsider):
    for person in (reviewer, outsider):
        with pytest.raises(NotAllowed, match="editor"):
            insights(desk=workspace, person=person)
        with pytest.raises(NotAllowed, match="editor"):
            decisions(desk=workspace, person=person, filters=Filters())


def test_it_asks_no_more_of_many_decisions_than_of_few(decided, workspace, editor, reviewer):
    insights(desk=workspace, person=editor)
    with CaptureQueriesContext(connection) as few:
        insights(desk=workspace, person=editor)
    for number in range(4):
        factories.sorted_articles(workspace, reviewer, 2, outlet=f"Outlet {number}")
    with CaptureQueriesContext(connection) as many:
        page = insights(desk=workspace, person=editor)
    with CaptureQueriesContext(connection) as rows:
        found, _ = decisions(desk=workspace, person=editor, filters=Filters())
        _ = [(row.claim.exact, row.article.headline, row.decided_by.display_name) for row in found]

    assert len(page.tables[1].rows) == 5
    assert len(few) == len(many) == 8
    assert len(rows) == 1
