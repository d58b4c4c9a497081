"""The claim in hand as hands use it: chips, scale, citations, drafts that survive, and two texts of one verdict."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.people.models import User
from annotations.verdicts.models import Verdict
from annotations.verdicts.queries import latest_verdict
from annotations.verdicts.services import submit_verdict
from tests import factories
from tests.cast import PASSWORD
from tests.journeys.test_axe import findings
from tests.web.browser.test_workbench_page import SAVED, open_as

__all__ = ["open_as"]

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Any]


class Line:
    """A line to the server that can be cut and mended: while it is cut, connections are refused as by a server that
    is not there.
    """

    def __init__(self, to: str) -> None:
        self.to = (urlsplit(to).hostname or "", urlsplit(to).port or 0)
        self.open: list[socket.socket] = []
        self.port = 0
        self.mend()

    def mend(self) -> None:
        self.listener = socket.create_server(("localhost", self.port), reuse_port=True)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self) -> None:
        for one in [self.listener, *self.open]:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(self.to)
                self.open += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def line(live_server: Any) -> Iterator[Line]:
    line = Line(live_server.url)
    yield line
    line.cut()


def why(page: Any) -> Any:
    return page.get_by_label("Why", exact=True)


def test_chips_are_changed_by_mouse_and_the_hand_stays_on_them(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    page = open_as(reviewer, article, claim)

    page.locator("#fact-figures > summary").click()
    page.get_by_label("Number").first.fill("11,500")
    page.get_by_label("Compares as").nth(1).select_option("between")
    page.get_by_label("Number").nth(1).fill("5")
    page.locator(".figure-row").nth(1).get_by_label("and", exact=True).fill("7")
    page.locator(".figure-row").nth(1).get_by_label("Unit").fill("months")
    page.locator("#fact-figures").get_by_role("button", name="Save").click()
    expect(page.locator("#fact-figures > summary")).to_contain_text("5–7 months")
    expect(page.locator("#fact-figures > summary")).to_be_focused()
    page.locator("#fact-type > summary").click()
    page.get_by_label("Type").first.select_option("OPINION")
    page.locator("#fact-type").get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Rate it “Not checkable”").click()

    expect(page.locator('#verdict-form [value="not_checkable"]')).to_be_checked()
    expect(page.locator(".other > summary")).to_contain_text("Not checkable")
    expect(page.locator("#rating-says")).to_contain_text("Opinion")
    expect(page.locator("#save-status")).to_have_text(SAVED)
    claim.refresh_from_db()
    assert [row["value"] for row in claim.quantities] == ["11500", "5"]
    verdict = latest_verdict(claim)
    assert verdict is not None
    assert verdict.rating == "not_checkable"


def test_from_bare_claim_to_submission_by_keyboard_alone(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    for number in (1, 2):
        factories.cited(claim, reviewer, title=f"Record {number}")
    page = open_as(reviewer, article, claim)

    page.keyboard.press("6")
    page.keyboard.press("3")
    expect(page.locator('#verdict-form [value="outdated"]')).to_be_checked()
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(page.locator("#rating-says")).to_contain_text("The core is right")
    why(page).focus()
    page.keyboard.type("So it is [")
    expect(page.get_by_role("option", name="[1] Record 1")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type(" and [7].")
    expect(page.locator("#cite-says")).to_contain_text("[7]")
    for _ in range(4):
        page.keyboard.press("Backspace")
    page.keyboard.type("[1].")
    expect(page.locator("#cite-says")).to_be_empty()
    expect(page.locator(".reads a.cite")).to_have_count(2)
    page.locator("#needs a", has_text="Date").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("When it was said")).to_be_focused()
    page.get_by_label("Date is unknown").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-date > summary")).to_contain_text("Date unknown")
    expect(why(page)).to_have_value("So it is [2] and [1].")
    expect(page.locator("#needs [data-missing]")).to_have_count(0)
    page.keyboard.press("Control+Enter")

    expect(page.locator("#toasts")).to_contain_text("Submitted for second review.")
    verdict = latest_verdict(claim)
    assert verdict is not None
    assert (verdict.rating, verdict.reasons) == ("mostly_true", "So it is [2] and [1].")


def test_escape_closes_a_chip_and_leaves_the_hand_on_it(
    open_as: Open, article: Article, reviewer: User
) -> None:
    page = open_as(reviewer, article, factories.accepted(article, reviewer, "12,000"))

    page.locator("#fact-claimant > summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Who said it")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#fact-claimant > summary")).to_be_focused()
    expect(page.get_by_label("Who said it")).to_be_hidden()


def test_a_server_that_stops_in_the_middle_of_a_sentence_loses_no_word(
    open_as: Open, line: Line, article: Article, reviewer: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)
    page.goto(f"http://localhost:{line.port}/articles/{article.pk}/?claim={claim.pk}")
    why(page).fill("Before the stop.")
    expect(page.locator("#save-status")).to_have_text(SAVED)

    line.cut()
    why(page).press_sequentially(" While it is down.")
    expect(page.locator("#save-status")).to_contain_text("Kept here, sent later")
    during = latest_verdict(claim)
    line.mend()

    expect(page.locator("#save-status")).to_have_text(SAVED)
    after = latest_verdict(claim)
    assert during is not None
    assert after is not None
    assert (during.reasons, after.reasons) == ("Before the stop.", "Before the stop. While it is down.")


def test_words_typed_before_the_page_is_ready_are_saved_all_the_same(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article)
    held: list[Any] = []
    page.route("**/behaviours/autosave-draft*.js", lambda route: held.append(route))
    page.goto(f"/articles/{article.pk}/?claim={claim.pk}")
    why(page).fill("Quicker than the scripts.")
    expect(page.locator("#save-status")).to_have_text("Nothing saved yet")

    held[0].continue_()

    expect(page.locator("#save-status")).to_have_text(SAVED)
    saved = latest_verdict(claim)
    assert saved is not None
    assert saved.reasons == "Quicker than the scripts."


def test_words_kept_after_a_crash_are_laid_beside_newer_ones_and_chosen_field_by_field(
    open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)
    page.context.set_offline(True)
    why(page).fill("My reasons, not sent.")
    page.get_by_label("What would change this verdict").fill("My gap.")
    expect(page.locator("#save-status")).to_contain_text("Kept here")
    address = page.url
    page.close()
    factories.drafted(claim, colleague, rating="", confidence="", reasons="Their reasons.", gaps="Their gap.")
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(address)

    kept = again.locator("#kept-words")
    expect(kept).to_contain_text("Their reasons.")
    expect(kept).to_contain_text("My reasons, not sent.")
    unsaved = why(again).input_value()
    kept.locator("[data-field=reasons]").get_by_label("Kept in this browser").check()
    kept.locator("[data-field=gaps]").get_by_label("Saved").check()
    expect(again.locator("#save-status")).to_have_text(SAVED)
    kept.get_by_role("button", name="Done").click()
    expect(kept.locator(".conflict")).to_be_hidden()
    again.reload()
    expect(why(again)).to_have_value("My reasons, not sent.")

    verdict = latest_verdict(claim)
    assert verdict is not None
    assert unsaved == "Their reasons."
    assert (verdict.number, verdict.reasons, verdict.gaps) == (2, "My reasons, not sent.", "Their gap.")
    expect(again.locator("#kept-words")).to_be_hidden()


def test_nothing_is_saved_over_another_text_before_one_of_them_is_chosen(
    open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    mine, theirs = open_as(reviewer, article, claim), open_as(colleague, article, claim)
    why(theirs).fill("Over 12,000 men.")
    expect(theirs.locator("#save-status")).to_have_text(SAVED)

    why(mine).fill("Over 11,000 men.")
    conflict = mine.locator(".conflict")
    expect(conflict.locator("mark")).to_have_text(["12", "11"])
    expect(conflict).to_be_focused()
    mine.keyboard.press("2")
    expect(mine.locator("#save-status")).to_contain_text("choose above")
    between = Verdict.objects.filter(claim=claim).count()
    conflict.get_by_label("Theirs, saved").check()
    expect(why(mine)).to_have_value("Over 12,000 men.")
    expect(mine.locator("#save-status")).to_have_text(SAVED)

    verdict = latest_verdict(claim)
    assert between == 1
    assert verdict is not None
    assert (verdict.number, verdict.rating, verdict.reasons) == (2, "mostly_true", "Over 12,000 men.")


def test_a_session_that_ended_is_told_and_the_words_go_on_after_signing_in(
    open_as: Open, article: Article, reviewer: User
) -> None:
    claim = factories.marked(article, "gaining valuable combat experience", reviewer)
    page = open_as(reviewer, article, claim)
    Session.objects.all().delete()

    why(page).fill("Written after the session ended.")
    expect(page.locator("#save-status")).to_contain_text("You are signed out")
    expect(why(page)).to_have_value("Written after the session ended.")
    page.get_by_role("link", name="Sign in to go on").click()
    page.get_by_label("User name").fill(reviewer.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(why(page)).to_have_value("Written after the session ended.")
    expect(page.locator("#save-status")).to_have_text(SAVED)
    assert Verdict.objects.get(claim=claim).reasons == "Written after the session ended."


def test_words_kept_while_somebody_submitted_are_shown_and_can_be_dropped(
    open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.ready(article, reviewer, "12,000")
    page = open_as(colleague, article, claim)
    page.context.set_offline(True)
    why(page).fill("A second thought.")
    expect(page.locator("#save-status")).to_contain_text("Kept here")
    submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)
    page.context.set_offline(False)

    expect(page.get_by_text("These words came too late")).to_be_visible()
    page.reload()
    expect(page.get_by_text("A second thought.")).to_be_visible()
    page.get_by_role("button", name="Drop these words").click()
    page.reload()
    expect(page.locator("#verdict-head")).to_be_visible()

    expect(page.get_by_text("A second thought.")).to_have_count(0)
    assert Verdict.objects.filter(claim=claim).count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_forms_of_the_panel_nor_in_a_conflict(
    scheme: str, open_as: Open, article: Article, reviewer: User, colleague: User
) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    factories.cited(claim, reviewer)
    page = open_as(reviewer, article, claim, color_scheme=scheme, reduced_motion="reduce")

    page.locator(".why > summary").click()
    page.locator(".more-chips > summary").click()
    page.locator("#fact-figures > summary").click()
    found = findings(page)
    factories.drafted(claim, colleague, reasons="Theirs [1].", gaps="Gap.")
    why(page).fill("Mine [9].")
    expect(page.locator(".conflict")).to_be_visible()
    page.wait_for_load_state("networkidle")
    found += findings(page)
    page.locator("#panel-head").focus()
    page.keyboard.press("6")
    found += findings(page)

    assert found == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_panel_can_be_worked_with_on_a_phone(open_as: Open, article: Article, reviewer: User) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    factories.cited(claim, reviewer)
    page = open_as(reviewer, article, claim, viewport={"width": 390, "height": 844}, has_touch=True)

    page.locator('#verdict-form label[data-rating="true"]').tap()
    why(page).fill("So it is ")
    page.locator("[data-cite='1']").tap()
    page.locator("#fact-figures > summary").tap()
    expect(page.get_by_label("Number").first).to_be_visible()
    expect(page.locator("#save-status")).to_have_text(SAVED)

    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("button", name=re.compile("^Submit"))).to_be_in_viewport()
    expect(why(page)).to_have_value("So it is [1]")
