"""Outcomes: figures that can be counted by hand, the rows behind each, and questions that do not grow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.claims.models import Claim
from annotations.claims.services.triage import dismiss_claim
from annotations.refusals import NotAllowed
from annotations.reviews.services.publishing import confirm_amendment, propose_correction, propose_retraction
from annotations.screens.outcome_rows import AGES, FIGURES, PAGE, Behind, Span, rows_behind
from annotations.screens.outcomes import Outcomes, figure_rows, outcomes
from tests import factories

TODAY = timezone.now().date()


def created(claim, **ago):
    Claim.objects.filter(pk=claim.pk).update(created_at=timezone.now() - timedelta(**ago))


@pytest.fixture
def worked(workspace, article, reviewer, colleague, editor):
    """One published, one corrected, one retracted, one disputed, two dismissed, and the other candidates."""
    claims = [
        factories.published(article, reviewer, colleague, editor, words) for words in ("12,000", "45,000")
    ]
    created(claims[0], hours=10)
    created(claims[1], hours=30)
    for propose, more in (
        (propose_correction, {"correction_type": "VERDICT_CHANGE", "rating": "false", "reasons": "No [1]."}),
        (propose_retraction, {}),
    ):
        claim = claims[1]
        claim.refresh_from_db()
        given = {"claim": claim, "version": claim.version, "note": "Wrong count.", "by": editor}
        amendment = propose(**given, **more)
        confirm_amendment(amendment=amendment, by=colleague)
    disputed = factories.disputed(article, reviewer, colleague)
    for _ in range(2):
        claim = factories.candidate(article)
        dismiss_claim(claim=claim, version=claim.version, reason="OPINION", by=reviewer)
    created(disputed, days=5)
    return claims


def told(workspace, editor, **span) -> Outcomes:
    return outcomes(desk=workspace, person=editor, span=Span(**span))


def test_the_figures_are_what_was_done(worked, workspace, editor):
    found = told(workspace, editor)

    assert [(bar.key, bar.count) for bar in found.ratings] == [("mostly_true", 1)]
    assert [(bar.key, bar.count) for bar in found.dismissed] == [("OPINION", 2)]
    assert (found.published, {bar.key: bar.count for bar in found.changes}) == (
        2,
        {"VERDICT_CHANGE": 1, "RETRACTED": 1},
    )
    assert found.change_rate == 1
    assert (found.agreement.n, found.agreement.same) == (3, 2)
    assert [(one.first, one.second, one.count) for one in found.clashes] == [("Mostly true", "False", 1)]


def test_pace_is_the_middle_of_the_hours_from_candidate_to_approval(worked, workspace, editor):
    found = told(workspace, editor)

    assert found.pace.count == 2
    assert found.pace.median == pytest.approx(20, abs=0.2)
    assert (found.pace.fastest, found.pace.slowest) == (
        pytest.approx(10, abs=0.2),
        pytest.approx(30, abs=0.2),
    )
    assert [month.count for month in found.months] == [2]


def test_ages_are_told_by_state(worked, workspace, editor):
    ages = {row.status: dict(row.counts) for row in told(workspace, editor).ages}

    assert ages["DISPUTED"] == {"day": 0, "days": 0, "week": 1, "month": 0, "old": 0}
    waiting = Claim.objects.put_forward().filter(status="CANDIDATE").count()
    assert ages["CANDIDATE"]["day"] == waiting > 0
    assert "DISMISSED" not in ages and list(AGES) == list(ages["CANDIDATE"])


def test_each_number_is_the_number_of_its_rows(worked, workspace, editor):
    found, counted = told(workspace, editor), []

    def rows(figure, key="", age=""):
        return len(rows_behind(desk=workspace, person=editor, behind=Behind(figure, key, age))[0])

    counted += [(bar.count, rows("ratings", bar.key)) for bar in found.ratings]
    counted += [(bar.count, rows("dismissed", bar.key)) for bar in found.dismissed]
    counted += [(bar.count, rows("changes", bar.key)) for bar in found.changes]
    counted += [(month.count, rows("pace", month.key)) for month in found.months]
    counted += [(n, rows("ages", row.status, age)) for row in found.ages for age, n in row.counts]
    counted += [(found.agreement.n, rows("agreement")), (1, rows("agreement", "different"))]
    counted += [(found.published, rows("changes", "PUBLISHED")), (found.pace.count, rows("pace"))]

    assert len(counted) >= 15
    assert [pair for pair in counted if pair[0] != pair[1]] == []


def test_days_before_and_after_are_left_out(worked, workspace, editor):
    for span in ({"until": TODAY - timedelta(days=2)}, {"since": TODAY + timedelta(days=2)}):
        found = told(workspace, editor, **span)
        assert (found.ratings, found.pace, found.dismissed, found.agreement.n, found.published) == (
            (),
            None,
            (),
            0,
            0,
        )
    inside = told(workspace, editor, since=TODAY - timedelta(days=1), until=TODAY + timedelta(days=1))
    assert (inside.published, inside.agreement.n) == (2, 3)
    assert told(workspace, editor, since=date.min, until=date.max).published == 2


def test_every_figure_has_its_table(worked, workspace, editor):
    found = told(workspace, editor)

    for figure in FIGURES:
        header, *rows = figure_rows(found, figure)
        assert rows and {len(row) for row in rows} == {len(header)}, figure


def test_nothing_is_nothing(workspace, editor):
    found = told(workspace, editor)

    assert (found.ratings, found.pace, found.months, found.ages, found.change_rate) == (
        (),
        None,
        (),
        (),
        None,
    )
    assert [figure_rows(found, figure) for figure in FIGURES]


def test_only_editors_see_them(worked, workspace, reviewer, outsider):
    for person in (reviewer, outsider):
        with pytest.raises(NotAllowed, match="editor"):
            told(workspace, person)
        with pytest.raises(NotAllowed, match="editor"):
            rows_behind(desk=workspace, person=person, behind=Behind("ages"))


def test_rows_are_paged_without_loss(workspace, editor, reviewer):
    factories.sorted_articles(workspace, reviewer, 30)
    behind = Behind("dismissed")
    every = Claim.objects.filter(status="DISMISSED").count()

    first, after = rows_behind(desk=workspace, person=editor, behind=behind)
    second, end = rows_behind(desk=workspace, person=editor, behind=behind, before=after)

    assert (len(first), end) == (PAGE, None) and every > PAGE
    assert len({row.pk for row in [*first, *second]}) == every


def test_it_asks_no_more_of_many_claims_than_of_few(worked, workspace, article, editor, reviewer):
    with CaptureQueriesContext(connection) as few:
        told(workspace, editor)
    factories.sorted_articles(workspace, reviewer, 5)
    with CaptureQueriesContext(connection) as many:
        told(workspace, editor)
    with CaptureQueriesContext(connection) as rows:
        found, _ = rows_behind(desk=workspace, person=editor, behind=Behind("ages"))
        _ = [(row.article.headline, row.reviewer) for row in found]

    assert len(few) == len(many) <= 11
    assert len(rows) == 1
