"""The words before or after a verb of saying that name who speaks, and whether a word is such a verb there."""

from __future__ import annotations

from annotations.claims.extraction.cues import (
    CLAIM_NOUNS,
    CONNECTORS,
    ONGOING,
    RESEARCH,
    ROLES,
    SAY,
    SAY_THAT,
)
from annotations.claims.extraction.words import (
    DETERMINERS,
    IRREGULAR_PAST,
    PREPOSITIONS,
    RELATIVES,
    WEEKDAYS,
    Token,
    has_main_verb,
    is_finite,
)

_LEADS = frozenset(
    "the a an one he she they his her their some several many two three four both police it most".split()
)
ENDS_NAME = frozenset(
    "on in at during after adding late when that as last to before earlier while following".split()
)
_BETWEEN = frozenset(
    "has have had also later then ’s previously repeatedly already now further again".split()
)
JOINS = frozenset("and but while although whereas though".split())
_BE = frozenset("is are was were be been being am".split())
_PLURALS = frozenset(
    "they we you i who people police media children women men staff data many some most others critics half all both"
    " few several scientists crew family public five ten hundred could can may might would will must should not also"
    " percent cent majority".split()
)
_BASES = frozenset(
    verb for verb in SAY | SAY_THAT if verb + "s" in SAY | SAY_THAT or verb + "es" in SAY | SAY_THAT
) | {"deny", "testify", "reply", "imply", "verify", "certify", "specify", "clarify"}
CUES = SAY | SAY_THAT | ONGOING
_AGREED = frozenset("agree agrees agreed agreeing".split())
_WHEN = frozenset(WEEKDAYS) | frozenset(
    "day week weekend fortnight month quarter year decade season morning afternoon evening night"
    " spring summer autumn winter yesterday today tonight overnight earlier later".split()
)
_HOLDS_OFFICE = ROLES | RESEARCH
_SPEAKS = _LEADS | _HOLDS_OFFICE
_OPENS_LEAD = PREPOSITIONS | RELATIVES | {"if", "although", "though", "while"}


def is_cue(words: list[Token], at: int) -> bool:
    """Used as a verb in the active voice: not “the claim”, “to say” or “was told”."""
    back = at - 1
    while back >= 0 and words[back].low.endswith("ly"):
        back -= 1
    before = words[back].low if back >= 0 else ""
    if at and words[at].is_capital:
        return False
    follow = [word.low for word in words[at + 1 : at + 3]]
    if follow[:1] == ["by"] and follow[1:] not in (["phone"], ["telephone"], ["email"], ["text"], ["letter"]):
        return False  # “a figure disputed by the opposition”
    if words[at].low in _AGREED and follow[:1] and follow[0] in {"to", "on", "upon", "with", "a", "the"}:
        return False
    if words[at].low in ONGOING:
        return before in {",", "”", '"', "statement", "and", "by", "in", ")", ""} or words[at - 1].text in {
            ",",
            '"',
        }
    if words[at].low in _BASES and not (_is_plural(words, back) or _has_plural_head(words, at)):
        return False
    if before in _BE or before in {"to", "of", "’s", "'s", "as", "not", "be"}:
        return False
    return not (
        (before in DETERMINERS or before in PREPOSITIONS)
        and before not in {"than", "that", "this", "many", "most", "some", "all"}
    )


def _is_plural(words: list[Token], at: int) -> bool:
    """Whether the word can be the end of a plural subject, so that “report” behind it is a verb."""
    if at < 0:
        return False
    word = words[at]
    if word.low.endswith("s") or word.low in _PLURALS or (word.text.isupper() and len(word.text) > 1):
        return True
    return word.text in {",", ")"} or any(other.low == "and" for other in words[max(0, at - 4) : at])


def _has_plural_head(words: list[Token], at: int) -> bool:
    """“Figures released by the ministry show that …”: the plural stands at the beginning."""
    if words[at + 1 : at + 2] == [] or words[at + 1].low != "that":
        return False
    heads = zip(words[max(0, at - 12) : at], words[max(1, at - 11) : at], strict=False)
    return any(
        head.low.endswith("s") and (after.low in PREPOSITIONS or after.low in _MADE_KNOWN)
        for head, after in heads
    )


_MADE_KNOWN = frozenset("released published compiled obtained seen collected issued conducted based".split())
_REPORTERS = frozenset("media television tv radio agency newspaper newspapers broadcaster press".split())


