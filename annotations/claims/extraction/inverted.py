"""“CONTENT, X said”, “CONTENT, said X” and “Half of it, X said, was spent”: the speaker comes after the words."""

from __future__ import annotations

from collections.abc import Callable

from annotations.claims.extraction.contents import content_after
from annotations.claims.extraction.cues import ONGOING, ROLES, TELL
from annotations.claims.extraction.memory import Who
from annotations.claims.extraction.names import who_is
from annotations.claims.extraction.quotes import Span
from annotations.claims.extraction.said import Said, Sentence, said_by
from annotations.claims.extraction.subjects import (
    ENDS_NAME,
    leading_noun,
    may_speak,
    without_between,
    words_after,
)
from annotations.claims.extraction.words import WEEKDAYS, Token, has_finite, has_main_verb, is_finite

Again = Callable[[Sentence, int], list[Said]]  # reads the rest of a sentence from a word on


def told_before(sentence: Sentence, lo: int, at: int, again: Again) -> list[Said]:
    """“CONTENT, X said.” and “CONTENT, said X.”"""
    outside, start = sentence.outside, sentence.outside[lo].start if lo else sentence.start
    cue, before, after = outside[at], outside[lo:at], outside[at + 1 :]
    if cue.low in ONGOING:
        return []
    ends_quote = [b for a, b in sentence.inside if start <= a and b <= cue.start and b - a > 8]
    marks = sorted({*ends_quote[-1:], *(word.start for word in before if word.text in {",", "—", "–"})})
    opened = () if ends_quote else tuple(place for a, _ in sentence.inside for place in range(a - 3, a + 1))
    for number in range(len(marks) - 1, -1, -1):
        mark, subject, follow = marks[number], words_after(before, marks[number]), after
        quoted = mark in ends_quote
        inverted = not subject
        if inverted:
            subject = leading_noun(after, quoted=quoted)
            follow = after[len(subject) :]
        elif not may_speak(subject, quoted=quoted):
            continue
        if cue.end in opened or (follow and follow[0].text == ":"):
            return []
        if not subject or _that_follows(follow) or (not quoted and _goes_on(cue, follow)):
            continue
        if not quoted:
            mark, subject = _with_appositions(before, marks[: number + 1], subject)
        if mark not in ends_quote and not has_main_verb(sentence.content(start, mark)):
            if inverted:
                continue
            return _told_between(sentence, (start, mark), subject, cue, follow)
        return _told(sentence, (start, mark), subject, at, follow, again)
    return []


def _that_follows(follow: list[Token]) -> bool:
    for word in follow[:9]:
        if word.low == "that":
            return True
        if not word.is_word:
            break
    return False


def _with_appositions(before: list[Token], marks: list[int], subject: list[Token]) -> tuple[int, list[Token]]:
    """“…, the inspector, Joan Reyes, said”: the comma before the whole of the speaker, and its words."""
    mark = marks[-1]
    for earlier in reversed(marks[:-1]):
        chunk = [word for word in before if earlier < word.start < mark and word.is_word]
        relative = bool(chunk) and chunk[0].low in {"who", "which", "whose"}
        named = 1 < len(chunk) <= 4 and all(word.is_capital for word in chunk)
        titled = any(word.low in ROLES for word in chunk) and subject[0].is_capital and len(chunk) < 9
        if not chunk or not (relative or ((named or titled) and not has_finite(chunk))):
            break
        mark, subject = earlier, words_after(before, earlier)
    return mark, subject


def _told(
    sentence: Sentence, span: Span, subject: list[Token], at: int, follow: list[Token], again: Again
) -> list[Said]:
    cue = sentence.outside[at]
    if len(sentence.text[slice(*span)].split()) < 3 and span[1] not in {b for _, b in sentence.inside}:
        return []
    who = who_is(without_between(subject), sentence.text, sentence.memory)
    if not who.name:
        return []
    sentence.memory.acts(who)
    parts = [said_by(span, who, cue.text)]
    for a, b in sentence.inside:
        if a > cue.end and b - a > 20 and has_finite(sentence.content(a, b)):
            parts.append(said_by((a, b), who, cue.text))
    if len(parts) > 1:
        return parts
    return parts + (_more_from(sentence, at + 1, who) or _rest(sentence, follow, who, cue, again))


def _told_between(
    sentence: Sentence, span: Span, subject: list[Token], cue: Token, follow: list[Token]
) -> list[Said]:
    """“Half of the money, Brandt said, was spent …”: the predicate, with the subject from before."""
    if not follow or follow[0].text != "," or len(follow) < 4 or span[1] <= span[0]:
        return []
    if not has_finite(follow[1:4]) or len(sentence.text[slice(*span)].split()) > 14:
        return []
    who = who_is(without_between(subject), sentence.text, sentence.memory)
    if not who.name:
        return []
    sentence.memory.acts(who)
    return [
        said_by((follow[1].start, sentence.end), who, cue.text, subject=sentence.text[slice(*span)].strip())
    ]


def _rest(sentence: Sentence, follow: list[Token], who: Who, cue: Token, again: Again) -> list[Said]:
    """What a second clause after “…, X said” adds: “; organisers put it at 5,000”, “, and reopened in May”."""
    for at, word in enumerate(follow[:-3]):
        if word.text != ";" and not (word.low in _GOES_ON and at and follow[at - 1].text == ","):
            continue
        rest = follow[at + 1 :]
        place = next((n for n, other in enumerate(sentence.outside) if other.start == rest[0].start), 0)
        told = again(sentence, place) if place else []
        if told or not has_main_verb(rest):
            return told
        span = (rest[0].start, sentence.end)
        return [said_by(span, who, cue.text) if is_finite(follow, at + 1) else Said(*span)]
    return []


def _more_from(sentence: Sentence, lo: int, who: Who) -> list[Said]:
    """“…, X said, adding that CONTENT.”"""
    outside = sentence.outside
    for at in range(lo, min(len(outside), lo + 30)):
        if outside[at].low in ONGOING and outside[at - 1].text == ",":
            content, explicit = content_after(sentence, at)
            if explicit or has_main_verb(sentence.content(content, sentence.end)):
                return [said_by((content, sentence.end), who, outside[at].text)]
    return []


def _goes_on(cue: Token, follow: list[Token]) -> bool:
    """What follows the verb is told by it: then it did not tell what stands before."""
    if not follow or not follow[0].is_word or follow[0].low in ENDS_NAME or follow[0].low in _TIMES:
        return False
    if cue.low not in TELL:
        return True
    comma = next((place for place, word in enumerate(follow) if word.text == ","), len(follow))
    return has_main_verb(follow[:comma])


_GOES_ON = frozenset("and but while though although whereas".split())
_TIMES = frozenset(WEEKDAYS) | frozenset("yesterday today recently there here by through via from of".split())
