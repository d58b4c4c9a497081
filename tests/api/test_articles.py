from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.jobs.models import Job
from annotations.people.roles import Role
from tests import factories

TEXT = "The council spent 5 million euros on the bridge last year. It met on Monday."


def test_a_reviewer_adds_an_article_and_a_job_waits_for_a_worker(api, reviewer):
    answer = api(reviewer).post("articles", {"text": TEXT, "title": "Bridge", "published_on": "2026-01-02"})

    assert answer.status_code == 201
    body = answer.json()
    assert (body["title"], body["published_on"], body["version"]) == ("Bridge", "2026-01-02", 1)
    assert body["current"]["length"] == len(TEXT)
    assert body["current"]["extraction"]["state"] == "WAITING"
    assert answer["ETag"] == '"1"'


def test_the_same_text_again_is_the_same_article(api, reviewer):
    first = api(reviewer).post("articles", {"text": TEXT})

    second = api(reviewer).post("articles", {"text": TEXT, "title": "Another title"})

    assert second.status_code == 200
    assert second.json() == first.json()
    assert Article.objects.count() == 1


def test_a_page_is_read_as_an_upload_would_be(api, reviewer):
    html = f"<html lang=en><head><title>Bridge</title></head><body><article><p>{TEXT}</p></article></body></html>"

    answer = api(reviewer).post("articles", {"html": html})

    assert answer.status_code == 201
    where = f"articles/{answer.json()['id']}/text"
    assert "5 million euros" in api(reviewer).get(where).json()["text"]


@pytest.mark.parametrize("body", [{}, {"text": TEXT, "html": "<p>x</p>"}, {"text": " "}])
def test_an_article_needs_exactly_one_text(api, reviewer, body):
    answer = api(reviewer).post("articles", body)

    assert answer.status_code == 422
    assert "text" in answer.json()["problems"]


def test_a_reader_adds_none(api, reader):
    answer = api(reader).post("articles", {"text": TEXT})

    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:factcheck:not-allowed"


def test_a_member_of_two_desks_says_which(api, reviewer, workspace, other_workspace):
    factories.person(other_workspace, "reviewer", Role.REVIEWER)

    unsaid = api(reviewer).post("articles", {"text": TEXT})
    said = api(reviewer).post("articles", {"text": TEXT, "workspace": workspace.pk})

    assert unsaid.status_code == 422
    assert said.json()["workspace"] == workspace.pk


def test_no_article_goes_to_a_desk_of_others(api, reviewer, other_workspace):
    answer = api(reviewer).post("articles", {"text": TEXT, "workspace": other_workspace.pk})

    assert answer.status_code == 422


@pytest.mark.parametrize("where", ["articles/{}", "articles/{}/text", "articles/{}/report"])
def test_another_desk_sees_nothing_of_it(api, outsider, article, where):
    answer = api(outsider).get(where.format(article.pk))

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert api(outsider).get("articles").json()["results"] == []


def test_the_text_comes_with_its_hash_and_older_versions_by_number(api, reader, article):
    version = current_version(article)

    answer = api(reader).get(f"articles/{article.pk}/text?version=1").json()

    assert (answer["text"], answer["sha256"]) == (version.text, version.sha256)
    assert api(reader).get(f"articles/{article.pk}/text?version=2").status_code == 404


def test_facts_are_corrected_with_the_version_that_was_seen(api, reviewer, article):
    answer = api(reviewer).patch(f"articles/{article.pk}", {"version": 1, "title": "A title"})

    assert answer.status_code == 200
    assert (answer.json()["title"], answer.json()["version"]) == ("A title", 2)


def test_a_header_says_the_version_as_well(api, reviewer, article):
    where = f"articles/{article.pk}"
    seen = api(reviewer).get(where)["ETag"]

    answer = api(reviewer).patch(where, {"title": "A title"}, headers={"If-Match": seen})

    assert answer.status_code == 200
    assert answer["ETag"] == '"2"'


def test_without_a_version_nothing_is_written(api, reviewer, article):
    answer = api(reviewer).patch(f"articles/{article.pk}", {"title": "A title"})

    assert answer.status_code == 428
    article.refresh_from_db()
    assert article.title == ""


def test_a_stale_write_shows_both_and_loses_neither(api, reviewer, article):
    api(reviewer).patch(f"articles/{article.pk}", {"version": 1, "title": "Theirs"})

    answer = api(reviewer).patch(f"articles/{article.pk}", {"version": 1, "title": "Mine"})

    assert answer.status_code == 412
    body = answer.json()
    assert (body["current"], body["yours"], body["version"]) == ({"title": "Theirs"}, {"title": "Mine"}, 2)


def test_an_unknown_field_is_refused(api, reviewer, article):
    answer = api(reviewer).patch(f"articles/{article.pk}", {"version": 1, "titel": "A title"})

    assert answer.status_code == 400
    assert "titel" in answer.json()["problems"]


def test_the_due_time_is_the_editors(api, reviewer, editor, article):
    body = {"version": 1, "due_at": "2026-12-01T10:00:00Z"}

    refused = api(reviewer).put(f"articles/{article.pk}/due", body)
    done = api(editor).put(f"articles/{article.pk}/due", body)

    assert refused.status_code == 403
    assert done.json()["due_at"] == "2026-12-01T10:00:00Z"


def test_a_failed_search_is_started_again_and_a_finished_one_is_not(api, reviewer, article):
    job = current_version(article).extraction
    Job.objects.filter(pk=job.pk).update(state="FAILED", reason="It went wrong.")

    again = api(reviewer).post(f"articles/{article.pk}/retry")
    Job.objects.filter(pk=job.pk).update(state="DONE")
    done = api(reviewer).post(f"articles/{article.pk}/retry")

    assert again.json()["current"]["extraction"]["state"] == "WAITING"
    assert done.status_code == 409


def test_filters_narrow_the_list(api, reader, reviewer, workspace):
    factories.article(workspace, reviewer, title="Bridge", outlet="Gazette", language="de")
    factories.article(workspace, reviewer, title="Tunnel", outlet="Herald", language="en")

    for query in ("q=bridge", "outlet=gaz", "language=DE", f"workspace={workspace.pk}&q=Bri"):
        found = api(reader).get(f"articles?{query}").json()["results"]
        assert [item["title"] for item in found] == ["Bridge"], query
    assert api(reader).get("articles?extraction=DONE").json()["results"] == []
    assert len(api(reader).get("articles?extraction=WAITING").json()["results"]) == 2
    assert api(reader).get("articles?added_since=2999-01-01").json()["results"] == []
    assert api(reader).get("articles?titel=x").status_code == 400


def test_pages_follow_each_other_without_gap_or_overlap(api, reader, reviewer, workspace):
    made = [factories.article(workspace, reviewer).pk for _ in range(5)]

    caller = api(reader)
    first = caller.get("articles?limit=2").json()
    factories.article(workspace, reviewer)
    second = caller.client.get(first["next"]).json()
    third = caller.client.get(second["next"]).json()

    seen = [item["id"] for page in (first, second, third) for item in page["results"]]
    assert seen == made[::-1]
    assert third["next"] is None


def test_a_list_asks_the_database_as_often_for_one_as_for_thirty(api, reader, reviewer, workspace):
    caller = api(reader)
    factories.article(workspace, reviewer)
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        caller.get("articles")
    for _ in range(29):
        factories.article(workspace, reviewer)

    with CaptureQueriesContext(connection) as for_thirty:
        answer = caller.get("articles")

    assert len(answer.json()["results"]) == 30
    assert len(for_thirty) == len(for_one) <= 4
