"""The named persons, bodies and places of a wording, each in a form that another wording's can be held against."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.claims.extraction.cues import ORG_WORDS, ROLES
from annotations.claims.extraction.words import MONTHS, WEEKDAYS, Token
from annotations.precedents.comparing import gazetteer
from annotations.precedents.comparing.stems import EMPTY, is_content, stem, words_of

_INSIDE = frozenset("of de la le von van der den al bin for and the".split())
_TITLES = (ROLES | frozenset("mr mrs ms dr sir lord lady president-elect".split())) - {"group", "company"}
_NEVER = EMPTY | frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(
    "i yes did does was were is are claim video photograph photo image facebook twitter fact check rating article"
    " section resolution flight chapter christmas easter ramadan covid-19 covid spring summer autumn winter"
    " earth".split()
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """`form` is the one name of a country or body from the list; else empty, and `parts` are the words that tell
    whose name it is (no titles, no “ministry”), small, with the letters of its acronym."""

    form: str
    parts: frozenset[str]
    acronym: str
    start: int
    end: int

    def is_same_as(self, other: Name) -> bool:
        if self.form or other.form:
            return self.form == other.form
        if self.parts <= other.parts or other.parts <= self.parts:
            return True
        return bool({self.acronym, other.acronym} & (self.parts | other.parts) - {""})


def names_of(text: str) -> list[Name]:
    """In order of place. In a line with Capitals On All Words only the names of the list are known."""
    found = [
        Name(form, frozenset(), "", match.start(), match.end())
        for match in gazetteer.PATTERN.finditer(text)
        if (form := gazetteer.name_for(match.group()))
    ]
    words = words_of(text)
    if is_title_case(words):
        return found
    taken = [(name.start, name.end) for name in found]
    for run in _runs(text, words, taken):
        name = _name(text, run)
        if name:
            found.append(name)
    return sorted(found, key=lambda name: name.start)


def is_title_case(words: list[Token]) -> bool:
    long = [word for word in words[1:] if len(word.text) > 3 and word.text[0].isalpha()]
    return len(long) > 3 and sum(word.is_capital for word in long) >= 0.7 * len(long)


def _runs(text: str, words: list[Token], taken: list[tuple[int, int]]) -> list[list[Token]]:
    """Words with capitals that stand together, with a small “of” or “van” between them."""
    runs: list[list[Token]] = []
    current: list[Token] = []
    for word in words:
        free = not any(word.start < end and word.end > start for start, end in taken)
        close = bool(current) and re.fullmatch(r"\s|", text[current[-1].end : word.start]) is not None
        if free and word.is_capital and word.low not in _NEVER:
            if current and not close:
                runs.append(current)
                current = []
            current.append(word)
        elif not (free and close and word.low in _INSIDE):
            runs.append(current)
            current = []
        elif current:
            current.append(word)
    runs.append(current)
    return [_trimmed(run) for run in runs if run]


def _trimmed(run: list[Token]) -> list[Token]:
    while run and not run[-1].is_capital:
        run = run[:-1]
    return run


def _name(text: str, run: list[Token]) -> Name | None:
    if not run:
        return None
    if run[0].start == _first_letter(text) and len(run) == 1 and not _looks_like_a_name(run[0]):
        return None
    parts = frozenset(
        stem_of_name(word.low)
        for word in run
        if word.is_capital and word.low not in _TITLES and word.low not in ORG_WORDS
    ) or frozenset(stem_of_name(word.low) for word in run if word.is_capital and word.low not in _TITLES)
    if not parts:
        return None
    capitals = [word.text[0] for word in run if word.is_capital]
    acronym = "".join(capitals).lower() if len(capitals) > 1 else ""
    return Name("", parts, acronym, run[0].start, run[-1].end)


def stem_of_name(low: str) -> str:
    return low.replace("’", "'").removesuffix("'s").rstrip("'").replace(".", "")


def _first_letter(text: str) -> int:
    return next((at for at, letter in enumerate(text) if letter.isalnum()), 0)


def _looks_like_a_name(word: Token) -> bool:
    """The first word of a sentence has a capital in any case. It is taken for a common word when it ends like
    one; a name there is found when the other wording has it inside."""
    low = word.low
    if (word.text.isupper() and len(low) > 1) or low.endswith(("'s", "’s")):
        return True
    return (
        is_content(word)
        and stem(low) not in _COMMON_FIRST
        and not low.endswith(_COMMON_ENDINGS)
        and low not in _COMMON_FIRST
    )


_COMMON_ENDINGS = (
    "s", "ing", "ly", "ed", "tion", "ment", "ness", "ity", "ism", "ance", "ence", "ure", "age", "ship", "ers", "al",
    "ous", "ful", "ic", "sion", "ory", "ary", "ive", "able",
)  # fmt: skip
_COMMON_FIRST = frozenset(
    "people police unemployment inflation half one two three four five six seven eight nine ten eleven twelve twenty"
    " thirty forty fifty hundred thousand crime water food oil gas coal climate research data rain snow nobody"
    " everyone somebody someone nearly almost about around over under roughly school children women men workers"
    " farmland rent wheat rice traffic tourism trade tax poverty homelessness obesity smoking coffee tea milk sugar"
    " meat fish air ice sea heat drought flood war peace turnout voter support opposition parliament congress senate"
    " government president minister mayor former health home house public private state local national global"
    " world new old young more fewer less many most some few several all every each both neither electricity"
    " power solar wind nuclear migration immigration recent today yesterday tomorrow last next early late"
    " because since after before while although even only once twice court bread butter staff army navy troops"
    " firefighters doctors nurses teachers students pupils prime vice deputy central federal free fake false net"
    " gross average total overall petrol fuel diesel gold silver steel paper plastic no not never without within"
    " contrary according despite following given like unlike instead however but and so yet for in on at by to from"
    " plans plan nothing none life death birth marriage divorce football baseball city town village county district"
    " airport road rail train bus car plane ship factory company firm bank hospital university college church"
    " scientist teacher doctor nurse farmer driver worker student pupil judge lawyer mother father woman man girl"
    " boy child dog cat cow sheep bird bee tree forest river lake mountain beach island measles flu cancer"
    " vaccine".split()
)  # fmt: skip
