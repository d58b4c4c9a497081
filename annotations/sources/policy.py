"""When a verdict has sources enough. Pure.

The default policy: at least one primary source, or two of independent origin. Copies of one wire story are one
origin, so the origin a reviewer names counts before the publisher, and the publisher before the host.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit


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


def standing(cited: Iterable[Cited]) -> Standing:
    """Count primary sources and independent origins, and say in a sentence what is missing."""
    items = list(cited)
    primary = sum(item.is_primary for item in items)
    origins = len({origin_of(item) for item in items})
    if primary >= 1 or origins >= 2:
        return Standing(primary, origins, "")
    have = "No source is cited yet" if not items else "The sources cited are secondary and of one origin"
    return Standing(primary, origins, f"{have}. Cite a primary source, or two sources of independent origin.")


def origin_of(item: Cited) -> str:
    host = (urlsplit(item.url).hostname or "").removeprefix("www.")
    return " ".join((item.origin or item.publisher or host or item.url).lower().split())
