"""Reads an RSS or Atom feed. Runs only in the child process of sandbox.py: the file may be built to harm."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from annotations.snapshots.matter import Unreadable

MAX_ITEMS = 200
"""Of one poll; the newest stand on top."""

_NO_FEED = "This is no RSS or Atom feed. Look for the address behind “RSS” or “feed” on the site."
_UNSAFE = "This feed holds definitions that no feed needs, and is not read."


def read_feed(data: bytes) -> dict[str, Any]:
    """`title`, and `items`: each with `guid`, `url` (perhaps relative), `title` and `published_on` (ISO or empty)."""
    from lxml import etree

    if re.search(rb"<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y", data, re.IGNORECASE):
        raise Unreadable(_UNSAFE)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(_NO_FEED) from None
    if root is None or _name(root).lower() not in ("rss", "feed", "rdf"):
        raise Unreadable(_NO_FEED)
    channel = next((one for one in root if _name(one) == "channel"), root)
    items = [one for one in [*channel, *root] if _name(one) in ("item", "entry")]
    unique = list(dict.fromkeys(items))[:MAX_ITEMS]
    return {"title": _first(channel, "title")[:200], "items": [_item(one) for one in unique]}


def _item(item: Any) -> dict[str, str]:
    guid, url = _first(item, "guid", "id"), _link(item)
    if not url and re.match(r"https?://", guid):
        url = guid
    day = _day(_first(item, "pubDate", "published", "date", "issued", "updated"))
    if len(guid) > 500:
        guid = hashlib.sha256(guid.encode("utf-8", "replace")).hexdigest()
    return {"guid": guid, "url": url[:2000], "title": _first(item, "title")[:500], "published_on": day}


def _link(item: Any) -> str:
    """The page of the item: Atom names it in an attribute, and has other links besides."""
    for one in item:
        if _name(one) == "link":
            if words := " ".join((one.text or "").split()):
                return words
            if one.get("rel", "alternate") == "alternate" and one.get("href"):
                return str(one.get("href")).strip()
    return ""


def _first(parent: Any, *names: str) -> str:
    for name in names:
        for one in parent:
            if _name(one) == name and (words := " ".join("".join(one.itertext()).split())):
                return words
    return ""


def _name(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _day(words: str) -> str:
    """The day in UTC, as ISO; nothing for what is no date, or lies before the web."""
    try:
        at = parsedate_to_datetime(words)
    except (TypeError, ValueError, IndexError, OverflowError):
        try:
            at = datetime.fromisoformat(words.replace("Z", "+00:00"))
        except ValueError:
            return ""
    try:
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return ""
    return at.date().isoformat() if 1990 <= at.year <= 2200 else ""
