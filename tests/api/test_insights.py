from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.reports.models import Export
from tests import factories


@pytest.fixture
def decided(workspace, reviewer):
    return factories.sorted_articles(workspace, reviewer, 3, outlet="The Harbour Post")


def test_an_editor_reads_the_figures_in_every_grouping(api, decided, editor):
    figures = api(editor).get("insights").json()["figures"]

    right = sum(claim.status == "ACCEPTED" for claim in decided)
    by_outlet = [one for one in figures if (one["group"], one["key"]) == ("Outlet", "The Harbour Post")]
    assert [(one["decided"], one["right"], one["wrong"]) for one in by_outlet] == [(15, right, 15 - right)]
    assert by_outlet[0]["precision"] == pytest.approx(right / 15)
    assert by_outlet[0]["sample_recall"] is None
    assert {one["group"] for one in figures} == {"All", "Extractor version", "Outlet", "Claim type", "Month"}


def test_decisions_come_as_lines(api, decided, editor):
    answer = api(editor).get("insights/labels.jsonl")

    rows = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
    assert len(rows) == 15
    assert Export.objects.get().format == "labels"


@pytest.mark.parametrize("where", ["insights", "insights/labels.jsonl"])
def test_others_are_refused(api, anonymous, decided, workspace, reviewer, outsider, where):
    assert anonymous.get(where).status_code == 401
    assert api(reviewer).get(where).status_code == 403
    assert api(outsider).get(f"{where}?workspace={workspace.pk}").status_code == 422
    assert api(reviewer).get(f"{where}?workspace=x").status_code == 400
    assert Export.objects.count() == 0


def test_it_asks_as_often_for_few_as_for_many(api, decided, workspace, reviewer, editor):
    caller = api(editor)
    with CaptureQueriesContext(connection) as few:
        caller.get("insights")
    factories.sorted_articles(workspace, reviewer, 3, outlet="Another")
    with CaptureQueriesContext(connection) as many:
        caller.get("insights")

    assert len(few) == len(many) <= 9
