"""The queue as people use it: with the mouse, and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.saved_views.models import SavedView
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def enter(new_page: Callable[..., Any], live_server: Any) -> Callable[..., Any]:
    """A page of its own for a person who is signed in."""

    def signed_in(person: User, **options: Any) -> Any:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page = new_page(**options)
        page.set_default_timeout(60_000)
        cookie = {"name": "session", "value": client.cookies["session"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return signed_in


def test_an_editor_assigns_ticked_articles_and_takes_it_back_with_the_mouse(
    article: Article, editor: User, reviewer: User, enter: Callable[..., Any]
) -> None:
    wanted = len([claim for claim in factories.extract(article) if not claim.is_sample])
    page = enter(editor, timezone_id="Europe/Berlin")
    page.goto("/")

    expect(page.locator("#bulk")).to_be_hidden()
    page.locator(f"#tick-{article.pk}").check()
    expect(page.locator("#bulk [data-count]")).to_have_text("1 ticked")
    page.get_by_label("Reviewer", exact=True).select_option(label="Reviewer")
    page.get_by_label("Due (Europe/Berlin)").fill("2030-01-09T17:00")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
    assert not Claim.objects.filter(reviewer=reviewer).exists()
    page.get_by_role("button", name=f"Assign {wanted} claims").click()
    expect(page.get_by_role("heading", name="Assigned")).to_be_visible()
    claim = Claim.objects.filter(reviewer=reviewer).first()
    assert claim is not None
    assert claim.due_at is not None
    assert claim.due_at.isoformat() == "2030-01-09T16:00:00+00:00"
    page.get_by_role("link", name="Back to the queue").click()
    expect(page.locator(f"#article-{article.pk} time")).to_have_text("9 Jan 2030, 17:00")
    page.go_back()
    page.get_by_role("button", name=re.compile("^Undo")).click()

    expect(page.get_by_role("heading", name="Undone")).to_be_visible()
    assert not Claim.objects.filter(reviewer=reviewer).exists()


def test_a_reviewer_finds_saves_and_takes_work_by_keyboard_alone(
    article: Article, reviewer: User, enter: Callable[..., Any]
) -> None:
    factories.extract(article)
    page = enter(reviewer)
    page.goto("/")
    page.wait_for_load_state("networkidle")

    page.keyboard.press("/")
    page.keyboard.type("soldiers -kursk")
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark").first).to_be_visible()
    page.get_by_text("Save this view").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Soldiers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Saved views")).to_contain_text("Soldiers")
    assert SavedView.objects.get().query == "q=soldiers+-kursk"
    page.goto("/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/articles/\d+/\?claim="))

    expect(page.locator("#toasts")).to_contain_text("A candidate to sort.")
    expect(page.locator("#panel blockquote")).to_be_visible()
    article.refresh_from_db()
    assert article.sorting_by == reviewer


def test_an_article_that_is_read_is_watched_without_losing_a_tick(
    workspace: Any, article: Article, editor: User, reviewer: User, enter: Callable[..., Any]
) -> None:
    done = factories.article(workspace, reviewer)
    factories.extract(done)
    page = enter(editor)
    page.goto("/?show=all")
    page.locator(f"#tick-{done.pk}").check()
    expect(page.locator(f"#article-{article.pk}")).to_contain_text("Waiting for a worker")

    factories.extract(article)

    expect(page.locator(f"#article-{article.pk}")).to_contain_text("To sort", timeout=15_000)
    expect(page.locator(f"#tick-{done.pk}")).to_be_checked()
    expect(page.locator("#queue-poll[hx-get]")).to_have_count(0)
