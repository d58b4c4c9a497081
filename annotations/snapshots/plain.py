"""A pasted text or text file: the metadata that stands above it, and a guess at its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from annotations.snapshots.matter import ArticleMatter

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
        language=language_of(body, declared=fields.get("language", "")),
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


_ENGLISH = frozenset(
    "the of and to in that is was for with by from has have had were are said it at which this but not his her "
    "they will who been be on as an their its after would or more than he she we".split()
)


def english_share(text: str) -> tuple[float, int]:
    """How much of the text is made of small English words, and how many words were looked at."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text[:40_000])]
    return (sum(1 for word in words if word in _ENGLISH) / len(words) if words else 0.0), len(words)


def language_of(text: str, *, declared: str) -> str:
    """A declared language is believed, unless it says English and the text plainly is not; a guess must be sure."""
    share, words = english_share(text)
    primary = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", declared.strip())
    if primary and primary.group().lower() != "en":
        return primary.group().lower()
    if primary:
        return "en" if share > 0.08 or words < 50 else ""
    return "en" if words >= 12 and share >= 0.2 else ""
