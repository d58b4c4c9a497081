from __future__ import annotations

import pytest

from annotations.preferences.keymap import STANDARD, changed_only, is_key, problems_of


def test_the_standard_keys_do_not_clash():
    assert problems_of({}) == {}
    assert len(STANDARD) == len(set(STANDARD))


def test_two_keys_may_change_places():
    assert problems_of({"a": "x", "x": "a"}) == {}


def test_a_key_is_given_once_and_the_other_action_is_named():
    problems = problems_of({"m": "a"})

    assert problems == {"m": ["“a” is the key for “accept the candidate” already."]}


@pytest.mark.parametrize("key", ["q", ";", "shift+q", "/"])
def test_one_letter_or_sign_is_a_key(key):
    assert is_key(key)


@pytest.mark.parametrize(
    "key", ["", "qq", "1", "shift+", "shift+;", "ctrl+q", "Q", "é", "\x00", "shift+shift+a"]
)
def test_anything_else_is_none(key):
    assert not is_key(key)
    assert problems_of({"a": key})


def test_an_action_that_does_not_exist_has_no_key():
    assert problems_of({"9": "q"})


def test_only_what_differs_is_kept():
    assert changed_only({"a": "a", "x": "q"}) == {"x": "q"}
