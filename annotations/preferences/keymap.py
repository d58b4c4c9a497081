"""The keys of the house, and what a person may make of them. Pure.

Each action has a standard key, which is what templates name in `data-key`. A person may give an action another key,
have all of them pressed together with a modifier, or switch them off (WCAG 2.1.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from annotations.tongue import Table, noop, table
from annotations.tongue import gettext as _

GROUPS: dict[str, Table[str]] = {
    noop("Moving"): table(
        {
            "j": "next claim",
            "k": "previous claim",
            "n": "next claim for me",
            "o": "next of claims that overlap",
            "/": "search",
        }
    ),
    noop("Sorting"): table(
        {
            "a": "accept the candidate",
            "x": "dismiss it; then a digit for the reason",
            "m": "merge it into another claim",
            "e": "edit its span: arrows move its end, Ctrl by character, Tab takes the other end",
            "u": "undo your last step",
            "shift+u": "do again what you undid",
        }
    ),
    noop("Many at once"): table(
        {
            "t": "tick the claim in hand",
            "*": "tick all that are shown",
            "shift+a": "accept what is ticked",
            "shift+x": "dismiss what is ticked",
        }
    ),
    noop("The claim in hand"): table(
        {
            "s": "add a source",
            "g": "source beside the claim",
            "c": "comment",
            "v": "mark words by keyboard: arrows move by word and sentence, Shift extends, Enter marks, Esc leaves",
        }
    ),
}
"""What can be given another key: standard key → what it does, in the order of the list that `?` shows."""

FIXED = table(
    {
        "1–5": "rating; in an open list: the choice of that number",
        "6": "other ratings",
        "Ctrl Enter": "submit for second review, also while typing",
        "?": "all keys",
        "Esc": "close what is open",
    }
)

STANDARD = tuple(key for keys in GROUPS.values() for key in keys)
_SIGNS = "abcdefghijklmnopqrstuvwxyz/*.,;'[]-=\\`"


class Mode(StrEnum):
    SINGLE = "SINGLE"
    ALT = "ALT"
    CTRL_ALT = "CTRL_ALT"
    OFF = "OFF"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = table(
    {
        Mode.SINGLE: "One key",
        Mode.ALT: "Alt and the key",
        Mode.CTRL_ALT: "Ctrl, Alt and the key",
        Mode.OFF: "Off: no keys of ours at all",
    }
)


def problems_of(own: Mapping[str, str]) -> dict[str, list[str]]:
    """What is wrong with these keys (standard → own), by standard key; empty when each is one key and none is twice."""
    found: dict[str, list[str]] = {}
    for standard, key in own.items():
        if standard not in STANDARD:
            found[standard[:40]] = [_("There is no such key to change.")]
        elif not is_key(key):
            found[standard] = [_("Give one letter or sign, or Shift and a letter, such as “q” or “shift+q”.")]
    taken: dict[str, str] = {}
    for standard in STANDARD:
        key = own.get(standard, standard)
        if key in taken:
            what = _action(taken[key])
            found.setdefault(standard, []).append(
                _("“{key}” is the key for “{what}” already.").format(key=key, what=what)
            )
        taken.setdefault(key, standard)
    return found


def is_key(key: str) -> bool:
    """Whether this is one key as the browser names it here: a sign, or Shift and a letter. Digits are for choices."""
    sign = key.removeprefix("shift+")
    return len(sign) == 1 and sign in _SIGNS and (sign == key or sign.isalpha())


def changed_only(own: Mapping[str, str]) -> dict[str, str]:
    """Only what differs from the standard is kept."""
    return {standard: key for standard, key in own.items() if key != standard}


def _action(standard: str) -> str:
    return next(keys[standard] for keys in GROUPS.values() if standard in keys)
