"""No finding of axe-core against WCAG 2.2 A and AA, on each page that people work with, by day and by night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from annotations.articles.models import Article
from annotations.flags.services import flag_evidence
from annotations.people.models import User
from annotations.people.services import set_blind_review
from annotations.reports.services import publish_claims
from annotations.reviews.services.deciding import lock_rating
from annotations.snapshots.copies import pasted
from annotations.sources.services import keep_copy
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

AXE = (Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def desk(article: Article, reviewer: User, colleague: User, editor: User) -> dict[str, str]:
    """A desk with a claim in every kind of state; the pages of it that are looked at."""
    done = factories.approved(article, reviewer, colleague, "12,000")
    publish_claims(claims=[(done, done.version)], by=editor)
    waiting = factories.submitted(article, reviewer, "45,000")
    in_hand = factories.marked(article, "enhancing its ability to wage war", reviewer)
    cited = factories.cited(in_hand, reviewer, figure={"value": "9"}, sets=[2], published_on=date(2035, 1, 1))
    flag_evidence(evidence=cited, kind="WEAK", note="Hearsay.", by=colleague)
    proof = waiting.evidence.get()
    keep_copy(source=proof.source, matter=pasted("Before it.\n\nThe words that prove it."), by=reviewer)
    candidate = factories.candidate(article)
    return {
        "sign-in": "/sign-in/",
        "queue": "/",
        "a candidate": f"/articles/{article.pk}/?claim={candidate.pk}",
        "a verdict in hand": f"/articles/{article.pk}/?claim={in_hand.pk}",
        "a second review": f"/articles/{article.pk}/?claim={waiting.pk}",
        "choosing what to merge into": f"/claims/{candidate.pk}/merge/",
        "my steps": f"/articles/{article.pk}/steps/",
        "keys": "/keys/",
        "a stored copy": f"/claims/{waiting.pk}/sources/{proof.pk}/",
        "no stored copy": f"/claims/{in_hand.pk}/sources/{in_hand.evidence.get().pk}/",
        "the page of a second review": f"/claims/{waiting.pk}/review/",
        "report": f"/reports/articles/{article.pk}/",
        "reports": "/reports/",
        "checked claims": "/checked/",
        "the registry of sources": "/sources/",
        "a source of the registry": f"/sources/{proof.source_id}/",
        "editing an article": f"/articles/{article.pk}/edit/",
        "claims in the queue": "/queue/claims/?show=all",
        "a filtered queue": "/?q=12%2C000&priority=2",
        "search": "/search/?q=soldiers",
        "planning a claim": f"/queue/claims/{in_hand.pk}/",
        "saved views": "/views/",
        "a calendar": "/calendar/",
    }


def findings(page: Any) -> list[str]:
    page.evaluate(AXE)
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        RULES,
    )
    return [
        f"{page.url}: {found['id']}: {node['html'][:160]} | {node['failureSummary'][:300]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    scheme: str, desk: dict[str, str], new_page: Callable[..., Any], live_server: Any, colleague: User
) -> None:
    client = Client()
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    page.goto(desk.pop("sign-in"))
    page.locator("h1").wait_for()
    found = findings(page)
    session = {"name": "session", "value": client.cookies["session"].value, "url": live_server.url}
    page.context.add_cookies([session])

    for address in desk.values():
        page.goto(address)
        page.locator("main").wait_for()
        page.wait_for_load_state("networkidle")
        assert page.url.endswith(address)
        found += findings(page)

    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_blind_review(
    scheme: str,
    article: Article,
    workspace: Any,
    reviewer: User,
    colleague: User,
    admin: User,
    new_page: Callable[..., Any],
    live_server: Any,
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")
    set_blind_review(workspace=workspace, is_blind=True, version=workspace.version, by=admin)
    client = Client()
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    session = {"name": "session", "value": client.cookies["session"].value, "url": live_server.url}
    page.context.add_cookies([session])

    page.goto(f"/claims/{claim.pk}/review/")
    page.locator("#lock-form").wait_for()
    found = findings(page)
    lock_rating(claim=claim, version=claim.version, rating="half_true", reasons="Half.", by=colleague)
    page.reload()
    page.locator(".opinions").wait_for()
    found += findings(page)

    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_editors(
    scheme: str, workspace: Any, reviewer: User, editor: User, new_page: Callable[..., Any], live_server: Any
) -> None:
    factories.sorted_articles(workspace, reviewer, 2)
    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    session = {"name": "session", "value": client.cookies["session"].value, "url": live_server.url}
    page.context.add_cookies([session])
    found = []

    for address in ("/insights/", "/insights/decisions/?kind=right"):
        page.goto(address)
        page.locator("table").first.wait_for()
        found += findings(page)

    assert found == []


def test_axe_would_find_something(new_page: Callable[..., Any], live_server: Any) -> None:
    page = new_page()
    page.goto("/sign-in/")
    page.evaluate("() => document.querySelector('label[for=id_username]').remove()")

    found = findings(page)

    assert [text for text in found if ": label: " in text]
