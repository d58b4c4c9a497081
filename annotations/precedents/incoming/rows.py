"""What a row of an incoming file is, and the bounds of each field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from annotations.precedents.incoming.ratings import map_rating
from annotations.snapshots.plain import parse_date

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_CHARACTERS = 5_000
MAX_URL = 2_000
EARLIEST, LATEST = 1500, 2100

_TEXTS = ("claim", "title", "publisher", "rating_text", "claimant", "raw_id", "url", "language")
_DAYS = ("claimed_on", "reviewed_on")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


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
    `rating_how` says in words what the code was taken from, or why there is none.
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


class Refused(Exception):
    """A field that cannot be taken, with the reason."""


def make_row(line: int, given: Mapping[str, object]) -> list[Row]:
    """One `Incoming` of the raw values, or an error for each field that cannot be taken.

    `given` has the names of `Incoming`, and `value`, `best` and `worst` for the numbers of a rating.
    """
    errors: list[Row] = []
    texts: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for field in (*_TEXTS, *_DAYS):
        try:
            text = _text(given.get(field))
            if field in _DAYS:
                days[field] = _day(text)
            else:
                texts[field] = _CHECKS.get(field, str)(text)
        except Refused as refusal:
            errors.append(RowError(line, field, str(refusal)))
    if errors:
        return errors
    numbers = [given.get(name) for name in ("value", "best", "worst")]
    rating, how = map_rating(texts["rating_text"], *numbers)
    if not texts["rating_text"] and isinstance(numbers[0], int | float | str) and str(numbers[0]).strip():
        texts["rating_text"] = _numbers_as_words(*numbers)
    claimed_on, reviewed_on = (days[field] for field in _DAYS)
    return [
        Incoming(line, rating=rating, rating_how=how, claimed_on=claimed_on, reviewed_on=reviewed_on, **texts)
    ]


def _text(value: object) -> str:
    """A field as text. A number is its digits; a list or an object is refused."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refused("This is no text.")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip().removeprefix("\ufeff")
    if len(text) > MAX_CHARACTERS:
        raise Refused(f"At most {MAX_CHARACTERS:,} characters fit; this has {len(text):,}.")
    control = _CONTROLS.search(text)
    if control:
        raise Refused(f"A control character (U+{ord(control.group()):04X}) cannot be taken.")
    return text


def _claim(text: str) -> str:
    if not any(letter.isalnum() for letter in text):
        raise Refused("The claim is missing.")
    return text


def _url(text: str) -> str:
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"[\s\\<>\"]", text):
        raise Refused("Only an address that begins with http:// or https:// can be taken.")
    if parts.username is not None or parts.password is not None:
        raise Refused("An address with a name and password in it cannot be taken.")
    if len(text) > MAX_URL:
        raise Refused(f"An address of more than {MAX_URL:,} characters cannot be taken.")
    return text


def _language(text: str) -> str:
    if text and not _LANGUAGE.fullmatch(text):
        raise Refused("A language is a code such as en or pt-BR.")
    return text.replace("_", "-")


_CHECKS = {"claim": _claim, "url": _url, "language": _language}


def _day(text: str) -> date | None:
    """A day written in full, or the day of a time stamp. 01/09/2025 could be two days and is refused."""
    if not text:
        return None
    found = parse_date(text)
    stamp = re.match(r"\d{4}-\d\d-\d\d(?=[T ])", text)
    if not found and stamp:
        found = parse_date(stamp.group())
    if not found:
        raise Refused(f"“{text[:40]}” is no day. Write it as 2025-01-09.")
    if not EARLIEST <= found.year <= LATEST:
        raise Refused(f"The year {found.year} cannot be meant.")
    return found


def _numbers_as_words(value: object, best: object, worst: object) -> str:
    words = " ".join(str(value).split())[:40]
    return f"{words} ({worst}–{best})"[:80] if best is not None and worst is not None else words
