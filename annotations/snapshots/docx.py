"""Reads the words of a Word file (DOCX). Runs only in the child process of sandbox.py: the file may be built to harm.

Two members of the archive are read, nothing is unpacked to disk, and nothing that the file points at is followed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from annotations.snapshots.matter import Unreadable

MAX_MEMBERS = 5_000
MAX_UNPACKED = 100 * 1024 * 1024

_DAMAGED = "This Word file is damaged or not a Word file at all. Paste the text of the article instead."
_TOO_LARGE = (
    "This Word file unfolds into far more than an article has. Paste the text of the article instead."
)
_LOCKED = (
    "This Word file is locked with a password. Save it without one and upload it again, or paste its text."
)
_UNSAFE = "This Word file holds definitions that no article needs, and is not read. Paste the text instead."
_EMPTY = "No text was found in this Word file. Paste the text of the article instead."
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_LEFT_OUT = {"del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "tblPr", "sectPr"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": "", "ptab": "\t"}


def read_docx(data: bytes) -> dict[str, Any]:
    """Text, title and author. What was deleted, moved away or hidden is left out."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED:
                raise Unreadable(_TOO_LARGE)
            if any(one.flag_bits & 1 for one in members):
                raise Unreadable(_LOCKED)
            text = _text(_tree(archive, "word/document.xml"))
            about = _tree(archive, "docProps/core.xml") if "docProps/core.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError, RecursionError):
        raise Unreadable(_DAMAGED) from None
    if not text.strip():
        raise Unreadable(_EMPTY)
    facts = (
        {_name(one): " ".join((one.text or "").split())[:300] for one in about} if about is not None else {}
    )
    return {"text": text, "title": facts.get("title", ""), "byline": facts.get("creator", "")}


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    """One member as a tree. The bytes really unpacked are counted: the archive's own figures may lie."""
    from lxml import etree

    with archive.open(name) as member:
        content = member.read(MAX_UNPACKED + 1)
    if len(content) > MAX_UNPACKED:
        raise Unreadable(_TOO_LARGE)
    if re.search(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", content, re.IGNORECASE):
        raise Unreadable(_UNSAFE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Unreadable(_DAMAGED) from None


def _text(root: Any) -> str:
    """Paragraphs with an empty line between them."""
    lines = "".join(_words(root)).split("\f")
    return "\n\n".join(words for line in lines if (words := line.strip("\n").rstrip()))


def _words(element: Any) -> Iterator[str]:
    name = _name(element)
    if not isinstance(element.tag, str) or name in _LEFT_OUT or (name == "r" and _is_hidden(element)):
        return
    if name == "t":
        yield (element.text or "").replace("\f", " ")
    elif name in _SIGNS:
        yield _SIGNS[name]
    for child in element:
        yield from _words(child)
    if name == "p":
        yield "\f"


def _name(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _is_hidden(run: Any) -> bool:
    for space in (_WORD, _STRICT):
        sign = run.find(f"{space}rPr/{space}vanish")
        if sign is not None and sign.get(f"{space}val", "true") not in ("0", "false", "off"):
            return True
    return False
