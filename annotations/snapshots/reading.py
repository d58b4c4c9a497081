"""Bytes or pasted text in; the text of an article, its title, byline, outlet and date out.

Knows no framework and opens no connection. HTML is a stranger's program for a parser, so it is read in a
throw-away child process (sandbox.py). What cannot be read is refused with a sentence that says what to do.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from annotations.snapshots import sandbox

MAX_BYTES = 10 * 1024 * 1024


class Unreadable(ValueError):
    """This cannot become an article; `reason` is one sentence for people that says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class ArticleMatter:
    """What one reading gives. `note` keeps a production note that stood above the text."""

    text: str
    title: str = ""
    byline: str = ""
    outlet: str = ""
    published_on: date | None = None
    language: str = ""
    url: str = ""
    note: str = ""


def read_bytes(
    data: bytes, *, filename: str = "", content_type: str = "", charset: str | None = None
) -> ArticleMatter:
    """Read an uploaded or fetched file: plain text, Markdown (kept as typed) or HTML."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"The file has {len(data) / 2**20:.1f} MB and the limit is {MAX_BYTES // 2**20} MB. Upload a smaller one."
        )
    if not data.strip(b" \t\r\n\f\v\0"):
        raise Unreadable("The file is empty. Choose the file that holds the article.")
    mime, _, parameters = content_type.partition(";")
    declared = re.search(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", parameters, re.IGNORECASE)
    charset = charset or (declared.group(1) if declared else None)
    if _is_html(data, filename=filename, mime=mime.strip().lower()):
        return _read_html(decode(data, charset=charset or _charset_of_page(data)))
    return read_plain(decode(data, charset=charset))


# --- which kind of file -------------------------------------------------------------------------------------

_PLAIN = {"", "txt", "text", "md", "markdown"}
_HTML = {"html", "htm", "xhtml", "xht"}
_PLAIN_MIMES = {"", "text/plain", "text/markdown", "text/x-markdown", "application/octet-stream"}
_HTML_MIMES = {"text/html", "application/xhtml+xml"}
_MARKUP = re.compile(
    rb"\A[\s\xef\xbb\xbf\xff\xfe\0]{0,200}<\0?(?:!\0?d\0?o\0?c\0?t\0?y\0?p\0?e\0?\s\0?h|h\0?t\0?m\0?l)", re.I
)
_OTHER_MARKUP = re.compile(rb"\A[\s\xef\xbb\xbf]{0,200}<(?:\?xml|svg|rss|feed|!doctype\s+(?!html))", re.I)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound, film or picture file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ\0", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"(\xb5/\xfd", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"SQLite format 3\0", "a database"),
)


def _is_html(data: bytes, *, filename: str, mime: str) -> bool:
    """Content decides before the name, and the name before the declared type: uploads often carry a wrong one."""
    name = _what_binary(data)
    if name:
        raise Unreadable(
            f"This is {name}, which cannot be read yet. Upload plain text or HTML, or paste the text."
        )
    if _MARKUP.match(data):
        return True
    head = filename.rsplit("/", 1)[-1]
    extension = head.rsplit(".", 1)[-1].lower() if "." in head.lstrip(".") else ""
    if extension in _HTML or (extension in _PLAIN - {""} and not _OTHER_MARKUP.match(data)):
        return extension in _HTML
    if extension and mime not in _HTML_MIMES | {"text/plain"}:
        raise Unreadable(
            f"Files of the kind .{extension[:12]} cannot be read. Upload .txt, .md or .html, or paste the text."
        )
    if _OTHER_MARKUP.match(data) and mime not in _HTML_MIMES:
        raise Unreadable("This is an XML file, not an article. Upload plain text or HTML, or paste the text.")
    if mime in _HTML_MIMES or mime in _PLAIN_MIMES:
        return mime in _HTML_MIMES
    raise Unreadable(
        f"Content of the type {mime[:60]} cannot be read. Upload plain text or HTML, or paste the text."
    )


def _what_binary(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "a film or picture file"
    return next((name for start, name in _SIGNATURES if data.startswith(start)), "")


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
    return replace(matter, language=_language(matter.text, declared=matter.language))


# --- bytes to text ------------------------------------------------------------------------------------------

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_READABLE_CODECS = re.compile(
    r"ascii|utf-8|utf-16|utf-32|utf-16-[lb]e|utf-32-[lb]e|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb2312|gbk|gb18030"
    r"|hz|big5(hkscs)?|shift_jis\w*|euc_\w+|iso2022_\w+|johab|tis-620|ptcp154|kz1048"
)
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_AS_BROWSERS_DO |= {"shift_jis": "cp932", "euc_kr": "cp949"}
_UNKNOWN = (
    "The file is written in an unknown or damaged character encoding. Save it as UTF-8 and upload it again."
)


def decode(data: bytes, *, charset: str | None = None) -> str:
    """The characters of a text file, or Unreadable.

    A byte order mark decides, then valid UTF-8 (no other encoding looks like it by chance), then the declared
    charset, then a guess that is only believed when the result reads like writing.
    """
    binary = _what_binary(data)
    if binary:
        raise Unreadable(f"This is {binary}, not text. Upload plain text or HTML, or paste the text.")
    for mark, codec in _MARKS:
        if data.startswith(mark) and not (codec == "utf-16" and len(data) % 2):
            return _decoded(data, codec)
    declared = _known(charset)
    if b"\x1b$" in data and not declared:
        declared = "iso2022_jp_ext"
    if declared and re.match(r"iso2022|hz|utf-16|utf-32", declared):
        return _decoded(data, declared)
    if b"\0" in data:
        return _decoded_with_nul(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        nearly = _nearly_utf8(data, declared) if error.start else None
    if nearly is not None:
        return nearly
    if declared and declared != "utf-8":
        return _decoded(data, declared)
    return _guessed(data)


def _decoded(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, UnicodeError):
        pass
    if codec.startswith("cp125"):  # five bytes that these pages leave empty; browsers show nothing for them
        return data.decode(codec, "replace")
    raise Unreadable(_UNKNOWN)


def _known(charset: str | None) -> str | None:
    """The codec for a declared name; Python has many that are no character sets, and utf-7 smuggles markup."""
    try:
        name = codecs.lookup((charset or "").strip().strip("'\"")).name
    except (LookupError, ValueError):
        return None
    return _AS_BROWSERS_DO.get(name, name) if _READABLE_CODECS.fullmatch(name) else None


def _decoded_with_nul(data: bytes) -> str:
    """NULs at every second byte are UTF-16 without its mark; one in a thousand is an accident; more is a binary."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = len(data) // 2
    if len(data) % 2 == 0 and max(even, odd) * 3 > half and min(even, odd) * 50 <= half:
        return _decoded(data, "utf-16-le" if odd > even else "utf-16-be")
    if (even + odd) * 1000 <= len(data):
        return _decoded(data, "utf-8")
    raise Unreadable(
        "This looks like a binary file, not like text. Save the article as plain text and try again."
    )


