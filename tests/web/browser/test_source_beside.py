"""A stored copy beside its claim as hands use it: by mouse, and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.people.models import User
from annotations.snapshots.copies import pasted
from annotations.sources.models import Evidence
from annotations.sources.services import keep_copy
from tests import factories
from tests.web.browser.test_workbench_page import open_as  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Any]
TEXT = (
    "First paragraph 👩‍🚀 here.\n\nThey counted 12,000 soldiers in Russia.\n\n" + "More words follow. " * 400
)


@pytest.fixture
def evidence(article: Article, reviewer: User) -> Evidence:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    evidence = factories.cited(claim, reviewer, title="A record", quote="They counted")
    keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)
    factories.cited(claim, reviewer, title="Another record", quote="")
    return evidence


def drag_over(page: Any, words: str) -> None:
    box = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.getElementById('copy'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                const box = range.getBoundingClientRect();
                return [box.left + 1, box.top + box.height / 2, box.right - 1];
            }
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[1], steps=8)
    page.mouse.up()


def test_by_keyboard_alone_a_quote_is_taken_and_the_article_comes_back(
    open_as: Open,  # noqa: F811
    evidence: Evidence,
    article: Article,
    reviewer: User,
) -> None:
    page = open_as(reviewer, article, evidence.claim)

    page.keyboard.press("g")
    expect(page.locator("#beside [data-started] #copy mark")).to_have_text("They counted")
    page.keyboard.press("v")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#beside [data-started] #copy mark")).to_have_text("They counted 12,000 soldiers")
    page.keyboard.press("]")
    expect(page.locator("#beside [data-started] #beside-head")).to_have_text("Another record")
    page.keyboard.press("[")
    expect(page.locator("#beside [data-started] #beside-head")).to_have_text("A record")
    page.keyboard.press("g")
    expect(page.locator("#beside")).to_be_empty()

    expect(page.locator(f"#beside-{evidence.pk}")).to_be_focused()
    evidence.refresh_from_db()
    assert evidence.quote == "They counted 12,000 soldiers"
    assert article.claims.count() == 1


def test_a_shared_address_shows_claim_and_copy_and_another_claim_closes_it(
    open_as: Open,  # noqa: F811
    evidence: Evidence,
    article: Article,
    reviewer: User,
) -> None:
    other = factories.marked(article, "enhancing its ability to wage war", reviewer)
    page = open_as(reviewer, article)

    page.goto(f"/claims/{evidence.claim_id}/sources/{evidence.pk}/")
    expect(page.locator("#copy mark")).to_be_in_viewport()
    expect(page.locator("#panel blockquote")).to_contain_text("combat experience", ignore_case=True)
    page.locator(f'#claim-list [data-item="{other.pk}"]').click()
    expect(page.locator("#panel blockquote")).to_contain_text("wage war")

    expect(page.locator("#beside")).to_be_empty()


def test_typing_into_the_box_suggests_what_the_registry_has(
    open_as: Open,  # noqa: F811
    evidence: Evidence,
    article: Article,
    reviewer: User,
) -> None:
    claim = factories.marked(article, "enhancing its ability to wage war", reviewer)
    page = open_as(reviewer, article, claim)

    page.keyboard.press("s")
    page.keyboard.type("record")
    expect(page.locator("#source-suggestions button")).to_have_count(2)
    page.get_by_role("button", name="A record Records office").or_(
        page.get_by_role("button", name=re.compile("^A record"))
    ).first.press("Enter")

    expect(page.locator("#sources .src").first).to_contain_text("A record")
    assert claim.evidence.get().source == evidence.source


def test_by_mouse_words_of_the_copy_become_the_quote(
    open_as: Open,  # noqa: F811
    evidence: Evidence,
    article: Article,
    reviewer: User,
) -> None:
    page = open_as(reviewer, article, evidence.claim)

    page.get_by_role("link", name="Stored copy: A record").click()
    expect(page.locator("#beside [data-started] #copy mark")).to_have_text("They counted")
    assert page.url.endswith(f"/claims/{evidence.claim_id}/sources/{evidence.pk}/")
    drag_over(page, "12,000 soldiers in Russia")
    page.get_by_role("button", name="Use as quote").click()
    expect(page.locator("#copy mark")).to_have_text("12,000 soldiers in Russia")
    expect(page.locator(f"#evidence-{evidence.pk}")).to_contain_text("12,000 soldiers in Russia")
    page.locator("#beside").get_by_role("link", name="Source").last.click()
    expect(page.locator("#beside [data-started] #beside-head")).to_have_text("Another record")
    expect(page.locator("#beside")).to_contain_text("No stored copy yet")
    page.get_by_label("Or paste its words").fill("Its words.")
    page.get_by_role("button", name="Store this copy").click()
    expect(page.locator("#copy")).to_contain_text("Its words.")
    page.locator("#beside").get_by_role("link", name="Article").click()
    expect(page.locator("#beside")).to_be_empty()

    evidence.refresh_from_db()
    assert evidence.quote_state == "VERIFIED"
    assert TEXT[evidence.quote_start : evidence.quote_end] == "12,000 soldiers in Russia"


@pytest.mark.parametrize("width", [390, 1024])
def test_on_small_screens_the_copy_fills_the_page_and_nothing_scrolls_sideways(
    width: int,
    open_as: Open,  # noqa: F811
    evidence: Evidence,
    article: Article,
    reviewer: User,
) -> None:
    page = open_as(reviewer, article, evidence.claim, viewport={"width": width, "height": 800})

    page.goto(f"/claims/{evidence.claim_id}/sources/{evidence.pk}/")
    expect(page.locator("#copy")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".beside-claim")).to_be_visible()
