"""Who says what in a sentence: takes “X said”, “according to X” off and leaves the words that are claimed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from annotations.claims.extraction.names import Memory, name_of
from annotations.claims.extraction.words import (
    CLAIM_NOUNS,
    PREPOSITIONS,
    RESEARCH,
    ROLES,
    SAY,
    SAY_THAT,
    Token,
    has_finite,
    is_finite,
    tokens,
)


@dataclass(frozen=True)
class Said:
    """A part of a sentence, `[start, end)` in the text, with who stands behind it; nobody is the outlet."""

    start: int
    end: int
    claimant: str = ""
    cue: str = ""
    in_quotes: bool = False


_QUOTE = re.compile('“[^“”\n]{1,1500}[”\n]?|"[^"\n]{1,1500}(?:"|(?=\n)|$)')
_ACCORDING = re.compile(r"\b(?:according\sto|in\sthe\swords\sof)\s", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"\s{0,2}(?:(?:reporters|journalists|lawmakers|viewers|the\s(?:court|council|parliament|BBC|AP|press|media|crowd"
    r"|audience|newspaper|agency|conference|committee|hearing)|Reuters|AFP|CNN|BBC(?:\sNews)?|AP)\s?"
    r"|(?:on|in|at|during|after|late|early|earlier|last|this|by|via|through|before|to)\s[^,:“\"]{2,60}?"
    r"(?=\s?(?:,|:|\bthat\b))"
    r"|(?:on\s|late\s|early\s|last\s|this\s)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today"
    r"|week|month|year)\s?|in\sa\s(?:statement|tweet|post|speech|report|letter|news\srelease|press\srelease|interview)\s?"
    r"|without\s(?:\w{1,20}\s){1,3}?(?=that\b)|also\s|,\s?){0,3}(?:\s?that\b|\s?:)?\s?",
    re.IGNORECASE,
)
_NO_SPEAKER = frozenset("that which to it as there though although while if because when by what".split())
_LEADS = frozenset("the a an one he she they his her their some several many two police".split())
_ENDS_NAME = frozenset("on in at during after adding late when that as last".split())
_NO_VERB_OF_ITS_OWN = frozenset("has have had published released conducted issued posted based".split())
_BETWEEN = frozenset("has have had also later then ’s previously repeatedly".split())
_ADJUNCT_OPENERS = frozenset("on in at speaking during after however by when".split())
_MAY_OPEN = "([{$€£¥₹₽₩₴₪₦#@‘’'"
_MARKS = ' \t\n,;:.!?…—–-"“”'


def quotes_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The inside of every quotation in a paragraph; one that is never closed runs to the paragraph's end."""
    found = []
    for match in _QUOTE.finditer(text, start, end):
        begin, stop = match.start() + 1, match.end()
        if text[stop - 1] in '”"':
            stop -= 1
        if stop > begin:
            found.append((begin, stop))
    return found


@dataclass(frozen=True)
class _Sentence:
    """One sentence taken apart: its words, those outside quotation marks, and the insides of its quotations."""

    text: str
    start: int
    end: int
    words: list[Token]
    outside: list[Token]
    inside: list[tuple[int, int]]
    memory: Memory


def attribute(text: str, start: int, end: int, quotes: list[tuple[int, int]], memory: Memory) -> list[Said]:
    """The parts of one sentence with their speakers, in order."""
    words = tokens(text, start, end)
    outside = [word for word in words if not _quoted(word.start, quotes)]
    inside = [(max(a, start), min(b, end)) for a, b in quotes if a < end and b > start]
    memory.meet(outside, text)
    sentence = _Sentence(text, start, end, words, outside, inside, memory)
    parts = _by_according(sentence) or _by_verb(sentence)
    if parts:
        memory.speaker = parts[0].claimant or memory.speaker
    else:
        parts = [_unspoken(sentence)]
    return [_tidied(text, part, quotes) for part in parts]


def _unspoken(sentence: _Sentence) -> Said:
    """No verb of saying: a quotation of somebody named elsewhere, “he accused them: …”, or the outlet's own words."""
    text, memory = sentence.text, sentence.memory
    subject, person = _subject(text, sentence.outside, memory)
    if person:
        memory.learn(subject, is_person=True)
    longest = max(sentence.inside, key=lambda span: span[1] - span[0], default=None)
    if longest and (longest[1] - longest[0]) * 10 >= (sentence.end - sentence.start) * 8:
        return Said(*longest, memory.speaker, "", True)
    if longest and has_finite(tokens(text, *longest)) and len(text[slice(*longest)].split()) >= 6 and subject:
        memory.speaker = (memory.person or subject) if subject.lower() in {"he", "she"} else subject
        return Said(*longest, memory.speaker, _verb_of(sentence.outside), True)
    return _by_noun(text, sentence.end, sentence.outside, subject) or Said(sentence.start, sentence.end)


