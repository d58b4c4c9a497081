"""Sorting as hands do it: by keys alone, by mouse, many at once, taken back after a reload, with one's own keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.services.wording import edit_claim
from annotations.people.models import User, Workspace
from annotations.preferences.services import set_preferences
from tests import factories
from tests.journeys.test_axe import findings
from tests.web.browser.test_workbench_page import open_as  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Any]
TEXT = " ".join(f"Boat number {n} carried {n * 7} tons of grain on day {n}." for n in range(1, 15))


@pytest.fixture
def harbour(workspace: Workspace, reviewer: User) -> Article:
    """Fourteen candidates; the last four are no more than possible."""
    article = factories.article(workspace, reviewer, TEXT)
    factories.proposed(article, [0.95] * 10 + [0.5] * 4)
    return article


def statuses(article: Article) -> list[str]:
    return list(article.claims.in_order().values_list("status", flat=True))


def in_hand(page: Any) -> Any:
    return page.locator("#panel .ins-head h2")


def test_fourteen_candidates_are_sorted_by_keys_alone(
    open_as: Open,  # noqa: F811
    harbour: Article,
    reviewer: User,
) -> None:
    page = open_as(reviewer, harbour)
    page.keyboard.press("j")
    for number in range(1, 5):
        expect(in_hand(page)).to_have_text("Claim 1" if number == 1 else f"Claim {number}")
        expect(page.locator("#article mark.is-current")).to_contain_text(f"Boat number {number} ")
        page.keyboard.press("a")
        expect(page.locator("#claim-list")).to_contain_text(f"{14 - number} candidates left")

    for left in (9, 8):
        expect(page.locator("#panel .acts")).to_be_visible()
        page.keyboard.press("x")
        page.keyboard.press("2")
        expect(page.locator("#claim-list")).to_contain_text(f"{left} candidates left")

    page.keyboard.press("m")
    expect(page.locator("#merge-filter")).to_be_focused()
    page.keyboard.type("28 tons")
    expect(page.locator("#merge-list button")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#claim-list")).to_contain_text("7 candidates left")

    page.keyboard.press("t")
    expect(page.locator("[data-ticked]")).to_have_text("1 ticked")
    page.keyboard.press("j")
    expect(page.locator("#panel .acts")).to_be_visible()
    page.keyboard.press("*")
    expect(page.locator("[data-ticked]")).to_have_text("7 ticked")
    page.keyboard.press("Shift+X")
    expect(page.locator("#panel")).to_contain_text("7 claims will be dismissed.")
    # htmx takes a blink to know the buttons that it put in; quicker than a hand, a key would send the plain form.
    expect(page.locator(".htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)
    page.keyboard.press("3")
    expect(page.get_by_role("heading", name="All sorted")).to_be_focused()
    sorted_by_then = statuses(harbour)

    page.reload()
    expect(page.locator("body[data-ready]")).to_be_attached()
    page.keyboard.press("u")
    expect(page.locator("#toasts")).to_contain_text("Undone for 7 claims.")
    page.keyboard.press("u")
    expect(page.locator("#claim-list")).to_contain_text("8 candidates left")
    expect(page.locator("#article mark.is-current")).to_contain_text("Boat number 7 ")
    taken_back = statuses(harbour)
    page.reload()
    expect(page.locator("body[data-ready]")).to_be_attached()
    page.keyboard.press("Shift+U")
    expect(page.locator("#claim-list")).to_contain_text("7 candidates left")
    page.keyboard.press("Shift+U")
    expect(page.locator("#toasts")).to_contain_text("Done again for 7 claims.")

    expected = ["ACCEPTED"] * 4 + ["DISMISSED"] * 2 + ["MERGED"] + ["DISMISSED"] * 7
    assert sorted_by_then == statuses(harbour) == expected
    assert taken_back == ["ACCEPTED"] * 4 + ["DISMISSED"] * 2 + ["CANDIDATE"] * 8


def test_many_are_sorted_and_taken_back_with_the_mouse(
    open_as: Open,  # noqa: F811
    harbour: Article,
    reviewer: User,
) -> None:
    page = open_as(reviewer, harbour)
    boxes = page.locator("#bulk-form [name=row]")

    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator("[data-ticked]")).to_have_text("3 ticked")
    page.get_by_role("button", name="Accept…").click()
    expect(page.locator("#panel")).to_contain_text("3 claims will be accepted")
    found = findings(page)
    page.get_by_role("button", name="Accept 3").click()
    expect(page.locator("#toasts")).to_contain_text("Accepted 3 claims.")
    expect(in_hand(page)).to_have_text("Claim 4")

    page.get_by_text("Sort many at once").click()
    page.locator("#which").select_option("possible")
    page.get_by_role("button", name="Dismiss…").click()
    expect(page.locator("#panel")).to_contain_text("4 claims will be dismissed.")
    found += findings(page)
    page.get_by_role("button", name=re.compile("Trivial")).click()
    expect(page.locator("#claim-list")).to_contain_text("7 candidates left")
    after = statuses(harbour)
    page.get_by_role("link", name="My last steps on this article").click()
    page.locator(".my-steps li").filter(has_text="Accepted 3 claims").get_by_role("button").click()
    expect(page.locator("#claim-list")).to_contain_text("10 candidates left")

    assert after == ["ACCEPTED"] * 3 + ["CANDIDATE"] * 7 + ["DISMISSED"] * 4
    assert statuses(harbour) == ["CANDIDATE"] * 10 + ["DISMISSED"] * 4
    assert found == []


def test_what_a_colleague_changed_is_not_taken_back_and_one_is_told_who_did_what(
    open_as: Open,  # noqa: F811
    harbour: Article,
    reviewer: User,
    colleague: User,
) -> None:
    claim = harbour.claims.in_order()[0]
    page = open_as(reviewer, harbour, claim)
    page.keyboard.press("a")
    expect(page.locator("#toasts")).to_contain_text("Accepted.")
    fresh = Claim.objects.get(pk=claim.pk)
    edit_claim(claim=fresh, version=fresh.version, by=colleague, claimant="The harbour master")

    page.keyboard.press("u")

    expect(page.locator("#panel [role=alert]")).to_contain_text("Colleague edited its wording since.")
    assert Claim.objects.get(pk=claim.pk).status == "ACCEPTED"


def test_keys_of_ones_own_work_everywhere_and_are_shown(
    open_as: Open,  # noqa: F811
    harbour: Article,
    reviewer: User,
) -> None:
    set_preferences(
        person=reviewer,
        by=reviewer,
        version=0,
        keys={"a": "q", "v": "w"},
        mode="SINGLE",
        after_accepting="NEXT",
    )
    page = open_as(reviewer, harbour, harbour.claims.in_order()[0])

    expect(page.locator("#panel [data-key=a] kbd")).to_have_text("Q")
    page.keyboard.press("a")
    page.keyboard.press("v")
    page.keyboard.press("q")
    expect(page.locator("#claim-list")).to_contain_text("13 candidates left")
    expect(page.locator("#mark-form")).to_be_hidden()
    expect(page.locator("#panel [data-key=a] kbd")).to_have_text("Q")
    expect(page.locator("[data-behaviour~=span-picker][data-ready]")).to_be_attached()
    page.keyboard.press("w")

    expect(page.locator("#mark-form")).to_be_visible()


def test_with_a_modifier_a_screen_reader_keeps_its_letters(
    open_as: Open,  # noqa: F811
    harbour: Article,
    reviewer: User,
) -> None:
    set_preferences(person=reviewer, by=reviewer, version=0, keys={}, mode="ALT", after_accepting="STAY")
    page = open_as(reviewer, harbour, harbour.claims.in_order()[0])

    page.keyboard.press("a")
    page.keyboard.press("?")
    expect(page.locator("#all-keys")).to_be_hidden()
    page.keyboard.press("Alt+x")
    page.keyboard.press("3")
    expect(page.locator("#claim-list")).to_contain_text("13 candidates left")
    page.keyboard.press("Alt+a")

    expect(page.locator("#panel .ins-head .pill")).to_contain_text("In review")
    assert statuses(harbour)[:3] == ["DISMISSED", "ACCEPTED", "CANDIDATE"]


def test_on_a_phone_one_sorts_above_the_article_with_the_undo_at_hand(
    open_as: Open,  # noqa: F811
    harbour: Article,
    reviewer: User,
) -> None:
    page = open_as(reviewer, harbour, harbour.claims.in_order()[0], viewport={"width": 390, "height": 844})

    page.get_by_role("button", name="Accept", exact=True).click()
    expect(in_hand(page)).to_have_text("Claim 2")
    undo = page.locator("#step-buttons").get_by_role("button", name=re.compile("^Undo"))
    expect(undo).to_be_in_viewport()
    undo.click()
    expect(in_hand(page)).to_have_text("Claim 1")

    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
