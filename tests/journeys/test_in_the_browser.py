"""The whole road in a browser, with a real worker: two reviewers and an editor take an article to its report."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.audit.services import verify_audit
from annotations.people.models import User
from tests.cast import PASSWORD, SEED
from tests.web.browser.test_workbench_page import select

pytestmark = pytest.mark.django_db(transaction=True)

HARBOUR = """Harbour city doubles its tram line

The city of Tavriksund opened 14 kilometres of new tram track on Monday, Mayor Ingrid Halvorsen said. "More than \
40,000 people ride the trams every day," Halvorsen told reporters at the opening.

The project cost 320 million euros, 45 million euros more than planned. Unemployment in the city fell to 4.1 percent \
last year, the statistics office reported.

The old harbour has been closed to cars since 2019. Many say that it is the most beautiful square of the north.
"""


@dataclass(frozen=True)
class Story:
    text: str
    checked: str
    dismissed: str
    marked: str


STORIES = {
    "the first article": Story(
        SEED.read_text(), "12,000 North Korean", "45,000", "enhancing its ability to wage war"
    ),
    "another article": Story(
        HARBOUR,
        "The project cost 320 million euros",
        "closed to cars",
        "the most beautiful square of the north",
    ),
}


def sign_in(page: Any, person: User) -> Any:
    page.goto("/")
    page.get_by_label("User name").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    return page


def take(page: Any, words: str) -> None:
    """Take a claim of the list in hand."""
    page.locator("#claim-list a[data-item]").filter(has_text=words).first.click()
    expect(page.locator("#panel blockquote")).to_contain_text(words)


def state(page: Any) -> Any:
    return page.locator("#panel .ins-head .pill")


def dismiss(page: Any) -> None:
    page.locator("#panel summary").filter(has_text="Dismiss").click()
    page.get_by_role("button", name=re.compile("^Trivial")).click()
    expect(page.locator("#toasts")).to_contain_text("Dismissed.")


def describe(page: Any, claimant: str) -> None:
    """Name who said it and say that the date is unknown, each in the small form of its chip."""
    for chip, fill in (("#fact-claimant", "Who said it"), ("#fact-date", "Date is unknown")):
        page.locator(f"{chip} > summary").click()
        field = page.locator(chip).get_by_label(fill)
        field.fill(claimant) if chip == "#fact-claimant" else field.check()
        page.locator(chip).get_by_role("button", name="Save").click()
        expect(page.locator(f"{chip} > summary")).to_contain_text(
            claimant if chip == "#fact-claimant" else "Date unknown"
        )


def rate(page: Any, rating: str, reasons: str) -> None:
    choice = page.locator(f'#verdict-form label[data-rating="{rating}"]')
    if not choice.is_visible():
        page.locator("#verdict-form summary").filter(has_text="Other").click()
    choice.click()
    page.get_by_label("Why").fill(reasons)
    expect(page.locator("#save-status")).to_have_text(re.compile(r"^Saved \d"))


def cite(page: Any, address: str) -> None:
    page.get_by_label("Address").fill(address)
    page.get_by_text("Quote, file and details").click()
    page.get_by_label("Title").fill("Annual accounts")
    page.locator("#sources").get_by_role("radio", name="partly").first.check()
    page.locator("#sources").get_by_label("primary source").first.check()
    page.get_by_label("Exact quote").first.fill("The figure, in so many words.")
    page.locator("#sources").get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#sources")).to_contain_text("policy met")


def submit(page: Any) -> None:
    page.get_by_role("button", name="Submit for second review").click()
    expect(state(page)).to_contain_text("Waiting for second review")


def download(page: Any, name: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("link", name=name, exact=True).click()
    with open(coming.value.path(), "rb") as file:
        return file.read()


@pytest.mark.parametrize("name", STORIES)
def test_an_article_goes_from_paste_to_downloaded_report(
    name: str, new_page: Callable[..., Any], worker: Any, reviewer: User, colleague: User, editor: User
) -> None:
    story = STORIES[name]
    first, second, desk = (sign_in(new_page(), person) for person in (reviewer, colleague, editor))

    first.get_by_label("Add articles").fill(story.text)
    first.get_by_role("button", name="Add", exact=True).click()
    first.wait_for_url("**/articles/*/")
    expect(first.locator("#toasts")).to_contain_text("Claims are being looked for.")
    article = Article.objects.get()
    expect(first.locator("#claim-list a[data-item]").filter(has_text=story.checked).first).to_be_visible(
        timeout=60_000
    )

    take(first, story.dismissed)
    dismiss(first)
    first.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(first.locator("#toasts")).to_contain_text("Undone.")
    expect(first.locator("#panel blockquote")).to_contain_text(story.dismissed)
    dismiss(first)

    take(first, story.checked)
    first.get_by_role("button", name=re.compile("^Accept")).click()
    expect(first.locator("#toasts")).to_contain_text("Accepted.")
    take(first, story.checked)
    expect(state(first)).to_contain_text("In review")
    describe(first, "Ingrid Halvorsen")
    rate(first, "mostly_true", "The accounts come close [1].")
    cite(first, "https://records.example/accounts")
    submit(first)

    select(first, story.marked)
    first.get_by_role("button", name="New claim").click()
    expect(state(first)).to_contain_text("In review")
    describe(first, "Somebody else")
    rate(first, "not_checkable", "This is an opinion.")
    submit(first)

    second.goto(f"/articles/{article.pk}/")
    for words in (story.checked, story.marked):
        take(second, words[1:])
        second.get_by_role("button", name="Approve", exact=True).click()
        expect(state(second)).to_contain_text("Approved")

    desk.goto(f"/reports/articles/{article.pk}/")
    desk.get_by_role("button", name="Publish all 2").click()
    expect(desk.locator("#toasts")).to_contain_text("Published 2.")
    expect(desk.get_by_text("Verdict report · version 1")).to_be_visible()
    sheet = list(csv.DictReader(io.StringIO(download(desk, "CSV").decode("utf-8-sig"))))
    report = json.loads(download(desk, "JSON"))

    said = {claim["exact"]: claim for claim in report["claims"]}
    checked = next(claim for exact, claim in said.items() if story.checked in exact)
    assert len(said) == 2
    assert (checked["label"], checked["reasons"], checked["claimant"]) == (
        "Mostly true",
        "The accounts come close [1].",
        "Ingrid Halvorsen",
    )
    assert (checked["checked_by"], checked["approved_by"]) == (["Reviewer"], "Colleague")
    assert checked["evidence"][0]["url"] == "https://records.example/accounts"
    assert said[story.marked]["rating"] == "not_checkable"
    assert [(row["exact_words"], row["rating"], row["reasons"]) for row in sheet] == [
        (claim["exact"], claim["label"], claim["reasons"]) for claim in report["claims"]
    ]
    for claim in report["claims"]:
        expect(desk.locator(f"#claim-{claim['claim_id']}")).to_contain_text(claim["statement"])
        expect(desk.locator(f"#claim-{claim['claim_id']}")).to_contain_text(claim["reasons"])
    expect(desk.locator("main")).not_to_contain_text(story.dismissed)
    assert article.claims.get(exact__contains=story.dismissed).status == "DISMISSED"
    assert [chain.problem for chain in verify_audit() if chain.problem] == []
