"""Reading and marking as hands do it: spans that share words, ends that are dragged, further appearances."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.claims.models import Claim
from annotations.mentions.models import Mention
from annotations.people.models import User, Workspace
from tests import factories
from tests.journeys.test_axe import findings
from tests.web.browser.test_workbench_page import open_as, select

__all__ = ["open_as"]

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Any]
OUTER = "over 12,000 North Korean soldiers are currently in Russia and began engaging Ukrainian forces"
INNER = "12,000 North Korean soldiers"
CROSSING = "Russia and began engaging Ukrainian forces in the Kursk region"


@pytest.fixture
def nest(article: Article, reviewer: User) -> list[Claim]:
    """Three claims on shared words: one around, one inside, one that crosses."""
    return [factories.marked(article, words, reviewer) for words in (OUTER, INNER, CROSSING)]


def in_hand(page: Any, claim: Claim) -> None:
    expect(page.locator("#panel header[data-claim]")).to_have_attribute("data-claim", str(claim.pk))
    expect(page.locator("#panel .htmx-request")).to_have_count(0)


def middle(page: Any, words: str) -> tuple[float, float]:
    """The middle of these words on the screen."""
    x, y = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.getElementById('article'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                const row = range.getClientRects()[0];
                return [row.left + row.width / 2, row.top + row.height / 2];
            }
        }""",
        words,
    )
    return x, y


def center(locator: Any) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Any, handle: str, to: tuple[float, float], *, modifier: str = "") -> None:
    """Take an end of the span and let it go where these words are; the finger stays below the line, as on a phone."""
    expect(page.locator(f'[data-handle="{handle}"]')).to_be_visible()
    grip = center(page.locator(f'[data-handle="{handle}"]'))
    row = page.evaluate(
        "name => document.querySelector(`[data-handle=${name}]`).getBoundingClientRect().top",
        handle,
    )
    page.mouse.move(*grip)
    page.mouse.down()
    if modifier:
        page.keyboard.down(modifier)
    below = grip[1] - row + 10
    page.mouse.move(to[0], to[1] + below, steps=6)
    page.wait_for_timeout(60)
    page.mouse.up()
    if modifier:
        page.keyboard.up(modifier)


def test_a_click_opens_the_innermost_claim_and_the_next_click_there_the_one_around_it(
    open_as: Open, article: Article, nest: list[Claim], reviewer: User
) -> None:
    outer, inner, crossing = nest
    page = open_as(reviewer, article)
    page.locator(f'mark[data-claims="{inner.pk}"]').scroll_into_view_if_needed()

    for claim in (inner, outer, inner):
        page.mouse.click(*middle(page, "Korean soldiers"))
        in_hand(page, claim)
    page.mouse.click(*middle(page, "in the Kursk"))
    in_hand(page, crossing)

    expect(page.locator(f'mark[data-claims="{crossing.pk}"].is-current')).not_to_have_count(0)
    page.locator(f'#article sup a[data-ref="{outer.pk}"]').click()
    in_hand(page, outer)
    assert page.url.endswith(f"?claim={outer.pk}")


def test_pointing_at_a_mark_or_at_its_line_in_the_list_shows_its_whole_extent(
    open_as: Open, article: Article, nest: list[Claim], reviewer: User
) -> None:
    _, inner, _ = nest
    page = open_as(reviewer, article)
    page.locator(f'mark[data-claims="{inner.pk}"]').scroll_into_view_if_needed()

    page.mouse.move(*middle(page, "in the Kursk"))
    pointed = page.locator("#article mark.is-pointed")
    words = "".join(pointed.evaluate_all("list => list.map(one => one.textContent)"))
    page.locator(f'#claim-list [data-item="{inner.pk}"]').hover()

    assert re.sub(r"\d", "", words) == CROSSING
    expect(pointed).to_have_text(INNER)


