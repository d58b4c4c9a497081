"""The published claims of a desk under a filter: what is in, what is not, page by page and as a stream."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.refusals import NotAllowed
from annotations.reports import queries
from annotations.reports.models import Export
from annotations.reports.queries import Selection, entries, page_of, published
from annotations.reports.services import confirm_amendment, publish_claims, record_export
from annotations.reviews.services.publishing import propose_retraction
from tests import factories


def publish(article, reviewer, colleague, editor, words=""):
    claim = factories.approved(article, reviewer, colleague, words)
    publish_claims(claims=[(claim, claim.version)], by=editor)
    claim.refresh_from_db()
    return claim


@pytest.fixture
def claim(article, reviewer, colleague, editor):
    return publish(article, reviewer, colleague, editor, "12,000")


def found(workspace, **filters):
    return [item.claim_id for item in entries(published(workspace, Selection(**filters)))]


def test_a_published_claim_is_found_and_an_approved_one_is_not(
    claim, article, workspace, reviewer, colleague
):
    factories.approved(article, reviewer, colleague, "45,000")

    assert found(workspace) == [claim.pk]


def test_a_retracted_claim_is_not_offered_any_more(claim, workspace, editor, colleague):
    amendment = propose_retraction(claim=claim, version=claim.version, note="Withdrawn.", by=editor)

    confirm_amendment(amendment=amendment, by=colleague)

    assert found(workspace) == []


def test_another_desk_sees_nothing_of_it(claim, other_workspace):
    assert found(other_workspace) == []


@pytest.mark.parametrize(
    ("fits", "misses"),
    [
        ({"rating": "mostly_true"}, {"rating": "false"}),
        ({"claimant": "camille shea"}, {"claimant": "Kim Song"}),
        ({"q": "soldiers russia"}, {"q": "soldiers unicorn"}),
        ({"q": "counts come close"}, {"q": "100%"}),
        (
            {"since": timezone.now().date() - timedelta(days=1)},
            {"since": timezone.now().date() + timedelta(days=2)},
        ),
        (
            {"until": timezone.now().date() + timedelta(days=1)},
            {"until": timezone.now().date() - timedelta(days=2)},
        ),
    ],
)
def test_each_filter_lets_through_what_fits_and_nothing_else(claim, workspace, fits, misses):
    assert found(workspace, **fits) == [claim.pk]
    assert found(workspace, **misses) == []


def test_the_article_is_a_filter_too(claim, article, workspace, reviewer, colleague, editor):
    other = factories.article(workspace, reviewer, outlet="Harbour Gazette")
    elsewhere = publish(other, reviewer, colleague, editor)

    assert found(workspace, article=article.pk) == [claim.pk]
    assert found(workspace, outlet="gazette") == [elsewhere.pk]


def test_pages_follow_each_other_without_gap_or_repetition(workspace, reviewer, colleague, editor):
    claims = [
        publish(factories.article(workspace, reviewer), reviewer, colleague, editor).pk for _ in range(5)
    ]
    rows, seen, mark = published(workspace, Selection()), [], ""

    while True:
        page, mark = page_of(rows, after=mark, size=2)
        seen += [item.claim_id for item in page]
        if not mark:
            break

    assert seen == claims[::-1]


@pytest.mark.parametrize("mark", ["", "nonsense", "2025-01-01_1", "2025-01-01T00:00:00+00:00_-4", "_"])
def test_a_mark_that_is_none_starts_over(claim, workspace, mark):
    page, _ = page_of(published(workspace, Selection()), after=mark, size=2)

    assert [item.claim_id for item in page] == [claim.pk]


def test_a_stream_asks_twice_a_batch_however_many_claims_there_are(
    workspace, reviewer, colleague, editor, monkeypatch
):
    claims = [
        publish(factories.article(workspace, reviewer), reviewer, colleague, editor).pk for _ in range(5)
    ]
    monkeypatch.setattr(queries, "BATCH", 2)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        seen = found(workspace)

    assert seen == claims[::-1]
    assert len(asked) == 6


def test_an_export_is_written_down_and_a_stranger_gets_none(workspace, reader, outsider):
    export = record_export(
        workspace=workspace, format="csv", selection=Selection(rating="false", article=3), by=reader
    )

    with pytest.raises(NotAllowed):
        record_export(workspace=workspace, format="csv", selection=Selection(), by=outsider)
    assert export.selection == {"rating": "false", "article": 3}
    assert Export.objects.get().taken_by == reader
