"""A text as comparing sees it: what printing changes is made one, and every place can be told in the text as it was.

Pure. Only characters that look or sound no different are folded; digits, letters and their case stay as they are.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass, field

DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts in which words stand without spaces, or take their endings without one: no edge of a word can be seen."""

_DASHES = r"\u2010-\u2015\u2212\ufe58\ufe63\uff0d-"
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_CHANGES = re.compile(
    rf"(?P<run>[\s{_UNSEEN}{_DASHES}]{{2,}})|(?P<unseen>[{_UNSEEN}])|(?P<dots>…|\.(?:[ \u00a0]?\.){{2,}})"
    r"|(?P<mark>[^\W\d_][\u0300-\u036f]+|[\u1100-\u11ff]+)|(?P<ligature>[\ufb00-\ufb06])"
    r"|(?P<guillemet>[«‹][\u00a0\u202f]|[\u00a0\u202f][»›])"
)
_ALIKE = (
    {ord(mark): "'" for mark in "'‘’‚‛`´ʼ‹›＇"}
    | {ord(mark): '"' for mark in '"“”„‟«»「」『』〝〞〟＂″'}
    | {ord(mark): "'" for mark in "′"}
    | {
        ord(space): " "
        for space in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
    }
    | dict.fromkeys(range(8192, 8203), " ")
    | dict.fromkeys((*range(8208, 8214), 8722, 65112, 65123, 65293), "-")
)
# Feet and inches keep their own marks: 6' is not 6".
_QUOTE_MARK = re.compile(r"(?<![0-9])\"")
_HAS_DASH = re.compile(rf"[{_DASHES}]")
_HAS_SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class Folded:
    """The folded text. `_changes` are the places whose length changed: (from, to) here and (from, to) there."""

    text: str
    _changes: list[tuple[int, int, int, int]] = field(repr=False)

    def places(self, start: int, end: int) -> tuple[int, int]:
        """`[start, end)` of the folded text in the text as it was."""
        return self._before(start), self._after(end - 1)

    def folded(self, place: int) -> int:
        """The place in the folded text for one in the text as it was."""
        at = bisect.bisect_right(self._changes, place, key=lambda change: change[2]) - 1
        if at < 0:
            return place
        here, there, _, ending = self._changes[at]
        return here if place < ending else there + place - ending

    def _change(self, place: int) -> tuple[int, int, int, int]:
        at = bisect.bisect_right(self._changes, place, key=lambda change: change[0]) - 1
        return self._changes[at] if at >= 0 else (0, 0, 0, 0)

    def _before(self, place: int) -> int:
        _, to, origin, ending = self._change(place)
        return origin if place < to else ending + place - to

    def _after(self, place: int) -> int:
        _, to, _, ending = self._change(place)
        return ending if place < to else ending + place - to + 1


def fold(text: str) -> Folded:
    """The text as comparing sees it."""
    pieces: list[str] = []
    changes: list[tuple[int, int, int, int]] = []
    at = length = 0
    for found in _CHANGES.finditer(text):
        between, new = text[at : found.start()], _instead(text, found)
        pieces += (between, new)
        length += len(between)
        changes.append((length, length + len(new), *found.span()))
        length += len(new)
        at = found.end()
    pieces.append(text[at:])
    plain = "".join(pieces).translate(_ALIKE)
    return Folded(_QUOTE_MARK.sub("'", plain), changes)


def _instead(text: str, found: re.Match[str]) -> str:
    words = found.group()
    if found.lastgroup == "run":
        return _run(text, words, found.start(), found.end())
    if found.lastgroup == "dots":
        return "..."
    if found.lastgroup == "mark":
        return unicodedata.normalize("NFC", words)
    if found.lastgroup == "ligature":
        return _LIGATURES[words]
    return '"' if found.lastgroup == "guillemet" else ""


def _run(text: str, words: str, start: int, end: int) -> str:
    """Spaces and dashes in a row. Before a digit a dash may be a sign, so there it stays as it was written."""
    dash = _HAS_DASH.search(words)
    if not dash:
        return " " if _HAS_SPACE.search(words) else ""
    if text[end : end + 1].isdigit() and not text[start - 1 : start].isdigit():
        before = " " if _HAS_SPACE.search(words[: dash.start()]) else ""
        after = " " if _HAS_SPACE.search(words[dash.end() :]) else ""
        return f"{before}-{after}"
    return "-"


# --- what may stand beside quoted words, so that nothing of a figure or a negation was cut off ------------------

_NEGATIONS = (
    r"not|never|no|nor|neither|without|cannot|nobody|nothing|none|hardly|barely|nicht|nie|niemals|kein\w{0,3}|pas|jamais"
    r"|ne|aucune?|ohne|sans|не|ни|нет|нельзя|nunca|jamás|sin|tampoco|não|nem|sem|niet|geen|nooit|inte|aldrig|ikke|mai"
)
_NEGATION = re.compile(rf"(?<!\w)(?:{_NEGATIONS})(?!\w)|n't(?!\w)", re.IGNORECASE)
_NEGATION_ENDS = re.compile(rf"(?:(?<!\w)(?:{_NEGATIONS})|n't|(?<!\w)non-|(?<!\w)un-) ?$", re.IGNORECASE)
_SPACELESS = re.compile(f"[{DENSE}]")
_FIGURE_BEFORE = re.compile(r"(?:[-+<>≤≥±~≈]|\d[.,:/]|[.,])$")
_GROUP_BEFORE = re.compile(r"\d $")
_GROUP = re.compile(r"\d{3}(?!\d)")
_FIGURE_AFTER = re.compile(
    r"[.,:/-]\d| ?[%‰]|°| \d{3}(?!\d)|[ -]?(?:hundred|thousand|million|billion|trillion|mn|bn|tn|lakh|crore|percent"
    r"|per cent)(?!\w)|[mk](?!\w)|[十百千万亿億萬兆만억조]",
    re.IGNORECASE,
)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `[start, end)` of a folded text begins and ends between words, and cuts no figure short."""
    before, after = text[max(0, start - 2) : start], text[end : end + 12]
    if (before and _glued(before[-1], text[start])) or (after and _glued(text[end - 1], after[0])):
        return False
    cut = _FIGURE_BEFORE.search(before) or (_GROUP_BEFORE.search(before) and _GROUP.match(text, start))
    if text[start].isdigit() and cut:
        return False
    return not (text[end - 1].isdigit() and _FIGURE_AFTER.match(after))


def negates_before(text: str, start: int) -> bool:
    """Whether the word right before `start` turns the words behind it into their opposite."""
    return bool(_NEGATION_ENDS.search(text[max(0, start - 16) : start]))


def negates_after(words: str) -> bool:
    """Whether there is a negation among these words."""
    return bool(_NEGATION.search(words))


def _glued(one: str, other: str) -> bool:
    if not (one.isalnum() and other.isalnum()):
        return False
    return (one.isdigit() and other.isdigit()) or not (_SPACELESS.match(one) or _SPACELESS.match(other))