def _nearly_utf8(data: bytes, declared: str | None) -> str | None:
    """UTF-8 with a stray byte or a torn last character, as a cut or patched file has: U+FFFD marks the place."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - damaged
    if declared in {None, "utf-8"} and (good >= 5 * damaged or (declared and damaged * 200 <= len(text))):
        return text
    return None


_WESTERN = re.compile(r"[A-Za-z\sÀ-ÖØ-Ýß-öø-ýŒœŠšŽž0-9!-/:-@\[-`{-~€‚„…†‡‰‹›‘’“”•–—™ ¡£§©«®°²³´·»¼½¾¿]*")


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import, and only needed for old files

    text = data.decode("cp1252", "replace")
    strange = [c for c in text if c > "\x7f"]
    if _WESTERN.fullmatch(text) and len(strange) * 8 <= len(text) and not re.search(r"[ß-öø-ý]{3}", text):
        return text
    best = from_bytes(data, explain=False).best()
    if (
        best is None
        or best.chaos > 0.1
        or best.coherence < 0.2
        or not _READABLE_CODECS.fullmatch(_known(best.encoding) or "")
    ):
        raise Unreadable(_UNKNOWN)
    return str(best)


# --- plain text: the metadata that stands above it -----------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|"
        "october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DATES = (
    re.compile(
        r"(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d)(?:[T ][\d:.]{4,12}\s?(?:Z|UTC|[+-]\d\d:?\d\d)?)?", re.I
    ),
    re.compile(
        _WEEKDAY + _MONTH.replace("(", "(?P<m>", 1) + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})",
        re.I,
    ),
    re.compile(
        _WEEKDAY
        + r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+"
        + _MONTH.replace("(", "(?P<m>", 1)
        + r",?\s+(?P<y>\d{4})",
        re.I,
    ),
)
_DATE_LINE = re.compile(r"\s{0,9}date[:\s]\s{0,9}(\d{4}-\d\d-\d\d)(?:\s+(\S.{0,300}))?", re.IGNORECASE)
_FIELD_LINE = re.compile(r"\s{0,9}([A-Za-z]{2,9}(?: on)?)\s?:\s{0,9}(\S.{0,400})")
_BY_LINE = re.compile(r"\s{0,9}[Bb][Yy]\s+((?:[A-ZÀ-Þ][\w'’.-]*|and|de|van|von|der|bin|al|,|\s){3,120})")
_FIELDS = {
    "title": "title", "headline": "title", "byline": "byline", "by": "byline", "author": "byline",
    "source": "outlet", "outlet": "outlet", "publisher": "outlet", "url": "url", "link": "url", "date": "date",
    "published": "date", "published on": "date", "language": "language", "lang": "language", "note": "note",
}  # fmt: skip


def read_plain(text: str) -> ArticleMatter:
    """A pasted text or text file. Only lines that are unmistakably metadata, above a blank line, leave the text.

    A headline stays in the text, because it was published as part of it; it is also the title.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    fields, body = _cut_header(text)
    for key, value in _named_by_layout(body):
        fields.setdefault(key, value)
    published = parse_date(fields.get("date", ""))
    return ArticleMatter(
        text=body,
        title=fields.get("title", ""),
        byline=fields.get("byline", ""),
        outlet=fields.get("outlet", ""),
        published_on=published,
        language=_language(body, declared=fields.get("language", "")),
        url=fields.get("url", ""),
        note=fields.get("note", ""),
    )


