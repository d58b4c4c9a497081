"""Bytes or pasted text in; the text of an article, its title, byline, outlet and date out.

Knows no framework and opens no connection. HTML is a stranger's program for a parser, so it is read in a
throw-away child process (sandbox.py). What cannot be read is refused with a sentence that says what to do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from annotations.snapshots import sandbox
from annotations.snapshots.charsets import decode, what_binary
from annotations.snapshots.matter import ArticleMatter, Unreadable
from annotations.snapshots.plain import english_share, language_of, parse_date, read_plain
from annotations.tongue import gettext as _

__all__ = [
    "DOCX",
    "MAX_BYTES",
    "PDF",
    "ArticleMatter",
    "Unreadable",
    "decode",
    "english_share",
    "kind_of",
    "parse_date",
    "read_bytes",
    "read_plain",
]

MAX_BYTES = 10 * 1024 * 1024


def read_bytes(
    data: bytes, *, filename: str = "", content_type: str = "", charset: str | None = None
) -> ArticleMatter:
    """Read an uploaded or fetched file: plain text, Markdown (kept as typed), HTML, PDF or a Word file (DOCX)."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("The file has {count} MB and the limit is {megabytes} MB. Upload a smaller one.").format(
                count=f"{len(data) / 2**20:.1f}", megabytes=MAX_BYTES // 2**20
            )
        )
    if not data.strip(b" \t\r\n\f\v\0"):
        raise Unreadable(_("The file is empty. Choose the file that holds the article."))
    mime, _semicolon, parameters = content_type.partition(";")
    declared = re.search(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", parameters, re.IGNORECASE)
    charset = charset or (declared.group(1) if declared else None)
    if kind := kind_of(data):
        return _read_file(data, kind)
    if _is_html(data, filename=filename, mime=mime.strip().lower()):
        return _read_html(decode(data, charset=charset or _charset_of_page(data)))
    return read_plain(decode(data, charset=charset))


# --- which kind of file -------------------------------------------------------------------------------------

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_READERS = {PDF: "annotations.snapshots.pdfs:read_pdf", DOCX: "annotations.snapshots.docx:read_docx"}


def kind_of(data: bytes) -> str:
    """PDF or DOCX by the bytes themselves, else nothing. Names and declared types may lie."""
    if data.startswith(b"%PDF-"):
        return PDF
    return DOCX if data.startswith(b"PK\x03\x04") and b"word/" in data else ""


def _read_file(data: bytes, kind: str) -> ArticleMatter:
    try:
        found = sandbox.run(_READERS[kind], data)
    except sandbox.Failed as failure:
        raise Unreadable(failure.reason) from None
    found["pages"] = tuple(found.get("pages", ()))
    matter = ArticleMatter(**found)
    return replace(matter, language=language_of(matter.text, declared=""))


_PLAIN = {"", "txt", "text", "md", "markdown"}
_HTML = {"html", "htm", "xhtml", "xht"}
_PLAIN_MIMES = {"", "text/plain", "text/markdown", "text/x-markdown", "application/octet-stream"}
_HTML_MIMES = {"text/html", "application/xhtml+xml"}
_MARKUP = re.compile(
    rb"\A[\s\xef\xbb\xbf\xff\xfe\0]{0,200}<\0?(?:!\0?d\0?o\0?c\0?t\0?y\0?p\0?e\0?\s\0?h|h\0?t\0?m\0?l)", re.I
)
_OTHER_MARKUP = re.compile(rb"\A[\s\xef\xbb\xbf]{0,200}<(?:\?xml|svg|rss|feed|!doctype\s+(?!html))", re.I)


def _is_html(data: bytes, *, filename: str, mime: str) -> bool:
    """Content decides before the name, and the name before the declared type: uploads often carry a wrong one."""
    name = what_binary(data)
    if name:
        raise Unreadable(
            _(
                "This is {name}, which cannot be read. Upload plain text, HTML, PDF or DOCX, or paste the text."
            ).format(name=name)
        )
    if _MARKUP.match(data):
        return True
    head = filename.rsplit("/", 1)[-1]
    extension = head.rsplit(".", 1)[-1].lower() if "." in head.lstrip(".") else ""
    if extension in _HTML or (extension in _PLAIN - {""} and not _OTHER_MARKUP.match(data)):
        return extension in _HTML
    if extension in ("pdf", "docx"):
        raise Unreadable(
            f"This file calls itself .{extension} and is none: it is damaged. Paste its text instead."
        )
    if extension and mime not in _HTML_MIMES | {"text/plain"}:
        raise Unreadable(
            _(
                "Files of the kind .{extension} cannot be read. Upload .txt, .md, .html, .pdf or .docx, or paste the"
                " text."
            ).format(extension=extension[:12])
        )
    if _OTHER_MARKUP.match(data) and mime not in _HTML_MIMES:
        raise Unreadable(
            _("This is an XML file, not an article. Upload plain text or HTML, or paste the text.")
        )
    if mime in _HTML_MIMES or mime in _PLAIN_MIMES:
        return mime in _HTML_MIMES
    raise Unreadable(
        _("Content of the type {mime} cannot be read. Upload plain text or HTML, or paste the text.").format(
            mime=mime[:60]
        )
    )


def _charset_of_page(data: bytes) -> str | None:
    found = re.search(
        rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", data[:4096], re.IGNORECASE
    )
    found = found or re.match(rb"""\s{0,9}<\?xml[^>]{0,99}encoding\s*=\s*["']([\w.:-]{1,40})""", data[:300])
    return found.group(1).decode("ascii", "replace") if found else None


def _read_html(text: str) -> ArticleMatter:
    """NUL references go first: with one in it, the parser hides the whole page."""
    text = re.sub(
        r"&#(?:0{1,9}|x0{1,9});?(?![0-9a-fA-F])", "\ufffd", text.replace("\0", "\ufffd"), flags=re.IGNORECASE
    )
    try:
        found = sandbox.run("annotations.snapshots.pages:read_page", text.encode("utf-8", "replace"))
    except sandbox.Failed as failure:
        raise Unreadable(failure.reason) from None
    published = found.pop("published_on")
    matter = ArticleMatter(**found, published_on=date.fromisoformat(published) if published else None)
    return replace(matter, language=language_of(matter.text, declared=matter.language))
