from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from annotations.people.services import end_membership
from tests.cast import PASSWORD


def test_a_name_and_a_password_give_a_token_that_works_until_it_is_ended(anonymous, reviewer, article):
    given = anonymous.post("tokens", {"username": "reviewer", "password": PASSWORD})
    anonymous.client.credentials(HTTP_AUTHORIZATION=f"Token {given.json()['token']}")

    before = anonymous.get("articles")
    ended = anonymous.delete("tokens/current")
    after = anonymous.get("articles")

    assert given.status_code == 201
    assert given.json()["person"]["name"] == "Reviewer"
    assert given.json()["expires_at"]
    assert (before.status_code, ended.status_code, after.status_code) == (200, 204, 401)


@pytest.mark.parametrize("username", ["reviewer", "nobody"])
def test_a_wrong_password_and_a_wrong_name_read_alike(anonymous, reviewer, username):
    answer = anonymous.post("tokens", {"username": username, "password": "wrong"})

    assert answer.status_code == 401
    assert answer.json()["detail"] == "The user name or the password is wrong."


def test_wrong_passwords_lock_the_name_for_a_while(anonymous, reviewer):
    for _ in range(10):
        anonymous.post("tokens", {"username": "reviewer", "password": "wrong"})

    answer = anonymous.post("tokens", {"username": "reviewer", "password": PASSWORD})

    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"


def test_too_many_tries_are_slowed_whoever_they_are_for(anonymous, reviewer):
    for number in range(20):
        anonymous.post("tokens", {"username": f"nobody{number}", "password": "wrong"})

    answer = anonymous.post("tokens", {"username": "reviewer", "password": PASSWORD})

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("where", ["articles", "claims", "sources", "reports", "publications", "claims/1"])
def test_nothing_is_read_without_signing_in(anonymous, article, where):
    answer = anonymous.get(where)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Token")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_person_who_was_put_out_is_out_at_once(api, admin, reviewer, workspace, article):
    caller = api(reviewer)
    member = reviewer.memberships.get()
    end_membership(membership=member, version=member.version, by=admin)

    assert caller.get(f"articles/{article.pk}").status_code == 404


def test_a_session_writes_only_with_its_csrf_token(reviewer, article):
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(reviewer, backend="django.contrib.auth.backends.ModelBackend")

    read = browser.get("/api/v1/articles")
    written = browser.patch(f"/api/v1/articles/{article.pk}", {"version": 1, "title": "x"}, format="json")

    assert read.status_code == 200
    assert written.status_code == 403


def test_an_address_that_does_not_exist_is_a_problem_too(anonymous):
    answer = anonymous.get("no/such/thing")

    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:factcheck:not-found"


def test_a_method_that_does_not_exist_is_a_problem_too(api, reviewer):
    answer = api(reviewer).delete("articles")

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
