"""How the house says no: with a reason that a person can read and a way on.

Permissions answer with an `Answer`; services raise a `Refusal`. Each door maps the kinds once:
pages in `web/answers.py`, the API in `api/errors.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class Refusal(Exception):
    """A request that was understood and is not carried out. `reason` is one sentence for the person who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(Refusal):
    """This person may not do this; another one might."""


class IllegalMove(Refusal):
    """Nobody may do this from here. `legal` names the moves that lead on from the present state."""

    def __init__(self, reason: str, legal: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.legal = tuple(legal)


class Incomplete(Refusal):
    """Something is missing or malformed. `problems` says what, one sentence each, keyed by field ("" for the whole)."""

    def __init__(self, reason: str, problems: dict[str, list[str]] | None = None) -> None:
        super().__init__(reason)
        self.problems = problems or {}


class Stale(Refusal):
    """The thing changed since the writer read it. Nothing was written.

    `current` is what stands now and `yours` what was sent, as plain values by field, so that a door can show both.
    `version` is the number to send with the next try.
    """

    def __init__(self, reason: str, *, current: dict[str, Any], yours: dict[str, Any], version: int) -> None:
        super().__init__(reason)
        self.current = current
        self.yours = yours
        self.version = version


@dataclass(frozen=True)
class Answer:
    """Yes, or no with the reason. Truthy when it is a yes."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_refuse(self) -> None:
        """Raise `NotAllowed` with the reason when the answer is no."""
        if not self.allowed:
            raise NotAllowed(self.reason)


YES = Answer(True)


def no(reason: str) -> Answer:
    return Answer(False, reason)
