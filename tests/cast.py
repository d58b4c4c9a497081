"""The people of the tests, their desk, and the first article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import TransactionTestCase

from annotations.articles.models import Article
from annotations.people.models import User, Workspace
from annotations.people.roles import Role
from tests import factories

PASSWORD = "a password for the tests"
SEED = Path(__file__).resolve().parent.parent / "seeds" / "north-korea-un-2025-01-09.txt"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Tests that commit leave empty tables behind, by a quicker way than Django's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: factories.empty_tables())
        yield


@pytest.fixture
def workspace(db: None) -> Workspace:
    return factories.workspace()


@pytest.fixture
def other_workspace(db: None) -> Workspace:
    return factories.workspace(slug="other-desk")


@pytest.fixture
def reader(workspace: Workspace) -> User:
    return factories.person(workspace, "reader", Role.READER)


@pytest.fixture
def reviewer(workspace: Workspace) -> User:
    return factories.person(workspace, "reviewer", Role.REVIEWER)


@pytest.fixture
def colleague(workspace: Workspace) -> User:
    """Another reviewer: the second pair of eyes."""
    return factories.person(workspace, "colleague", Role.REVIEWER)


@pytest.fixture
def editor(workspace: Workspace) -> User:
    return factories.person(workspace, "editor", Role.EDITOR)


@pytest.fixture
def admin(workspace: Workspace) -> User:
    return factories.person(workspace, "admin", Role.ADMIN)


@pytest.fixture
def outsider(other_workspace: Workspace) -> User:
    """An admin, but of another desk."""
    return factories.person(other_workspace, "outsider", Role.ADMIN)


@pytest.fixture
def article(workspace: Workspace, reviewer: User) -> Article:
    """The first article, as it comes in; nothing has looked for claims in it yet."""
    return factories.article(workspace, reviewer, SEED.read_text())


@pytest.fixture
def log_in(client: Any) -> Callable[[User], Any]:
    """The test client, signed in as this person."""

    def signed_in(person: User) -> Any:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
