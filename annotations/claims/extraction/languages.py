"""The languages that can be read: one entry each. A text in any other language gets no proposals, never wrong ones.

An entry names the three steps that depend on the language: a splitter, the rules, and the model that ranks what the
rules found. `engine.extract` takes them in this order and knows no language itself. How to add one: docs/languages.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from annotations.claims.extraction.calibration import Calibration
from annotations.claims.extraction.candidates import Candidate
from annotations.claims.extraction.language_names import name_of, primary_code
from annotations.tongue import noop

Span = tuple[int, int]
"""Code points of a text, the end not included."""


@dataclass(frozen=True)
class Block:
    """A paragraph and its sentences, in order."""

    start: int
    end: int
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Document:
    """A text, cut up, with what is known about it.

    `published_on` is the day that relative dates count from. `progress` wants (sentences done, sentences in all) after
    each sentence, and may raise to end the work. `calibration` is what the desk has taught the ranking.
    """

    text: str
    blocks: tuple[Block, ...]
    published_on: date | None = None
    title: str = ""
    progress: Callable[[int, int], None] | None = None
    calibration: Calibration | None = None


@dataclass(frozen=True)
class Language:
    """One language and how it is read.

    - `code`: ISO 639-1, lower case; `name`: in English, as pages show it.
    - `split(text, start, end)`: the sentences of the paragraph `[start, end)`, in order, without overlap.
    - `read(document)`: the rules. Everything that could be a candidate, scored between 0 and 1, in any order.
    - `rank(document, found)`: the model. What is proposed of it, in the order of the text, each span once, with `rank`
      set where the entry has a ranking.
    - `recognise(text)`: True: surely this language; False: surely not; None: it cannot be told. A text with no language
      of its own is read only after True; one that is said to be in this language, unless the answer is False.

    All four are pure and take time in proportion to the text, however hostile.
    """

    code: str
    name: str
    split: Callable[[str, int, int], list[Span]]
    read: Callable[[Document], list[Candidate]]
    rank: Callable[[Document, list[Candidate]], list[Candidate]]
    recognise: Callable[[str], bool | None]


_ENTRIES: dict[str, Language] = {}


def register(entry: Language) -> None:
    """Add an entry. Raises `ValueError` for a code that is no ISO 639-1 code, or that has an entry."""
    if not re.fullmatch(r"[a-z]{2}", entry.code) or primary_code(entry.code) != entry.code:
        raise ValueError(f"{entry.code!r} is no ISO 639-1 code in lower case")
    if entry.code in _ENTRIES:
        raise ValueError(f"there is an entry for {entry.code!r} already")
    _ENTRIES[entry.code] = entry


def unregister(code: str) -> None:
    """Take an entry out again: for tests. Unknown codes are ignored."""
    _ENTRIES.pop(code, None)


def language_for(code: str, text: str) -> Language | None:
    """The entry that may read this text; None when nothing here should.

    `code` is what the article says: a tag ("en-GB", "EN_us"), an ISO 639-2 code ("eng") or an English name
    ("english"). Without one, the entries look at the text, in the order of their registration.
    """
    if not code.strip():
        return next((entry for entry in _ENTRIES.values() if entry.recognise(text)), None)
    entry = _ENTRIES.get(primary_code(code))
    return None if entry is None or entry.recognise(text) is False else entry


def why_no_proposals(code: str, text: str) -> str:
    """One sentence or two for people on why a text is not read; empty when it is."""
    if language_for(code, text):
        return ""
    if not code.strip():
        return noop("No proposals: the language of this text is not known. Mark claims by hand.")
    if (entry := _ENTRIES.get(primary_code(code))) is not None:
        return f"No proposals: this text is not in {entry.name}, as its details say. Mark claims by hand."
    return f"No proposals for this language ({name_of(code)}). Mark claims by hand."
