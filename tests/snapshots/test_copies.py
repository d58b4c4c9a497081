"""What is handed in as a stored copy: read once, kept as bytes, and never changed."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from annotations.refusals import NotAllowed
from annotations.snapshots.copies import MAX_TEXT, pasted, uploaded
from annotations.snapshots.matter import Unreadable
from annotations.snapshots.models import Snapshot, StoredFile
from annotations.snapshots.services import take_snapshot

PAGE = (
    b"<!doctype html><html lang='en'><head><title>A record</title></head><body><article><h1>A record</h1>"
    b"<p>The council counted twelve thousand soldiers in January, an official said on Monday.</p>"
    b"<script>alert(1)</script><p>Nobody has counted them again since then, the record says.</p>"
    b"</article></body></html>"
)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def test_pasted_text_is_normalised_once_and_its_head_read():
    matter = pasted("Date: 2025-01-09\r\nTitle: A record\r\n\r\nFirst line.\r\nSecond\x00 line.\ud83d\ude00")

    assert matter.text == "First line.\nSecond\ufffd line.\U0001f600"
    assert (matter.title, matter.published_on, matter.how) == ("A record", date(2025, 1, 9), "PASTED")
    assert matter.sha256 == hashlib.sha256(matter.data).hexdigest()


def test_a_page_becomes_text_and_its_program_does_not():
    matter = uploaded(PAGE, filename="C:\\pages\\record.html")

    assert "twelve thousand soldiers" in matter.text
    assert "alert" not in matter.text
    assert (matter.content_type, matter.filename, matter.data) == ("text/html", "record.html", PAGE)


def test_of_a_picture_the_bytes_are_kept_with_the_words_typed_for_it():
    bare, typed = (
        uploaded(PNG, filename="scan.png"),
        uploaded(PNG, filename="scan.png", text="What it says.\r\n"),
    )

    assert (bare.text, bare.content_type) == ("", "image/png")
    assert typed.text == "What it says."
    assert bare.sha256 == typed.sha256


@pytest.mark.parametrize(
    ("data", "text", "says"),
    [
        (b"", "", "empty"),
        (b"   \n", "typed", "empty"),
        (b"\x7fELF" + b"\0" * 40, "", "of PNG".lower()),
        (b"\x7fELF" + b"\0" * 40, "typed words", "bytes are kept"),
        (b"x" * (10 * 1024 * 1024 + 1), "", "limit"),
        (b"word " * (MAX_TEXT // 5 + 1), "", "limit"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(data, text, says):
    with pytest.raises(Unreadable) as refused:
        uploaded(data, filename="file.txt", text=text)

    assert says in refused.value.reason.lower()


def test_nothing_pasted_is_refused():
    with pytest.raises(Unreadable, match="no text"):
        pasted(" \n\t")


def test_the_same_bytes_are_stored_once_a_desk(workspace, other_workspace, reviewer, outsider):
    first = take_snapshot(workspace=workspace, matter=pasted("The same words."), by=reviewer)
    second = take_snapshot(workspace=workspace, matter=pasted("The same words."), by=reviewer)
    elsewhere = take_snapshot(workspace=other_workspace, matter=pasted("The same words."), by=outsider)

    assert first.file == second.file != elsewhere.file
    assert StoredFile.objects.count() == 2
    assert first.length == len(first.text) == 15
    assert first.file.size == len(bytes(first.file.data))


def test_a_reader_stores_nothing(workspace, reader):
    with pytest.raises(NotAllowed):
        take_snapshot(workspace=workspace, matter=pasted("Words."), by=reader)

    assert not Snapshot.objects.exists()
