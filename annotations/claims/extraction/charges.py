"""Statements that no verb of saying tells: accusations, ratings, hearsay (“is believed to”) and “claims that …”."""

from __future__ import annotations

from annotations.claims.extraction.cues import ACCUSE, BLAME, CLAIM_NOUNS, DENY, HEDGES, PASSIVE, RATE
from annotations.claims.extraction.memory import Who
from annotations.claims.extraction.names import who_is
from annotations.claims.extraction.said import Said, Sentence, said_by
from annotations.claims.extraction.subjects import without_between
from annotations.claims.extraction.words import DETERMINERS, PREPOSITIONS, Token, has_main_verb, is_finite

_BE = frozenset("is are was were be been being".split())
_NOBODY = Who("", "", True, False)
_NOUN_FOLLOWS = DETERMINERS | PREPOSITIONS | {","}


def by_charge(sentence: Sentence) -> list[Said]:
    """The first of the patterns that fits."""
    outside = sentence.outside
    for at, word in enumerate(outside):
        low = word.low
        if low in ACCUSE:
            parts = _accused(sentence, at)
        elif low in PASSIVE and at and _after_be(outside, at):
            parts = _hearsay(sentence, at)
        elif low == "quoted" and at and _after_be(outside, at):
            parts = _quoted(sentence, at)
        elif low in {"quoted", "quotes", "cited", "cites"} and at:
            parts = _quoting(sentence, at)
        elif low in DENY:
            parts = _denied(sentence, at)
        elif low in RATE and at and word.low not in _BE:
            parts = _rated(sentence, at)
        elif low in _EXPECT:
            parts = _expected(sentence, at)
        elif (low == "claimed" and at + 1 < len(outside) and outside[at + 1].low == "responsibility") or (
            low in _GERUND and at + 2 < len(outside) and _is_gerund(outside, at + 1)
        ):
            parts = _whole(sentence, at)
        elif low in BLAME:
            parts = _blamed(sentence, at)
        else:
            parts = []
        if parts:
            return parts
    return _by_noun(sentence) or _hedged(sentence)


def _after_be(words: list[Token], at: int) -> bool:
    back = at - 1
    while back > 0 and (
        words[back].low.endswith("ly") or words[back].low in {"also", "now", "not", "widely", "since"}
    ):
        back -= 1
    return words[back].low in _BE


def _subject(sentence: Sentence, at: int) -> tuple[list[Token], Who]:
    """The words before the verb from the last clause boundary on, and whom they mean."""
    words = sentence.outside[:at]
    first = 0
    for place, word in enumerate(words):
        if word.low in {"and", "but", "while", ";", "after", "as"} and has_main_verb(words[first:place]):
            first = place + 1
    words = words[first:]
    comma = next((place for place, word in enumerate(words) if word.text == ","), 0)
    if comma and comma < len(words) - 1 and words[0].low in PREPOSITIONS:
        words = words[comma + 1 :]
    words = without_between(words)
    while words and words[-1].low in _BE:
        words = words[:-1]
    words = [word for word in words if word.is_word or word.text == ","]
    if not words or len(words) > 20:
        return [], _NOBODY
    who = who_is(words, sentence.text, sentence.memory)
    sentence.memory.acts(who)
    return words, who


def _accused(sentence: Sentence, at: int) -> list[Said]:
    """“X accused Y of Z”, “Y is accused (by X) of Z”: Z is claimed about Y."""
    outside, text = sentence.outside, sentence.text
    of = next((place for place in range(at + 1, min(at + 25, len(outside))) if outside[place].low == "of"), 0)
    if not of or of + 1 >= len(outside):
        return []
    while of + 1 < len(outside) and not outside[of + 1].low.endswith("ing"):
        later = next((p for p in range(of + 1, min(of + 12, len(outside))) if outside[p].low == "of"), 0)
        if not later or not later + 1 < len(outside) or not outside[later + 1].low.endswith("ing"):
            break
        of = later
    passive = bool(at) and _after_be(outside, at)
    between = outside[at + 1 : of]
    noun = not outside[of + 1].low.endswith("ing") and not passive
    if noun and not between:
        return []
    span = (between[0].start if noun else outside[of + 1].start, sentence.end)
    words, who = _subject(sentence, at)
    if passive:
        subject = _phrase(text, words)
        by = between[1:] if between and between[0].low == "by" else []
        who = who_is(by, text, sentence.memory) if by else _NOBODY
    elif outside[at].low == "accusing" or not words:
        return []
    else:
        subject = "" if noun else _phrase(text, between)
    return [said_by(span, who, outside[at].text, subject=subject)]


def _phrase(text: str, words: list[Token]) -> str:
    return text[words[0].start : words[-1].end] if words else ""


def _hearsay(sentence: Sentence, at: int) -> list[Said]:
    """“S is believed to …” is told by nobody in particular; “it is alleged (by X) that S …” may name who."""
    outside = sentence.outside
    after = outside[at + 1 :]
    that = next((place for place, word in enumerate(after[:12]) if word.low == "that"), -1)
    subject = [word.low for word in outside[:at]]
    if that >= 0 and "it" in subject[-6:] and has_main_verb(after[that + 1 :]):
        by = after[1:that] if after[0].low == "by" else []
        who = who_is(by, sentence.text, sentence.memory) if by else _NOBODY
        parts = [said_by((after[that].end, sentence.end), who, outside[at].text)]
        it = next(place for place in range(at - 1, -1, -1) if outside[place].low == "it")
        if it > 3 and outside[it - 1].low in {"and", "but"} and has_main_verb(outside[: it - 1]):
            parts.insert(0, Said(sentence.start, outside[it - 1].start))
        return parts
    if after and after[0].low == "to" and outside[at].low not in {"expected", "known", "found", "shown"}:
        return [Said(sentence.start, sentence.end, "", outside[at].text)]
    return []


