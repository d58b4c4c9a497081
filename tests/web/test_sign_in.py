"""Signing in and out: one answer for every wrong pair, and a lock that outlasts guessing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from annotations.people.models import User
from annotations.people.services import end_membership
from tests.cast import PASSWORD

LogIn = Callable[[User], Any]
SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def nobody_locked() -> None:
    cache.clear()


def test_the_right_pair_leads_to_the_queue(client: Any, reviewer: User) -> None:
    answer = client.post(SIGN_IN, {"username": "reviewer", "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, reverse("queue"))
    assert client.get(reverse("queue")).status_code == 200


def test_it_leads_on_to_the_page_that_was_asked_for(client: Any, reviewer: User) -> None:
    asked = client.get(reverse("reports"))

    answer = client.post(
        asked["Location"], {"username": "reviewer", "password": PASSWORD, "next": "/reports/"}
    )

    assert answer["Location"] == "/reports/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(client: Any, reviewer: User, elsewhere: str) -> None:
    answer = client.post(SIGN_IN, {"username": "reviewer", "password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == reverse("queue")


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client: Any, reviewer: User) -> None:
    wrong_password = client.post(SIGN_IN, {"username": "reviewer", "password": "not this one"})
    wrong_name = client.post(SIGN_IN, {"username": "nobody", "password": PASSWORD})

    sentence = "This name and password do not belong together"
    assert wrong_password.status_code == wrong_name.status_code == 200
    assert sentence in wrong_password.content.decode()
    assert sentence in wrong_name.content.decode()


def test_a_password_is_never_sent_back(client: Any, reviewer: User) -> None:
    page = client.post(SIGN_IN, {"username": "reviewer", "password": "typed-by-mistake"})

    assert "typed-by-mistake" not in page.content.decode()


def test_after_ten_wrong_passwords_even_the_right_one_is_refused(client: Any, reviewer: User) -> None:
    for _ in range(10):
        client.post(SIGN_IN, {"username": "reviewer", "password": "guess"})

    answer = client.post(SIGN_IN, {"username": "reviewer", "password": PASSWORD})

    assert answer.status_code == 429
    assert "Too many wrong passwords" in answer.content.decode()


def test_a_colleague_is_not_locked_out_by_it(client: Any, reviewer: User, colleague: User) -> None:
    for _ in range(10):
        client.post(SIGN_IN, {"username": "reviewer", "password": "guess"})

    answer = client.post(SIGN_IN, {"username": "colleague", "password": PASSWORD})

    assert answer.status_code == 302


def test_a_name_with_a_nul_in_it_is_a_wrong_name(client: Any, reviewer: User) -> None:
    assert client.post(SIGN_IN, {"username": "revie\x00wer", "password": PASSWORD}).status_code == 200


def test_signing_out_takes_a_form_and_ends_the_session(reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)

    by_link = client.get(reverse("sign-out"))
    by_form = client.post(reverse("sign-out"))

    assert (by_link.status_code, by_form.status_code) == (405, 302)
    assert client.get(reverse("queue")).status_code == 302


@pytest.mark.parametrize(
    "name", ["queue", "next-claim", "reports", "checked-claims", "checked-claims-csv", "checked-claims-json"]
)
def test_every_page_asks_for_signing_in_first(client: Any, db: None, name: str) -> None:
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("sign-in"))


@pytest.mark.parametrize("name", ["queue", "reports", "checked-claims"])
def test_what_a_person_reads_stays_in_no_cache(reviewer: User, log_in: LogIn, name: str) -> None:
    page = log_in(reviewer).get(reverse(name))

    assert "no-store" in page["Cache-Control"]


def test_who_is_no_longer_a_member_sees_no_desk(reviewer: User, admin: User, log_in: LogIn) -> None:
    end_membership(membership=reviewer.memberships.get(), version=1, by=admin)

    page = log_in(reviewer).get(reverse("queue"))

    assert "You are in no workspace yet" in page.content.decode()
