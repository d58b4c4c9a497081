"""A calendar as text (RFC 5545): values in, text out. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Event:
    """Something due at a moment. `version` rises when it changes, so that programs take the change over."""

    key: str
    title: str
    about: str
    url: str
    at: datetime
    changed_at: datetime
    version: int


def calendar(name: str, events: Iterable[Event]) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//factcheck//due claims//EN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.key}",
            f"DTSTAMP:{_moment(event.changed_at)}",
            f"DTSTART:{_moment(event.at)}",
            f"SEQUENCE:{event.version}",
            f"SUMMARY:{_text(event.title)}",
            f"DESCRIPTION:{_text(event.about)}",
            f"URL:{event.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """Escaped, and without the controls that would begin a line of somebody else's making."""
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in words.replace("\r\n", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 bytes a line; what is longer goes on after a line end and a space, never inside a character."""
    parts, room, part = [], 75, ""
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append(part)
            part, room = "", 74
        part += character
        room -= size
    return "\r\n ".join([*parts, part])
