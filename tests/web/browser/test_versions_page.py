"""Versions and lost spans as hands use them: a mouse all the way, then keys alone; and axe by day and by night."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.models import Claim
from annotations.claims.queries import anchors_waiting
from annotations.claims.services.versions import add_version
from annotations.people.models import User
from tests import factories
from tests.journeys.test_axe import findings

pytestmark = pytest.mark.django_db(transaction=True)

OTHER = (("12,000", "11,000"), ("45,000", "46,000"))


@pytest.fixture
def open_as(new_page: Callable[..., Any], live_server: Any) -> Callable[..., Any]:
    def open_page(person: User, address: str, **options: Any) -> Any:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page = new_page(reduced_motion="reduce", **options)
        page.set_default_timeout(30_000)
        page.context.add_cookies(
            [{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}]
        )
        page.goto(address)
        return page

    return open_page


@pytest.fixture
def checked(article: Article, reviewer: User, colleague: User) -> Article:
    factories.approved(article, reviewer, colleague, "12,000")
    factories.marked(article, "enhancing its ability to wage war", reviewer)
    return article


def changed(article: Article) -> str:
    text = current_version(article).text
    for was, now in (*OTHER, ("enhancing its ability", "improving its ability")):
        text = text.replace(was, now)
    return text


def test_a_new_text_is_pasted_and_its_lost_spans_are_placed_by_mouse(
    open_as: Callable[..., Any], checked: Article, reviewer: User
) -> None:
    page = open_as(reviewer, f"/articles/{checked.pk}/")

    page.get_by_role("link", name="Version 1").click()
    page.get_by_role("link", name="Add a version").click()
    page.get_by_label("The text now").fill(changed(checked))
    page.get_by_role("button", name="Add this version").click()
    expect(page.get_by_role("heading", name="Version 1 to version 2")).to_be_visible()
    expect(page.locator("ins", has_text="11,000")).to_be_visible()

    page.locator(".head").get_by_role("link", name="to place").click()
    expect(page.get_by_text("Differs: a figure")).to_be_visible()
    page.get_by_role("button", name="Keep on version 1").click()
    expect(page.locator("#tray .note")).to_contain_text("Kept on the old version")
    page.get_by_role("button", name="It stands there").first.click()
    expect(page.locator("#tray .note")).to_contain_text("Placed by hand")

    assert ClaimAnchor.objects.filter(decision="KEPT").count() == 1
    assert Claim.objects.filter(exact__startswith="improving its ability").count() == 1


def test_a_lost_span_is_placed_and_taken_back_by_keys_alone(
    open_as: Callable[..., Any], checked: Article, reviewer: User
) -> None:
    add_version(article=checked, text=changed(checked), by=reviewer)
    lost = anchors_waiting(checked).get(claim__status="ACCEPTED")
    page = open_as(reviewer, f"/articles/{checked.pk}/unplaced/?at={lost.pk}")
    expect(page.locator("#anchor-head")).to_be_visible()

    page.keyboard.press("1")
    page.keyboard.press("a")
    expect(page.locator("#tray .note")).to_contain_text("Placed by hand")
    placed = Claim.objects.get(pk=lost.claim_id).exact
    page.keyboard.press("u")
    expect(page.get_by_role("heading", name="Enhancing its ability")).to_be_visible()

    assert placed == "improving its ability to wage war"
    assert Claim.objects.get(pk=lost.claim_id).exact == lost.from_exact


def test_axe_finds_nothing_on_the_pages_of_versions(
    open_as: Callable[..., Any], checked: Article, reviewer: User, editor: User
) -> None:
    add_version(article=checked, text=changed(checked), by=reviewer)
    pages = {
        "versions": f"/articles/{checked.pk}/versions/",
        "add": f"/articles/{checked.pk}/versions/add/",
        "old": f"/articles/{checked.pk}/versions/1/",
        "diff": f"/articles/{checked.pk}/versions/diff/",
        "tray": f"/articles/{checked.pk}/unplaced/",
        "changes": "/changes/",
        "workbench": f"/articles/{checked.pk}/?claim={Claim.objects.filter(status='APPROVED').get().pk}",
    }
    page = open_as(editor, pages["versions"])

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for name, address in pages.items():
            page.goto(address)
            page.locator("main").wait_for()
            assert findings(page) == [], f"{name}, {scheme}"
            for width in map(int, os.environ.get("PICTURES", "").split()):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=Path("/tmp/shots") / f"{name}-{width}-{scheme}.png", full_page=True)
