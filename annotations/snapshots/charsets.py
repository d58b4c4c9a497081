"""Bytes of a text file to characters, or a refusal: a wrong guess would corrupt every quote taken from it."""

from __future__ import annotations

import codecs
import re

from annotations.snapshots.matter import Unreadable
from annotations.tongue import gettext as _

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
    binary = what_binary(data)
    if binary:
        raise Unreadable(
            _("This is {binary}, not text. Upload plain text or HTML, or paste the text.").format(
                binary=binary
            )
        )
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
        _("This looks like a binary file, not like text. Save the article as plain text and try again.")
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


_COMMON = {
    "cp932": frozenset("のにはをたがでとしれさるていこなもう。、"),
    "euc_jp": frozenset("のにはをたがでとしれさるていこなもう。、"),
    "cp949": frozenset("이다는을의에가를은한고지사로하기도있어서"),
    "gb18030": frozenset("的一是不了在人有这中大来上国个和为，。说"),
    "big5": frozenset("的一是不了在人有這中大來上國個和為，。說"),
}


def _guessed(data: bytes) -> str:
    text = data.decode("cp1252", "replace")
    strange = [c for c in text if c > "\x7f"]
    if _WESTERN.fullmatch(text) and len(strange) * 8 <= len(text) and not re.search(r"[ß-öø-ý]{3}", text):
        return text
    eastern = _eastern(data)
    if eastern:
        return eastern
    from charset_normalizer import from_bytes  # slow to import, and only needed for old files

    sample = data[: data.rfind(b"\n", 0, 100_000) + 1 or 100_000]
    best = from_bytes(sample).best()
    codec = _known(best.encoding) if best and best.chaos <= 0.1 and best.coherence >= 0.2 else None
    if not codec:
        raise Unreadable(_UNKNOWN)
    return _decoded(data, codec)


def _eastern(data: bytes) -> str:
    """East Asian text, recognised by its commonest characters; decoded wrongly it has next to none of them."""
    for codec, common in _COMMON.items():
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        beyond = [c for c in text if c > "\x7f"]
        if sum(1 for c in beyond if c in common) * 8 >= len(beyond) > 8:
            return text
    return ""


def what_binary(data: bytes) -> str:
    """What kind of file the first bytes say it is, when that is no text; else nothing."""
    if data[4:8] == b"ftyp":
        return "a film or picture file"
    name = next((name for start, name in _SIGNATURES if data.startswith(start)), "")
    could_be_words = data[:3].isalnum() and not re.search(rb"[\0-\x08\x7f-\xff]", data[:64])
    return "" if could_be_words else name
