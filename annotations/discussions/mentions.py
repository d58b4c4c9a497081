"""Names in a comment: `@min-ji`. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What a user name may hold, not in the middle of a word: an e-mail address is no mention.
_NAME = re.compile(r"(?<![\w@.+-])@([\w.@+-]{1,150})")


def names_in(text: str) -> list[str]:
    """The names that follow an @, in lower case, each once, in their order. Punctuation behind them is not theirs."""
    found = (match.group(1).rstrip(".-+@").lower() for match in _NAME.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def cut_at_names(text: str, people: Mapping[str, str]) -> list[tuple[str, str]]:
    """The text in pieces: (words, "") or (the @name as written, the person's name). `people` is by user name."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for match in _NAME.finditer(text):
        name = match.group(1).rstrip(".-+@")
        shown = people.get(name.lower())
        if shown is None:
            continue
        start, end = match.start(), match.start() + 1 + len(name)
        if start > at:
            pieces.append((text[at:start], ""))
        pieces.append((text[start:end], shown))
        at = end
    if at < len(text):
        pieces.append((text[at:], ""))
    return pieces