def test_each_claim_on_shared_words_has_an_underline_of_its_own(
    open_as: Open, article: Article, nest: list[Claim], reviewer: User
) -> None:
    page = open_as(reviewer, article)

    lanes = page.locator("#article mark").evaluate_all(
        "list => list.map(one => [one.dataset.claims, parseFloat(getComputedStyle(one).paddingBottom)])"
    )

    of = {int(pk): below for pk, below in lanes}
    assert of[nest[1].pk] < of[nest[0].pk] < of[nest[2].pk] + 8.1
    assert len({of[nest[0].pk], of[nest[1].pk]}) == 2
    assert of[nest[0].pk] != of[nest[2].pk]


def test_both_ends_are_dragged_and_stay_on_words_unless_alt_is_held(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)

    page.keyboard.press("e")
    drag(page, "start", middle(page, "combat"))
    drag(page, "end", middle(page, "troops"))
    page.get_by_role("button", name="Use these words").first.click()
    expect(page.locator("#toasts")).to_contain_text("The claim stands on these words now.")
    claim.refresh_from_db()
    by_word = claim.exact
    expect(page.locator("[data-behaviour~=span-ends][data-ready]")).to_be_attached()
    page.keyboard.press("e")
    drag(page, "end", middle(page, "fighting"), modifier="Alt")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("The claim stands on these words now.")
    expect(page.locator("#article mark.is-current")).to_contain_text("fig")
    claim.refresh_from_db()

    assert by_word == "combat experience from its troops"
    assert claim.exact.startswith("combat experience from its troops fig")
    assert not claim.exact.endswith("fighting")
    assert current_version(article).text[claim.start : claim.end] == claim.exact


def test_while_ends_are_edited_a_tap_on_a_word_moves_the_nearer_end_there(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim, viewport={"width": 390, "height": 844}, has_touch=True)

    page.keyboard.press("e")
    page.touchscreen.tap(*middle(page, "Korea is"))
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("The claim stands on these words now.")

    claim.refresh_from_db()
    assert claim.exact in (
        "Korea is gaining valuable combat experience",
        "is gaining valuable combat experience",
    )


def test_ends_are_moved_by_keyboard_alone_and_escape_leaves_everything_as_it_was(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)

    page.keyboard.press("e")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator('[data-handle="end"]')).to_be_hidden()
    page.keyboard.press("e")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+ArrowRight")
    expect(page.locator("#picker-says")).to_contain_text("Begins with")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("The claim stands on these words now.")

    claim.refresh_from_db()
    assert claim.exact == "s gaining valuable combat"


def test_o_walks_the_claims_on_the_same_words_and_says_which_they_are(
    open_as: Open, article: Article, nest: list[Claim], reviewer: User
) -> None:
    outer, inner, crossing = nest
    page = open_as(reviewer, article, inner)

    for claim, says in ((crossing, "Claim 3, In review: Russia and"), (outer, "Claim 1, In review: Over")):
        page.keyboard.press("o")
        in_hand(page, claim)
        expect(page.locator("#picker-says")).to_contain_text(says)
    expect(page.locator("#picker-says")).to_contain_text("1 of 3 on these words.")


def test_the_caret_begins_at_the_claim_in_hand_says_its_words_and_lets_go_by_any_other_key(
    open_as: Open, article: Article, nest: list[Claim], reviewer: User
) -> None:
    page = open_as(reviewer, article, nest[1])
    says = page.locator("#picker-says")

    page.keyboard.press("v")
    expect(says).to_contain_text("12,000")
    expect(says).to_contain_text("2 claims here")
    page.keyboard.press("End")
    expect(says).to_contain_text("month")
    page.keyboard.press("Home")
    expect(says).to_contain_text("According")
    page.keyboard.press("Shift+ArrowDown")
    expect(says).to_contain_text("words: According to Dorothy")
    expect(page.get_by_role("button", name="New claim")).to_be_visible()
    page.keyboard.press("Control+End")
    expect(says).to_contain_text("advance")
    page.keyboard.press("?")

    expect(page.locator("#all-keys")).to_be_visible()
    expect(page.locator("#mark-form")).to_be_hidden()


def test_from_the_caret_tab_leads_on_so_that_nobody_is_caught(
    open_as: Open, article: Article, reviewer: User
) -> None:
    page = open_as(reviewer, article)

    page.keyboard.press("v")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="New claim")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_text("Mark a claim by its words")).to_be_focused()

    expect(page.locator("#mark-form")).to_be_hidden()


