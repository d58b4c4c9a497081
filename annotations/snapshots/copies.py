"""What a person hands in as the stored copy of a source: pasted text, a page, a picture or a PDF. Pure.

What has words is read here; of a picture or a scanned PDF the bytes are kept, and its words are those a person typed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import unquote, urlsplit

from annotations.snapshots.charsets import what_binary
from annotations.snapshots.matter import ArticleMatter, Unreadable
from annotations.snapshots.normal import normalise
from annotations.snapshots.reading import MAX_BYTES, PDF, kind_of, read_bytes, read_plain
from annotations.tongue import gettext as _

MAX_TEXT = 1_000_000
"""Code points of text that one copy may have."""

TEXT, HTML = "text/plain", "text/html"
_KINDS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


@dataclass(frozen=True)
class CopyMatter:
    """One copy as it was handed in, or fetched. `text` is normalised, and empty when nobody could read or typed any.

    `pages` are where the pages of a paged file begin in it. Of what was fetched, `url` is where it came from after
    redirects, with the `status` and the `headers` of that answer; `unread` says why it is kept without its words.
    """

    data: bytes
    content_type: str
    text: str
    how: str
    filename: str = ""
    title: str = ""
    publisher: str = ""
    published_on: date | None = None
    pages: tuple[int, ...] = ()
    url: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    unread: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def pasted(text: str) -> CopyMatter:
    """A copy from pasted text. Lines above it that are unmistakably metadata become title, publisher and date."""
    if not text.strip():
        raise Unreadable(_("There is no text here. Paste the words of the source."))
    clean = normalise(text)
    return _matter(clean.encode(), TEXT, read_plain(clean), how="PASTED")


def uploaded(data: bytes, *, filename: str = "", content_type: str = "", text: str = "") -> CopyMatter:
    """A copy from a file. Words that a person typed for it come before what can be read in it."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("The file has {count} MB and the limit is {megabytes} MB. Upload a smaller one.").format(
                count=f"{len(data) / 2**20:.1f}", megabytes=MAX_BYTES // 2**20
            )
        )
    filename = " ".join(filename.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "").split())[:200]
    if kind := _kind(data):
        return _kept(data, kind, filename=filename, text=text)
    try:
        matter = read_bytes(data, filename=filename, content_type=content_type)
    except Unreadable as refused:
        if what_binary(data) or not text.strip() or not data.strip(b" \t\r\n\f\v\0"):
            raise Unreadable(
                _(
                    "{reason} Of PNG, JPEG, GIF and WebP files the bytes are kept, with words that you type."
                ).format(reason=refused.reason)
                if what_binary(data)
                else refused.reason
            ) from refused
        matter = ArticleMatter(text=text)
    if text.strip():
        matter = ArticleMatter(
            text=text, title=matter.title, outlet=matter.outlet, published_on=matter.published_on
        )
    kind = kind_of(data) or (HTML if data.lstrip()[:1] == b"<" else TEXT)
    return _matter(data, kind, matter, how="UPLOADED", filename=filename)


def fetched(
    data: bytes, content_type: str, *, url: str, status: int, headers: tuple[tuple[str, str], ...]
) -> CopyMatter:
    """A copy from the answer of a site. What it calls itself may lie: the bytes say what it is."""
    if kind := _kind(data):
        matter = _kept(data, kind)
    else:
        kind = kind_of(data) or (TEXT if content_type.partition(";")[0].strip() == TEXT else HTML)
        try:
            matter = _matter(data, kind, read_bytes(data, content_type=content_type), how="FETCHED")
        except Unreadable as refused:
            if kind == TEXT or what_binary(data):
                raise
            matter = CopyMatter(data, kind, "", "FETCHED", unread=refused.reason)
    name = " ".join(unquote(urlsplit(url).path).rsplit("/", 1)[-1].replace("\\", "").split())
    return replace(
        matter, how="FETCHED", url=url, status=status, headers=headers, filename=normalise(name)[:200]
    )


def _kept(data: bytes, kind: str, *, filename: str = "", text: str = "") -> CopyMatter:
    """A PDF with its words, if there are any in it; or a picture. Typed words come first."""
    if kind == PDF and not text.strip():
        try:
            return _matter(data, PDF, read_bytes(data), how="UPLOADED", filename=filename)
        except Unreadable as refused:  # a scan, or locked: kept as it is, for a person to read
            return CopyMatter(data, kind, "", "UPLOADED", filename, unread=refused.reason)
    return CopyMatter(data, kind, _bounded(normalise(text).strip()), "UPLOADED", filename)


def _matter(data: bytes, kind: str, matter: ArticleMatter, *, how: str, filename: str = "") -> CopyMatter:
    return CopyMatter(
        data=data,
        content_type=kind,
        text=_bounded(normalise(matter.text).strip("\n")),
        how=how,
        filename=filename,
        title=_line(matter.title, 500),
        publisher=_line(matter.outlet, 200),
        published_on=matter.published_on,
        pages=matter.pages,
    )


def _kind(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _KINDS if data.startswith(start)), "")


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise Unreadable(
            _(
                "The text has {count} characters and the limit is {max_text}. Keep the part that matters."
            ).format(count=f"{len(text):,}", max_text=f"{MAX_TEXT:,}")
        )
    return text


def _line(words: str, limit: int) -> str:
    return " ".join(normalise(words).split())[:limit]
