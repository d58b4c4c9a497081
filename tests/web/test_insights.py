from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.reports.models import Export
from tests import factories


@pytest.fixture
def decided(workspace, reviewer):
    return factories.sorted_articles(workspace, reviewer, 4, outlet="=The Harbour & Post")


def body(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def test_an_editor_sees_figures_and_every_number_leads_to_its_rows(decided, log_in, editor):
    client = log_in(editor)

    page = client.get("/insights/").content.decode()

    assert "Precision of proposals" in page
    assert "=The Harbour &amp; Post" in page
    links = set(re.findall(r'href="(/insights/decisions/[^"]*)"', page))
    assert len(links) > 10
    for link in links:
        answer = client.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert "Nothing here" not in answer.content.decode() or "sampled" in link or "added" in link, link


def test_the_number_is_the_number_of_rows(decided, log_in, editor):
    client = log_in(editor)
    page = client.get("/insights/").content.decode()
    link, count = re.search(r'href="(/insights/decisions/\?outlet=[^"]*kind=right)">(\d+)<', page).groups()

    rows = client.get(link.replace("&amp;", "&")).content.decode()

    assert rows.count("<tr>") - 1 == int(count) == sum(claim.status == "ACCEPTED" for claim in decided)


def test_without_decisions_it_says_what_to_do(workspace, log_in, editor):
    page = log_in(editor).get("/insights/").content.decode()

    assert "No decisions yet" in page
    assert "insights.csv" not in page


def test_the_bar_leads_there_who_may_go(workspace, log_in, editor, reviewer):
    assert 'href="/insights/"' in log_in(editor).get("/").content.decode()
    assert 'href="/insights/"' not in log_in(reviewer).get("/").content.decode()


@pytest.mark.parametrize("address", ["", "decisions/", "figures.csv", "labels.jsonl"])
def test_others_are_refused_with_the_reason(decided, log_in, reviewer, outsider, client, address):
    assert client.get(f"/insights/{address}").status_code == 302

    refused = log_in(reviewer).get(f"/insights/{address}")

    assert refused.status_code == 403
    assert "Only an editor of this workspace" in refused.content.decode()
    assert Export.objects.count() == 0
    answer = log_in(outsider).get(f"/insights/{address}?workspace=world-desk")
    assert "Harbour" not in (body(answer) if answer.streaming else answer.content.decode())


@pytest.mark.parametrize(
    "query",
    [
        "kind=nonsense",
        "type=x",
        "month=2026-13",
        "outlet=%00",
        "extractor=%00",
        "reason=%F0%9F%92%A9",
        "kind=" + "k" * 9000,
    ],
)
def test_a_filter_that_cannot_be_read_is_told_so(decided, log_in, editor, query):
    answer = log_in(editor).get(f"/insights/decisions/?{query}")

    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999", "0", ""])
def test_a_mark_that_is_none_starts_over(decided, log_in, editor, before):
    assert log_in(editor).get(f"/insights/decisions/?before={before}").status_code == 200


def test_figures_come_as_a_spreadsheet_that_runs_nothing(decided, log_in, editor):
    answer = log_in(editor).get("/insights/figures.csv")

    lines = body(answer).splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0].startswith('\ufeff"group","value","proposals_decided"')
    assert lines[1].startswith('"All","","20"')
    assert any(line.startswith('"Outlet","\'=The Harbour & Post","20"') for line in lines)
    assert Export.objects.get().format == "insights"


def test_decisions_come_as_lines(decided, log_in, editor):
    answer = log_in(editor).get("/insights/labels.jsonl")

    rows = [json.loads(line) for line in body(answer).splitlines()]
    assert len(rows) == 20
    assert {row["label"] for row in rows} == {0, 1}
    assert 'filename="world-desk-labels.jsonl"' in answer["Content-Disposition"]
    assert Export.objects.get().format == "labels"


def test_the_pages_ask_a_fixed_number_of_questions(decided, workspace, reviewer, log_in, editor):
    client = log_in(editor)
    client.get("/insights/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as page:
            client.get("/insights/")
        with CaptureQueriesContext(connection) as rows:
            client.get("/insights/decisions/")
        counts.append((len(page), len(rows)))
        factories.sorted_articles(workspace, reviewer, 3)

    assert counts[0] == counts[1]
