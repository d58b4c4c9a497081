from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.claims.models import Claim
from tests import factories

MOVES = [
    "accept",
    "dismiss",
    "restore",
    "merge",
    "take",
    "undo",
    "submit",
    "withdraw",
    "approve",
    "request-changes",
    "disagree",
    "adjudicate",
    "reopen",
    "publish",
]
BODIES = {
    "dismiss": {"reason": "TRIVIAL"},
    "submit": {"seen": 1},
    "request-changes": {"items": ["x"]},
    "disagree": {"rating": "false", "note": "x"},
    "adjudicate": {"approve": True, "note": "x"},
    "reopen": {"note": "x"},
}


@pytest.fixture
def candidate(article):
    return factories.candidate(article, "12,000")


def test_a_candidate_shows_its_place_and_what_can_be_done_with_it(api, reviewer, candidate):
    body = api(reviewer).get(f"claims/{candidate.pk}").json()

    assert (body["start"], body["end"], body["exact"]) == (candidate.start, candidate.end, candidate.exact)
    assert [move["move"] for move in body["moves"]] == ["ACCEPT", "DISMISS", "MERGE"]
    assert all(move["is_allowed"] for move in body["moves"])


def test_a_reader_is_told_why_not(api, reader, candidate):
    body = api(reader).get(f"claims/{candidate.pk}").json()

    assert {move["reason"] for move in body["moves"]} == {
        "Only a reviewer of this workspace can sort claims."
    }


def test_accepting_makes_one_its_reviewer(api, reviewer, candidate):
    answer = api(reviewer).post(f"claims/{candidate.pk}/accept", {"version": candidate.version})

    assert answer.status_code == 200
    assert answer.json()["status"] == "ACCEPTED"
    assert answer.json()["reviewer"] == {"id": reviewer.pk, "name": "Reviewer"}


def test_the_same_move_twice_is_refused_with_the_legal_ones(api, reviewer, candidate):
    body = {"version": candidate.version}
    api(reviewer).post(f"claims/{candidate.pk}/accept", body)

    answer = api(reviewer).post(f"claims/{candidate.pk}/accept", body)

    assert answer.status_code == 409
    assert answer.json()["legal"] == ["MERGE", "UNDO_ACCEPT", "UNDO_MARK", "SUBMIT"]


@pytest.mark.parametrize("move", MOVES)
def test_every_move_names_the_version_it_saw(api, editor, candidate, move):
    body = BODIES.get(move, {}) | ({"into": candidate.pk} if move == "merge" else {})

    answer = api(editor).post(f"claims/{candidate.pk}/{move}", body)

    assert answer.status_code == 428
    assert Claim.objects.get(pk=candidate.pk).version == candidate.version


@pytest.mark.parametrize("move", MOVES)
def test_another_desk_meets_a_404_at_every_move(api, outsider, candidate, move):
    body = (
        {"version": candidate.version, "into": candidate.pk}
        if move == "merge"
        else {"version": candidate.version}
    )

    answer = api(outsider).post(f"claims/{candidate.pk}/{move}", body | BODIES.get(move, {}))

    assert answer.status_code == 404


@pytest.mark.parametrize("move", MOVES)
def test_a_reader_moves_nothing(api, reader, candidate, move):
    body = (
        {"version": candidate.version, "into": candidate.pk}
        if move == "merge"
        else {"version": candidate.version}
    )

    answer = api(reader).post(f"claims/{candidate.pk}/{move}", body | BODIES.get(move, {}))

    assert answer.status_code == 403
    assert Claim.objects.get(pk=candidate.pk).version == candidate.version


def test_a_stale_move_writes_nothing(api, reviewer, candidate):
    api(reviewer).patch(f"claims/{candidate.pk}", {"version": candidate.version, "claimant": "Somebody"})

    answer = api(reviewer).post(f"claims/{candidate.pk}/accept", {"version": candidate.version})

    assert answer.status_code == 412
    assert answer.json()["version"] == candidate.version + 1
    assert Claim.objects.get(pk=candidate.pk).status == "CANDIDATE"


def test_a_dismissal_is_for_a_reason_and_can_be_undone(api, reviewer, candidate):
    caller = api(reviewer)
    unsaid = caller.post(f"claims/{candidate.pk}/dismiss", {"version": candidate.version})
    done = caller.post(f"claims/{candidate.pk}/dismiss", {"version": candidate.version, "reason": "OPINION"})

    undone = caller.post(f"claims/{candidate.pk}/undo", {"version": done.json()["version"]})

    assert unsaid.status_code == 400
    assert (done.json()["status"], done.json()["dismissal"]) == ("DISMISSED", "OPINION")
    assert undone.json()["status"] == "CANDIDATE"


