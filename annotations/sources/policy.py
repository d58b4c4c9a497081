"""When a verdict has sources enough. Pure.

The desk's policy says how many primary sources, or how many of independent origin; by default one, or two. Copies of
one wire story are one origin (`origins.py`); the origin a reviewer names counts before the publisher, and the
publisher before the host.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from urllib.parse import urlsplit

from annotations.desks.policy import Policy
from annotations.sources.origins import Links, Told, groups, linked, listed
from annotations.tongue import gettext as _
from annotations.tongue import ngettext


@dataclass(frozen=True)
class Cited:
    """`source` is the key of the document; 0 for one that is in no registry. `is_apart`: it is no copy of another."""

    is_primary: bool
    origin: str
    publisher: str
    url: str
    source: int = 0
    is_apart: bool = False


@dataclass(frozen=True)
class Standing:
    """How the cited sources stand against the policy. `missing` is empty when it is met.

    `groups` are the numbers ([1], [2]) of one origin each; `why` says in sentences what put them together, and
    `by_text` are those whose stored texts did.
    """

    primary: int
    origins: int
    missing: str
    groups: tuple[tuple[int, ...], ...] = ()
    why: tuple[str, ...] = ()
    by_text: frozenset[int] = frozenset()

    @property
    def is_met(self) -> bool:
        return not self.missing


def standing(cited: Iterable[Cited], policy: Policy, links: Links | None = None) -> Standing:
    """Count primary sources and independent origins, and say in a sentence what is missing.

    `links` are pairs of documents that tell the same story.
    """
    items = list(cited)
    told = [_told(item, at) for at, item in enumerate(items)]
    together = groups(told, links or {})
    why = tuple(_why(group, told, items, links or {}) for group in together if len(group) > 1)
    primary, origins = sum(item.is_primary for item in items), len(together)
    found = tuple(tuple(at + 1 for at in group) for group in together)
    alike = frozenset(
        at + 1 for at in range(len(told)) if any(linked(told[at], one, links or {}) for one in told)
    )
    is_met = primary >= policy.primary_needed or origins >= policy.origins_needed
    missing = "" if is_met else " ".join((_have(items, origins, why), _wanted(policy)))
    return Standing(primary, origins, missing, found, why, alike)


def _have(items: Sequence[Cited], origins: int, why: Sequence[str]) -> str:
    """What is there already, when it is not enough."""
    primary = sum(item.is_primary for item in items)
    if not items:
        return _("No source is cited yet.")
    if not primary and origins == 1:
        words = _("The sources cited are secondary and of one origin.")
    else:
        words = _("Cited so far: {primary} primary, {origins} of independent origin.").format(
            primary=primary, origins=origins
        )
    return " ".join((words, *why))


def _wanted(policy: Policy) -> str:
    return _("Cite {sources}.").format(sources=policy.sources_in_words)


def _why(group: Sequence[int], told: Sequence[Told], items: Sequence[Cited], links: Links) -> str:
    """What put these together: the same words in their stored copies, the same document, or the same name."""
    numbers = listed((at + 1 for at in group), _("and"))
    pairs = [(told[a], told[b]) for a, b in combinations(group, 2)]
    by_text = [frozenset((one.source, other.source)) for one, other in pairs if linked(one, other, links)]
    if by_text:
        agency = next((links[pair] for pair in by_text if links[pair]), "")
        if agency:
            return _("{numbers} tell the same wire story ({agency}).").format(numbers=numbers, agency=agency)
        return _("{numbers} tell the same wire story.").format(numbers=numbers)
    if len({told[at].source for at in group}) == 1 and told[group[0]].source:
        return _("{numbers} are the same document.").format(numbers=numbers)
    return _("{numbers} have the same origin: {origin}.").format(
        numbers=numbers, origin=_name(items[group[0]])
    )


def _told(item: Cited, at: int) -> Told:
    return Told(item.source or -1 - at, origin_of(item), bool(item.origin), item.is_apart)


def origin_of(item: Cited) -> str:
    return " ".join(_name(item).lower().split())


def _name(item: Cited) -> str:
    host = (urlsplit(item.url).hostname or "").removeprefix("www.")
    return item.origin or item.publisher or host or item.url


# --- beside the policy: how the sources stand to the claim --------------------------------------------------------


def is_hindsight(published_on: date | None, said_on: date | None) -> bool:
    """Whether a source is younger than what was claimed: then it may know what nobody could know."""
    return bool(published_on and said_on and published_on > said_on)


def balance(stances: Mapping[str, int]) -> str:
    """How many sources say what: “2 support · 1 refutes”. Empty without any. `stances` counts by `Evidence.Stance`."""
    told = (
        (
            stances.get("SUPPORTS", 0),
            ngettext("{count} supports", "{count} support", stances.get("SUPPORTS", 0)),
        ),
        (stances.get("REFUTES", 0), ngettext("{count} refutes", "{count} refute", stances.get("REFUTES", 0))),
        (stances.get("PARTLY", 0), ngettext("{count} partly", "{count} partly", stances.get("PARTLY", 0))),
        (
            stances.get("CONTEXT", 0),
            ngettext("{count} context", "{count} context", stances.get("CONTEXT", 0)),
        ),
    )
    return " · ".join(words.format(count=count) for count, words in told if count)


def sets_of(sets: Sequence[Sequence[int]]) -> list[list[int]]:
    """The numbers ([1], [2]) in each set of evidence, in the order of the sets; none as long as all stand in one.

    `sets` are those that each piece of evidence stands in. What stands in one set works together; any of them will do.
    """
    found: dict[int, list[int]] = {}
    for number, standing_in in enumerate(sets, start=1):
        for one in standing_in:
            found.setdefault(one, []).append(number)
    return [found[key] for key in sorted(found)] if len(found) > 1 else []
