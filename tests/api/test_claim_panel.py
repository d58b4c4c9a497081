"""Figures, what a verdict still needs, and a claim's history, by the API."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.claims.services.wording import edit_claim
from annotations.verdicts.models import Verdict
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


def test_figures_place_and_original_wording_are_set(api, reviewer, claim):
    asked = {
        "version": claim.version,
        "quantities": [{"comparator": ">=", "value": "11,000", "unit": "soldiers", "as_of": "2025-01"}],
        "place": "Kursk",
        "original": "Более 11 000",
        "type": "QUOTE",
    }

    answer = api(reviewer).patch(f"claims/{claim.pk}", asked)

    told = answer.json()
    assert answer.status_code == 200
    assert (told["place"], told["original"], told["type"]) == ("Kursk", "Более 11 000", "QUOTE")
    assert told["quantities"][0]["value"] == "11000"


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"value": "many"}, 422),
        ({"comparator": "between", "value": "5"}, 422),
        ({"comparator": "more"}, 400),
        ({"number": "5"}, 400),
        ({"value": 5}, 400),
        ("12", 400),
    ],
)
def test_a_figure_that_cannot_be_right_is_refused_by_row_and_field(api, reviewer, claim, row, status):
    answer = api(reviewer).patch(f"claims/{claim.pk}", {"version": claim.version, "quantities": [row]})

    assert answer.status_code == status
    assert all(name.startswith("quantities.0") for name in answer.json()["problems"])


def test_a_stale_edit_of_figures_tells_both(api, reviewer, colleague, claim):
    seen = claim.version
    edit_claim(claim=claim, version=seen, by=colleague, quantities=[{"value": "1"}])

    answer = api(reviewer).patch(f"claims/{claim.pk}", {"version": seen, "quantities": [{"value": "2"}]})

    told = answer.json()
    assert answer.status_code == 412
    assert (told["current"]["quantities"][0]["value"], told["yours"]["quantities"][0]["value"]) == ("1", "2")


def test_what_a_verdict_needs_is_told_for_saved_and_for_unsaved_words(api, reader, reviewer, claim):
    factories.drafted(claim, reviewer, rating="", reasons="So far [4].")
    caller = api(reader)

    saved = caller.get(f"claims/{claim.pk}/verdict/check").json()
    unsaved = caller.post(
        f"claims/{claim.pk}/verdict/check", {"rating": "not_checkable", "reasons": "A joke."}
    ).json()

    assert (saved["is_ready"], saved["unknown"]) == (False, [4])
    assert {need["field"] for need in saved["needs"] if not need["is_met"]} >= {
        "rating",
        "reasons",
        "sources",
    }
    assert {need["field"] for need in unsaved["needs"] if not need["is_met"]} <= {"said_on"}
    assert Verdict.objects.count() == 1


def test_the_history_is_a_page_in_a_fixed_number_of_questions(api, reader, reviewer, claim):
    caller, where = api(reader), f"claims/{claim.pk}/history?limit=2"
    caller.get(where)
    with CaptureQueriesContext(connection) as few:
        first = caller.get(where).json()
    for number in range(20):
        edit_claim(claim=claim, version=claim.version, by=reviewer, place=f"P{number}")

    with CaptureQueriesContext(connection) as many:
        newest = caller.get(where).json()

    assert [entry["verb"] for entry in first["results"]] == ["accept_claim", "propose_claims"]
    assert newest["results"][0]["did"] == "edited its place"
    assert newest["next"]
    assert len(many) == len(few) <= 8


@pytest.mark.parametrize("where", ["verdict/check", "history"])
def test_another_desk_finds_nothing(api, outsider, claim, where):
    assert api(outsider).get(f"claims/{claim.pk}/{where}").status_code == 404