def _by_according(sentence: _Sentence) -> list[Said]:
    text, start, end = sentence.text, sentence.start, sentence.end
    words, outside, inside, memory = sentence.words, sentence.outside, sentence.inside, sentence.memory
    match = _ACCORDING.search(text, start, end)
    if not match or not any(word.start == match.start() for word in outside):
        return []
    cue = match.group().strip()
    after = [word for word in words if word.start >= match.end()]
    commas = [at for at, word in enumerate(after) if word.text == "," and not _quoted(word.start, inside)]
    leading = match.start() - start < 12 and not has_finite([w for w in words if w.start < match.start()])
    if leading:
        cut = 0
        while cut < len(commas) - 1 and _is_apposition(after[commas[cut] + 1 : commas[cut + 1]]):
            cut += 1
        if not commas:
            return []
        name, person = name_of(after[: commas[cut]], text, memory)
        content = (after[commas[cut]].end, end)
    else:
        stop = commas[0] if commas else len(after)
        apposed = commas[1] if len(commas) > 1 and _is_apposition(after[commas[0] + 1 : commas[1]]) else stop
        phrase = [word for word in after[:apposed] if word.text not in {".", "!", "?"}]
        name, person = name_of(phrase, text, memory)
        before = (start, match.start())
        rest = (after[apposed].end, end) if apposed < len(after) else (end, end)
        content = rest if rest[1] - rest[0] > before[1] - before[0] else before
    memory.learn(name, is_person=person)
    return [Said(*content, name, cue)]


def _is_apposition(words: list[Token]) -> bool:
    """“, the deputy ambassador,” or “, who leads it,”: says who somebody is and is no clause of its own."""
    if not words:
        return True
    if words[0].low in {"who", "which", "whose", "quoting", "citing"}:
        return True
    return not has_finite(words) and any(word.low in ROLES | RESEARCH for word in words)


def _by_verb(sentence: _Sentence) -> list[Said]:
    for at, word in enumerate(sentence.outside):
        if word.low in SAY or word.low in SAY_THAT:
            parts = _verb_after(sentence, at) or _verb_before(sentence, at)
            if parts:
                return parts
    return []


def _verb_after(sentence: _Sentence, at: int) -> list[Said]:
    """“CONTENT, X said.” and “CONTENT, said X.”"""
    text, start = sentence.text, sentence.start
    inside, memory = sentence.inside, sentence.memory
    cue, before, after = sentence.outside[at], sentence.outside[:at], sentence.outside[at + 1 :]
    ends_quote = [b for a, b in inside if b <= cue.start and b - a > 8]
    commas = [word.start for word in before if word.text == ","]
    marks = sorted({*ends_quote, *commas})
    for mark in marks:
        subject = [w for w in before if w.start > mark and (w.is_word or w.text == ",")]
        while subject and subject[0].text == ",":
            subject = subject[1:]
        content = (start, mark)
        if len(text[start:mark].split()) < 3 or not (
            mark in ends_quote or has_finite(tokens(text, start, mark))
        ):
            continue
        if not subject:
            subject = _leading_noun(after)
            follow: list[Token] = after[len(subject) :]
        else:
            fits = _may_lead(subject[0]) or mark in ends_quote
            if len(subject) > 16 or _has_own_verb(subject) or not fits:
                continue
            follow = after
        if not subject or (follow and follow[0].low == "that"):
            continue
        if mark not in ends_quote and not inside and follow[:1] and follow[0].is_word:
            comma = next((place for place, word in enumerate(follow) if word.text == ","), len(follow))
            if has_finite(follow[:comma]):
                continue
        name, person = name_of(subject, text, memory)
        name = memory.resolve(name)
        memory.learn(name, is_person=person)
        parts = [Said(*content, name, cue.text)]
        parts += [Said(a, b, name, cue.text, True) for a, b in inside if a > cue.end and b - a > 20]
        return parts
    return []


def _may_lead(word: Token) -> bool:
    """Whether a speaker's noun phrase can begin with this word."""
    if word.low in {"and", "but", "which", "who", "while"}:
        return False
    return word.is_capital or word.low in _LEADS | ROLES | RESEARCH or word.low.endswith("s")


def _has_own_verb(words: list[Token]) -> bool:
    """A verb of its own outside a relative clause; “has” before “said” belongs to the cue."""
    return any(
        is_finite(words, at) for at in range(len(words) - 1) if words[at].low not in _NO_VERB_OF_ITS_OWN
    ) and not any(word.low in {"who", "which", "whose"} for word in words)


