"""Where one statement ends and the next begins inside a sentence."""

from __future__ import annotations

from annotations.claims.extraction.words import (
    AUXILIARIES,
    DETERMINERS,
    PRESENT,
    RELATIVES,
    Token,
    has_main_verb,
    is_finite,
)

_JOINS = frozenset("and but while whereas although though so yet hence".split())
_SUBORDINATES = frozenset("after although though while whereas".split())
_STARTERS = frozenset(
    "he she it they we you i there this these those more thousands hundreds dozens many some most several nearly about"
    " around at over almost another other both no none one two three four five six seven eight nine ten".split()
)


_BEGINS = DETERMINERS | _STARTERS


def coordinated(words: list[Token]) -> list[list[Token]]:
    """Clauses joined by a semicolon or by “and” with a subject and a verb on both sides."""
    groups: list[list[Token]] = []
    first = 0
    for at, word in enumerate(words):
        semicolon = word.text == ";"
        joined = word.low in _JOINS | _SUBORDINATES and at > first + 2
        if not (semicolon or joined) or len(words) - at < 4:
            continue
        comma = words[at - 1].text in {",", "—", "–"}
        rest = words[at + 1 :]
        if not has_main_verb(words[first:at]) or (not comma and _joins_names(words, at)):
            continue
        and_that = word.low in {"and", "but"} and rest[0].low == "that" and has_main_verb(rest[1:])
        if (
            not semicolon
            and not and_that
            and not _opens_clause(rest, comma=comma, subordinate=word.low in _SUBORDINATES)
        ):
            continue
        if _inside_relative(words, first, at) and not comma:
            continue
        groups.append(words[first : at - 1 if comma else at])
        first = at + (2 if and_that else 1)
    groups.append(words[first:])
    return [group for group in groups if group]


def _joins_names(words: list[Token], at: int) -> bool:
    """“after North and South Korea exchanged”: two names, not two statements."""
    if words[at].low != "and" or not words[at - 1].is_capital or not words[at + 1].is_capital:
        return False
    return any(
        word.low in {"between", "both", "after", "as", "that", "when", "before"}
        for word in words[max(0, at - 4) : at]
    )


def _inside_relative(words: list[Token], first: int, at: int) -> bool:
    """“a post that said A and B”, “if A and B”: what is joined belongs to the inner clause."""
    return words[first].low in {"if", "unless", "when"} and not any(
        word.text == "," for word in words[first:at]
    )


def _opens_clause(words: list[Token], *, comma: bool, subordinate: bool) -> bool:
    """A subject of a few words and then its verb, with nothing else between."""
    most = 10 if comma or subordinate else 8
    if not (comma or _may_begin(words[0])):
        return False
    for at in range(1, min(len(words), most)):
        if words[at].text in {",", ";", ":"} or words[at].low in {"and", "or", "but"}:
            return False
        if words[at].low in RELATIVES:
            return False
        if is_finite(words, at):
            return (
                comma or subordinate or words[at].low in AUXILIARIES or words[0].low in _STARTERS or at <= 4
            )
    return False


def _may_begin(word: Token) -> bool:
    return word.low in _BEGINS or word.is_capital or word.low[:1].isdigit() or word.low.endswith("s")


def predicates(text: str, words: list[Token]) -> list[tuple[tuple[int, int], str]]:
    """“S is there and began that”: two places, the second with the subject of the first."""
    verb = next(
        (at for at in range(1, len(words)) if is_finite(words, at) and words[at - 1].low not in RELATIVES), 0
    )
    stop = verb
    while stop > 1 and words[stop - 1].low.endswith("ly"):
        stop -= 1
    subject = text[words[0].start : words[stop - 1].end].rstrip(" ,") if verb else ""
    found, first = [], 0
    for at in range(verb + 2, len(words) - 3):
        joins = words[at].low in {"and", "but"}
        if verb and joins and _begins_with_verb(words, at + 1) and at - first >= 3:
            stop = at - 1 if words[at - 1].text == "," else at
            found.append(((words[first].start, words[stop - 1].end), subject if first else ""))
            first = at + 1
    found.append(((words[first].start, end_of(words)), subject if first else ""))
    return found


def _begins_with_verb(words: list[Token], at: int) -> bool:
    low = words[at].low
    if low in PRESENT and not low.endswith("s"):
        return False
    if low in {"has", "have", "had", "is", "are", "was", "were", "will", "would"}:
        return True
    if low.endswith("ly") and at + 1 < len(words) - 2:
        return _begins_with_verb(words, at + 1)
    if not is_finite(words, at) or low in {"do", "does", "did"}:
        return False
    return at + 1 < len(words) and words[at + 1].low not in {"and", ","} and _takes_object(words[at + 1])


def _takes_object(word: Token) -> bool:
    return word.is_word


def end_of(words: list[Token]) -> int:
    return next(
        (
            word.end
            for word in reversed(words)
            if word.is_word or word.text in {"%", ")", "”", '"', "'", "’", "]"}
        ),
        words[-1].end,
    )
