"""Word lists and the tokeniser that the English rules share. Closed lists: a word is in or it is not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from annotations.claims.extraction.cues import SAY
from annotations.claims.extraction.verbs import AUXILIARIES, BASES, IRREGULAR_PAST, PRESENT, words_of

__all__ = [
    "AUXILIARIES",
    "BASES",
    "CONJUNCTIONS",
    "DETERMINERS",
    "IRREGULAR_PAST",
    "MONTHS",
    "PREPOSITIONS",
    "PRESENT",
    "PRONOUNS",
    "RELATIVES",
    "WEEKDAYS",
    "Token",
    "has_finite",
    "has_main_verb",
    "is_finite",
    "tokens",
]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}

DETERMINERS = words_of(
    "the a an this that these those its their his her our my your some any all each every both no another"
    " many several few most more other such one two three four five"
)
PREPOSITIONS = words_of(
    "of in on at by for with from to into onto over under about after before during since until against among"
    " between through across without within toward towards upon near amid despite per via as than like off out"
    " around following including because beyond behind along"
)
CONJUNCTIONS = words_of(
    "and or but nor yet so while whereas although though because if when where that which who whom whose"
)
PRONOUNS = words_of("he she they it we i you him her them us me who which that this these those there")
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]\w*(?:['’\-&][^\W\d_]\w*)*"
    r"|[^\w\s]|_"
)
_ABBREVIATED = frozenset("mr mrs ms dr prof gen sen rep gov lt col sgt capt rev st jr sr no".split())


class Token(NamedTuple):
    """A word, number or mark; `start` and `end` are positions in the whole text."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`; the stop of “Mr.” belongs to no token of its own."""
    return list(_tokens(text, start, end))


@lru_cache(maxsize=32)
def _tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Every rule asks for the same few pieces of the sentence at hand, so the last ones are kept."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        first, last = match.span()
        if word == "." and found and found[-1].end == first and found[-1].low in _ABBREVIATED:
            continue
        found.append(Token(word, word.lower(), first, last))
    return tuple(found)


def is_finite(words: list[Token], at: int) -> bool:
    """Whether the word at this place looks like a verb that a sentence can stand on.

    Without a parser this is a guess from the word and its neighbours; it errs towards "no", which keeps a
    span longer rather than cutting it at a wrong place.
    """
    word = words[at]
    if not word.is_word:
        return False
    if word.low in AUXILIARIES:
        if at and word.is_capital and word.low in {"may", "will", "can", "might"}:
            return False
        return word.low not in {"be", "been", "being"}
    before = words[at - 1].low if at else ""
    possessive = before.endswith(("'s", "’s")) and before not in AUXILIARIES
    if before in _NO_VERB_FOLLOWS or word.is_capital or possessive:
        return False
    if word.low in IRREGULAR_PAST or word.low in SAY or word.low in PRESENT:
        return _is_no_noun(words, at, before)
    if word.low in BASES and before.endswith("s") and len(before) > 3:
        after = words[at + 1].low if at + 1 < len(words) else ""
        return (
            after in _OPENS_PHRASE
            or after.partition("-")[0] in DETERMINERS
            or after.endswith("ly")
            or after[:1].isdigit()
            or after == "early"
        )
    if word.low.endswith("ed") and len(word.low) > 4 and not word.low.endswith(("eed", "hundred")):
        return _is_past(words, at, before)
    return False


_NO_VERB_FOLLOWS = frozenset("to the a an of by its his her their ’s 's".split())
_OPENS_PHRASE = DETERMINERS | PREPOSITIONS
_NOUN_FOLLOWS = DETERMINERS - {"this", "that", "each", "some", "many", "few", "most", "all", "both"}
_NOUN_FOLLOWS_TOO = PREPOSITIONS - {"than"}


def _is_no_noun(words: list[Token], at: int, before: str) -> bool:
    """“claims” in “the claims are” and “cuts” in “of cuts” are nouns."""
    if before in _NOUN_FOLLOWS or before in _NOUN_FOLLOWS_TOO:
        return False
    if before in DETERMINERS and before != "that" and words[at].low not in IRREGULAR_PAST:
        return False
    after = words[at + 1].low if at + 1 < len(words) else ""
    plural = words[at].low.endswith("s")
    return not (plural and (after in AUXILIARIES or after in IRREGULAR_PAST or after == "of"))


def _is_past(words: list[Token], at: int, before: str) -> bool:
    after = words[at + 1].low if at + 1 < len(words) else ""
    if before in DETERMINERS or before in PREPOSITIONS or before in {"and", "or", ","}:
        return before in {"and", "or", ","} and (
            after in _OPENS_PHRASE
            or after in PRONOUNS
            or after[:1].isdigit()
            or (at + 1 < len(words) and words[at + 1].is_capital)
        )
    return True


def has_finite(words: list[Token]) -> bool:
    return any(is_finite(words, at) for at in range(len(words)))


def has_main_verb(words: list[Token]) -> bool:
    """A finite verb that is not the one of “who met” or “that broadcasts”."""
    return any(
        is_finite(words, at) and not (at and words[at - 1].low in RELATIVES) for at in range(len(words))
    )


RELATIVES = frozenset("who which that whose whom where when".split())
