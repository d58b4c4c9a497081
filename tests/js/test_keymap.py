"""What a pressed key means for a person, in a real browser and without the app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.preferences.keymap import STANDARD

MODULE = Path(__file__).resolve().parent.parent.parent / "assets" / "js" / "lib" / "keymap.js"


@pytest.fixture(scope="module")
def tab(one_browser: Any) -> Iterator[Any]:
    context = one_browser.new_context()
    page = context.new_page()
    page.evaluate(
        """source => import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})))
            .then(module => { window.keymap = module })""",
        MODULE.read_text(),
    )
    yield page
    context.close()


def pressed(tab: Any, key: str, *held: str, code: str = "", **profile: Any) -> Any:
    """The standard key, None for none, "theirs" for a press that is left to the browser."""
    event = {"key": key, "code": code} | {f"{name}Key": True for name in held}
    return tab.evaluate(
        """([event, profile]) => {
            const key = keymap.standardOf(new KeyboardEvent('keydown', event), profile);
            return key === undefined ? 'theirs' : key;
        }""",
        [event, profile],
    )


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        ("a", (), "a"),
        ("A", (), "a"),
        ("U", ("shift",), "shift+u"),
        ("?", ("shift",), "?"),
        ("*", ("shift",), "*"),
    ],
)
def test_keys_have_the_names_that_templates_give_them(
    tab: Any, key: str, held: tuple[str, ...], name: str
) -> None:
    assert pressed(tab, key, *held) == name


@pytest.mark.parametrize("held", [("ctrl",), ("meta",), ("alt",), ("ctrl", "alt")])
def test_what_is_held_together_with_a_modifier_is_the_browsers(tab: Any, held: tuple[str, ...]) -> None:
    assert pressed(tab, "a", *held) == "theirs"


def test_ctrl_enter_and_the_arrows_go_through_in_every_mode(tab: Any) -> None:
    for mode in ("SINGLE", "ALT", "CTRL_ALT", "OFF"):
        assert pressed(tab, "Enter", "ctrl", mode=mode) == "ctrl+enter"
        assert pressed(tab, "ArrowDown", mode=mode) == "ArrowDown"
        assert pressed(tab, "Escape", mode=mode) == "Escape"
        assert pressed(tab, " ", mode=mode) == " "


def test_an_own_key_means_its_action_and_the_standard_one_nothing_any_more(tab: Any) -> None:
    own = {"map": {"a": "q"}}

    assert (pressed(tab, "q", **own), pressed(tab, "a", **own), pressed(tab, "x", **own)) == ("a", None, "x")


def test_two_keys_that_changed_places_mean_each_other(tab: Any) -> None:
    own = {"map": {"a": "x", "x": "a"}}

    assert (pressed(tab, "a", **own), pressed(tab, "x", **own)) == ("x", "a")


def test_a_key_with_shift_can_be_given_away_and_taken(tab: Any) -> None:
    own = {"map": {"shift+u": "z", "m": "shift+u"}}

    assert (pressed(tab, "z", **own), pressed(tab, "U", "shift", **own)) == ("shift+u", "m")


def test_with_a_modifier_the_bare_key_means_nothing(tab: Any) -> None:
    assert pressed(tab, "a", mode="ALT") is None
    assert pressed(tab, "a", "alt", mode="ALT") == "a"
    assert pressed(tab, "U", "alt", "shift", mode="ALT") == "shift+u"
    assert pressed(tab, "a", "ctrl", mode="ALT") == "theirs"
    assert pressed(tab, "a", "ctrl", "alt", mode="CTRL_ALT") == "a"


def test_switched_off_no_sign_means_anything(tab: Any) -> None:
    assert [pressed(tab, key, mode="OFF") for key in ("a", "?", "1", "/")] == [None] * 4
    assert pressed(tab, "a", "ctrl", mode="OFF") == "theirs"


def test_the_place_of_the_key_counts_where_another_script_is_typed(tab: Any) -> None:
    assert pressed(tab, "ф", code="KeyA") == "a"
    assert pressed(tab, "å", "alt", code="KeyA", mode="ALT") == "a"


def test_buttons_show_a_persons_own_keys(tab: Any) -> None:
    shown = tab.evaluate(
        """() => [keymap.labelOf('a', {}), keymap.labelOf('shift+u', {}), keymap.labelOf('a', {map: {a: 'q'}}),
            keymap.labelOf('x', {mode: 'ALT'}), keymap.labelOf('x', {mode: 'CTRL_ALT', map: {x: 'shift+y'}})]"""
    )

    assert shown == ["A", "⇧U", "Q", "Alt X", "Ctrl Alt ⇧Y"]


def test_every_standard_key_can_be_pressed(tab: Any) -> None:
    for key in STANDARD:
        letter = key.removeprefix("shift+")
        held = ("shift",) if key != letter else ()

        assert pressed(tab, letter.upper() if held else letter, *held) == key
