"""The workbench as hands use it: mouse, keyboard, and two people at once, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.verdicts.models import Verdict
from annotations.verdicts.queries import latest_verdict
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Any]
SAVED = re.compile(r"^Saved \d")


@pytest.fixture
def open_as(new_page: Open, live_server: Any) -> Open:
    """A page of its own for a person who is signed in already, at the workbench of an article."""

    def open_page(person: User, article: Article, claim: Claim | None = None, **options: Any) -> Any:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page = new_page(**options)
        page.context.add_cookies(
            [{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}]
        )
        page.goto(f"/articles/{article.pk}/" + (f"?claim={claim.pk}" if claim else ""))
        page.locator("main.board").wait_for()
        page.wait_for_load_state("networkidle")
        return page

    return open_page


def select(page: Any, words: str) -> None:
    """Drag the mouse over these words of one paragraph."""
    box = page.evaluate(
        """words => {
            for (const paragraph of document.querySelectorAll('#article p')) {
                for (const node of paragraph.childNodes) {
                    const at = node.nodeType === 3 ? node.data.indexOf(words) : -1;
                    if (at < 0) continue;
                    paragraph.scrollIntoView({block: 'center'});
                    const range = document.createRange();
                    range.setStart(node, at);
                    range.setEnd(node, at + words.length);
                    const rows = [...range.getClientRects()];
                    const [first, last] = [rows[0], rows.at(-1)];
                    const middle = (row) => (row.top + row.bottom) / 2;
                    return [first.left + 1, middle(first), last.right - 1, middle(last)];
                }
            }
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=8)
    page.mouse.up()


def test_words_that_are_selected_become_a_claim_at_their_place(
    open_as: Open, article: Article, reviewer: User
) -> None:
    page = open_as(reviewer, article)

    select(page, "enhancing its ability to wage war")
    page.get_by_role("button", name="New claim").click()

    expect(page.get_by_role("heading", name=re.compile("Claim 1"))).to_be_visible()
    claim = article.claims.get(exact="enhancing its ability to wage war")
    text = current_version(article).text
    assert text[claim.start : claim.end] == claim.exact
    assert (claim.prefix, claim.suffix) == (
        text[claim.start - 32 : claim.start],
        text[claim.end : claim.end + 32],
    )


def test_a_span_is_marked_by_keyboard_alone(open_as: Open, article: Article, reviewer: User) -> None:
    page = open_as(reviewer, article)

    page.keyboard.press("v")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")

    expect(page.locator("#verdict-form")).to_be_visible()
    assert article.claims.get(created_by=reviewer).exact == "is gaining valuable combat"


def test_the_span_of_a_claim_is_picked_again(open_as: Open, article: Article, reviewer: User) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)

    page.keyboard.press("e")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")

    expect(page.locator("#toasts")).to_contain_text("The claim stands on these words now.")
    claim.refresh_from_db()
    assert claim.exact == "gaining valuable combat"


def test_candidates_are_sorted_by_keys_and_a_step_is_undone(
    open_as: Open, article: Article, reviewer: User
) -> None:
    first = factories.candidate(article)
    page = open_as(reviewer, article, first)

    page.keyboard.press("x")
    page.keyboard.press("3")
    expect(page.locator("#toasts")).to_contain_text("Dismissed.")
    first.refresh_from_db()
    dismissed_as = first.dismissal
    page.keyboard.press("u")
    expect(page.locator("#toasts")).to_contain_text("Undone.")
    page.keyboard.press("a")
    expect(page.locator("#toasts")).to_contain_text("Accepted.")

    first.refresh_from_db()
    assert dismissed_as == "TRIVIAL"
    assert first.status == "ACCEPTED"


def test_j_and_k_walk_the_claims_and_the_back_button_returns(
    open_as: Open, article: Article, reviewer: User
) -> None:
    one = factories.marked(article, "gaining valuable combat experience", reviewer)
    two = factories.marked(article, "enhancing its ability", reviewer)
    page = open_as(reviewer, article)

    page.keyboard.press("j")
    expect(page.locator(f'[data-item="{one.pk}"]')).to_have_attribute("aria-current", "true")
    page.keyboard.press("j")
    expect(page.locator("#article mark.is-current")).to_have_text("enhancing its ability")
    page.keyboard.press("k")
    expect(page.locator("#article mark.is-current")).to_have_text("gaining valuable combat experience")
    page.go_back()

    expect(page.locator(f'[data-item="{two.pk}"]')).to_have_attribute("aria-current", "true")
    assert page.url.endswith(f"claim={two.pk}")


