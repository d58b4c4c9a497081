"""Discussions, notices and presence by program."""

from __future__ import annotations

import pytest

from annotations.discussions.services import start_thread
from annotations.live.changes import head_of, written
from tests import factories
from tests.api.test_lists import _grow


@pytest.fixture
def claim(article, reviewer):
    return factories.ready(article, reviewer, "12,000")


def test_a_discussion_from_first_word_to_settled(api, claim, reviewer, colleague, broker):
    me, other = api(reviewer), api(colleague)
    quote = {"anchor": "REASONS", "quote": "Two counts come close [1].", "is_blocker": True}

    first = me.post(f"claims/{claim.pk}/threads", {"text": "Which, @colleague?", "key": "k1"} | quote).json()
    again = me.post(f"claims/{claim.pk}/threads", {"text": "Which, @colleague?", "key": "k1"} | quote).json()
    thread = first["thread"]
    answer = other.post(f"threads/{thread}/comments", {"text": "This one."})
    reworded = other.patch(
        f"comments/{answer.json()['id']}", {"text": "That one."}, HTTP_IF_MATCH=answer["ETag"]
    )
    stale = other.patch(f"comments/{answer.json()['id']}", {"text": "No.", "version": 1})
    not_mine = me.patch(f"comments/{answer.json()['id']}", {"text": "No.", "version": 2})
    settled = me.patch(f"threads/{thread}", {"is_resolved": True}).json()

    assert again == first and first["mentions"] == [colleague.pk]
    assert (answer.status_code, reworded.json()["text"], reworded.json()["version"]) == (201, "That one.", 2)
    assert (stale.status_code, stale.json()["current"]) == (412, {"text": "That one."})
    assert not_mine.status_code == 403
    assert (settled["resolved_by"]["id"], settled["is_blocker"]) == (reviewer.pk, True)
    said = me.get(f"threads/{thread}/comments").json()["results"]
    assert [one["text"] for one in said] == ["Which, @colleague?", "That one."]
    assert me.get(f"claims/{claim.pk}/threads?open=true").json()["results"] == []
    assert [one["username"] for one in me.get(f"claims/{claim.pk}/people?q=coll").json()] == ["colleague"]


def test_an_open_blocker_names_itself(api, article, reviewer, colleague, editor):
    claim = factories.approved(article, reviewer, colleague, "12,000")
    thread = start_thread(claim=claim, text="The count is old!", is_blocker=True, by=colleague).thread

    refused = api(editor).post(f"claims/{claim.pk}/publish", {"version": claim.version})

    assert refused.status_code == 422
    assert refused.json()["problems"]["discussions"][0].startswith(f"Discussion {thread.pk} is not resolved")


def test_notices_are_read_and_chosen(api, claim, reviewer, colleague):
    start_thread(claim=claim, text="@colleague?", by=reviewer)
    factories.noticed()
    me = api(colleague)
    (notice,) = me.get("notices?unread=true").json()["results"]

    read = me.put(f"notices/{notice['id']}", {"is_read": True}).json()
    marked = me.post("notices", {"up_to": notice["id"]}).json()
    chosen = me.put("notices/choices", {"choices": [{"kind": "MENTIONED", "is_shown": True, "mail": "NOW"}]})

    assert (notice["says"], notice["actor"]["id"], notice["claim"]) == (
        "mentioned you",
        reviewer.pk,
        claim.pk,
    )
    assert read["read_at"] and marked == {"marked": 0}
    assert next(c for c in chosen.json() if c["kind"] == "MENTIONED")["mail"] == "NOW"
    assert api(reviewer).put(f"notices/{notice['id']}", {"is_read": True}).status_code == 404


def test_programs_are_here_too(api, claim, reviewer, colleague):
    where = f"articles/{claim.article_id}/here"

    api(reviewer).post(where, {"tab": "a-program-1", "claim": claim.pk, "is_working": True})
    seen = api(colleague).get(where).json()
    taken = api(colleague).post(f"claims/{claim.pk}/take-over", {"tab": "a-program-2"}).json()
    wrong = api(colleague).post(where, {"tab": "x"})

    assert [one["person"]["id"] for one in seen] == [reviewer.pk]
    assert {one["person"]["id"]: bool(one["working_since"]) for one in taken} == {
        reviewer.pk: False,
        colleague.pk: True,
    }
    assert wrong.status_code == 422


def test_nothing_of_another_desk(api, claim, reviewer, outsider):
    thread = start_thread(claim=claim, text="Ours.", by=reviewer).thread
    out = api(outsider)

    asked = [
        out.get(f"claims/{claim.pk}/threads"),
        out.get(f"threads/{thread.pk}"),
        out.get(f"threads/{thread.pk}/comments"),
        out.post(f"threads/{thread.pk}/comments", {"text": "Hm."}),
        out.get(f"articles/{claim.article_id}/here"),
        out.post(f"claims/{claim.pk}/take-over", {"tab": "a-program-2"}),
    ]

    assert {answer.status_code for answer in asked} == {404}
    assert out.get(f"changes?since={claim.workspace_id}-0").json()["changes"] == []


def test_a_server_without_streams_says_what_to_do(api, reviewer):
    answer = api(reviewer).get("events")

    assert answer.status_code == 429
    assert "Ask for changes" in answer.json()["detail"]


@pytest.mark.django_db(transaction=True)
def test_changes_are_asked_for_in_steps(api, claim, reviewer, colleague):
    me, since = api(colleague), written(head_of([claim.workspace_id]))
    start_thread(claim=claim, text="News.", by=reviewer)

    found = me.get(f"changes?since={since}").json()

    assert [(one["kind"], one["claim"]) for one in found["changes"]] == [("comment", claim.pk)]
    assert me.get(f"changes?since={found['since']}").json()["changes"] == []


def test_threads_ask_as_much_for_one_as_for_many(api, claim, reader, reviewer):
    _grow(
        api(reader), f"claims/{claim.pk}/threads", lambda: start_thread(claim=claim, text="Hm.", by=reviewer)
    )
