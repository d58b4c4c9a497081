"""The language is changed from the menu of the person, by hand and by keyboard, and back again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.articles.models import Article
from annotations.people.models import User
from tests.web.browser.test_workbench_page import open_as

__all__ = ["open_as"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_german_and_back(article: Article, reviewer: User, open_as: Callable[..., Any]) -> None:
    page = open_as(reviewer, article)

    page.locator(".bar details:has(.languages) > summary").click()
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("link", name="Warteschlange").first).to_be_attached()
    expect(page.locator("meta[name=words]")).to_have_count(1)

    page.wait_for_load_state("networkidle")
    menu = page.locator(".bar details:has(.languages)")
    menu.locator("summary").press("Space")
    expect(menu).to_have_attribute("open", "")
    menu.get_by_text("English").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("meta[name=words]")).to_have_count(0)
