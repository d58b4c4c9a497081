"""Lists of what belongs to one claim or desk: as many questions to the database for one row as for many."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.reports.services import publish_claims
from annotations.reviews.queries import open_items
from annotations.reviews.services.deciding import request_changes, tick_item
from annotations.reviews.services.publishing import cancel_amendment, propose_retraction
from annotations.verdicts.services import submit_verdict
from tests import factories


def _asked(caller: Any, where: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as queries:
        answer = caller.get(where)
    assert answer.status_code == 200, answer.content
    return len(answer.json()["results"]), len(queries)


def _grow(caller: Any, where: str, add: Any) -> None:
    add()
    rows, for_one = _asked(caller, where)
    assert rows == 1
    for _ in range(29):
        add()

    rows, for_thirty = _asked(caller, where)

    assert rows == 30
    assert for_thirty == for_one <= 6


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


def test_sources(api, reader, reviewer, claim):
    _grow(api(reader), "sources", lambda: factories.cited(claim, reviewer))


def test_evidence(api, reader, reviewer, claim):
    _grow(api(reader), f"claims/{claim.pk}/evidence", lambda: factories.cited(claim, reviewer))


def test_revisions(api, reader, reviewer, claim):
    numbers = iter(range(30))

    def add() -> None:
        number = next(numbers)
        factories.drafted(claim, reviewer, seen=number, reasons=f"Take {number}.")

    _grow(api(reader), f"claims/{claim.pk}/verdicts", add)


def test_reviews(api, reader, reviewer, colleague, article):
    claim = factories.ready(article, reviewer, "12,000")

    def add() -> None:
        for item in open_items(claim):
            tick_item(item=item, is_done=True, by=reviewer)
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)
        request_changes(claim=claim, version=claim.version, items=["One.", "Two."], by=colleague)

    _grow(api(reader), f"claims/{claim.pk}/reviews", add)


def test_amendments(api, reader, reviewer, colleague, editor, article):
    claim = factories.published(article, reviewer, colleague, editor, "12,000")

    def add() -> None:
        amendment = propose_retraction(claim=claim, version=claim.version, note="No.", by=editor)
        cancel_amendment(amendment=amendment, by=editor)

    _grow(api(reader), f"claims/{claim.pk}/amendments", add)


def test_publications_and_reports(api, reader, reviewer, colleague, editor, workspace):
    def add() -> None:
        article = factories.article(workspace, reviewer)
        claim = factories.approved(article, reviewer, colleague)
        publish_claims(claims=[(claim, claim.version)], by=editor)

    add()
    caller = api(reader)
    first = {where: _asked(caller, where) for where in ("publications", "reports")}
    for _ in range(7):
        add()

    then = {where: _asked(caller, where) for where in ("publications", "reports")}

    assert {rows for rows, _ in first.values()} == {1}
    assert {rows for rows, _ in then.values()} == {8}
    assert {where: asked for where, (_, asked) in then.items()} == {
        where: asked for where, (_, asked) in first.items()
    }


def test_a_page_holds_two_hundred_at_most(api, reader, article):
    caller = api(reader)

    assert caller.get("claims?limit=201").status_code == 400
    assert caller.get("claims?limit=200").status_code == 200
