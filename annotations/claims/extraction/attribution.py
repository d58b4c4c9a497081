"""Who says what in a sentence: takes “X said”, “according to X” off and leaves the words that are claimed."""

from __future__ import annotations

import re
from dataclasses import replace

from annotations.claims.extraction.charges import by_charge
from annotations.claims.extraction.cues import RESEARCH, ROLES
from annotations.claims.extraction.memory import Memory, Who
from annotations.claims.extraction.names import is_name_word, who_is
from annotations.claims.extraction.quotes import Span, quotes_over
from annotations.claims.extraction.said import Said, Sentence, said_by, sentence_of, tidied
from annotations.claims.extraction.speaking import by_verb
from annotations.claims.extraction.words import (
    AUXILIARIES,
    PREPOSITIONS,
    Token,
    has_finite,
    has_main_verb,
    is_finite,
    tokens,
)

__all__ = ["Said", "attribute", "quotes_of"]

_ACCORDING = re.compile(
    r"\b(?:according\sto|in\sthe\swords\sof|as\s(?:reported|noted|stated|described|estimated|quoted)\sby)\s",
    re.IGNORECASE,
)
_ENDS_SOURCE = frozenset(
    "on in during after when released published made seen obtained for and while where with".split()
)


def quotes_of(text: str, start: int, end: int) -> list[Span]:
    """The inside of every quotation in a paragraph that is one sentence long or read as one."""
    return quotes_over(text, [(start, end)])


def attribute(text: str, start: int, end: int, quotes: list[Span], memory: Memory) -> list[Said]:
    """The parts of one sentence with their speakers, in order."""
    sentence = sentence_of(text, start, end, quotes, memory)
    memory.meet(sentence.outside, text, _introduced(sentence.outside))
    parts = _by_according(sentence) or by_verb(sentence)
    if parts:
        memory.speaker = next((part.claimant for part in reversed(parts) if part.claimant), memory.speaker)
    else:
        parts = _unspoken(sentence)
    parts = [tidied(sentence, part) for part in parts]
    return [part for part in parts if part.end > part.start] or [Said(start, end)]


def _introduced(words: list[Token]) -> list[tuple[list[Token], list[Token]]]:
    """Names that a sentence introduces, after a role or set off by commas, with the words that say who they are."""
    found, at = [], 0
    while at < len(words):
        run = at
        while run < len(words) and run - at < 4 and is_name_word(words[run]) and words[run].is_word:
            run += 1
        before = words[at - 1].low if at else ""
        after = words[run].text if run < len(words) else ""
        titled = run > at and before in {"mr", "mrs", "ms", "miss", "sir", "dame"}
        if titled or (run - at >= 2 and (before in ROLES or (before in {",", ""} and after == ","))):
            lead = words[max(0, at - 4) : at] if before == "," or before in ROLES else []
            found.append((words[at:run], lead[::-1] + (words[run + 1 : run + 8] if after == "," else [])))
        at = max(run, at + 1)
    return found


def _by_according(sentence: Sentence) -> list[Said]:
    text, start, end, outside = sentence.text, sentence.start, sentence.end, sentence.outside
    match = _ACCORDING.search(text, start, end)
    at = next((place for place, word in enumerate(outside) if match and word.start == match.start()), -1)
    if not match or at < 0:
        return []
    cue, before = match.group().strip(), outside[:at]
    after = [word for word in outside if word.start >= match.end()]
    if not after:
        return []
    joined = bool(before) and before[-1].low in {"that", "but", "and", "while"}
    opening = len(before) < 2 or before[0].low in PREPOSITIONS or before[-1].text != ","
    told = sentence.content(start, match.start())
    leading = joined or (not has_finite(told) and opening)
    if leading:
        content, source = _after_source(sentence, after)
        if content >= 0:
            parts = _within(sentence, (content, end), source, cue)
            second = joined and before[-1].low in {"and", "but"} and has_main_verb(before[:-1])
            return [Said(start, before[-1].start), *parts] if second else parts
    return _according_after(sentence, (match.start(), cue), after)


def _according_after(sentence: Sentence, cue_at: tuple[int, str], after: list[Token]) -> list[Said]:
    """“CONTENT, according to X (, CONTENT)”."""
    (at, cue), text, start, end = cue_at, sentence.text, sentence.start, sentence.end
    commas = [place for place, word in enumerate(after) if word.text == ","]
    stop = commas[0] if commas else len(after)
    apposed = commas[1] if len(commas) > 1 and _is_apposition(after[commas[0] + 1 : commas[1]]) else stop
    source = _source(after[:apposed])
    who = who_is(source, text, sentence.memory)
    sentence.memory.acts(who)
    rest = (after[apposed].end, end) if apposed < len(after) else (end, end)
    if not has_finite(sentence.content(start, at)):
        subject = text[start:at].strip(' ,“”"')
        return [said_by(rest if rest[1] > rest[0] else (start, end), who, cue, subject=subject)]
    first = [said_by((start, at), who, cue)]
    if has_main_verb(sentence.content(*rest)) and not _is_apposition(sentence.content(*rest)):
        first.extend(_within(sentence, rest, source, cue))
    return first


