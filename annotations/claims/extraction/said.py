"""What the reading of a sentence is made of: its words, its quotations, and the parts that somebody stands behind."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from annotations.claims.extraction.memory import Memory, Who
from annotations.claims.extraction.quotes import Span
from annotations.claims.extraction.words import Token, tokens


@dataclass(frozen=True)
class Said:
    """A part of a sentence, `[start, end)` in the text, with who stands behind it; nobody is the outlet.

    `claimant` is the fullest name known; `as_written` are the words of this sentence for them (“Lopez”, “she”), empty
    when they are named elsewhere. `subject` is what a part that begins with its verb goes on about.
    """

    start: int
    end: int
    claimant: str = ""
    cue: str = ""
    in_quotes: bool = False
    claimant_in_sentence: bool = True
    as_written: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence taken apart: its words, those outside quotation marks, and the insides of its quotations."""

    text: str
    start: int
    end: int
    words: list[Token]
    outside: list[Token]
    inside: list[Span]
    memory: Memory

    def content(self, start: int, end: int) -> list[Token]:
        """The words of a part, quoted ones too."""
        return [word for word in self.words if start <= word.start and word.end <= end]


def sentence_of(text: str, start: int, end: int, quotes: list[Span], memory: Memory) -> Sentence:
    words = tokens(text, start, end)
    inside = [(max(a, start), min(b, end)) for a, b in quotes if a < end and b > start]
    outside, at = [], 0
    for word in words:
        while at < len(inside) and inside[at][1] <= word.start:
            at += 1
        if at == len(inside) or word.start < inside[at][0]:
            outside.append(word)
    return Sentence(text, start, end, words, outside, inside, memory)


def said_by(span: Span, who: Who, cue: str, *, in_quotes: bool = False, subject: str = "") -> Said:
    return Said(*span, who.name, cue, in_quotes, who.in_sentence, who.written, subject)


_MAY_OPEN = "([{$€£¥₹₽₩₴₪₦#@‘’'"
_MARKS = ' \t\n,;:.!?…—–-"“”«»'
_INITIALS_END = re.compile(r"(?:\b\w\.){2}$")


def tidied(sentence: Sentence, part: Said) -> Said:
    """Marks and spaces off the ends; quoted when most of what is left stands in quotation marks."""
    text, start, end = sentence.text, part.start, part.end
    while start < end and not text[start].isalnum() and text[start] not in _MAY_OPEN:
        start += 1
    closing = {b for a, b in sentence.inside if a > start + 1}
    while end > start and text[end - 1] in _MARKS and end - 1 not in closing:
        if text[end - 1] == "." and _INITIALS_END.search(text[max(start, end - 5) : end]):
            break
        end -= 1
    start, end = _only_quoted(sentence, start, end)
    end = _without_joint(sentence, start, end)
    covered = sum(max(0, min(b, end) - max(a, start)) for a, b in sentence.inside)
    return replace(part, start=start, end=end, in_quotes=end > start and covered * 10 >= (end - start) * 6)


def _only_quoted(sentence: Sentence, start: int, end: int) -> Span:
    """A part that is one quotation and a mark or two more ends where the quotation does."""
    for a, b in sentence.inside:
        if (
            abs(a - start) <= 1
            and start < b < end
            and (b - a) * 100 >= (end - start) * 85
            and not sentence.content(b + 1, end)[4:]
        ) and not any(word.is_word and len(word.text) > 3 for word in sentence.content(b + 1, end)):
            return a, b - (sentence.text[b - 1] in ",.")
    return start, end


def _without_joint(sentence: Sentence, start: int, end: int) -> int:
    """“boats of migrants which, according to …”: the joint belongs to what follows."""
    words = sentence.content(start, end)
    while len(words) > 3 and (words[-1].low in _JOINTS or words[-1].text == ","):
        words = words[:-1]
        end = words[-1].end
    return end


_JOINTS = frozenset("which who and but or while where although".split())