def test_keys_are_off_while_one_types(open_as: Open, article: Article, reviewer: User) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)

    page.get_by_label("Why").click()
    page.keyboard.type("jaxe 2? vs")

    expect(page.get_by_label("Why")).to_have_value("jaxe 2? vs")
    expect(page.locator("#all-keys")).to_be_hidden()
    expect(page.locator("#verdict-form [name=rating]:checked")).to_have_count(0)


def test_a_verdict_with_its_source_is_written_and_submitted_by_keyboard_alone(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.accepted(article, reviewer, "sanctions since 2006")
    page = open_as(reviewer, article, claim)

    page.keyboard.press("1")
    page.keyboard.press("s")
    page.keyboard.type("https://records.example/1")
    page.get_by_label("primary source").press("Space")
    page.get_by_label("Address").press("Enter")
    expect(page.locator("#sources")).to_contain_text("policy met")
    page.get_by_label("Why").focus()
    page.keyboard.type("The resolution is dated 2006 [1].")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#toasts")).to_contain_text("Submitted for second review.")
    claim.refresh_from_db()
    assert claim.status == "SUBMITTED"


def test_a_verdict_saves_itself_while_it_is_written(open_as: Open, article: Article, reviewer: User) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)

    page.keyboard.press("2")
    page.get_by_label("Why").fill("Two estimates come close.")
    expect(page.locator("#save-status")).to_have_text(SAVED)
    page.reload()

    expect(page.get_by_label("Why")).to_have_value("Two estimates come close.")
    expect(page.locator('#verdict-form [value="mostly_true"]')).to_be_checked()
    expect(page.locator("#kept-words")).to_be_hidden()


def test_words_written_without_a_connection_are_offered_again_after_the_page_was_closed(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)

    page.context.set_offline(True)
    page.get_by_label("Why").fill("Written in a tunnel.")
    expect(page.locator("#save-status")).to_contain_text("Kept here")
    address = page.url
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(address)
    expect(again.locator("#kept-words .conflict")).to_contain_text("Written in a tunnel.")
    again.get_by_role("button", name="Mine everywhere").click()

    expect(again.get_by_label("Why")).to_have_value("Written in a tunnel.")
    expect(again.locator("#save-status")).to_have_text(SAVED)
    assert Verdict.objects.get(claim=claim).reasons == "Written in a tunnel."


def test_two_people_write_the_same_verdict_and_neither_loses_a_word(
    open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    mine, theirs = open_as(reviewer, article, claim), open_as(colleague, article, claim)

    theirs.get_by_label("Why").fill("Their reasons.")
    expect(theirs.locator("#save-status")).to_have_text(SAVED)
    mine.get_by_label("Why").fill("My reasons.")
    conflict = mine.locator(".conflict")
    expect(conflict).to_contain_text("Their reasons.")
    expect(conflict).to_contain_text("My reasons.")
    expect(mine.get_by_label("Why")).to_have_value("My reasons.")
    mine.get_by_label("Why").fill("Their reasons. My reasons.")
    expect(mine.locator("#save-status")).to_have_text(SAVED)

    verdict = latest_verdict(claim)
    assert verdict is not None
    assert (verdict.number, verdict.reasons) == (2, "Their reasons. My reasons.")


def test_a_source_is_added_without_touching_a_verdict_in_the_middle_of_a_sentence(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)

    page.get_by_label("Why").fill("Half a sent")
    page.get_by_label("Address").fill("https://records.example/1")
    page.locator("#sources").get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#sources")).to_contain_text("https://records.example/1")

    expect(page.get_by_label("Why")).to_have_value("Half a sent")


def test_on_a_phone_the_claim_lies_over_the_article_and_nothing_scrolls_sideways(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.candidate(article)
    page = open_as(reviewer, article, claim, viewport={"width": 390, "height": 844})

    expect(page.get_by_role("button", name="Accept")).to_be_in_viewport()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Close the claim").click()

    expect(page.get_by_role("button", name="Accept")).to_have_count(0)


def test_the_page_works_without_scripts(open_as: Open, article: Article, reviewer: User) -> None:
    claim = factories.candidate(article)
    page = open_as(reviewer, article, claim, java_script_enabled=False)

    page.get_by_role("button", name="Accept").click()
    page.locator(f"#item-{claim.pk}").click()
    page.get_by_role("radio", name="False", exact=True).check()
    page.get_by_label("Why").fill("By hand.")
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_label("Why")).to_have_value("By hand.")
    verdict = latest_verdict(claim)
    assert verdict is not None
    assert (verdict.rating, verdict.reasons) == ("false", "By hand.")
