"""When a verdict has sources enough. Pure.

The desk's policy says how many primary sources, or how many of independent origin; by default one, or two. Copies of
one wire story are one origin, so the origin a reviewer names counts before the publisher, and the publisher before
the host.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from annotations.desks.policy import Policy
from annotations.tongue import gettext as _


@dataclass(frozen=True)
class Cited:
    is_primary: bool
    origin: str
    publisher: str
    url: str


@dataclass(frozen=True)
class Standing:
    """How the cited sources stand against the policy. `missing` is empty when it is met."""

    primary: int
    origins: int
    missing: str

    @property
    def is_met(self) -> bool:
        return not self.missing


def standing(cited: Iterable[Cited], policy: Policy) -> Standing:
    """Count primary sources and independent origins, and say in a sentence what is missing."""
    items = list(cited)
    primary = sum(item.is_primary for item in items)
    origins = len({origin_of(item) for item in items})
    if primary >= policy.primary_needed or origins >= policy.origins_needed:
        return Standing(primary, origins, "")
    have = _("No source is cited yet") if not items else _have(primary, origins)
    return Standing(
        primary,
        origins,
        _("{have}. Cite {sources_in_words}.").format(have=have, sources_in_words=policy.sources_in_words),
    )


def _have(primary: int, origins: int) -> str:
    """What is there already, when it is not enough."""
    if not primary and origins == 1:
        return _("The sources cited are secondary and of one origin")
    return _("Cited so far: {primary} primary, {origins} of independent origin").format(
        primary=primary, origins=origins
    )


def origin_of(item: Cited) -> str:
    host = (urlsplit(item.url).hostname or "").removeprefix("www.")
    return " ".join((item.origin or item.publisher or host or item.url).lower().split())
