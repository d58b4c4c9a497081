from __future__ import annotations

from datetime import date

import pytest

from annotations.snapshots.reading import MAX_BYTES, Unreadable, decode, parse_date, read_bytes, read_plain

PAGE = """<!doctype html><html lang="en-GB"><head><title>Wages rise - The Post</title>
<meta property="og:site_name" content="The Post"><meta name="author" content="Jane Doe">
<link rel="canonical" href="https://post.example/wages">
<meta property="article:published_time" content="2025-01-09T10:00:00Z"></head><body>
<nav><a href="/">Home</a></nav><article><h1>Wages rise again</h1>
<p>Officials said wages rose 3.1 percent in the last month of the year, which was a record.</p>
<p style="Display : none">Hidden: 500 people died in the flood.</p><p hidden>Hidden too: 600 people died.</p>
<!-- a comment: 700 people died -->
<p>The ministry published the figures on Thursday, and unions called them good news for everybody.</p>
</article></body></html>"""
RUSSIAN = "Профессор сказал, что зарплаты выросли на три процента в прошлом году, и это рекорд."


def test_the_line_above_a_text_becomes_its_date_and_note() -> None:
    matter = read_plain(
        " date 2025-01-09 This audio is created with AI assistance\n\nNorth Korea is gaining."
    )

    assert matter.text == "North Korea is gaining."
    assert matter.published_on == date(2025, 1, 9)
    assert matter.note == "This audio is created with AI assistance"
    assert matter.title == ""


def test_a_block_of_header_lines_leaves_the_text() -> None:
    matter = read_plain(
        "Title: Wages rise\r\nBy Jane Doe\r\nSource: The Post\r\nDate: January 9, 2025\r\n"
        "URL: https://post.example/a\r\n\r\nWages rose.\r\n"
    )

    assert matter.text == "Wages rose.\n"
    assert (matter.title, matter.byline, matter.outlet) == ("Wages rise", "Jane Doe", "The Post")
    assert (matter.published_on, matter.url) == (date(2025, 1, 9), "https://post.example/a")


@pytest.mark.parametrize(
    "text",
    [
        "One.\nTwo: wages rose.\n",
        "Date: to be decided\n\nThe council met.",
        "URL: javascript:alert(1)\n\nThe council met.",
        "By dawn the tanks had gone.\n\nThe council met.",
        "Title: the word\nand a line of prose\n\nThe council met.",
        "Title: a header and no text\n\n",
        "date 2025-13-45 no such day\n\nThe council met.",
        "  leading space is part of the text",
    ],
)
def test_what_is_not_unmistakably_a_header_stays_in_the_text(text: str) -> None:
    assert read_plain(text).text == text


def test_a_headline_is_the_title_and_stays_in_the_text() -> None:
    text = "Wages rise for the third month\n\nBy Jane Doe\n\nThursday, January 9, 2025\n\nWages rose, officials said."

    matter = read_plain(text)

    assert matter.text == text
    assert (matter.title, matter.byline) == ("Wages rise for the third month", "Jane Doe")
    assert matter.published_on == date(2025, 1, 9)


def test_a_first_sentence_is_no_title() -> None:
    assert read_plain("Wages rose again.\n\nOfficials were glad.").title == ""


def test_english_is_recognised_and_another_language_is_not_called_english() -> None:
    english = "The ministry said that wages of the workers rose by three percent in the last year and it was a record."
    german = (
        "Das Ministerium sagte, dass die Löhne der Arbeiter im letzten Jahr um drei Prozent gestiegen sind."
    )

    assert read_plain(english).language == "en"
    assert read_plain(german).language == ""


def test_an_html_page_gives_its_text_and_metadata_and_no_hidden_words() -> None:
    matter = read_bytes(PAGE.encode(), filename="page.html")

    assert "wages rose 3.1 percent" in matter.text
    assert "published the figures" in matter.text
    assert "died" not in matter.text
    assert (matter.byline, matter.outlet, matter.language) == ("Jane Doe", "The Post", "en")
    assert matter.published_on == date(2025, 1, 9)
    assert matter.url == "https://post.example/wages"


