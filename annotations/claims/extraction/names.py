"""Who somebody is: the name in a noun phrase."""

from __future__ import annotations

import re

from annotations.claims.extraction.cues import ORG_WORDS, RESEARCH, ROLES
from annotations.claims.extraction.memory import Memory, Who
from annotations.claims.extraction.people import FEMALE_NAMES, MALE_NAMES
from annotations.claims.extraction.words import PREPOSITIONS, PRONOUNS, Token

__all__ = ["Memory", "is_name_word", "who_is"]

_PARTICLES = frozenset("de van von der den bin al el la le di da dos du ibn del ter abu".split())
_PUT_OUT = frozenset("published released made conducted documenting issued obtained seen posted".split())
_PLACES = frozenset("u.s. u.n. un eu uk us usa nato who imf bbc cnn afp ap abc nbc cbs fbi cia nasa".split())
_TITLED = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady judge justice sen rep gov gen".split()
)


def who_is(words: list[Token], text: str, memory: Memory) -> Who:
    """Whom a noun phrase means, appositions included: the name of a person, else the phrase as it stands."""
    words = _without_opener(words)
    if not words:
        return Who("", "", False, False)
    roles = frozenset(word.low for word in words)
    age = next((word.low for word in words if re.fullmatch(r"\d\d", word.low)), "")
    run = _name_run(words)
    if run:
        written = text[run[0].start : run[-1].end]
        return memory.person_named(written, roles=roles, age=age, words=[word.low for word in words])
    phrase = _first_chunk(words)
    written = text[phrase[0].start : _end_of(phrase, text)]
    return memory.described(written, phrase)


def _without_opener(words: list[Token]) -> list[Token]:
    words = list(words)
    while words and (words[0].text == "," or (len(words) > 1 and words[0].low in _OPENERS)):
        words = words[1:]
    while words and words[-1].text == ",":
        words = words[:-1]
    if len(words) > 1 and words[0].low == "the" and words[1].is_capital:
        words = words[1:]
    return words


_OPENERS = frozenset(
    "but and however also meanwhile because that while though although whereas so yet".split()
)


def _name_run(words: list[Token]) -> list[Token]:
    """The words of a person's name: a chunk between commas, after a role, or before “of”, “from” and “who”."""
    chunks = _chunks(words)
    whole = [chunk for chunk in chunks if 2 <= len(chunk) <= 4 and all(is_name_word(word) for word in chunk)]
    for chunk in whole:
        if not _is_organisation(chunk) and (len(chunks) > 1 or _is_like_a_person(chunk)):
            return chunk
    for chunk in chunks[:3]:
        run = _run_after_role(chunk) or _run_with_first_name(chunk) or _run_before_preposition(chunk)
        if run:
            return run
    first = chunks[0]
    if len(chunks) > 1 and len(first) == 1 and is_name_word(first[0]) and first[0].low not in _PLACES:
        return first if any(word.low in ROLES for word in chunks[1]) else []
    return []


def _chunks(words: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for word in words:
        if word.text == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part] or [[]]


def _run_after_role(chunk: list[Token]) -> list[Token]:
    run = len(chunk)
    stop = next(
        (at for at, word in enumerate(chunk) if at and (word.low == "who" or word.low in PREPOSITIONS)),
        len(chunk),
    )
    for end in (len(chunk), stop):
        run = end
        while run > 0 and is_name_word(chunk[run - 1]) and end - run < 4:
            run -= 1
        before = chunk[run - 1].low if run else ""
        tail = chunk[run:end]
        if not tail or not run or tail[0].low in _PARTICLES:
            continue
        if (
            before in ROLES
            and (not _is_organisation(tail) or before in _TITLED)
            and tail[0].text[0].isupper()
        ):
            return tail
    return []


def _run_with_first_name(chunk: list[Token]) -> list[Token]:
    """“… Minister of Education Stefania Giannini”: the last words, when they begin with a known first name."""
    for size in (3, 2):
        run = chunk[-size:]
        if len(run) == size < len(chunk) and run[0].low in _FIRST_NAMES and all(map(is_name_word, run)):
            return run if not _is_organisation(run) else []
    return []


def _run_before_preposition(chunk: list[Token]) -> list[Token]:
    run = 0
    while run < len(chunk) and is_name_word(chunk[run]):
        run += 1
    led = chunk[:run]
    if not 2 <= run <= 4 or _is_organisation(led):
        return []
    after = chunk[run].low if run < len(chunk) else ""
    return (
        led
        if after in {"of", "from", "for", "at", "who", "with", "in", "("}
        or (_is_like_a_person(led) and not after)
        else []
    )


def _is_organisation(words: list[Token]) -> bool:
    return any(word.low in ORG_WORDS or word.low in _PLACES for word in words) or (
        len(words) == 1 and words[0].text.isupper() and len(words[0].text) > 1
    )


def _is_like_a_person(words: list[Token]) -> bool:
    if words[0].low in _FIRST_NAMES or len(words[0].low) == 1:
        return True
    return len(words) in {2, 3} and not words[-1].text.isupper()


def _first_chunk(words: list[Token]) -> list[Token]:
    """The phrase without appositions; a list with commas (“France, Spain and Italy”) stays whole."""
    chunks = _chunks(words)
    if len(chunks) > 2 and any(word.low == "and" for word in chunks[-1]) and len(chunks[1]) < 4:
        return words
    first = chunks[0]
    stop = next(
        (
            at
            for at, word in enumerate(first)
            if at and (word.low in {"who", "which"} or word.low in _PUT_OUT)
        ),
        len(first),
    )
    return first[:stop] if any(word.low in RESEARCH for word in first[:stop]) or stop < len(first) else first


def _end_of(phrase: list[Token], text: str) -> int:
    start, end = phrase[0].start, phrase[-1].end
    if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
        end += 1
    return end


def is_name_word(word: Token) -> bool:
    if word.low in _PARTICLES:
        return True
    return word.is_capital and word.low not in _NO_NAME and not word.low.endswith(("’s", "'s"))


_NO_NAME = (
    ROLES | PRONOUNS | {"the", "a", "an", "in", "on", "u.s.", "u.n.", "un", "eu", "uk", "us", "both", "some"}
)
_ENDS_PHRASE = _PUT_OUT | {"who", "which"}
_FIRST_NAMES = FEMALE_NAMES | MALE_NAMES
