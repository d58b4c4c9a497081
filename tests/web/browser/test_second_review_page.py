"""The page of a second review as hands use it: blind by keyboard alone, and by mouse with changes to ask for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.people.models import User, Workspace
from annotations.people.services import set_blind_review
from annotations.reviews.queries import open_items
from annotations.snapshots.copies import pasted
from annotations.sources.services import keep_copy
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Any]


@pytest.fixture
def open_review(new_page: Open, live_server: Any) -> Open:
    def open_page(person: User, claim: Claim, **options: Any) -> Any:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page = new_page(**options)
        page.context.add_cookies(
            [{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}]
        )
        page.goto(f"/claims/{claim.pk}/review/")
        page.wait_for_load_state("networkidle")
        return page

    return open_page


@pytest.fixture
def claim(article: Article, reviewer: User) -> Claim:
    claim = factories.submitted(article, reviewer, "12,000")
    text = "Before it.\n\nThe words that prove it."
    keep_copy(source=claim.evidence.get().source, matter=pasted(text), by=reviewer)
    return claim


def test_blind_by_keyboard_alone_one_rates_compares_and_disagrees(
    open_review: Open, claim: Claim, article: Article, reviewer: User, colleague: User, admin: User
) -> None:
    desk = Workspace.objects.get(pk=claim.workspace_id)
    set_blind_review(workspace=desk, is_blind=True, version=desk.version, by=admin)
    other = factories.submitted(article, reviewer, "45,000")
    page = open_review(colleague, claim)
    expect(page.locator("#decision")).not_to_contain_text("Two counts")

    page.keyboard.press("3")
    page.keyboard.press("Tab")
    page.keyboard.type("Half of it 3 4.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".opinions article")).to_have_count(2)
    expect(page.locator("#decision")).to_contain_text("your rating differs from theirs")
    page.keyboard.press("a")
    page.keyboard.press("d")
    expect(page.locator("#decision")).to_contain_text("Disputed")
    page.keyboard.press("n")
    page.wait_for_url(f"**/claims/{other.pk}/review/")

    claim.refresh_from_db()
    assert claim.status == "DISPUTED"
    assert claim.own_ratings.get().rating == "half_true"


def test_by_mouse_changes_are_asked_for_one_below_the_other(
    open_review: Open, claim: Claim, colleague: User
) -> None:
    page = open_review(colleague, claim)
    expect(page.locator("#review-source .pill.found")).to_have_text("quote verified")

    page.get_by_label("A change").first.fill("Name the range.")
    page.get_by_role("button", name="add an item").click()
    page.keyboard.type("Date it.")
    page.keyboard.press("Enter")
    page.keyboard.type("Count it.")
    page.get_by_role("button", name=re.compile("^Ask for changes")).click()
    expect(page.locator("#toasts")).to_contain_text("Sent back with the changes to make.")

    assert [item.text for item in open_items(claim)] == ["Name the range.", "Date it.", "Count it."]


def test_it_is_approved_with_one_key_and_not_while_one_writes(
    open_review: Open, claim: Claim, colleague: User
) -> None:
    page = open_review(colleague, claim)

    page.keyboard.press("r")
    page.keyboard.type("a d n")
    expect(page.get_by_label("A change").first).to_have_value("a d n")
    page.locator("#decision blockquote").click()
    page.keyboard.press("a")
    expect(page.locator("#toasts")).to_contain_text("Approved.")

    claim.refresh_from_db()
    assert claim.status == "APPROVED"


@pytest.mark.parametrize("width", [390, 1024])
def test_nothing_scrolls_sideways(width: int, open_review: Open, claim: Claim, colleague: User) -> None:
    page = open_review(colleague, claim, viewport={"width": width, "height": 800})

    expect(page.locator("#decision blockquote")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
