"""Stored copies, proved quotes and blind review over the API."""

from __future__ import annotations

import base64

import pytest

from annotations.people.services import set_blind_review
from tests import factories
from tests.api.test_lists import _grow

TEXT = "They counted 12,000 soldiers."


@pytest.fixture
def evidence(article, reviewer):
    return factories.cited(
        factories.accepted(article, reviewer, "12,000"), reviewer, quote="They counted 12,000"
    )


def test_a_pasted_copy_proves_the_quote(api, evidence, reviewer, reader):
    kept = api(reviewer).post(f"sources/{evidence.source_id}/copies", {"text": TEXT})
    shown = api(reader).get(f"evidence/{evidence.pk}").json()
    text = api(reader).get(f"snapshots/{kept.json()['id']}/text").json()

    assert kept.status_code == 201
    assert (shown["quote_state"], shown["quote_snapshot"]) == ("VERIFIED", kept.json()["id"])
    assert shown["quote_sha256"] == kept.json()["sha256"]
    assert text["text"][shown["quote_start"] : shown["quote_end"]] == "They counted 12,000"
    assert api(reader).get(f"snapshots/{kept.json()['id']}").json()["how"] == "PASTED"


def test_a_file_is_sent_as_base64_with_the_words_typed_for_it(api, evidence, reviewer):
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 30).decode()
    where = f"sources/{evidence.source_id}/copies"

    kept = api(reviewer).post(where, {"content": picture, "filename": "scan.png", "text": TEXT})
    wrong = api(reviewer).post(where, {"content": "no base64!", "filename": "scan.png"})
    program = api(reviewer).post(where, {"content": base64.b64encode(b"\x7fELF" + b"\0" * 30).decode()})

    assert (kept.status_code, kept.json()["content_type"]) == (201, "image/png")
    assert (wrong.status_code, program.status_code) == (422, 422)


def test_an_edited_quote_says_where_it_was_taken(api, evidence, reviewer):
    api(reviewer).post(f"sources/{evidence.source_id}/copies", {"text": f"{TEXT} {TEXT}"})

    edited = api(reviewer).patch(
        f"evidence/{evidence.pk}", {"version": 1, "quote": "They counted 12,000 soldiers", "quote_at": 30}
    )

    assert edited.json()["quote_start"] == 30


def test_copies_of_another_desk_are_not_found(api, evidence, reviewer, outsider):
    kept = api(reviewer).post(f"sources/{evidence.source_id}/copies", {"text": TEXT}).json()
    caller = api(outsider)

    assert caller.get(f"sources/{evidence.source_id}/copies").status_code == 404
    assert caller.post(f"sources/{evidence.source_id}/copies", {"text": TEXT}).status_code == 404
    assert caller.get(f"snapshots/{kept['id']}").status_code == 404
    assert caller.get(f"snapshots/{kept['id']}/text").status_code == 404


def test_the_list_of_copies_takes_a_fixed_number_of_queries(api, evidence, reviewer, reader):
    numbers = iter(range(99))

    def add() -> None:
        api(reviewer).post(f"sources/{evidence.source_id}/copies", {"text": f"{TEXT} {next(numbers)}"})

    _grow(api(reader), f"sources/{evidence.source_id}/copies", add)


def test_a_desk_is_set_to_review_blind_and_ratings_are_locked(
    api, article, workspace, reviewer, colleague, editor, admin
):
    claim = factories.submitted(article, reviewer, "12,000")
    where, body = (
        f"workspaces/{workspace.pk}/blind-review",
        {"version": workspace.version, "is_review_blind": True},
    )

    refused = api(editor).put(where, body)
    done = api(admin).put(where, body)
    hidden = api(colleague).get(f"claims/{claim.pk}").json()
    early = api(colleague).post(f"claims/{claim.pk}/disagree", {"version": claim.version, "rating": "false"})
    waiting = api(colleague).get(f"reviews/waiting?workspace={workspace.pk}").json()["results"]
    locked = api(colleague).post(
        f"claims/{claim.pk}/own-ratings",
        {"version": claim.version, "rating": "half_true", "reasons": "One count."},
    )
    shown = api(colleague).get(f"claims/{claim.pk}").json()
    decided = api(colleague).post(f"claims/{claim.pk}/disagree", {"version": claim.version})

    assert (refused.status_code, done.json()["is_review_blind"]) == (403, True)
    assert (hidden["rating"], hidden["verdict"], hidden["items"]) == ("", None, [])
    assert {move["is_allowed"] for move in hidden["moves"]} == {False}
    assert early.status_code == 403
    assert [row["id"] for row in waiting] == [claim.pk]
    assert locked.status_code == 201
    assert shown["verdict"]["rating"] == "mostly_true"
    assert decided.json()["status"] == "DISPUTED"
    assert api(editor).get(f"claims/{claim.pk}/reviews").json()["results"][0]["own_rating"] == "half_true"
    assert api(editor).get(f"claims/{claim.pk}/own-ratings").json()["results"][0]["rating"] == "half_true"


def test_ratings_are_not_locked_where_both_are_shown(api, article, reviewer, colleague):
    claim = factories.submitted(article, reviewer, "12,000")

    answer = api(colleague).post(
        f"claims/{claim.pk}/own-ratings", {"version": claim.version, "rating": "true", "reasons": "Yes."}
    )

    assert answer.status_code == 409


def test_waiting_claims_take_a_fixed_number_of_queries(api, workspace, reviewer, colleague, admin):
    set_blind_review(workspace=workspace, is_blind=True, version=workspace.version, by=admin)

    _grow(
        api(colleague),
        f"reviews/waiting?workspace={workspace.pk}",
        lambda: factories.submitted(factories.article(workspace, reviewer), reviewer),
    )