def _leading_noun(words: list[Token]) -> list[Token]:
    found = []
    for at, word in enumerate(words):
        if not word.is_word and word.text not in {",", "’s"}:
            break
        if word.low in _ENDS_NAME or (at and is_finite(words, at)):
            break
        found.append(word)
    if found and not (found[0].is_capital or found[0].low in {"the", "a", "an", "one", "his", "her"}):
        return found if found[0].low in ROLES | RESEARCH | {"he", "she", "they"} else []
    return found[:14]


def _verb_before(sentence: _Sentence, at: int) -> list[Said]:
    """“X said (on Monday) (that) CONTENT”, also after another clause: “A happened, and X said B”."""
    text, start, end = sentence.text, sentence.start, sentence.end
    inside, memory = sentence.inside, sentence.memory
    cue, before = sentence.outside[at], sentence.outside[:at]
    first = 0
    for place, word in enumerate(before):
        boundary = word.low in {"and", "but", "while", "although", "whereas"} or word.text == ";"
        if boundary and has_finite(before[first:place]):
            first = place + 1
    subject = before[first:]
    while subject and subject[-1].low in _BETWEEN:
        subject = subject[:-1]
    lead = [place for place, word in enumerate(subject) if word.text == ","]
    if subject and lead and subject[0].low in _ADJUNCT_OPENERS:
        subject = subject[lead[0] + 1 :]
    comma = next((place for place, word in enumerate(subject) if word.text == ","), len(subject))
    if not subject or len(subject) > 24 or _has_own_verb(subject[:comma]):
        return []
    if not any(word.is_word for word in subject) or subject[0].low in _NO_SPEAKER:
        return []
    adjunct = _ADJUNCT.match(text, cue.end, end)
    at_content = adjunct.end() if adjunct else cue.end
    explicit = bool(adjunct and re.search(r"that\s?$|:\s?$", adjunct.group())) or any(
        abs(a - at_content) <= 3 for a, _ in inside
    )
    content_words = tokens(text, at_content, end)
    if len([w for w in content_words if w.is_word]) < 3:
        return []
    research = any(word.low in RESEARCH for word in subject)
    if cue.low in SAY_THAT and not explicit and not (research and has_finite(content_words)):
        return []
    if cue.low in SAY and not explicit and not has_finite(content_words):
        return []
    name, person = name_of([w for w in subject if w.is_word or w.text == ","], text, memory)
    name = memory.resolve(name)
    memory.learn(name, is_person=person)
    parts = [Said(at_content, end, name, cue.text)]
    if first:
        parts.insert(0, Said(start, before[first - 1].start))
        memory.speaker = name
    return parts


def _subject(text: str, words: list[Token], memory: Memory) -> tuple[str, bool]:
    phrase: list[Token] = []
    for at, word in enumerate(words):
        if word.text in {":", "."} or (at and is_finite(words, at)):
            break
        phrase.append(word)
    phrase = [w for w in phrase if w.is_word or w.text == ","]
    if not phrase or len(phrase) > 16 or phrase[0].low in PREPOSITIONS:
        return "", False
    if len(phrase) == 1 and phrase[0].low in {"he", "she"}:
        return phrase[0].text, False
    return name_of(phrase, text, memory)


def _verb_of(words: list[Token]) -> str:
    return next((word.text for at, word in enumerate(words) if at and is_finite(words, at)), "")


def _by_noun(text: str, end: int, words: list[Token], subject: str) -> Said | None:
    """“X repeated longstanding claims that CONTENT”."""
    for at in range(2, len(words) - 3):
        if (
            subject.lower() not in {"", "there", "it"}
            and words[at].low in CLAIM_NOUNS
            and words[at + 1].low == "that"
            and has_finite(words[at + 2 :])
        ):
            return Said(words[at + 2].start, end, subject, words[at].text)
    return None


def _quoted(position: int, quotes: list[tuple[int, int]]) -> bool:
    return any(a <= position < b for a, b in quotes)


def _tidied(text: str, part: Said, quotes: list[tuple[int, int]]) -> Said:
    """Marks and spaces off the ends; QUOTED when most of what is left stands in quotation marks."""
    start, end = part.start, part.end
    while start < end and not text[start].isalnum() and text[start] not in _MAY_OPEN:
        start += 1
    closing = {b for a, b in quotes if a > start + 1}
    while (
        end > start
        and text[end - 1] in _MARKS
        and end - 1 not in closing
        and not re.search(r"(?:\b\w\.){2}$", text[max(start, end - 5) : end])
    ):
        end -= 1
    covered = sum(max(0, min(b, end) - max(a, start)) for a, b in quotes)
    return replace(part, start=start, end=end, in_quotes=end > start and covered * 10 >= (end - start) * 6)