def parse_date(words: str) -> date | None:
    """A day written in full: 2025-01-09, January 9, 2025 or 9 Jan. 2025. 01/09/2025 could be two days, so no."""
    for pattern in _DATES:
        found = pattern.fullmatch(words.strip())
        if found:
            parts = found.groupdict()
            month = int(parts["n"]) if "n" in parts else _MONTHS[parts["m"].lower()]
            try:
                return date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                return None
    return None


def _cut_header(text: str) -> tuple[dict[str, str], str]:
    """The fields of the first block and the text below it; no fields when any of its lines could be prose."""
    head = re.match(r"(?:[^\S\n]*\n)*((?:[^\S\n]*\S[^\n]*\n){1,10})(?:[^\S\n]*\n)+", text[:6000])
    if not head or not text[head.end() :].strip():
        return {}, text
    fields: dict[str, str] = {}
    for line in head.group(1).splitlines():
        found = _fields_of(line)
        if not found or fields.keys() & found.keys():
            return {}, text
        fields |= found
    if fields.keys() <= {"note"}:
        return {}, text
    return fields, text[head.end() :]


def _fields_of(line: str) -> dict[str, str]:
    line = line.rstrip()
    dated = _DATE_LINE.fullmatch(line)
    if dated and parse_date(dated.group(1)):
        return {"date": dated.group(1)} | ({"note": dated.group(2)} if dated.group(2) else {})
    named = _FIELD_LINE.fullmatch(line)
    key = _FIELDS.get(named.group(1).lower()) if named else None
    if named and key:
        value = named.group(2)
        if (key == "url" and not re.fullmatch(r"https?://\S+", value)) or (
            key == "date" and not parse_date(value)
        ):
            return {}
        return {key: value}
    byline = _BY_LINE.fullmatch(line)
    return {"byline": byline.group(1).strip()} if byline else {}


def _named_by_layout(text: str) -> Iterator[tuple[str, str]]:
    """Title, byline and day that the first blocks show by their place; they stay in the text."""
    blocks = [block.strip() for block in re.split(r"\n[^\S\n]*\n", text[:4000], maxsplit=5)]
    blocks = [block for block in blocks if block]
    for place, block in enumerate(blocks[:4]):
        first, *others = block.split("\n")
        if len(block) > 300 or place + 1 >= len(blocks):
            return
        for line in (first, *others):
            byline = _BY_LINE.fullmatch(line.rstrip())
            if byline:
                yield "byline", byline.group(1).strip()
            elif parse_date(line):
                yield "date", line.strip()
        if place == 0 and len(others) <= 2 and _is_headline(first):
            yield "title", first.strip().lstrip("# ")


def _is_headline(line: str) -> bool:
    line = line.strip()
    if not 3 <= len(line) <= 160 or line[-1] in ".;:,…" or line.endswith(('."', ".”", ".'", ".’")):
        return False
    return any(c.isalpha() for c in line) and not _BY_LINE.fullmatch(line) and not parse_date(line)


# --- language -----------------------------------------------------------------------------------------------

_ENGLISH = frozenset(
    "the of and to in that is was for with by from has have had were are said it at which this but not his her "
    "they will who been be on as an their its after would or more than he she we".split()
)


def english_share(text: str) -> tuple[float, int]:
    """How much of the text is made of small English words, and how many words were looked at."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text[:40_000])]
    return (sum(1 for word in words if word in _ENGLISH) / len(words) if words else 0.0), len(words)


def _language(text: str, *, declared: str) -> str:
    """A declared language is believed, unless it says English and the text plainly is not; a guess must be sure."""
    share, words = english_share(text)
    primary: Any = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", declared.strip())
    if primary and primary.group().lower() != "en":
        return str(primary.group().lower())
    if primary:
        return "en" if share > 0.08 or words < 50 else ""
    return "en" if words >= 12 and share >= 0.2 else ""
