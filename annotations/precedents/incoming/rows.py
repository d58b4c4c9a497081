"""What a row of an incoming file is, and the bounds of each field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_CHARACTERS = 5_000


class Unreadable(Exception):
    """The file as a whole cannot be read. `reason` is a sentence for the person who gave it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Incoming:
    """An earlier check. `line` is where it begins (1 is the first line of a CSV or JSONL file, the first
    entry of a ClaimReview feed). Texts are stripped and empty when missing; `claim` never is.

    `rating_text` are the words as they came; `rating` the code on our scale, or empty when nothing fits;
    `rating_how` says in words what the code was taken from.
    """

    line: int
    claim: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    rating_text: str = ""
    rating: str = ""
    rating_how: str = ""
    claimant: str = ""
    claimed_on: date | None = None
    reviewed_on: date | None = None
    language: str = ""
    raw_id: str = ""


@dataclass(frozen=True)
class RowError:
    """Why a row, or a `field` of it, cannot be taken: `message` is for the person who gave the file."""

    line: int
    field: str
    message: str


Row = Incoming | RowError
