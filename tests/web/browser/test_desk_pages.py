"""The desk's settings and the practice article as hands use them: mouse, keyboard alone, day, night and paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.desks.queries import guidelines_of, scales_of
from annotations.people.models import Membership, User, Workspace
from annotations.practice.models import PracticeAnswer
from annotations.practice.queries import lessons
from annotations.practice.services import start_run
from annotations.reports.services import publish_claims
from tests import factories
from tests.journeys.test_axe import findings
from tests.web.browser.test_workbench_page import select

pytestmark = pytest.mark.django_db(transaction=True)

LESSON = lessons()[0]


@pytest.fixture
def open_as(new_page: Callable[..., Any], live_server: Any) -> Callable[..., Any]:
    def open_page(person: User, address: str, **options: Any) -> Any:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page = new_page(reduced_motion="reduce", **options)
        page.set_default_timeout(60_000)
        page.context.add_cookies(
            [{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}]
        )
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    return open_page


def test_an_admin_adds_a_rating_by_mouse_and_it_is_offered_at_once(
    open_as: Callable[..., Any], workspace: Workspace, admin: User, reviewer: User, article: Any
) -> None:
    claim = factories.accepted(article, reviewer, "12,000")
    page = open_as(admin, "/desk/scale/")

    page.get_by_role("button", name="Add a rating").click()
    expect(page.locator("#new0-label")).to_be_focused(timeout=20_000)
    page.locator("#new0-label").fill("Old picture")
    page.locator("#new0-number").fill("2")
    page.locator("#new0-shape").select_option("flag")
    page.locator("#new0-palette").select_option("teal")
    page.locator("#new0-definition").fill("Real, but of another day.")
    page.get_by_role("button", name="Preview").last.click()
    expect(page.get_by_role("heading", name="Preview, not published yet")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Publish as the next version").click()
    expect(page.get_by_text("Version 2 is in force.")).to_be_visible(timeout=20_000)

    board = open_as(reviewer, f"/articles/{article.pk}/?claim={claim.pk}")
    chip = board.locator('.scale label[data-rating="old_picture"]')
    chip.click()
    expect(board.locator(".scale input:checked")).to_have_value("old_picture")
    assert chip.evaluate("e => getComputedStyle(e).color") == "rgb(10, 101, 112)"
    assert scales_of(workspace.pk).current.by_code["old_picture"].number == 2


def test_ratings_are_put_in_order_by_keyboard_and_the_hand_stays(
    open_as: Callable[..., Any], workspace: Workspace, admin: User
) -> None:
    page = open_as(admin, "/desk/scale/")

    page.locator("#satire-up").focus()
    for place in (9, 8):
        page.wait_for_function("() => !document.querySelector('.htmx-added, .htmx-settling, .htmx-swapping')")
        page.keyboard.press("Enter")
        row = page.locator(f".rating-row:nth-child({place}) input[name='row']")
        expect(row).to_have_value("satire", timeout=20_000)
        expect(page.locator("#satire-up")).to_be_focused(timeout=20_000)
    page.locator("#satire-label").focus()
    page.keyboard.press("End")
    page.keyboard.type(" or parody")
    page.get_by_role("button", name="Publish as the next version").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Version 2 is in force.")).to_be_visible(timeout=20_000)

    found = [one.label for one in scales_of(workspace.pk).current.ratings]
    assert found[7] == "Satire or parody"


def test_house_rules_are_written_and_people_added_by_keyboard_alone(
    open_as: Callable[..., Any], workspace: Workspace, admin: User, new_page: Callable[..., Any]
) -> None:
    page = open_as(admin, "/desk/guidelines/edit/")
    expect(page.locator("#new0-title")).to_be_focused(timeout=20_000)
    page.keyboard.type("Reasons")
    page.keyboard.press("Tab")
    page.keyboard.type("Reas")
    page.locator("#new0-text").focus()
    page.keyboard.type("Lead with the number.")
    page.get_by_role("button", name="Publish as the next version").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Reasons")).to_be_visible(timeout=20_000)
    assert guidelines_of(workspace.pk).sections[0].field == "reasons"

    page.goto("/desk/people/")
    page.locator("#add-username").focus()
    page.keyboard.type("nora")
    page.keyboard.press("Tab")
    page.keyboard.type("Nora Lind")
    page.keyboard.press("Enter")
    link = page.get_by_label("Link", exact=True).input_value()
    own = new_page()
    own.goto(link)
    own.keyboard.type("a long one of my own")
    own.keyboard.press("Tab")
    own.keyboard.type("a long one of my own")
    own.keyboard.press("Enter")
    own.locator("#id_username").wait_for()

    assert Membership.objects.get(user__username="nora").user.check_password("a long one of my own")


def test_practice_by_keyboard_alone(open_as: Callable[..., Any], reviewer: User) -> None:
    run = start_run(lesson=LESSON, by=reviewer)
    page = open_as(reviewer, "/practice/sandholm/")

    expect(page.locator("body[data-ready]")).to_be_attached()
    page.keyboard.press("j")
    expect(page.locator("#panel-head")).to_have_text("Claim 1", timeout=20_000)
    page.wait_for_function("() => !document.querySelector('.htmx-added, .htmx-settling, .htmx-swapping')")
    page.keyboard.press("a")
    expect(page.get_by_text("Right: this is worth checking.")).to_be_visible(timeout=20_000)
    page.wait_for_function("() => !document.querySelector('.htmx-added, .htmx-settling')")
    page.keyboard.press("1")
    expect(page.get_by_text("The same rating.")).to_be_visible(timeout=20_000)
    page.keyboard.press("j")
    expect(page.locator("#panel-head")).to_have_text("Claim 2", timeout=20_000)
    page.keyboard.press("x")
    page.keyboard.press("1")
    expect(page.get_by_text("This is worth checking.")).to_be_visible(timeout=20_000)
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Accept")).to_be_visible(timeout=20_000)

    first, second = PracticeAnswer.objects.filter(run=run).order_by("start")[:2]
    assert (first.decision, first.rating, second.decision) == ("ACCEPTED", "true", "")


def test_practice_by_mouse_to_the_end(open_as: Callable[..., Any], reviewer: User) -> None:
    run = start_run(lesson=LESSON, by=reviewer)
    gold = next(one for one in LESSON.gold if not one.is_proposed and one.exact.startswith("Fares"))
    page = open_as(reviewer, "/practice/sandholm/")

    select(page, gold.exact)
    page.get_by_role("button", name="New claim").click()
    expect(page.get_by_text("Right: this is worth checking.")).to_be_visible(timeout=20_000)
    page.locator('.scale label[data-rating="half_true"]').click()
    expect(page.get_by_text("The same rating.")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Finish, see what was missed").click()

    expect(page.get_by_role("heading", name="How it went")).to_be_visible(timeout=20_000)
    marked = PracticeAnswer.objects.get(run=run, is_by_hand=True)
    assert (marked.start, marked.end, marked.rating) == (gold.start, gold.end, "half_true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_the_desk(
    scheme: str, open_as: Callable[..., Any], workspace: Workspace, admin: User, article: Any,
    reviewer: User, colleague: User, editor: User,
) -> None:  # fmt: skip
    done = factories.approved(article, reviewer, colleague, "12,000")
    publish_claims(claims=[(done, done.version)], by=editor)
    factories.disputed(article, reviewer, colleague, "45,000")
    run = start_run(lesson=LESSON, by=admin)
    item = run.answers.first()
    member = Membership.objects.get(user=reviewer)
    found: list[str] = []
    page = open_as(admin, "/", color_scheme=scheme)

    for address in (
        *(
            "/",
            "/desk/",
            "/desk/people/",
            f"/desk/people/{member.pk}/",
            "/desk/scale/",
            "/desk/scale/?version=1",
        ),
        *("/desk/guidelines/", "/desk/guidelines/edit/", "/desk/policy/", "/practice/"),
        *(f"/practice/sandholm/?item={item.pk}", "/insights/", "/insights/claims/?figure=ages"),
    ):
        page.goto(address)
        page.locator("main").wait_for()
        found += findings(page)

    assert found == []


def test_on_paper_insights_have_charts_and_no_controls(
    open_as: Callable[..., Any],
    workspace: Workspace,
    editor: User,
    article: Any,
    reviewer: User,
    colleague: User,
) -> None:
    factories.published(article, reviewer, colleague, editor, "12,000")
    page = open_as(editor, "/insights/")

    page.emulate_media(media="print")

    assert page.locator(".chart").first.is_visible()
    assert not page.locator(".range-form").is_visible()
    assert not page.locator(".bar").is_visible()


@pytest.mark.parametrize("address", ["/desk/scale/", "/desk/people/", "/desk/policy/", "/practice/sandholm/"])
def test_nothing_is_wider_than_a_phone(
    address: str, open_as: Callable[..., Any], workspace: Workspace, admin: User
) -> None:
    page = open_as(admin, address, viewport={"width": 390, "height": 844})

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