def test_a_claim_is_marked_by_its_place(api, reviewer, article):
    text = article.versions.get().text
    start = text.index("North Korea")

    answer = api(reviewer).post(
        "claims",
        {
            "article": article.pk,
            "start": start,
            "end": start + 11,
            "exact": "North Korea",
            "claimant": "Somebody",
        },
    )

    assert answer.status_code == 201
    assert (answer.json()["status"], answer.json()["claimant"]) == ("ACCEPTED", "Somebody")


def test_a_claim_is_marked_by_the_words_around_it(api, reviewer, workspace):
    article = factories.article(
        workspace, reviewer, "😀 It rained. Then it rained. It was cold for five days."
    )

    answer = api(reviewer).post(
        "claims", {"article": article.pk, "exact": "it rained", "prefix": "Then ", "suffix": "."}
    )

    assert (answer.json()["start"], answer.json()["end"]) == (18, 27)


@pytest.mark.parametrize(
    "place",
    [
        {"exact": "not in the text"},
        {"exact": "South Korea", "start": 0, "end": 11},
        {"exact": "North Korea", "start": 0},
        {"exact": "the"},
        {"exact": "x", "start": 10**6, "end": 10**6 + 1},
    ],
)
def test_what_is_not_there_cannot_be_marked(api, reviewer, article, place):
    answer = api(reviewer).post("claims", {"article": article.pk, **place})

    assert answer.status_code == 422
    assert answer.json()["problems"]


def test_the_same_words_twice_are_refused(api, reviewer, article):
    text = article.versions.get().text
    start = text.index("Security Council")
    body = {"article": article.pk, "start": start, "end": start + 16, "exact": "Security Council"}
    api(reviewer).post("claims", body)

    answer = api(reviewer).post("claims", body)

    assert answer.status_code == 409


def test_the_span_moves_to_other_words(api, reviewer, candidate):
    start, end = candidate.start, candidate.end - 1

    answer = api(reviewer).put(
        f"claims/{candidate.pk}/span",
        {"version": candidate.version, "start": start, "end": end, "exact": candidate.exact[:-1]},
    )

    assert answer.json()["exact"] == candidate.exact[:-1]


def test_two_candidates_are_merged(api, reviewer, candidate, article):
    other = factories.candidate(article, "45,000")

    answer = api(reviewer).post(
        f"claims/{candidate.pk}/merge", {"version": candidate.version, "into": other.pk}
    )

    assert (answer.json()["status"], answer.json()["merged_into"]) == ("MERGED", other.pk)


def test_filters_narrow_the_list(api, reader, reviewer, article, candidate):
    ready = factories.ready(article, reviewer, "45,000")
    everything = article.claims.put_forward().count()

    def found(query: str) -> list[int]:
        return [item["id"] for item in api(reader).get(f"claims?{query}").json()["results"]]

    assert found("status=ACCEPTED") == [ready.pk]
    assert len(found("status=ACCEPTED&status=CANDIDATE")) == everything
    assert found("rating=mostly_true") == [ready.pk]
    assert found("rating=false") == []
    assert ready.pk in found("claimant=dorothy")
    assert found(f"reviewer={reviewer.pk}") == [ready.pk]
    assert found(f"article={article.pk}") == sorted(found(f"article={article.pk}"))
    assert found("min_score=1") == []
    assert api(reader).get("claims?status=NONE").status_code == 400


def test_another_desk_lists_none(api, outsider, candidate):
    assert api(outsider).get("claims").json()["results"] == []


def test_a_list_asks_the_database_as_often_for_one_as_for_many(api, reader, reviewer, article, workspace):
    factories.ready(article, reviewer)
    caller = api(reader)
    with CaptureQueriesContext(connection) as for_one:
        assert len(caller.get("claims?status=ACCEPTED").json()["results"]) == 1
    for claim in article.claims.put_forward().filter(status="CANDIDATE"):
        factories.ready(article, reviewer, claim.exact)

    with CaptureQueriesContext(connection) as for_many:
        assert len(caller.get("claims?status=ACCEPTED").json()["results"]) > 4

    assert len(for_many) == len(for_one) <= 4


def test_the_sample_of_what_was_passed_over_is_left_out_unless_asked(api, reviewer, workspace):
    text = "The port moved 900 tons. A gull sat on a rail. The mayor came by bike. The fee is 4 euros."
    article = factories.article(workspace, reviewer, text)
    claims = factories.proposed(article, [0.9, 0.8, 0.2, 0.1])

    def listed(query):
        rows = api(reviewer).get(f"claims?{query}").json()["results"]
        return [(one["id"], one["rank"], one["is_sample"]) for one in rows]

    assert listed("status=CANDIDATE") == [(claims[0].pk, 1, False), (claims[1].pk, 2, False)]
    assert listed("sample=true") == [(claims[2].pk, None, True), (claims[3].pk, None, True)]
    assert api(reviewer).get(f"claims/{claims[2].pk}").json()["is_sample"] is True
    assert api(reviewer).get("claims?sample=perhaps").status_code == 400
