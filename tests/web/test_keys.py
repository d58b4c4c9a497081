"""The page of one's own keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotations.people.models import User
from annotations.preferences.queries import preference_of

LogIn = Callable[[User], Any]
SENT = {"version": 0, "mode": "SINGLE", "after_accepting": "NEXT"}


def test_it_lists_every_key_and_saves_ones_own(reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)
    page = client.get("/keys/").content.decode()

    saved = client.post("/keys/", SENT | {"key-a": "Q", "key-x": "x", "mode": "ALT"}, follow=True)

    assert "Accept the candidate" in page
    assert (preference_of(reviewer).keys, preference_of(reviewer).mode) == ({"a": "q"}, "ALT")
    body = saved.content.decode()
    assert 'data-map="{&quot;a&quot;: &quot;q&quot;}"' in body
    assert 'data-mode="ALT"' in body


def test_a_clash_comes_back_with_what_was_typed_beside_the_key(reviewer: User, log_in: LogIn) -> None:
    page = log_in(reviewer).post("/keys/", SENT | {"key-a": "x", "key-m": "é"})

    body = page.content.decode()
    assert page.status_code == 422
    assert "“x” is the key for “accept the candidate” already." in body
    assert 'value="é"' in body
    assert preference_of(reviewer).version == 0


def test_the_standard_comes_back(reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)
    client.post("/keys/", SENT | {"key-a": "q"})

    client.post("/keys/", SENT | {"version": 1, "key-a": "q", "reset": "1"})

    assert preference_of(reviewer).keys == {}


def test_another_window_is_not_overwritten(reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)
    client.post("/keys/", SENT | {"key-a": "q"})

    stale = client.post("/keys/", SENT | {"key-a": "y"})

    assert stale.status_code == 412
    assert preference_of(reviewer).keys == {"a": "q"}


@pytest.mark.parametrize(
    "sent", [{}, {"version": "x"}, SENT | {"mode": "\x00"}, SENT | {"key-a": "\x00" * 99}]
)
def test_what_cannot_be_meant_is_refused(reviewer: User, log_in: LogIn, sent: dict[str, Any]) -> None:
    assert log_in(reviewer).post("/keys/", sent).status_code == 422


def test_nobody_has_keys_signed_out(client: Any, db: None) -> None:
    assert client.get("/keys/").status_code == 302
