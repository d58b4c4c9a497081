"""Words that people type into fields, made fit to keep. Pure.

Not for article texts: those are kept as they are, by the rule in `articles/text.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from annotations.refusals import Incomplete
from annotations.tongue import gettext as _


def tidy(
    values: Mapping[str, object], limits: Mapping[str, int], *, paragraphs: Collection[str] = ()
) -> dict[str, str]:
    """The values as strings: white space trimmed, and folded to single spaces unless the field holds `paragraphs`.

    `limits` counts code points. Raises `Incomplete` naming every field that is too long or holds what no database
    keeps (NUL, lone surrogates): refused, not repaired, so that nobody's words change in silence.
    """
    problems: dict[str, list[str]] = {}
    clean: dict[str, str] = {}
    for name, value in values.items():
        words = "" if value is None else str(value)
        words = (
            words.replace("\r\n", "\n").replace("\r", "\n").strip()
            if name in paragraphs
            else " ".join(words.split())
        )
        if "\x00" in words or any("\ud800" <= character <= "\udfff" for character in words):
            problems[name] = [
                _("This holds a character that cannot be stored. Retype it without special characters.")
            ]
        elif len(words) > limits[name]:
            problems[name] = [
                _("This is {count} characters long; at most {limits} fit.").format(
                    count=len(words), limits=limits[name]
                )
            ]
        clean[name] = words
    if problems:
        raise Incomplete(_("Some of this cannot be kept as it is."), problems)
    return clean


def is_web_address(url: str) -> bool:
    """Whether this is an absolute http or https address with a host: what may become a link on a page."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and "\\" not in url
            and not any(character.isspace() or ord(character) < 32 for character in url)
        )
    except ValueError:
        return False


@dataclass(frozen=True)
class Part:
    """A piece of one of two texts that are compared; `differs` when the other one lacks it."""

    text: str
    differs: bool


_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST = 1_500


def compared(one: str, other: str) -> tuple[list[Part], list[Part]]:
    """Both texts cut where they differ, word by word. Joined, the parts of each are the text again.

    What they begin and end with alike is set aside first. More than 1,500 words between are not looked into: they
    count as changed as a whole, which is true and quick.
    """
    a, b = _WORD.findall(one), _WORD.findall(other)
    shortest = min(len(a), len(b))
    head = next((at for at in range(shortest) if a[at] != b[at]), shortest)
    tail = next((at for at in range(shortest - head) if a[-1 - at] != b[-1 - at]), shortest - head)
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    left, right = _cut(middle_a, middle_b)
    start, end = "".join(a[:head]), "".join(a[len(a) - tail :])
    return _parts([(start, False), *left, (end, False)]), _parts([(start, False), *right, (end, False)])


def _cut(a: list[str], b: list[str]) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    if max(len(a), len(b)) > _LONGEST:
        return [("".join(a), True)], [("".join(b), True)]
    left, right = [], []
    for tag, from_a, to_a, from_b, to_b in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        left.append(("".join(a[from_a:to_a]), tag != "equal"))
        right.append(("".join(b[from_b:to_b]), tag != "equal"))
    return left, right


def _parts(cut: list[tuple[str, bool]]) -> list[Part]:
    return [Part(text, differs) for text, differs in cut if text]
