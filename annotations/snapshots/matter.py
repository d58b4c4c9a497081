"""What one reading of a file or a pasted text gives, or why it gives nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class Unreadable(ValueError):
    """This cannot become an article; `reason` is one sentence for people that says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class ArticleMatter:
    """What one reading gives. `note` keeps a production note that stood above the text.

    `pages` of a paged file are where each page begins in `text`, in code points.
    """

    text: str
    title: str = ""
    byline: str = ""
    outlet: str = ""
    published_on: date | None = None
    language: str = ""
    url: str = ""
    note: str = ""
    pages: tuple[int, ...] = ()
