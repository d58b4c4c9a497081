"""The queue page: what it shows to whom, and that no address breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.jobs.services import fail_job, report_progress, take_job
from annotations.people.models import User, Workspace
from annotations.people.roles import Role
from annotations.people.services import enrol_person
from tests import factories
from tests.cast import PASSWORD

LogIn = Callable[[User], Any]


def test_it_shows_the_desk_its_articles_and_their_claims(
    workspace: Workspace, article: Article, reviewer: User, log_in: LogIn
) -> None:
    claims = [claim for claim in factories.extract(article) if not claim.is_sample]

    page = log_in(reviewer).get(reverse("queue")).content.decode()

    assert workspace.name in page
    assert article.headline in page
    assert f"{len(claims)} new" in page


def test_an_empty_desk_says_what_to_do_first(reviewer: User, log_in: LogIn) -> None:
    page = log_in(reviewer).get(reverse("queue")).content.decode()

    assert "No articles yet" in page
    assert reverse("articles-add") in page


def test_a_reader_is_told_why_nothing_can_be_added(reader: User, log_in: LogIn) -> None:
    page = log_in(reader).get(reverse("queue")).content.decode()

    assert "Only a reviewer of this workspace can add articles." in page
    assert reverse("articles-add") not in page


def test_an_article_being_read_says_how_far_it_is_and_looks_again(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    job = take_job(job_id=current_version(article).extraction_id)
    assert job is not None
    report_progress(job=job, done=31, total=50)

    page = log_in(reviewer).get(reverse("queue")).content.decode()

    assert "Finding claims · 31 of 50 sentences" in page
    assert 'hx-trigger="every 1s"' in page


def test_it_stops_looking_again_when_nothing_is_being_read(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    factories.extract(article)

    page = log_in(reviewer).get(reverse("queue")).content.decode()

    assert "every 1s" not in page


def test_the_rows_being_read_are_asked_for_alone_until_they_are_done(
    article: Article, reviewer: User, outsider: User, log_in: LogIn
) -> None:
    address = f"{reverse('queue-progress')}?articles={article.pk},x,{'9' * 30},\x00"
    client = log_in(reviewer)

    before = client.get(address).content.decode()
    factories.extract(article)
    after = client.get(address).content.decode()
    elsewhere = log_in(outsider).get(address).content.decode()

    assert "every 1s" in before
    assert f'id="article-{article.pk}" hx-swap-oob="true"' in before
    assert "<html" not in before
    assert "every 1s" not in after
    assert " new" in after
    assert article.headline not in elsewhere


def test_a_failure_says_why_and_can_be_tried_again(article: Article, reviewer: User, log_in: LogIn) -> None:
    job = take_job(job_id=current_version(article).extraction_id)
    assert job is not None
    fail_job(job=job, reason="The worker fell over.", is_final=True)
    client = log_in(reviewer)

    page = client.get(reverse("queue")).content.decode()
    client.post(reverse("extraction-retry", args=[article.pk]))

    assert "The worker fell over." in page
    assert reverse("extraction-retry", args=[article.pk]) in page
    job.refresh_from_db()
    assert job.state == "WAITING"


def test_headlines_are_text_and_never_markup(workspace: Workspace, reviewer: User, log_in: LogIn) -> None:
    factories.article(workspace, reviewer, title="<script>alert(1)</script>")

    page = log_in(reviewer).get(reverse("queue")).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "query",
    [
        {"show": "nonsense"},
        {"show": "all\x00"},
        {"after": "yesterday_5"},
        {"after": "2025-01-01T00:00:00_5"},
        {"after": "2025-01-01T00:00:00+00:00_" + "9" * 30},
        {"after": "0001-01-01T00:00:00+23:59_1"},
        {"after": "9999-12-31T23:59:59-23:59_1"},
        {"after": "2025-01-01T00:00:00+00:00_1\x00"},
        {"workspace": "nowhere\x00"},
        {"person": "99999999999999999999", "priority": "9", "age": "never", "state": "x"},
        {"q": "' : * & !", "outlet": "x" * 5000, "sort": "1; drop"},
        {"sort": "priority", "after": "4_9999-12-31T00:00:00+00:00_2025-01-01T00:00:00+00:00_5"},
        {"sort": "due", "after": "nan_x_1"},
    ],
)
def test_no_address_breaks_it(article: Article, reviewer: User, log_in: LogIn, query: dict[str, str]) -> None:
    assert log_in(reviewer).get(reverse("queue"), query).status_code == 200


def test_it_asks_the_same_number_of_questions_for_more_articles(
    workspace: Workspace, reviewer: User, log_in: LogIn, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = log_in(reviewer)
    factories.accepted(factories.article(workspace, reviewer), reviewer)
    client.get(reverse("queue"))
    with CaptureQueriesContext(connection) as first:
        client.get(reverse("queue"))
    for _ in range(4):
        factories.accepted(factories.article(workspace, reviewer), reviewer)

    with django_assert_num_queries(len(first)):
        client.get(reverse("queue"))


def test_one_sees_the_desk_one_switched_to_until_one_switches_again(
    workspace: Workspace, other_workspace: Workspace, reviewer: User, log_in: LogIn
) -> None:
    enrol_person(workspace=other_workspace, username="reviewer", name="", password=PASSWORD, role=Role.READER)
    client = log_in(reviewer)

    client.get(reverse("queue"), {"workspace": "world-desk"})
    stays = client.get(reverse("queue"))
    client.get(reverse("queue"), {"workspace": "other-desk"})
    switched = client.get(reverse("queue"))

    assert stays.context["workspace"] == workspace
    assert switched.context["workspace"] == other_workspace


def test_another_desk_cannot_be_switched_to(workspace: Workspace, outsider: User, log_in: LogIn) -> None:
    page = log_in(outsider).get(reverse("queue"), {"workspace": workspace.slug})

    assert page.context["workspace"].slug == "other-desk"


def test_next_claim_leads_to_the_claim_in_its_article(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    claim = factories.accepted(article, reviewer)

    answer = log_in(reviewer).post(reverse("next-claim"))

    assert answer["Location"] == f"{reverse('workbench', args=[article.pk])}?claim={claim.pk}"


def test_a_link_alone_takes_no_claim(article: Article, reviewer: User, log_in: LogIn) -> None:
    factories.extract(article)

    page = log_in(reviewer).get(reverse("next-claim"))

    article.refresh_from_db()
    assert 'method="post"' in page.content.decode()
    assert article.sorting_by is None


def test_next_claim_says_when_nothing_waits(reviewer: User, reader: User, log_in: LogIn) -> None:
    page = log_in(reviewer).post(reverse("next-claim"), follow=True)
    refused = log_in(reader).post(reverse("next-claim"), follow=True)

    assert "Nothing waits for you" in page.content.decode()
    assert "Only a reviewer" in refused.content.decode()