def test_a_reference_to_nul_does_not_hide_a_page() -> None:
    matter = read_bytes(PAGE.replace("record", "rec&#0;ord&#x00;").encode(), content_type="text/html")

    assert "wages rose 3.1 percent" in matter.text


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-8-sig"])
def test_a_short_page_is_read_in_every_unicode_encoding(codec: str) -> None:
    page = "<html><body><p>Officials said wages rose 3.1 percent.</p></body></html>"

    assert read_bytes(page.encode(codec), filename="a.html").text == "Officials said wages rose 3.1 percent."


def test_the_charset_that_a_page_declares_is_believed() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{RUSSIAN}</p></body></html>'

    assert read_bytes(page.encode("cp1251"), filename="a.html").text == RUSSIAN


@pytest.mark.parametrize(
    ("data", "filename", "content_type"),
    [
        (b"", "a.txt", ""),
        (b" \n\t ", "a.txt", "text/plain"),
        (b"%PDF-1.4 ...", "a.txt", "text/plain"),
        (b"PK\x03\x04 nothing", "a.docx", ""),
        (b"\x89PNG\r\n\x1a\n....", "a.html", "text/html"),
        (bytes(range(256)) * 40, "noise.txt", ""),
        (b"wages rose", "a.exe", ""),
        (b"wages rose", "", "application/json"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "feed.xml", "application/xml"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "a.svg", "image/svg+xml"),
        (b"<html><body><script>1</script></body></html>", "a.html", "text/html"),
        (b"a" * (MAX_BYTES + 1), "a.txt", "text/plain"),
    ],
)
def test_what_is_no_article_is_refused_with_what_to_do(data: bytes, filename: str, content_type: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bytes(data, filename=filename, content_type=content_type)

    assert refusal.value.reason.endswith(".")
    assert "Traceback" not in refusal.value.reason


@pytest.mark.parametrize(
    ("text", "codec", "charset"),
    [
        ("Wages rose 3 % – “good”, said Ann.", "utf-8", None),
        ("Wages rose 3 % – “good”, said Ann.", "utf-16", None),
        ("Wages rose 3 % – “good”, said Ann.", "utf-16-le", None),
        ("Wages rose 3 % – “good”, said Ann.", "utf-16-be", None),
        ("Wages rose 3 % – “good”, said Ann.", "utf-32", None),
        ("Wages rose 3 % – “good”, said Ann.", "cp1252", None),
        ("Les salaires ont augmenté à l’été, d’après le ministère.", "cp1252", "iso-8859-1"),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "utf-8", "iso-8859-1"),
        ("賃金は上昇した。", "shift_jis", "shift_jis"),
        ("官员说工资上涨了。", "gb18030", "gb2312"),
        ("賃金は上昇した。", "iso2022_jp", None),
        ("賃金は3.1パーセント上昇したと当局者は述べた。これは記録的な数字である。", "shift_jis", None),
        ("賃金は3.1パーセント上昇したと当局者は述べた。これは記録的な数字である。", "euc_jp", None),
        ("官员说，工资上涨了百分之三。这是一个创纪录的数字。", "gb18030", None),
        ("GIF8 and ID3 are names of formats.", "ascii", None),
    ],
)
def test_text_is_decoded_exactly(text: str, codec: str, charset: str | None) -> None:
    assert decode(text.encode(codec), charset=charset).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b"wages \xff\xfe rose", None),
        (b"wages\0rose", None),
        (b"\x81\x8d\x8f\x90\x9d" * 30, None),
        (b"%PDF-1.7", "utf-8"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, charset: str | None) -> None:
    with pytest.raises(Unreadable):
        decode(data, charset=charset)


def test_a_codec_that_is_no_character_set_is_not_used() -> None:
    assert decode(b"+ADw-b+AD4-", charset="utf-7") == "+ADw-b+AD4-"
    assert decode(b"\\u0041", charset="unicode_escape") == "\\u0041"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-01-09", date(2025, 1, 9)),
        ("Monday, May 18, 2015", date(2015, 5, 18)),
        ("9 Jan. 2025", date(2025, 1, 9)),
        ("2025-01-09T10:00:00Z", date(2025, 1, 9)),
        ("01/09/2025", None),
        ("February 30, 2025", None),
        ("", None),
    ],
)
def test_only_an_unambiguous_day_is_a_date(words: str, day: date | None) -> None:
    assert parse_date(words) == day
