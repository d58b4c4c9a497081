"""When two addresses are the same page. Pure."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_FOLLOWS_PEOPLE = re.compile(r"utm_\w+|fbclid|gclid|dclid|mc_[ce]id|igshid|msclkid|yclid")
_USUAL = {"http": ":80", "https": ":443"}


def normalised(url: str) -> str:
    """Scheme and host in lower case, without the usual port, fragment, and the marks that only follow people about."""
    parts = urlsplit(url.strip())
    place = parts.netloc.lower().removesuffix(_USUAL.get(parts.scheme.lower(), "\0"))
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _FOLLOWS_PEOPLE.fullmatch(name.lower())
    ]
    kept = parts.query if len(query) == parts.query.count("&") + 1 else urlencode(query)
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", kept, ""))


def key_of(url: str) -> str:
    """The hash under which an address is known. http and https are the same page."""
    return hashlib.sha256(normalised(url).partition("://")[2].encode("utf-8", "replace")).hexdigest()