def _quoted(sentence: Sentence, at: int) -> list[Said]:
    """“X was quoted (by Y) as saying CONTENT”."""
    outside = sentence.outside
    for place in range(at + 1, min(at + 12, len(outside) - 1)):
        if outside[place].low in {"saying", "telling"}:
            start = outside[place + 1].end if outside[place + 1].low == "that" else outside[place].end
            _, who = _subject(sentence, at)
            return [said_by((start, sentence.end), who, outside[at].text)]
    return []


def _quoting(sentence: Sentence, at: int) -> list[Said]:
    """“The paper quoted X as saying CONTENT”: X says it."""
    outside = sentence.outside
    for place in range(at + 3, min(at + 16, len(outside) - 1)):
        if outside[place].low == "saying" and outside[place - 1].low == "as":
            start = outside[place + 1].end if outside[place + 1].low == "that" else outside[place].end
            who = who_is(outside[at + 1 : place - 1], sentence.text, sentence.memory)
            sentence.memory.acts(who)
            return [said_by((start, sentence.end), who, outside[at].text)] if who.name else []
    return []


def _denied(sentence: Sentence, at: int) -> list[Said]:
    """“X denied dumping waste”, “X rejected claims that S did”: the denial itself is what can be checked."""
    outside = sentence.outside
    after = outside[at + 1 :]
    if not after or (at and (_after_be(outside, at) or outside[at - 1].low in {"to", "the"})):
        return []
    noun = next((p for p, word in enumerate(after[:7]) if word.low in CLAIM_NOUNS), -1)
    words, who = _subject(sentence, at)
    if not words or not who.name:
        return []
    if noun >= 0 and noun + 1 < len(after) and after[noun + 1].low == "that":
        return [said_by((after[noun + 1].end, sentence.end), who, outside[at].text)]
    gerund = after[0].low.endswith("ing") or after[0].low in {
        "any",
        "wrongdoing",
        "all",
        "having",
        "the",
        "those",
        "these",
    }
    if outside[at].low.startswith("den") and gerund:
        return [said_by((words[0].start, sentence.end), who, outside[at].text)]
    return []


_EXPECT = frozenset(
    "expect expects expected forecast forecasts predicted predict predicts estimate estimated".split()
)
_GERUND = frozenset("reported recalled admitted confessed admits reports recalls".split())


def _is_gerund(words: list[Token], at: int) -> bool:
    return words[at].low.endswith("ing") or (words[at].low == "to" and words[at + 1].low.endswith("ing"))


def _whole(sentence: Sentence, at: int) -> list[Said]:
    """“X reported hearing shots”, “X claimed responsibility for …”: X says so of itself."""
    words, who = _subject(sentence, at)
    if not words or not who.name:
        return []
    return [said_by((words[0].start, sentence.end), who, sentence.outside[at].text)]


def _expected(sentence: Sentence, at: int) -> list[Said]:
    """“X expects Y to fall”."""
    after = sentence.outside[at + 1 : at + 12]
    to = next((place for place, word in enumerate(after) if word.low == "to"), 0)
    if not to or _after_be(sentence.outside, at) or any(is_finite(after, place) for place in range(to)):
        return []
    words, who = _subject(sentence, at)
    if not words or not who.name or any(word.text == "," for word in after[:to]):
        return []
    return [said_by((after[0].start, sentence.end), who, sentence.outside[at].text)]


def _rated(sentence: Sentence, at: int) -> list[Said]:
    """“X characterised Y as Z”, “X ranks Y among Z”: what is said about Y."""
    outside = sentence.outside
    if _after_be(outside, at) or outside[at - 1].low in _NOUN_FOLLOWS:
        return []
    after = outside[at + 1 : at + 14]
    joint = next((p for p, word in enumerate(after) if word.low in {"as", "among", "alongside"}), -1)
    if joint < 1 or is_finite(outside, at + 1) or any(is_finite(after, p) for p in range(1, joint)):
        return []
    words, who = _subject(sentence, at)
    if not words or not who.name or after[0].low in PREPOSITIONS:
        return []
    return [said_by((after[0].start, sentence.end), who, outside[at].text)]


def _blamed(sentence: Sentence, at: int) -> list[Said]:
    """“X blamed Y for Z”: the whole of it is the allegation."""
    outside = sentence.outside
    if (at and (_after_be(outside, at) or outside[at - 1].low in {"to", "the", "a"})) or at + 3 >= len(
        outside
    ):
        return []
    if not any(word.low in {"for", "on", "over"} for word in outside[at + 2 : at + 16]):
        return []
    words, who = _subject(sentence, at)
    if not words or not who.name:
        return []
    return [said_by((outside[at + 1].start, sentence.end), who, outside[at].text)]


def _by_noun(sentence: Sentence) -> list[Said]:
    """“X repeated longstanding claims that CONTENT”."""
    words = sentence.outside
    for at in range(2, len(words) - 3):
        if words[at].low in CLAIM_NOUNS and words[at + 1].low == "that" and has_main_verb(words[at + 2 :]):
            verb = next((place for place in range(1, at) if is_finite(words, place)), 0)
            if not verb or words[0].low in {"there", "it"}:
                continue
            _, who = _subject(sentence, verb)
            if who.name:
                return [said_by((words[at + 2].start, sentence.end), who, words[at].text)]
    return []


def _hedged(sentence: Sentence) -> list[Said]:
    """The outlet's own words with “reportedly” or “allegedly” in them."""
    hedge = next((word for word in sentence.outside if word.low in HEDGES), None)
    return [Said(sentence.start, sentence.end, "", hedge.text)] if hedge else []
