"""Word and PDF files, made by hand as small as they can be: honest ones, and ones that are built to harm."""

from __future__ import annotations

import io
import zipfile
import zlib

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>A. Writer</dc:creator>'
    "</cp:coreProperties>"
)


def docx(body: str, *, title: str = "Wages", **members: bytes) -> bytes:
    """A Word file with this body; further members by name, with _ for /."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        archive.writestr("docProps/core.xml", _CORE.format(title=title))
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def raw_docx(document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def laughs(encoding: str = "utf-8") -> bytes:
    steps = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 9}'>" for n in range(1, 9))
    words = f"<!DOCTYPE w [<!ENTITY a0 'ha'>{steps}]><w:document {_W}>{paragraph('&a8;')}</w:document>"
    return words.encode(encoding)


def pdf(*pages: bytes, extra: str = "", pack: bool = False, trailer: str = "") -> bytes:
    """A PDF whose pages show these words, each drawn by a stream of its own."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, words in enumerate(pages):
        resources = f"/Resources<</Font<</F1 3 0 R>>>>{extra}"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents {5 + 2 * n} 0 R{resources}>>"
        stream = zlib.compress(words, 9) if pack else words
        packed = "/Filter/FlateDecode" if pack else ""
        objects.append(page.encode())
        objects.append(f"<<{packed}/Length {len(stream)}>>stream\n".encode() + stream + b"\nendstream")
    return _file(objects, trailer)


def shown(words: str) -> bytes:
    return f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode("latin-1")


def _file(objects: list[bytes], trailer: str = "") -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>"
    return out + f"{end}\nstartxref\n{len(out)}\n%%EOF".encode()
