"""What asking a stranger may come to, and within which limits. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds until connected, seconds between two signs of life, seconds in all; and bytes of the body."""

    connect: float = 5
    read: float = 10
    total: float = 30
    size: int = 10 * 1024 * 1024


@dataclass(frozen=True)
class Fetched:
    """What came back. `url` is where it came from after redirects; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class NotFetched(Exception):
    """There is no answer. `reason` is half a sentence for people, and says nothing of what an address hides.

    `is_final`: trying again in a minute would come to the same.
    """

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.is_final = reason, is_final


class Forbidden(NotFetched):
    """This address is not fetched, whatever it would answer. One sentence for all, so that nothing can be probed."""

    def __init__(self) -> None:
        super().__init__("this address cannot be fetched", is_final=True)
