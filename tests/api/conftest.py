"""Programs that speak to the API, each with a token of its own person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from knox.models import AuthToken
from rest_framework.test import APIClient

from annotations.people.models import User

Api = Callable[[User], "Caller"]


class Caller:
    """Short for a test client under /api/v1/ that tells a crash by its own traceback."""

    def __init__(self, person: User | None) -> None:
        self.client = APIClient(raise_request_exception=False)
        if person is not None:
            _, token = AuthToken.objects.create(person)
            self.client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    def __getattr__(self, method: str) -> Callable[..., Any]:
        send = getattr(self.client, method)
        return lambda where, data=None, **more: send(f"/api/v1/{where}", data, **more)


@pytest.fixture
def api() -> Api:
    return Caller


@pytest.fixture
def anonymous() -> Caller:
    return Caller(None)


@pytest.fixture(autouse=True)
def no_tries_counted_yet(db: None) -> None:
    """Limits count in the cache, which outlives a test."""
    cache.clear()
