"""PDF and Word files: their words with their pages, and that a file that is built to harm fails alone."""

from __future__ import annotations

import time

import pytest

from annotations.snapshots.copies import uploaded
from annotations.snapshots.reading import Unreadable, read_bytes
from tests.snapshots.documents import docx, laughs, paragraph, pdf, raw_docx, shown

WORDS = "Officials said wages rose 3.1 percent in 2024."


def test_a_pdf_is_read_page_by_page() -> None:
    matter = read_bytes(pdf(shown(WORDS), b"", shown("The second page says more."), pack=True))

    assert matter.text == f"{WORDS}\n\nThe second page says more."
    assert matter.pages == (0, len(WORDS), len(WORDS) + 2)
    assert matter.text[matter.pages[2] :] == "The second page says more."


def test_a_word_file_is_read_as_a_reader_sees_it() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden words.</w:t></w:r></w:p>"
    deleted = "<w:p><w:del><w:r><w:delText>Taken out.</w:delText></w:r></w:del></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('In a cell.')}</w:tc></w:tr></w:tbl>"

    matter = read_bytes(
        docx(paragraph("Officials said wages", " rose 3.1 percent.") + hidden + deleted + table)
    )

    assert matter.text == "Officials said wages rose 3.1 percent.\n\nIn a cell."
    assert (matter.title, matter.byline) == ("Wages", "A. Writer")


DEEP = "<w:sdt>" * 5000 + paragraph("x") + "</w:sdt>" * 5000
HARMFUL = {
    "a Word file that unfolds": (docx(paragraph("x"), word__styles=b" " * (120 << 20)), "unfolds"),
    "six thousand members": (docx(paragraph("x"), **{f"m{n}": b"" for n in range(6000)}), "unfolds"),
    "billion laughs": (raw_docx(laughs()), "definitions"),
    "billion laughs in UTF-16": (raw_docx(laughs("utf-16")), "definitions"),
    "deep nesting": (docx(DEEP), "damaged"),
    "no words": (docx("<w:p/>"), "No text"),
    "a torn archive": (docx(paragraph(WORDS))[:-60], "damaged"),
    "a PDF of pictures": (pdf(b""), "pictures"),
    "a torn PDF": (pdf(shown(WORDS))[:60], "damaged"),
    "a locked PDF": (
        pdf(shown(WORDS), trailer=f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'00' * 32}>/U<{'00' * 32}>>>"),
        "password",
    ),
    "a stream that unfolds": (pdf(b" " * (256 << 20), pack=True), "damaged"),
    "noise that calls itself a PDF": (b"noise" * 99, "calls itself .pdf"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_what_is_built_to_harm_fails_alone_and_says_so(name: str) -> None:
    data, says = HARMFUL[name]
    began = time.monotonic()

    with pytest.raises(Unreadable) as refused:
        read_bytes(data, filename="x.pdf" if "calls itself" in name else "")

    assert says in refused.value.reason
    assert time.monotonic() - began < 60


def test_a_scan_is_kept_as_a_copy_with_the_words_that_a_person_types() -> None:
    scan = pdf(b"")

    assert uploaded(scan, filename="scan.pdf").text == ""
    assert uploaded(scan, filename="scan.pdf", text="What it says.").text == "What it says."
    assert uploaded(pdf(shown(WORDS)), filename="a.pdf").text == WORDS
