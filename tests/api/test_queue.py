"""The queue for programs: assigning with one outcome a claim, the next claim, search, views and the calendar."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.claims.models import Claim
from annotations.saved_views.models import SavedView
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


def test_claims_are_assigned_tried_and_taken_back(api, claim, editor, colleague):
    caller = api(editor)
    named = [{"id": claim.pk, "version": claim.version}]

    trial = caller.post("claims/assign", {"claims": named, "priority": 4, "is_trial": True}).json()
    kept = caller.post(
        "claims/assign", {"claims": named, "second_reviewer": colleague.pk, "priority": 4}
    ).json()
    again = [{"id": claim.pk, "version": kept["outcomes"][0]["version"]}]
    undone = caller.post("claims/assign/undo", {"claims": again}).json()

    assert trial["outcomes"][0]["is_changed"] is True
    assert kept["outcomes"] == [{"claim": claim.pk, "version": 3, "is_changed": True, "reason": ""}]
    assert undone["outcomes"][0]["is_changed"] is True
    assert Claim.objects.get(pk=claim.pk).priority is None


def test_a_refused_row_says_why(api, claim, editor, reviewer):
    named = [{"id": claim.pk, "version": claim.version}]

    answer = api(editor).post("claims/assign", {"claims": named, "second_reviewer": reviewer.pk}).json()

    assert "somebody else" in answer["outcomes"][0]["reason"]


def test_what_is_not_ones_own_cannot_be_named(api, claim, outsider, reviewer, colleague):
    named = [{"id": claim.pk, "version": claim.version}]

    assert api(outsider).post("claims/assign", {"claims": named, "priority": 1}).status_code == 422
    assert api(reviewer).post("claims/assign", {"claims": named, "reviewer": colleague.pk}).status_code == 403
    assert api(reviewer).post("claims/assign", {"claims": named, "reviewer": 10**12}).status_code == 422


def test_one_claim_is_planned(api, claim, editor, colleague):
    caller, where = api(editor), f"claims/{claim.pk}"

    def version():
        return Claim.objects.get(pk=claim.pk).version

    answers = [
        caller.post(f"{where}/hand-over", {"version": version(), "to": colleague.pk, "note": "Yours."}),
        caller.put(f"{where}/priority", {"version": version(), "priority": 3}),
        caller.put(f"{where}/due", {"version": version(), "due_at": "2030-01-09T17:00:00Z"}),
        caller.post(f"{where}/hold", {"version": version(), "reason": "Waits."}),
        caller.post(f"{where}/release", {"version": version()}),
    ]
    stale = caller.put(f"{where}/priority", {"version": 1, "priority": 1})

    assert [answer.status_code for answer in answers] == [200] * 5
    last = answers[-1].json()
    assert (last["reviewer"]["name"], last["priority"], last["due_at"]) == (
        "Colleague",
        3,
        "2030-01-09T17:00:00Z",
    )
    assert (stale.status_code, stale.json()["yours"]) == (412, {"priority": 1})


def test_the_next_claim_is_taken(api, article, reviewer, reader):
    factories.extract(article)

    taken = api(reviewer).post("queue/next", {}).json()
    refused = api(reader).post("queue/next", {})

    assert taken["claim"]["status"] == "CANDIDATE"
    assert "candidate" in taken["says"]
    assert refused.status_code == 403


def test_an_article_gets_a_priority(api, article, editor):
    answer = api(editor).put(f"articles/{article.pk}/priority", {"version": 1, "priority": 4})

    assert (answer.status_code, answer.json()["priority"]) == (200, 4)


def test_search_finds_by_words_and_facets_at_a_fixed_cost(api, claim, workspace, reviewer, outsider):
    caller = api(reviewer)
    found = caller.get("claims/search?q=12,000&state=ACCEPTED&person=me").json()["results"]
    with CaptureQueriesContext(connection) as for_one:
        caller.get("claims/search?state=ACCEPTED")
    for _ in range(5):
        factories.accepted(factories.article(workspace, reviewer), reviewer)
    with CaptureQueriesContext(connection) as for_many:
        many = caller.get("claims/search?state=ACCEPTED").json()["results"]

    assert [row["id"] for row in found] == [claim.pk]
    assert len(many) == 6
    assert len(for_many) == len(for_one) <= 8
    assert api(outsider).get("claims/search?q=12,000").json()["results"] == []
    assert caller.get("claims/search?rating=x").status_code == 400


def test_views_are_kept_changed_removed_and_put_back(api, reviewer, colleague):
    caller = api(reviewer)
    made = caller.post("views", {"page": "QUEUE", "name": "Late", "query": "show=overdue", "is_shared": True})
    where = f"views/{made.json()['id']}"

    changed = caller.patch(where, {"version": 1, "name": "Very late"})
    first = caller.put(f"{where}/default", {"version": 2, "is_default": True})
    seen = api(colleague).get("views?page=QUEUE").json()["results"]
    removed = caller.delete(where, {"version": 3})
    back = caller.post(f"{where}/restore", {"version": 4})

    assert [answer.status_code for answer in (made, changed, first, removed, back)] == [
        201,
        200,
        200,
        200,
        200,
    ]
    assert [view["name"] for view in seen] == ["Very late"]
    assert api(colleague).delete(where, {"version": 5}).status_code == 403
    assert SavedView.objects.get().removed_at is None


def test_a_calendar_is_opened_and_revoked(api, reviewer, client):
    caller = api(reviewer)

    address = caller.post("calendar").json()["address"]
    assert client.get(address).status_code == 200
    assert caller.delete("calendar").json() == {"address": ""}

    assert client.get(address).status_code == 404
