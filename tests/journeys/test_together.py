"""Two people at one article, through the real web server: they see each other, each other's steps and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.claims.services.triage import accept_claim
from annotations.discussions.models import Thread
from annotations.discussions.services import start_thread
from annotations.people.models import User
from annotations.verdicts.queries import latest_verdict
from tests import factories
from tests.conftest import PATIENCE
from tests.journeys.test_axe import findings

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Any]


@pytest.fixture
def open_as(browser: Any, web_server: Any) -> Iterator[Open]:
    """A browser of its own for a person who is signed in, at this address of the real server."""
    contexts = []

    def open_page(person: User, path: str, **options: Any) -> Any:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(base_url=web_server, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        session = {"name": "session", "value": client.cookies["session"].value, "url": web_server}
        context.add_cookies([session])
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        page.locator("main").wait_for()
        return page

    yield open_page

    for context in contexts:
        context.close()


def workbench(article: Article, claim: Any = None) -> str:
    return f"/articles/{article.pk}/" + (f"?claim={claim.pk}" if claim else "")


def test_two_people_see_each_other_a_step_and_who_works(
    open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    other = factories.candidate(article, "45,000")
    mine = open_as(reviewer, workbench(article, claim))
    expect(mine.locator("#here")).to_contain_text("1 here now")
    theirs = open_as(colleague, workbench(article, claim))

    expect(mine.locator("#here")).to_contain_text("2 here now")
    expect(theirs.locator("#claim-holder")).to_contain_text("Reviewer is working on this claim since")
    accept_claim(claim=other, version=other.version, by=colleague)
    expect(mine.locator(f"#item-{other.pk}")).to_contain_text("In review")
    expect(mine.locator(f'#article mark[data-claims="{other.pk}"]').first).to_have_attribute(
        "data-state", "accepted"
    )

    theirs.get_by_role("button", name="Take over anyway").click()
    expect(mine.locator("#claim-holder")).to_contain_text("Colleague is working on this claim since")
    theirs.context.close()
    expect(mine.locator("#here")).to_contain_text("1 here now")


def test_a_change_by_another_is_told_and_never_replaces_what_is_typed(
    open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    mine = open_as(reviewer, workbench(article, claim))
    mine.locator("#here .av").first.wait_for()
    mine.route("**/draft/", lambda route: route.abort())
    mine.get_by_label("Why").fill("Half a sent")

    factories.cited(claim, colleague, title="Another record")
    expect(mine.locator("#claim-changed")).to_contain_text("Colleague changed the sources at")

    expect(mine.get_by_label("Why")).to_have_value("Half a sent")
    expect(mine.locator("#sources")).not_to_contain_text("Another record")
    mine.get_by_role("link", name="Show").click()
    expect(mine.locator("#sources")).to_contain_text("Another record")


def test_a_discussion_by_mouse_between_two_browsers(
    open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.ready(article, reviewer, "12,000")
    mine, theirs = (open_as(person, workbench(article, claim)) for person in (reviewer, colleague))
    expect(theirs.locator("#comment-new")).to_be_visible()
    theirs.locator("#comment-new").fill("My own half thought")

    mine.locator("#comment-new").fill("Which ministry?")
    mine.locator("#comment-about").select_option("why:0")
    mine.locator("#comment-form").get_by_label("blocks publishing").check()
    mine.locator("#comment-send").click()
    thread = theirs.locator("#discussion article")
    expect(thread).to_contain_text("Which ministry?")
    expect(thread).to_contain_text("Two counts come close [1].")
    expect(thread).to_contain_text("Blocks publishing")
    expect(theirs.locator("#comment-new")).to_have_value("My own half thought")

    thread.get_by_label("Reply").fill("The ministry of defence.")
    thread.get_by_role("button", name="Reply").click()
    expect(mine.locator("#discussion article")).to_contain_text("The ministry of defence.")
    mine.locator("#discussion article").get_by_role("button", name="Resolve").click()
    expect(theirs.locator("#discussion article")).to_contain_text("Resolved by Reviewer")


def test_a_comment_with_a_name_by_keyboard_alone_and_the_bell_tells(
    open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    mine, theirs = open_as(reviewer, workbench(article, claim)), open_as(colleague, "/")
    mine.locator("#comment-new").wait_for()

    mine.keyboard.press("c")
    mine.keyboard.type("Do you know, @coll")
    expect(mine.get_by_role("option", name="Colleague")).to_have_attribute("aria-selected", "true")
    mine.keyboard.press("Enter")
    mine.keyboard.type("?")
    mine.keyboard.press("Control+Enter")
    expect(mine.locator("#discussion article")).to_contain_text("Do you know, @colleague ?")
    factories.noticed()

    expect(theirs.get_by_role("link", name="Notices, 1 unread")).to_be_visible()
    theirs.get_by_role("link", name="Notices, 1 unread").focus()
    theirs.keyboard.press("Enter")
    theirs.get_by_role("link", name=re.compile("Reviewer mentioned you")).focus()
    theirs.keyboard.press("Enter")
    expect(theirs.locator("#discussion article")).to_contain_text("Do you know")
    expect(theirs.get_by_role("link", name="Notices", exact=True)).to_be_visible()


def test_a_comment_is_not_lost_with_the_connection(open_as: Open, article: Article, reviewer: User) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    page = open_as(reviewer, workbench(article, claim))
    page.locator("#comment-new").fill("Written in a tunnel.")

    page.context.set_offline(True)
    page.locator("#comment-send").click()
    expect(page.locator("#comment-form [data-kept]")).to_contain_text("Your words are kept here")
    page.context.set_offline(False)
    page.reload()

    expect(page.locator("#comment-new")).to_have_value("Written in a tunnel.")
    page.locator("#comment-send").click()
    expect(page.locator("#discussion article")).to_contain_text("Written in a tunnel.")
    expect(page.locator("#comment-new")).to_have_value("")
    assert Thread.objects.count() == 1


def test_tabs_of_one_browser_share_a_stream(
    open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.candidate(article, "12,000")
    first = open_as(reviewer, workbench(article))
    streams: list[str] = []
    first.context.on(
        "request", lambda request: streams.append(request.url) if "/live/stream/" in request.url else None
    )
    others = [first.context.new_page() for _ in range(3)]
    for page in others:
        page.goto(workbench(article))

    accept_claim(claim=claim, version=claim.version, by=colleague)

    for page in (first, *others):
        expect(page.locator(f"#item-{claim.pk}")).to_contain_text("In review")
    assert len(streams) <= 1
    first.close()
    factories.drafted(claim, colleague)
    assert latest_verdict(claim) is not None


@pytest.mark.parametrize("width", [390, 720, 1024, 1440])
def test_the_bar_fits(open_as: Open, article: Article, editor: User, width: int) -> None:
    page = open_as(editor, workbench(article), viewport={"width": width, "height": 844})

    if width < 1020:
        page.locator(".nav-menu summary").click()
    expect(page.get_by_role("link", name="Reports").first).to_be_visible()
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_in_viewport()

    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    scheme: str, open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.ready(article, reviewer, "12,000")
    comment = start_thread(claim=claim, text="@colleague?", is_blocker=True, by=reviewer)
    factories.noticed()
    page = open_as(colleague, workbench(article, claim), color_scheme=scheme)
    other = open_as(reviewer, workbench(article, claim))
    other.locator("#here .av").first.wait_for()
    page.locator("#discussion article").wait_for()
    found = findings(page)

    for address in (
        f"/claims/{claim.pk}/discussion/",
        f"/threads/{comment.thread_id}/",
        f"/comments/{comment.pk}/earlier/",
        "/notices/",
        "/notices/settings/",
    ):
        page.goto(address)
        page.locator("h1").wait_for()
        found += findings(page)

    assert found == []
