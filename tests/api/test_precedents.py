"""Earlier checks by program: listed, decided, imported."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.precedents.models import CheckImport, Match, OutsideCheck
from tests import factories

TABLE = "claim,publisher,rating\nThe moon is hollow,Moon Watch,False\n,Moon Watch,True\n"


@pytest.fixture
def suggest(workspace, editor, reviewer, article):
    claim = factories.accepted(article, reviewer, "12,000")
    batch = CheckImport.objects.create(
        workspace=workspace, filename="checks.csv", sha256="0" * 64, imported_by=editor
    )
    numbers = iter(range(100))

    def make(**fields: Any) -> Match:
        number = next(numbers)
        check = OutsideCheck.objects.create(
            workspace=workspace, identity=f"{number:064}", claim="11,000 troops came.", batch=batch, line=2
        )
        return Match.objects.create(
            workspace=workspace, claim=claim, outside_check=check, score=0.8, strength="LIKELY", **fields
        )

    return make


def decide(caller: Any, match: Match, decision: str, **more: Any) -> Any:
    body = {"version": match.version, "decision": decision, **more}
    return caller.post(f"claims/{match.claim_id}/matches/{match.pk}/decision", body)


def test_matches_of_a_claim_cost_the_same_for_one_as_for_many(api, reader, suggest):
    caller, match = api(reader), suggest()
    where = f"claims/{match.claim_id}/matches"
    with CaptureQueriesContext(connection) as for_one:
        (row,) = caller.get(where).json()["results"]
    for _ in range(20):
        suggest()

    with CaptureQueriesContext(connection) as for_many:
        rows = caller.get(where).json()["results"]

    assert (row["outside_check"]["claim"], row["status"]) == ("11,000 troops came.", "SUGGESTED")
    assert (len(rows), len(for_many)) == (21, len(for_one))
    assert len(for_one) <= 6


def test_each_decision_answers_with_the_match_as_it_stands(api, reviewer, suggest):
    caller, match = api(reviewer), suggest()

    same = decide(caller, match, "same")
    match.refresh_from_db()
    stale = decide(caller, Match(pk=match.pk, claim_id=match.claim_id, version=1), "undo")
    undone = decide(caller, match, "undo")

    assert (same.status_code, same.json()["relation"]) == (200, "SAME")
    assert same.json()["decided_by"]["name"] == "Reviewer"
    assert stale.status_code == 412
    assert (undone.json()["status"], undone.json()["version"]) == ("SUGGESTED", 3)


def test_what_differs_is_linked_with_a_reason_only(api, reviewer, suggest):
    caller, match = api(reviewer), suggest(differs=True)

    assert decide(caller, match, "same").status_code == 409
    assert set(decide(caller, match, "near").json()["problems"]) == {"note", "is_acknowledged"}
    near = decide(caller, match, "near", note="Another month.", is_acknowledged=True)
    assert (near.json()["relation"], near.json()["note"]) == ("NEAR", "Another month.")


def test_readers_and_other_desks_decide_nothing(api, reader, outsider, suggest):
    match = suggest()

    assert decide(api(reader), match, "same").status_code == 403
    assert decide(api(outsider), match, "same").status_code == 404
    assert api(outsider).get(f"claims/{match.claim_id}/matches").status_code == 404


def test_a_dry_run_and_the_import_count_alike_and_only_one_keeps(api, editor, workspace):
    caller, body = api(editor), {"workspace": workspace.pk, "content": TABLE}

    dry = caller.post("outside-checks/import", body | {"dry_run": True})
    assert not OutsideCheck.objects.exists()
    wet = caller.post("outside-checks/import", body)

    for answer, is_dry in ((dry, True), (wet, False)):
        said = answer.json()
        assert (said["added"], said["refused"], said["is_dry_run"]) == (1, 1, is_dry)
        assert (said["refused_rows"][0]["line"], said["refused_rows"][0]["field"]) == (3, "claim")
    (row,) = caller.get("outside-checks?q=moon&rating=false").json()["results"]
    assert (row["claim"], row["rating_text"]) == ("The moon is hollow", "False")
    assert caller.get("outside-checks?q=volcano").json()["results"] == []


def test_imports_are_for_editors_of_the_desk(api, reviewer, outsider, workspace):
    body = {"workspace": workspace.pk, "content": TABLE}

    assert api(reviewer).post("outside-checks/import", body).status_code == 403
    assert api(outsider).post("outside-checks/import", body).status_code == 404
    assert api(outsider).get("outside-checks").json()["results"] == []


def test_a_file_that_cannot_be_read_is_refused(api, editor, workspace):
    body = {"workspace": workspace.pk, "content": "title\nNo claim here\n"}

    answer = api(editor).post("outside-checks/import", body)

    assert answer.status_code == 422
    assert answer.json()["problems"]["file"]
