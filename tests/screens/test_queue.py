"""What the queue knows: tabs, rows and figures, and that a long one asks no more questions than a short one."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.articles.services import set_due_time
from annotations.claims.models import Claim
from annotations.claims.services.triage import dismiss_claim
from annotations.jobs.services import fail_job, take_job
from annotations.people.models import User, Workspace
from annotations.screens.filters import Filter, read_filter
from annotations.screens.queue import PAGE, queue
from tests import factories


def counts(desk: Workspace, person: User) -> dict[str, int]:
    return {tab.code: tab.count for tab in queue(desk=desk, person=person, asked=Filter()).tabs}


def test_each_tab_counts_the_articles_in_its_state(
    workspace: Workspace, article: Article, reviewer: User, colleague: User
) -> None:
    factories.submitted(article, reviewer, "12,000")
    factories.article(workspace, reviewer)

    mine, theirs = counts(workspace, reviewer), counts(workspace, colleague)

    assert mine == {
        "all": 2,
        "mine": 1,
        "unassigned": 1,
        "candidates": 1,
        "second-review": 1,
        "overdue": 0,
    }
    assert theirs["mine"] == 0


def test_a_tab_shows_its_articles_alone_and_an_unknown_tab_shows_all(
    workspace: Workspace, article: Article, reviewer: User, colleague: User
) -> None:
    factories.approved(article, reviewer, colleague, "12,000")
    other = factories.article(workspace, reviewer)

    to_publish = queue(desk=workspace, person=reviewer, asked=Filter(show="to-publish"))
    unknown = queue(desk=workspace, person=reviewer, asked=read_filter({"show": "'; drop table"}, []))

    assert [row.article for row in to_publish.rows] == [article]
    assert {row.article for row in unknown.rows} == {article, other}


def test_a_row_counts_claims_candidates_and_reviewers(
    workspace: Workspace, article: Article, reviewer: User, colleague: User, editor: User
) -> None:
    factories.published(article, reviewer, colleague, editor, "12,000")
    live = Claim.objects.put_forward().filter(article=article).live().count()

    row = queue(desk=workspace, person=reviewer, asked=Filter()).rows[0]

    assert (row.claims, row.candidates) == (live, live - 1)
    assert row.people == (reviewer,)
    assert ("rating", "mostly_true", 1) in row.parts
    assert sum(count for _, _, count in row.parts) == live


def test_dismissed_claims_are_not_counted(workspace: Workspace, article: Article, reviewer: User) -> None:
    claim = factories.candidate(article)
    before = queue(desk=workspace, person=reviewer, asked=Filter()).rows[0].claims

    dismiss_claim(claim=claim, version=claim.version, reason="TRIVIAL", by=reviewer)

    assert queue(desk=workspace, person=reviewer, asked=Filter()).rows[0].claims == before - 1


def test_an_article_is_overdue_while_something_in_it_is_open(
    workspace: Workspace, article: Article, reviewer: User, colleague: User, editor: User
) -> None:
    factories.candidate(article)
    set_due_time(article=article, version=1, due_at=timezone.now() - timedelta(hours=1), by=editor)

    late = queue(desk=workspace, person=reviewer, asked=Filter(show="overdue"))

    assert [row.is_overdue for row in late.rows] == [True]


def test_an_article_whose_claims_are_all_out_is_not_overdue(
    workspace: Workspace, reviewer: User, colleague: User, editor: User
) -> None:
    article = factories.article(workspace, reviewer)
    for claim in factories.extract(article)[1:]:
        dismiss_claim(claim=claim, version=claim.version, reason="TRIVIAL", by=reviewer)
    factories.published(article, reviewer, colleague, editor)
    set_due_time(article=article, version=1, due_at=timezone.now() - timedelta(hours=1), by=editor)

    row = queue(desk=workspace, person=reviewer, asked=Filter()).rows[0]

    assert (row.is_overdue, row.status) == (False, "Published")
    assert counts(workspace, reviewer)["overdue"] == 0


def test_a_failed_job_is_told_with_its_reason(workspace: Workspace, article: Article, reviewer: User) -> None:
    job = take_job(job_id=current_version(article).extraction_id)
    assert job is not None
    fail_job(job=job, reason="The worker fell over.", is_final=True)

    page = queue(desk=workspace, person=reviewer, asked=Filter(show="failed"))

    assert [(row.tone, row.status) for row in page.rows] == [("bad", "Failed")]
    assert page.rows[0].job is not None
    assert page.rows[0].job.reason == "The worker fell over."
    assert page.being_read == ""


def test_it_pages_without_losing_or_repeating_an_article(workspace: Workspace, reviewer: User) -> None:
    added = {factories.article(workspace, reviewer).pk for _ in range(PAGE + 3)}

    first = queue(desk=workspace, person=reviewer, asked=Filter())
    second = queue(desk=workspace, person=reviewer, asked=Filter(), after=first.next_page)

    assert (len(first.rows), len(second.rows), second.next_page) == (PAGE, 3, "")
    assert {row.article.pk for row in (*first.rows, *second.rows)} == added


def test_it_asks_the_same_number_of_questions_for_one_article_and_for_many(
    workspace: Workspace, article: Article, reviewer: User, colleague: User, editor: User
) -> None:
    factories.published(article, reviewer, colleague, editor, "12,000")
    with CaptureQueriesContext(
        connection,
    ) as short:
        queue(desk=workspace, person=reviewer, asked=Filter())
    for _ in range(5):
        factories.accepted(factories.article(workspace, reviewer), colleague)

    with CaptureQueriesContext(connection) as long:
        queue(desk=workspace, person=reviewer, asked=Filter())

    assert len(long) == len(short)


def test_nothing_of_another_desk_is_in_it(
    other_workspace: Workspace, article: Article, outsider: User
) -> None:
    factories.extract(article)

    page = queue(desk=other_workspace, person=outsider, asked=Filter())

    assert page.rows == ()
    assert page.figures.candidates == 0
