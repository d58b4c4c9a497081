"""Sources and evidence in full, by the API."""

from __future__ import annotations

import pytest

from annotations.flags.models import Flag
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.ready(article, reviewer, "12,000")


@pytest.fixture
def evidence(claim):
    return claim.evidence.get()


def test_evidence_is_cited_and_edited_in_full(api, reviewer, claim):
    facts = {
        "locator": "Table 3",
        "stance_reason": "Counts the same people.",
        "accessed_on": "2025-01-09",
        "sets": [1, 2],
        "figure": {"value": "12,300", "unit": "soldiers", "as_of": "2025-01"},
    }
    cited = api(reviewer).post(
        f"claims/{claim.pk}/evidence", {"stance": "PARTLY", "title": "A record", "language": "en"} | facts
    )
    told = cited.json()
    edited = api(reviewer).patch(f"evidence/{told['id']}", {"version": told["version"], "is_apart": True})
    wrong = api(reviewer).patch(f"evidence/{told['id']}", {"version": 2, "figure": {"value": "lots"}})

    assert cited.status_code == 201
    assert {name: told[name] for name in facts} == facts | {"figure": facts["figure"] | {"value": "12300"}}
    assert (told["source"]["language"], edited.json()["is_apart"], edited.json()["locator"]) == (
        "en",
        True,
        "Table 3",
    )
    assert (wrong.status_code, list(wrong.json()["problems"])) == (422, ["figure_value"])


def test_the_standing_of_a_claims_sources_is_told(api, reviewer, outsider, claim):
    factories.cited(
        claim, reviewer, is_primary=False, stance="REFUTES", figure={"value": "9", "unit": "soldiers"}
    )

    told = api(reviewer).get(f"claims/{claim.pk}/evidence/standing").json()

    assert (told["is_met"], told["groups"], told["balance"]) == (True, [[1, 2]], "1 supports · 1 refutes")
    assert told["why"] == ["[1] and [2] have the same origin: Records office."]
    assert [row["number"] for row in told["evidence"]] == [1, 2]
    assert told["evidence"][1]["margins"][0]["fit"] == "FAILS"
    assert api(outsider).get(f"claims/{claim.pk}/evidence/standing").status_code == 404


def test_flags_are_raised_listed_answered_and_opened_again(api, reviewer, colleague, outsider, evidence):
    there = f"evidence/{evidence.pk}/flags"
    raised = api(colleague).post(there, {"kind": "WEAK", "note": "Hearsay."})
    again = api(colleague).post(there, {"kind": "WEAK", "note": "Hearsay."})
    flag = raised.json()["id"]
    answered = api(reviewer).post(f"flags/{flag}/answer", {"version": 1, "answer": "It stays."})
    stale = api(reviewer).post(f"flags/{flag}/answer", {"version": 1, "answer": "Taken off."})
    reopened = api(reviewer).delete(f"flags/{flag}/answer", {"version": 2})

    assert (raised.status_code, again.json()["id"], stale.status_code) == (201, flag, 412)
    assert (answered.json()["answered_by"]["id"], reopened.json()["answered_at"]) == (reviewer.pk, None)
    assert len(api(reviewer).get(there).json()["results"]) == Flag.objects.count() == 1
    assert api(outsider).get(there).status_code == 404
    assert api(outsider).post(f"flags/{flag}/answer", {"version": 3, "answer": "x"}).status_code == 404
    assert api(reviewer).post(there, {"kind": "UGLY", "note": "x"}).status_code == 400


def test_reliability_is_rated_with_a_history_and_the_registry_is_filtered(api, reviewer, reader, evidence):
    there = f"sources/{evidence.source_id}"
    seen = api(reviewer).get(there).json()["version"]
    rated = api(reviewer).post(
        f"{there}/reliability", {"version": seen, "level": "MIXED", "reason": "Two errors."}
    )
    stale = api(reviewer).post(f"{there}/reliability", {"version": seen, "level": "LOW", "reason": "Three."})
    edited = api(reviewer).patch(
        there, {"version": seen + 1, "licence": "CC BY", "conflict_note": "Is a party."}
    )

    assert (rated.json()["reliability"], stale.status_code, edited.json()["licence"]) == (
        "MIXED",
        412,
        "CC BY",
    )
    assert [row["reason"] for row in api(reader).get(f"{there}/reliability").json()["results"]] == [
        "Two errors."
    ]
    assert len(api(reader).get("sources?reliability=MIXED").json()["results"]) == 1
    assert api(reader).get("sources?reliability=HIGH").json()["results"] == []
    assert [row["id"] for row in api(reader).get(f"{there}/evidence").json()["results"]] == [evidence.pk]
    assert (
        api(reader).post(f"{there}/reliability", {"version": 3, "level": "LOW", "reason": "x"}).status_code
        == 403
    )
