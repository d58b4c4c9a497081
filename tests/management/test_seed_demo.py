"""The demo desk: there to try things on, and never on anybody's real installation."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command

from annotations.articles.models import Article
from annotations.people.models import Membership, User
from annotations.people.roles import Role

LINE = re.compile(r"sign in: (\S+) (\S+) \((\w+)\)")


def seed(**options: Any) -> list[str]:
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def embedded(db: None, settings: Any) -> None:
    settings.EMBEDDED = True


def test_it_prints_how_each_person_signs_in(embedded: None, client: Any) -> None:
    found = [LINE.fullmatch(line) for line in seed()]

    assert all(found)
    for line in found:
        assert line is not None
        name, password, role = line.groups()
        assert client.login(username=name, password=password, request=_request())
        assert Membership.objects.get(user__username=name).role.lower() == role


def test_every_role_is_there_with_two_reviewers(embedded: None) -> None:
    seed()

    roles = sorted(Membership.objects.values_list("role", flat=True))
    assert roles == sorted([*(role.value for role in Role), "REVIEWER"])


def test_its_passwords_would_pass_for_a_real_person(embedded: None) -> None:
    for line in seed():
        found = LINE.fullmatch(line)
        assert found is not None

        validate_password(found.group(2), User.objects.get(username=found.group(1)))


def test_the_first_article_is_there_once_however_often_it_runs(embedded: None) -> None:
    first = seed()

    second = seed()

    assert first == second
    assert Article.objects.count() == 1
    assert Article.objects.get().workspace.slug == "world-desk"


def test_it_refuses_on_a_database_of_ones_own(db: None, settings: Any) -> None:
    settings.EMBEDDED = False

    with pytest.raises(CommandError, match="embedded default only"):
        seed()

    assert not User.objects.exists()


def test_it_can_be_allowed_there(db: None, settings: Any) -> None:
    settings.EMBEDDED = False

    assert seed(allow=True)


def _request() -> Any:
    from django.test import RequestFactory

    return RequestFactory().post("/sign-in/")