def test_a_word_that_is_cut_is_taken_whole(open_as: Open, article: Article, reviewer: User) -> None:
    page = open_as(reviewer, article)

    select(page, "nhancing its abilit")
    page.get_by_role("button", name="New claim").click()
    expect(page.locator("#verdict-form")).to_be_visible()

    assert article.claims.get(created_by=reviewer).exact == "enhancing its ability"


def test_other_mentions_are_attached_in_one_step_marked_in_the_text_and_taken_off_again(
    open_as: Open, workspace: Workspace, reviewer: User
) -> None:
    words = "The council spent 5 million euros"
    article = factories.article(workspace, reviewer, f"{words} on trams.\n\n{words} again, said the mayor.")
    other = factories.article(workspace, reviewer, f"Elsewhere: {words.lower()}, they wrote. It rained.")
    claim = factories.marked(article, words, reviewer)
    page = open_as(reviewer, article, claim)
    part = page.locator("#mentions")

    expect(part.get_by_role("checkbox")).to_have_count(2)
    expect(part.get_by_role("checkbox", checked=True)).to_have_count(1)
    part.get_by_role("checkbox").nth(1).check()
    part.get_by_role("button", name="Attach what is ticked").click()
    expect(part).to_contain_text("Attached: 2 appearances.")
    expect(page.locator(f'#article mark[data-mention="{claim.pk}"]')).to_have_text(words)
    part.get_by_role("button", name="Undo").click()
    expect(part).to_contain_text("Taken off: 2 appearances.")
    expect(page.locator("#article mark[data-mention]")).to_have_count(0)
    part.get_by_role("button", name="Undo").click()
    expect(part).to_contain_text("Put back: 2 appearances.")
    assert Mention.objects.attached().count() == 2
    part.get_by_role("link", name=re.compile("^Elsewhere")).first.click()

    page.wait_for_url(f"**/articles/{other.pk}/?at=*")
    page.locator("#article mark[data-mention]").click()
    page.wait_for_url(f"**/articles/{article.pk}/?claim={claim.pk}")


def test_other_mentions_are_attached_by_keyboard_alone(
    open_as: Open, workspace: Workspace, reviewer: User
) -> None:
    words = "The council spent 5 million euros"
    article = factories.article(workspace, reviewer, f"{words} on trams.\n\n{words} again, said the mayor.")
    page = open_as(reviewer, article, factories.marked(article, words, reviewer))
    box = page.locator("#mentions").get_by_role("checkbox").first
    expect(box).to_be_checked()

    box.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#mentions")).to_contain_text("Attached: 1 appearance.")
    expect(page.locator("#article mark[data-mention]")).to_have_text(words)


def test_a_span_in_arabic_is_marked_and_its_end_moves_with_the_arrows_of_its_direction(
    open_as: Open, workspace: Workspace, reviewer: User
) -> None:
    article = factories.article(
        workspace, reviewer, "قال المسؤولون إن أكثر من 12,000 جندي موجودون حاليا في روسيا."
    )
    claim = factories.marked(article, "12,000 جندي", reviewer)
    page = open_as(reviewer, article, claim)

    expect(page.locator("#article p")).to_have_css("direction", "rtl")
    page.keyboard.press("e")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("The claim stands on these words now.")

    claim.refresh_from_db()
    assert claim.exact == "12,000 جندي موجودون"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_claims_overlap_and_appearances_are_attached(
    scheme: str, open_as: Open, article: Article, nest: list[Claim], workspace: Workspace, reviewer: User
) -> None:
    factories.article(workspace, reviewer, f"It is said again: {INNER} came, and {INNER} left.")
    page = open_as(reviewer, article, nest[1], color_scheme=scheme, reduced_motion="reduce")
    page.locator("#mentions").get_by_role("button", name="Attach what is ticked").click()
    expect(page.locator("#mentions")).to_contain_text("Attached: 2 appearances.")

    found = findings(page)
    page.keyboard.press("e")
    found += findings(page)
    page.keyboard.press("Escape")
    page.goto(f"/claims/{nest[1].pk}/mentions/")
    found += findings(page)

    assert found == []
