"""Words that people type into fields, made fit to keep. Pure.

Not for article texts: those are kept as they are, by the rule in `articles/text.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from annotations.refusals import Incomplete


def tidy(
    values: Mapping[str, object], limits: Mapping[str, int], *, paragraphs: Collection[str] = ()
) -> dict[str, str]:
    """The values as strings: white space trimmed, and folded to single spaces unless the field holds `paragraphs`.

    `limits` counts code points. Raises `Incomplete` naming every field that is too long or holds what no database
    keeps (NUL, lone surrogates): refused, not repaired, so that nobody's words change in silence.
    """
    problems: dict[str, list[str]] = {}
    clean: dict[str, str] = {}
    for name, value in values.items():
        words = "" if value is None else str(value)
        words = (
            words.replace("\r\n", "\n").replace("\r", "\n").strip()
            if name in paragraphs
            else " ".join(words.split())
        )
        if "\x00" in words or any("\ud800" <= character <= "\udfff" for character in words):
            problems[name] = [
                "This holds a character that cannot be stored. Retype it without special characters."
            ]
        elif len(words) > limits[name]:
            problems[name] = [f"This is {len(words)} characters long; at most {limits[name]} fit."]
        clean[name] = words
    if problems:
        raise Incomplete("Some of this cannot be kept as it is.", problems)
    return clean


def is_web_address(url: str) -> bool:
    """Whether this is an absolute http or https address with a host: what may become a link on a page."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and "\\" not in url
            and not any(character.isspace() or ord(character) < 32 for character in url)
        )
    except ValueError:
        return False