def may_speak(subject: list[Token], *, quoted: bool) -> bool:
    first = subject[0]
    if first.low in {"and", "but", "which", "who", "while", "that", "where"} or len(subject) > 16:
        return False
    if any(word.low in {"that", "which"} for word in subject):
        return False
    if first.low in {"a", "an"} and len(subject) > 2 and subject[1].low in CLAIM_NOUNS:
        return False  # “a claim his office denies”
    researched = len(subject) <= 5 and any(word.low in RESEARCH or word.low in _REPORTERS for word in subject)
    if not (quoted or researched or first.is_capital or first.low in _SPEAKS or first.low.endswith("s")):
        return False
    return not _has_own_verb(subject)


def _has_own_verb(words: list[Token]) -> bool:
    """A verb of its own outside “who …”; “has” before “said” belongs to the cue."""
    relative = False
    for at, word in enumerate(without_between(words)):
        if word.low in {"who", "which", "whose", "where"}:
            relative = True
        elif word.text == ",":
            relative = False
        elif at and not relative and is_finite(words, at) and word.low not in _MADE_KNOWN:
            return True
    return False


def without_between(words: list[Token]) -> list[Token]:
    words = list(words)
    while words and (words[-1].low in _BETWEEN or (words[-1].low.endswith("ly") and len(words) > 1)):
        words.pop()
    return words


def leading_noun(words: list[Token], *, quoted: bool) -> list[Token]:
    """The speaker after the verb: “said Maria Lopez, the head of the union”."""
    found: list[Token] = []
    for at, word in enumerate(words[:16]):
        if not word.is_word and word.text not in {",", "’s", "'", "’"}:
            break
        if word.low in ENDS_NAME and not (word.low in {"in", "at"} and at > 2):
            break
        if at and is_finite(words, at):
            break
        found.append(word)
    while found and found[-1].text == ",":
        found.pop()
    if found and not (found[0].is_capital or found[0].low in _LEADS):
        named = any(word.is_capital or word.low in ROLES for word in found[:6])
        return found if found[0].low in _HOLDS_OFFICE or (quoted and named) else []
    return found


def subject_before(outside: list[Token], lo: int, at: int) -> tuple[int, list[Token]]:
    """The number of the clause's first word, and its subject; “X did A and said B” has the subject of A."""
    before = outside[lo:at]
    first = 0
    for place, word in enumerate(before):
        if (word.low in JOINS or word.text == ";") and has_main_verb(before[first:place]):
            first = place + 1
    ongoing = outside[at].low in ONGOING
    subject = _without_lead(without_between(before[first:]))
    if ongoing or not any(word.is_word for word in subject):
        lead = _without_lead(before[: first or len(before)])
        verb = next((place for place in range(1, len(lead)) if is_finite(lead, place)), 0)
        return (lo + first if not ongoing else at), without_between(lead[:verb])
    chunks = _chunks(subject)
    if len(subject) > 30 or _has_own_verb(chunks[0]):
        return lo, []
    for chunk in chunks[1:]:
        participle = chunk and (chunk[0].low.endswith(("ed", "ing")) or chunk[0].low in IRREGULAR_PAST)
        relative = not chunk or chunk[0].low in {"who", "which", "whose", "where"}
        if not relative and _has_own_verb(chunk[1:] if participle else chunk):
            return lo, []
    return lo + first, subject


def _chunks(words: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for word in words:
        if word.text == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _without_lead(words: list[Token]) -> list[Token]:
    """“On Monday,” and “Speaking in Paris,” off the front of a subject."""
    for _ in range(4):
        comma = next((place for place, word in enumerate(words) if word.text == ","), -1)
        if not words or comma < 0 or comma == len(words) - 1:
            break
        first = words[0].low
        adverb = comma <= 2 and (first.endswith("ly") or first in CONNECTORS)
        adverb = adverb or (comma <= 3 and words[comma - 1].low in _WHEN)
        if not (adverb or first in _OPENS_LEAD or first.endswith(("ing", "ed"))):
            break
        words = words[comma + 1 :]
    while len(words) > 1 and (words[0].low == "also" or words[0].low in CONNECTORS) and words[1].low != ",":
        words = words[1:]
    return [word for word in words if word.is_word or word.text in {",", "("}]


def words_after(words: list[Token], mark: int) -> list[Token]:
    found = [word for word in words if word.start > mark and (word.is_word or word.text == ",")]
    while found and found[0].text == ",":
        found = found[1:]
    return found
