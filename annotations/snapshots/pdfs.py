"""Reads the words of a PDF. Runs only in the child process of sandbox.py: the file may be built to harm."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from annotations.snapshots.matter import Unreadable

MAX_PAGES = 2_000
MAX_TEXT = 1_000_000

_LOCKED = "This PDF is locked with a password. Save it without one and upload it again, or paste its text."
_PICTURES = "No text was found in this PDF: its pages are pictures. Paste the text of the article instead."
_DAMAGED = "This PDF is damaged or built in an unusual way. Paste the text of the article instead."


def read_pdf(data: bytes) -> dict[str, Any]:
    """Text, title and author; and `pages`: where each page begins in the text, in code points."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(_LOCKED)
        text, pages = _words(reader)
        about: Any = reader.metadata or {}
        title, author = (_line(about.get(name)) for name in ("/Title", "/Author"))
    except DependencyError:
        raise Unreadable(_LOCKED) from None
    except (PyPdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_DAMAGED) from None
    if not text:
        raise Unreadable(_PICTURES)
    is_made_up = title.lower().startswith("microsoft word") or title.lower().endswith(
        (".doc", ".docx", ".pdf")
    )
    return {"text": text, "title": "" if is_made_up else title, "byline": author, "pages": pages}


def _words(reader: Any) -> tuple[str, list[int]]:
    """The pages with an empty line between them, as long as the text may be."""
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES:
            raise Unreadable(f"This PDF has more than {MAX_PAGES:,} pages. Keep the part that matters.")
        words = _clean(page.extract_text() or "")
        starts.append(at + 2 if words and parts else at)
        if words:
            parts.append(words)
            at = starts[-1] + len(words)
        if at > MAX_TEXT:
            raise Unreadable(f"This PDF has more than {MAX_TEXT:,} characters. Keep the part that matters.")
    return "\n\n".join(parts), starts


def _clean(words: str) -> str:
    """As `normal.normalise` leaves it, so that the places of pages hold; and no space at the ends of lines."""
    from annotations.snapshots.normal import normalise

    return "\n".join(line.rstrip() for line in normalise(words).split("\n")).strip()


def _line(words: object) -> str:
    return " ".join(str(words or "").replace("\0", " ").split())[:300]
