"""Which documents tell the same story, by their stored texts; so that copies of one wire story count once. Pure.

Texts are compared by their shingles: runs of five words, letters folded, credit lines of agencies left out. What is
measured is how much of the shorter text stands in the longer one; a paper that cuts a wire story from the end, or puts
its own head on it, still holds most of it. Where both credit the same agency, less will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotations.sources.folding import DENSE, fold

WORDS = 5
LEAST = 20
"""Shingles that a text needs before it is compared: a few sentences alike are a quotation and no story."""
SAME_FROM = 0.5
SAME_FROM_WITH_AGENCY = 0.25
SHORTEST_SHARE = 0.1
"""A text this much shorter than the other is a passage that the other quotes, and not a copy of it."""
_READ = 20_000
_TOKEN = re.compile(rf"[{DENSE}]|(?:(?![{DENSE}])[^\W_])+")
_AGENCIES = {
    "reuters": "Reuters",
    "ap": "AP",
    "associated press": "AP",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "dpa": "dpa",
    "apa": "APA",
    "ansa": "ANSA",
    "efe": "EFE",
    "tass": "TASS",
    "interfax": "Interfax",
    "xinhua": "Xinhua",
    "kyodo": "Kyodo",
    "yonhap": "Yonhap",
    "upi": "UPI",
    "pa media": "PA Media",
}
_NAME = "|".join(sorted(map(re.escape, _AGENCIES), key=len, reverse=True))
_CREDIT = re.compile(
    rf"(?:(?<=\n)|^)[^\n()]{{0,80}}\((?P<head>{_NAME})\)\s*[-\u2013\u2014:]?"
    r"|(?:(?<=\n)|^)[^\S\n]*(?:by|source:|with material from|\u00a9)?[^\S\n]*(?:the )?"
    rf"(?P<line>{_NAME})[^\S\n]*(?=\n|$)"
    rf"|\((?P<inline>{_NAME})\)",
    re.IGNORECASE,
)
_HEAD, _TAIL = 1_500, 600
"""Code points at the beginning and the end of a text where an agency is credited."""


@dataclass(frozen=True)
class Story:
    """A text as comparing sees it. `agency` is the one that it credits, empty for none."""

    shingles: frozenset[str]
    agency: str = ""


@dataclass(frozen=True)
class Alike:
    """How much of the shorter text stands in the longer one (0 to 1), and whether that makes them one story."""

    score: float
    is_same: bool
    agency: str = ""


def story_of(text: str) -> Story:
    """The first 20,000 words of a text as shingles."""
    agency = ""
    for part in (text[:_HEAD], text[-_TAIL:]):
        for found in _CREDIT.finditer(part):
            agency = agency or _AGENCIES[str(found["head"] or found["line"] or found["inline"]).lower()]
    words = _TOKEN.findall(fold(_CREDIT.sub(" ", text[: _READ * 12])).text.casefold())[:_READ]
    shingles = frozenset(" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1))
    return Story(shingles, agency)


def alike(one: Story, other: Story) -> Alike:
    """Whether two texts tell the same story."""
    fewest, most = sorted((len(one.shingles), len(other.shingles)))
    if fewest < LEAST:
        return Alike(0.0, is_same=False)
    score = round(len(one.shingles & other.shingles) / fewest, 4)
    agency = one.agency if one.agency == other.agency else ""
    enough = SAME_FROM_WITH_AGENCY if agency else SAME_FROM
    return Alike(score, score >= enough and fewest >= most * SHORTEST_SHARE, agency)


# --- from pairs and names to groups ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One cited document. `name` is its origin in words, given by hand or not; `is_apart` when a person said that it
    is no copy of another, whatever its text looks like."""

    source: int
    name: str
    is_named: bool = False
    is_apart: bool = False


Links = Mapping[frozenset[int], str]
"""Pairs of documents that tell the same story, with the agency that both credit (empty for none)."""


def groups(told: Sequence[Told], links: Links) -> list[list[int]]:
    """Places in `told` that have one origin, each group and all groups in their order.

    By equal names, and by text; two that were given different names by hand, and one that was set apart, are never
    put together by text alone.
    """
    leads = list(range(len(told)))

    def lead(at: int) -> int:
        while leads[at] != at:
            at = leads[at]
        return at

    for later, item in enumerate(told):
        for before in range(later):
            if is_one(told[before], item, links):
                first, last = sorted((lead(before), lead(later)))
                leads[last] = first
    found: dict[int, list[int]] = {}
    for at in range(len(told)):
        found.setdefault(lead(at), []).append(at)
    return [found[key] for key in sorted(found)]


def is_one(one: Told, other: Told, links: Links) -> bool:
    """Whether two documents have one origin."""
    return one.source == other.source or one.name == other.name or linked(one, other, links)


def linked(one: Told, other: Told, links: Links) -> bool:
    """Whether their texts tell the same story, and nobody said otherwise."""
    if one.is_apart or other.is_apart or (one.is_named and other.is_named):
        return False
    return frozenset((one.source, other.source)) in links


def listed(numbers: Iterable[int], word: str) -> str:
    """[1], [2] and [3]; `word` is the “and”."""
    names = [f"[{number}]" for number in numbers]
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)