def _source(words: list[Token]) -> list[Token]:
    """The words of a source up to when and where it said so: “the ministry | on Monday”."""
    found: list[Token] = []
    for word in words:
        if word.text in {".", "!", "?", ";", ":"} or (len(found) > 1 and word.low in _ENDS_SOURCE):
            if word.low == "and" or (word.low in {"in", "for"} and found[-1].is_capital is False):
                found.append(word)
                continue
            break
        found.append(word)
    return found


def _after_source(sentence: Sentence, after: list[Token]) -> tuple[int, list[Token]]:
    """Where the content begins behind “According to X, the Y,”, or -1, and the words for X."""
    commas = [place for place, word in enumerate(after) if word.text == ","]
    if not commas:
        return -1, []
    for comma in commas[:4]:
        if any(abs(a - after[comma].end) <= 3 for a, _ in sentence.inside):
            return after[comma].end, after[:comma]
    cut = 0
    while cut < len(commas) - 1 and _is_apposition(after[commas[cut] + 1 : commas[cut + 1]]):
        cut += 1
    if not sentence.content(after[commas[cut]].end, sentence.end):
        return -1, []
    return after[commas[cut]].end, after[: commas[cut]]


def _within(sentence: Sentence, span: Span, source: list[Token], cue: str) -> list[Said]:
    """What a source tells; a speaker inside it (“According to the BBC, Smith said …”) stands nearer to the claim."""
    lo = next((at for at, word in enumerate(sentence.outside) if word.start >= span[0]), 0)
    inner = by_verb(sentence, lo) if lo else []
    if inner:
        return [
            part
            if part.claimant
            else said_by((part.start, part.end), who_is(source, sentence.text, sentence.memory), cue)
            for part in inner
        ]
    who = who_is(source, sentence.text, sentence.memory)
    sentence.memory.acts(who)
    return [said_by(span, who, cue)]


def _is_apposition(words: list[Token]) -> bool:
    """“, the deputy ambassador,” or “, who leads it,”: says who somebody is and is no clause of its own."""
    if not words:
        return True
    if words[0].low in {"who", "which", "whose", "quoting", "citing"}:
        return True
    return not has_finite(words) and any(word.low in ROLES or word.low in RESEARCH for word in words)


def _by_colon(sentence: Sentence) -> list[Said]:
    """A headline such as “WHO: measles cases tripled”."""
    outside = sentence.outside
    colon = next((at for at, word in enumerate(outside[:6]) if word.text == ":"), 0)
    if not colon or has_finite(outside[:colon]) or not has_main_verb(outside[colon + 1 :]):
        return []
    source = outside[:colon]
    if (
        not (source[-1].text.isupper() and len(source[-1].text) > 1)
        and source[-1].low not in ROLES
        and source[-1].low not in RESEARCH
    ):
        return []
    return [said_by((outside[colon].end, sentence.end), who_is(source, sentence.text, sentence.memory), "")]


def _unspoken(sentence: Sentence) -> list[Said]:
    """No verb of saying: a quotation of somebody named elsewhere, “he accused them: …”, or the outlet's own words."""
    memory = sentence.memory
    subject = _subject(sentence)
    longest = max(sentence.inside, key=lambda span: span[1] - span[0], default=None)
    if longest and (longest[1] - longest[0]) * 10 >= (sentence.end - sentence.start) * 8:
        return [Said(*longest, memory.speaker, "", True, False)]
    if longest and subject.name and _is_long_quote(sentence, longest) and not _is_named(sentence, longest):
        memory.acts(subject)
        memory.speaker = subject.name
        return [said_by(longest, subject, _verb_of(sentence.outside), in_quotes=True)]
    parts = _by_colon(sentence) or by_charge(sentence)
    if not parts and subject.name:
        memory.acts(subject)
        if sentence.outside and sentence.text[sentence.outside[-1].start] in ":,":
            memory.speaker = subject.name
    return parts or [Said(sentence.start, sentence.end)]


def _is_long_quote(sentence: Sentence, span: Span) -> bool:
    words = tokens(sentence.text, *span)
    return has_finite(words) and len([word for word in words if word.is_word]) >= 6


def _is_named(sentence: Sentence, span: Span) -> bool:
    """“…, which she described as “a fraction of what he stole””: the quotation is part of what is told."""
    before = [word for word in sentence.outside if word.start < span[0] and word.is_word]
    return bool(before) and before[-1].low in {"as", "a", "an", "the", "of"}


def _subject(sentence: Sentence) -> Who:
    words = sentence.outside
    phrase: list[Token] = []
    for at, word in enumerate(words[:18]):
        if word.text in {":", "."} or (at and is_finite(words, at)):
            break
        phrase.append(word)
    phrase = [word for word in phrase if word.is_word or word.text == ","]
    if not phrase or len(phrase) > 16 or phrase[0].low in PREPOSITIONS:
        return Who("", "", True, False)
    return who_is(phrase, sentence.text, sentence.memory)


def _verb_of(words: list[Token]) -> str:
    """The verb that stands for saying: “accused … : “…””; none when it only says that something is."""
    verbs = (word for at, word in enumerate(words) if at and is_finite(words, at))
    return next((word.text for word in verbs if word.low not in AUXILIARIES), "")


def renamed(part: Said, claimant: str) -> Said:
    """The same part with a speaker who is named in another sentence."""
    return replace(part, claimant=claimant, claimant_in_sentence=False, as_written="")
