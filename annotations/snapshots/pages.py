"""Finds the article in a web page. Runs only in the child process of sandbox.py: the page may be built to harm."""

from __future__ import annotations

import re
from typing import Any

from annotations.snapshots.matter import Unreadable
from annotations.snapshots.plain import parse_date
from annotations.tongue import gettext as _

_STYLE = "translate(concat(@style, ';'), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n', 'abcdefghijklmnopqrstuvwxyz')"
_HIDDEN = (
    "//*[@hidden or @aria-hidden='true' or self::template or self::noscript or self::dialog"
    + "".join(
        f" or contains({_STYLE}, '{rule}')"
        for rule in ("display:none", "visibility:hidden", "font-size:0;", "opacity:0;")
    )
    + "]"
)


def read_page(data: bytes) -> dict[str, Any]:
    """The fields of ArticleMatter from the UTF-8 bytes of a page. What a reader could not see is left out first."""
    import trafilatura
    from lxml import html
    from trafilatura.settings import Document

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False)
    tree = html.document_fromstring(data, parser=parser)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    for element in tree.xpath(_HIDDEN):
        if element is not tree and element.getparent() is not None:
            element.drop_tree()
    found = trafilatura.bare_extraction(
        tree, fast=True, with_metadata=True, include_comments=False, include_tables=True
    )
    text = (found.text or "").strip() if isinstance(found, Document) else ""
    if not isinstance(found, Document) or not text:
        raise Unreadable(
            _("No article text was found in this page. Copy the text of the article and paste it instead.")
        )
    published = parse_date(found.date or "")
    return {
        "text": text,
        "title": _line(found.title),
        "byline": _line(found.author),
        "outlet": _line(found.sitename),
        "published_on": published.isoformat() if published else "",
        "language": language,
        "url": found.url if re.fullmatch(r"https?://[^\s\"'<>]+", found.url or "") else "",
    }


def _line(words: str | None) -> str:
    return " ".join((words or "").split())[:500]
