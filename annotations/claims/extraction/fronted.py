"""“X said (on Monday) (that) CONTENT”: the speaker comes before the words."""

from __future__ import annotations

from collections.abc import Callable

from annotations.claims.extraction.charges import by_charge
from annotations.claims.extraction.contents import content_after, is_statement, past_thought
from annotations.claims.extraction.cues import ACCUSE, BARE, DENY, ONGOING, RESEARCH, SAY, SAY_THAT
from annotations.claims.extraction.memory import Who
from annotations.claims.extraction.names import who_is
from annotations.claims.extraction.quotes import Span
from annotations.claims.extraction.said import Said, Sentence, said_by, sentence_of
from annotations.claims.extraction.subjects import CUES, JOINS, is_cue, may_speak, subject_before
from annotations.claims.extraction.words import PRONOUNS, Token, has_main_verb

_NO_SPEAKER = frozenset(
    "that which to as there though although while if because when by what where how why than".split()
)
_CONCEDES = frozenset("although though while after as since whereas".split())
_DECIDED = frozenset("ruled found rejected decided overturned refused declined dismissed refuted".split())


Again = Callable[[Sentence, int], list[Said]]  # reads the rest of a sentence from a word on
_ENDS_CLAUSE = JOINS | {";"}


def told_after(sentence: Sentence, lo: int, at: int, again: Again) -> list[Said]:
    """“X said (on Monday) (that) CONTENT”, also after another clause: “A happened, and X said B”."""
    outside, cue = sentence.outside, sentence.outside[at]
    content, explicit = content_after(sentence, at)
    if not is_statement(sentence, cue, content, explicit=explicit):
        return []
    first, subject = subject_before(outside, lo, at)
    if len(subject) > 1 and subject[0].low in _CONCEDES and lo + 1 == at - len(subject) + 1:
        subject = subject[1:]
    if not subject or not any(word.is_word for word in subject) or subject[0].low in _NO_SPEAKER:
        return []
    bare_report = cue.low in SAY_THAT and cue.low not in SAY and not explicit
    if bare_report and not (cue.low in BARE or any(word.low in RESEARCH for word in subject)):
        return []
    who = who_is(subject, sentence.text, sentence.memory)
    if not who.name:
        return []
    sentence.memory.acts(who)
    parts = _before_subject(sentence, lo, first, subject[0], again)
    content = past_thought(sentence, content)
    if outside[lo].low in _CONCEDES and first == lo and subject[0].start <= outside[lo].start + 12:
        return _before_comma(sentence, at, content, who, again)
    return parts + _several(sentence, at, content, who, again)


def _before_subject(sentence: Sentence, lo: int, first: int, subject: Token, again: Again) -> list[Said]:
    """The clause that stands before the speaker: “A happened, and …” or “Although A, …”."""
    outside = sentence.outside
    if first > lo:
        before = (outside[lo].start if lo else sentence.start, outside[first - 1].start)
        return _own_words(sentence, before) if has_main_verb(sentence.content(*before)) else []
    if outside[lo].low in _CONCEDES and subject.start > outside[lo].start:
        before = (outside[lo].end, subject.start)
        return _conceded(sentence, before, again) if has_main_verb(sentence.content(*before)) else []
    return []


def _own_words(sentence: Sentence, span: Span) -> list[Said]:
    """“X accused Y of Z, adding that …”: an accusation is its accuser's, anything else the outlet's."""
    end = span[0] + len(sentence.text[slice(*span)].rstrip(" ,"))
    inner = sentence_of(sentence.text, span[0], end, sentence.inside, sentence.memory)
    charged = by_charge(inner)
    return charged if charged and charged[0].cue.lower() in ACCUSE else [Said(*span)]


def _before_comma(sentence: Sentence, at: int, content: int, who: Who, again: Again) -> list[Said]:
    """“Although X says A, B”: only A is told by X."""
    outside = sentence.outside
    for place in range(at + 2, len(outside) - 3):
        if outside[place].text == "," and has_main_verb(outside[place + 1 :]):
            told = said_by((content, outside[place].start), who, outside[at].text)
            return [told, *(again(sentence, place + 1) or [Said(outside[place].end, sentence.end)])]
    return _several(sentence, at, content, who, again)


def _conceded(sentence: Sentence, span: Span, again: Again) -> list[Said]:
    """“While the ministry says the dam is safe, …”: read like a sentence of its own."""
    end = span[0] + len(sentence.text[slice(*span)].rstrip(" ,"))
    inner = sentence_of(sentence.text, span[0], end, sentence.inside, sentence.memory)
    return again(inner, 0) or [Said(span[0], end)]


def _several(sentence: Sentence, at: int, content: int, who: Who, again: Again) -> list[Said]:
    """The statement, cut where somebody else, or the same one again, speaks: “…, and Y said that …”."""
    outside = sentence.outside
    cue = outside[at]
    for place in range(at + 4, len(outside)):
        if outside[place].low in DENY | _DECIDED and (join := _contrasted(outside, at, place)):
            return [
                said_by((content, outside[join].start), who, cue.text),
                Said(outside[join].end, sentence.end),
            ]
        if outside[place].low not in CUES or not is_cue(outside, place):
            continue
        join = next(
            (
                j
                for j in range(place - 1, max(at + 2, place - 9), -1)
                if outside[j].low == ";" or outside[j].low in JOINS
            ),
            0,
        )
        ongoing = outside[place].low in ONGOING and outside[place - 1].text == ","
        if ongoing:
            join = place - 1
        if not join or not has_main_verb(sentence.content(content, outside[join].start)):
            continue
        told, explicit = content_after(sentence, place)
        if not is_statement(sentence, outside[place], told, explicit=explicit):
            continue
        first = said_by((content, outside[join].start), who, cue.text)
        if place - join <= 2 and (ongoing or explicit or (place - join == 1 and outside[place].low in SAY)):
            return [first, *_several(sentence, place, told, who, again)]
        between = outside[join + 1 : place]
        if between and may_speak(between, quoted=False):
            return [first, *again(sentence, join + 1)]
    return [said_by((content, sentence.end), who, cue.text)]


def _contrasted(outside: list[Token], at: int, place: int) -> int:
    """“…, but his office denied it”: the number of the “but”, when the outlet goes on to say what another did."""
    for join in range(place - 1, max(at + 3, place - 8), -1):
        if outside[join].low in {"but", "while", "although"} and outside[join - 1].text == ",":
            between = outside[join + 1 : place]
            return (
                join if between and between[0].low not in PRONOUNS and may_speak(between, quoted=False) else 0
            )
    return 0
