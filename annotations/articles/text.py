"""The text of an article, normalised once at import and never again.

Every position in the product counts code points of the text that leaves `clean_or_refuse`, so whatever
changes characters belongs here and nowhere later: a second pass would shift every span behind it.
No re-composition (NFC) and no trimming: the quoted words must stay the published words.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from annotations.snapshots.normal import normalise as normalise
from annotations.snapshots.reading import Unreadable
from annotations.tongue import gettext as _

MAX_CHARS = 1_000_000

_LINE = re.compile("[^\n\u2028\u2029]+")
_BLANK_LINE = re.compile("[\n\u2028\u2029][^\\S\n\u2028\u2029]*[\n\u2028\u2029]")
_SENTENCE_END = re.compile(r"""[.!?…:;][)\]"'”’»]*\s*$""")


def clean_or_refuse(text: str) -> str:
    """The text to store, or Unreadable with what to do about it."""
    text = normalise(text)
    if not has_visible(text):
        raise Unreadable(_("There is no text here. Paste or upload the words of the article."))
    if len(text) > MAX_CHARS:
        raise Unreadable(
            _(
                "The text has {count} characters and the limit is {max_chars}. Split it into several articles."
            ).format(count=f"{len(text):,}", max_chars=f"{MAX_CHARS:,}")
        )
    if _is_mostly_control(text):
        raise Unreadable(
            _("This looks like a binary file, not like text. Save the article as plain text and try again.")
        )
    return text


def sha256(text: str) -> str:
    """The hash that says whether two texts are the same text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs as `[start, end)`, in order; all that lies between them is white space.

    Blank lines divide. Inside a block every line is a paragraph of its own, as news sites write them,
    unless the block looks like prose that was wrapped by hand: then its lines belong together.
    """
    found: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        lines = [span for line in _LINE.finditer(text, start, end) if (span := _trimmed(text, *line.span()))]
        if _is_wrapped(text, lines):
            found.append((lines[0][0], lines[-1][1]))
        else:
            found.extend(lines)
    return found


def has_visible(text: str) -> bool:
    """Whether any character can be seen: not a space, a control or an invisible format character."""
    return any(unicodedata.category(c) not in _INVISIBLE for c in text)


_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_HARMLESS_CONTROLS = frozenset("\n\t\f\v\x85")


def _is_mostly_control(text: str) -> bool:
    """A tenth is plenty: prose has next to none, and a stray mark in a long article is no reason to refuse it."""
    strange = sum(
        1
        for c in text
        if c == "\ufffd" or (c not in _HARMLESS_CONTROLS and unicodedata.category(c) in {"Cc", "Cn", "Co"})
    )
    return strange * 10 > len(text)


def _blocks(text: str) -> list[tuple[int, int]]:
    blocks, at = [], 0
    for gap in _BLANK_LINE.finditer(text):
        blocks.append((at, gap.start()))
        at = gap.end()
    blocks.append((at, len(text)))
    return blocks


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    line = text[start:end]
    if not line.strip():
        return None
    return start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip())


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Lines of like width, most of which break off in the middle of a sentence."""
    if len(lines) < 3:
        return False
    body = lines[:-1]
    broken = sum(1 for start, end in body if not _SENTENCE_END.search(text, max(start, end - 4), end))
    widths = [end - start for start, end in body]
    return broken * 2 > len(body) and max(widths) <= 100 and min(widths) * 2 >= max(widths)
