"""Which part of an article a line is: what is printed around the text makes claims less often than the text does."""

from __future__ import annotations

import re

from annotations.claims.extraction.words import MONTHS, WEEKDAYS, has_finite, tokens

HEADLINE, DATELINE, BODY, CAPTION, PULL_QUOTE, SUBHEAD, FOOTER = PARTS = (
    "headline", "dateline", "body", "caption", "pullquote", "subhead", "footer"
)  # fmt: skip
_LONGEST = 400  # characters; what is longer is text
_DATE_WORDS = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset("updated published posted at on gmt utc am pm".split())
)
_CAPTION = re.compile(
    r"(?:image|photo|photograph|picture|credit|file photo|illustration|graphic|video|map)\b\s?(?:[:/©]|by\s|courtesy)"
    r"|.{0,300}\b(?:(?:Image|Photo|Picture|Credit|Photograph)\s?:|from file\b|\(file photo\)|file photo\b)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:sources?|related (?:news|articles|stories)|external links?|references|sister links?|see also|further reading"
    r"|read more|share this|advertisement|sign up|follow us|subscribe|all rights reserved|copyright\b|©|correction"
    r"|this (?:article|story|audio) (?:was|is|has|originally)|additional reporting|reporting by|editing by|comments\s?$"
    r"|have an opinion|the text of this article)\b.{0,80}",
    re.IGNORECASE,
)
_LISTED_SOURCE = re.compile(
    r"[^\"“\n]{0,80}[\"“][^\"”]{3,160}[\"”]\s?[—–-]\s?[^.!?]{2,60}\b(?:1[89]|20)\d\d\b|https?://\S{1,200}$"
)
_PULL_QUOTE = re.compile(
    r"[\"“][^\"“”]{5,300}[\"”]\s{0,2}(?:[—–-]{1,2}\s?[A-Z]|[A-Z][a-z]{1,20}\s[\w’'-]{1,20},\s[\"“])"
)


def part_of(text: str, start: int, end: int, position: int) -> str:
    """One of PARTS for the sentence `text[start:end]`, the one number `position` of its text, counted from 0."""
    line = text[start : min(end, start + _LONGEST + 1)].strip()
    if not line or len(line) > _LONGEST:
        return BODY
    words = tokens(line, 0, len(line))
    if _is_date(line, position):
        return DATELINE
    if _CAPTION.match(line):
        return CAPTION
    if position > 2 and (_FOOTER.fullmatch(line) or _LISTED_SOURCE.match(line)):
        return FOOTER
    if _PULL_QUOTE.match(line):
        return PULL_QUOTE
    if line[-1] in '.!?…:;,"”’)' or not _stands_alone(text, start, end):
        return BODY
    count = len([word for word in words if word.is_word])
    if position == 0 and count <= 25:
        return HEADLINE
    if count > 14:
        return BODY
    if count <= 8 and words[0].low in {"what", "why", "how", "who", "where", "when"}:
        return SUBHEAD
    if has_finite(words) or any(
        word.low in {"of", "in", "at", "with", "from"} or "'s" in word.low for word in words
    ):
        return CAPTION if position > 1 else BODY
    return SUBHEAD if count <= 6 else CAPTION


def _is_date(line: str, position: int) -> bool:
    words = re.findall(r"[^\W_]+", line.lower())[:14]
    named = [word for word in words if word in MONTHS or word in WEEKDAYS]
    if not named or len(line) > 70 or position > 4:
        return False
    return all(
        word in _DATE_WORDS or word.isdigit() or re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)", word)
        for word in words
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the sentence is a line of its own."""
    before = text[max(0, start - 40) : start].rstrip(" \t")
    after = text[end : end + 40].lstrip(" \t")
    return (not before or before.endswith("\n")) and (not after or after.startswith("\n"))
