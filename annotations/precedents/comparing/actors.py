"""Differences in who did it, to whom and where: other names, or the same names in each other's place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.claims.extraction.cues import SAY, SAY_THAT
from annotations.claims.extraction.verbs import IRREGULAR_PAST, PRESENT
from annotations.claims.extraction.words import Token
from annotations.precedents.comparing import gazetteer
from annotations.precedents.comparing.finding import ACTOR, Difference, differ
from annotations.precedents.comparing.measures import kind_of_thing
from annotations.precedents.comparing.names import Name, is_title_case, names_of, stem_of_name
from annotations.precedents.comparing.stems import is_content, stem, words_of

_ACCORDING = re.compile(
    r"\baccording to[^,.;]{2,80}(?=[,.;]|$)|\b(?:said|says|told [^,.;]{2,40})\s*[.,;]?$", re.I
)
_SAYING = "|".join(sorted(SAY | SAY_THAT))
_SPEAKER_FIRST = re.compile(
    rf"^[^,.;]{{2,80}}?(?:,[^,.;]{{2,80}},)?\s(?:{_SAYING})\s(?:that\b|on \w+ that\b)", re.I
)
_SPEAKER_LAST = re.compile(rf",\s[^,.;]{{2,80}}\s(?:{_SAYING})\.?$", re.I)
_BY = re.compile(r"\b(?:by)\s(?:the\s)?(?:\w+\s){0,2}$", re.I)
_GOVERNED = re.compile(
    r"\b(from|to|in|against|with|for|into|at|on|over|between|toward|towards|through|near|inside|outside|of)"
    r"\s(?:the\s)?(?:\w+\s){0,1}$",
    re.I,
)
_CONVERSES = frozenset(
    (stem(one), stem(other))
    for pair in (
        "sell/buy lend/borrow lend/get give/get send/get give/receive beat/lose defeat/lose win/lose"
        " send/receive export/import"
    ).split()
    for one, other in (pair.split("/"), pair.split("/")[::-1])
)
# With these verbs who does it with whom is all one.
_MUTUAL = {stem(word) for word in "met meet meets agreed marry married fought talked negotiated border share signed"
           " cooperate traded divorced compete differ merge merged clash clashed".split()}  # fmt: skip
_ACTED_UPON = frozenset("patient against into to at on".split())
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be|got)\s(?:\w+\s){0,2}?(?:\w+ed|\w{2,}[ktv]en|\w+wn|\w+ught|won|beaten|shot|struck|sold|bought|built|taken|"
    r"given|lent|sued|led|made|hit|paid|sent|held|found|seen|told|bitten|chosen|overthrown|caught|lost|dug|put|set|cut|read|drawn|begun|sung|won|run|hung|spread|bred|fed|met|fought|written)\b",
    re.I,
)


# “Ada Brandt, the mayor of Lubin, …”: who she is may be left out.
_APPOSITION = re.compile(r",\s(?:the|an?)\s[^,]{2,80},")
# Groups that act under no name of their own. Another group is another actor.
_GROUPS = {
    kind_of_thing(word)
    for word in "teachers nurses doctors police students farmers miners soldiers pilots drivers firefighters lawyers"
    " judges journalists workers employees students pupils tenants landlords migrants tourists voters scientists"
    " researchers engineers dockers protesters rebels prosecutors priests bishops parents fathers mothers children"
    " pensioners prisoners guards sailors fishermen smokers vegetarians athletes players actors musicians bankers"
    " dentists pharmacists librarians taxpayers homeowners lawmakers senators mayors governors ministers women men"
    " girls boys immigrants foreigners muslims christians jews hindus buddhists catholics protestants whites"
    " blacks".split()
}


@dataclass(frozen=True)
class _Part:
    """A name in its role: agent, patient, or the preposition that governs it."""

    name: Name
    role: str

    @property
    def start(self) -> int:
        return self.name.start

    @property
    def end(self) -> int:
        return self.name.end


def actor_differences(a: str, b: str) -> list[Difference]:
    names_a, names_b = names_of(a), names_of(b)
    alone_a = _alone(names_a, names_b, a, b)
    alone_b = _alone(names_b, names_a, b, a)
    pairs = list(zip(alone_a, alone_b, strict=False))
    found = [differ(ACTOR, a, one, b, other) for one, other in pairs]
    spoken_a, spoken_b = _speakers(a), _speakers(b)
    rest_a, rest_b = alone_a[len(pairs) :], alone_b[len(pairs) :]
    found += [differ(ACTOR, a, one, b, None) for one in rest_a if not _may_be_left_out(one, a, spoken_a)]
    found += [differ(ACTOR, a, None, b, one) for one in rest_b if not _may_be_left_out(one, b, spoken_b)]
    found = found or _other_groups(a, b)
    return found or _swapped(a, b, names_a, names_b) or _reordered(a, b)


def _other_groups(a: str, b: str) -> list[Difference]:
    """“Teachers struck over pay” against “nurses struck over pay”."""
    words_a, words_b = words_of(a), words_of(b)
    kinds_a, kinds_b = ({kind_of_thing(word.low) for word in words} for words in (words_a, words_b))
    only_a = [word for word in words_a if kind_of_thing(word.low) in _GROUPS - kinds_b]
    only_b = [word for word in words_b if kind_of_thing(word.low) in _GROUPS - kinds_a]
    return [differ(ACTOR, a, only_a[0], b, only_b[0])] if only_a and only_b else []


def _alone(names: Sequence[Name], others: Sequence[Name], text: str, other_text: str) -> list[Name]:
    """The names that the other text does not have, in any form or as plain words."""
    known = {stem_of_name(word.low) for word in words_of(other_text)}
    alone: list[Name] = []
    for name in names:
        if any(name.is_same_as(other) for other in others) or any(name.is_same_as(one) for one in alone):
            continue
        if not name.form and (name.parts <= known or (name.acronym and name.acronym in known)):
            continue
        if not name.form and is_title_case(words_of(other_text)) and name.parts & known:
            continue
        if _is_acronym_in(text[name.start : name.end], other_text):
            continue
        if not _is_label_of_a_person(name, names, others, text):
            alone.append(name)
    return alone


def _is_acronym_in(word: str, text: str) -> bool:
    """“IAEA” for “International Atomic Energy Agency”."""
    letters = word.replace(".", "")
    if not letters.isupper() or len(letters) < 3:
        return False
    initials = "".join(token.text[0] for token in words_of(text) if token.is_capital)
    return letters in initials


def _is_label_of_a_person(name: Name, names: Sequence[Name], others: Sequence[Name], text: str) -> bool:
    """“French President Emmanuel Macron” names no country that “Macron” alone would not."""
    if name.form not in gazetteer.COUNTRIES.values():
        return False
    after = next((one for one in names if one.start >= name.end), None)
    if not after or after.form or not any(after.is_same_as(other) for other in others):
        return False
    between = text[name.end : after.start]
    return bool(re.fullmatch(r"(?:[’']s)?\s(?:[a-z-]+\s){0,3}", between)) and after.start - name.end < 30


def _speakers(text: str) -> list[tuple[int, int]]:
    """Where a wording only says whose words they are: “X said that …”, “…, X said”, “according to X”."""
    return [
        match.span()
        for pattern in (_ACCORDING, _SPEAKER_FIRST, _SPEAKER_LAST)
        for match in pattern.finditer(text)
    ]


def _may_be_left_out(name: Name, text: str, spoken: Sequence[tuple[int, int]]) -> bool:
    """A speaker, or a lone first word that may be no name at all: its capital says nothing there."""
    places = [*spoken, *(match.span() for match in _APPOSITION.finditer(text))]
    if any(start <= name.start and name.end <= end for start, end in places):
        return True
    word = text[name.start : name.end]
    return not name.form and " " not in word and not word.isupper() and not text[: name.start].strip(" “\"'‘")


def told_from_other_side(a: str, b: str) -> frozenset[str]:
    """The stems of a pair like sold and bought, when who acts in `a` is another than who acts in `b`."""
    verbs = _converse_verbs(a, b)
    if not verbs:
        return verbs
    agents_a = [part.name for part in _parts(a, names_of(a)) if part.role == "agent"]
    agents_b = [part.name for part in _parts(b, names_of(b)) if part.role == "agent"]
    shared = any(one.is_same_as(other) for one in agents_a for other in agents_b)
    return verbs if agents_a and agents_b and not shared else frozenset()


def _swapped(a: str, b: str, names_a: Sequence[Name], names_b: Sequence[Name]) -> list[Difference]:
    """The same names, and one that acts in `a` is acted upon in `b`, or comes from where it went to."""
    parts_a, parts_b = _parts(a, names_a), _parts(b, names_b)
    if min(len(parts_a), len(parts_b)) < 2:
        return []
    converse = bool(_converse_verbs(a, b))
    for one, other in ((one, other) for one in parts_a for other in parts_b):
        roles = {one.role, other.role}
        if converse:
            against = roles == {"agent"}
        else:
            against = roles == {"from", "to"} or ("agent" in roles and bool(roles & _ACTED_UPON))
        if against and one.name.is_same_as(other.name):
            return [differ(ACTOR, a, one, b, other)]
    return []


def _converse_verbs(a: str, b: str) -> frozenset[str]:
    first, second = ({stem(word.text) for word in words_of(text)} for text in (a, b))
    return frozenset(
        word
        for one, other in _CONVERSES
        if one in first - second and other in second - first
        for word in (one, other)
    )


def _parts(text: str, names: Sequence[Name]) -> list[_Part]:
    if any(stem(word.text) in _MUTUAL for word in words_of(text)):
        return []
    verb = _verb_place(text, names)
    passive = _PASSIVE.search(text)
    parts = []
    for name in names:
        before = text[max(0, name.start - 40) : name.start]
        governed = _GOVERNED.search(before)
        after = text[name.end : name.end + 30]
        if _BY.search(before):
            role = "agent"
        elif governed:
            role = governed[1].lower()
        elif re.match(r"[’']s\s(?:\w+\s){1,3}?(?:of|on|against|by)\b", after):
            role = "patient" if re.match(r"[’']s\s(?:\w+\s){1,3}?by\b", after) else "agent"
        elif passive and name.end <= passive.start():
            role = "patient"
        else:
            role = "agent" if name.start < verb else "patient"
        parts.append(_Part(name, "patient" if role == "of" else role))
    return parts


def _verb_place(text: str, names: Sequence[Name]) -> int:
    """Where the sentence's verb may stand: after the first name that no preposition governs."""
    for name in names:
        if not _GOVERNED.search(text[max(0, name.start - 40) : name.start]):
            return name.end
    return 0


def _reordered(a: str, b: str) -> list[Difference]:
    """“Dogs bit men”, “men bit dogs”: exactly the same words, the first and the last of them in turn."""
    words_a = [word for word in words_of(a) if is_content(word)]
    words_b = [word for word in words_of(b) if is_content(word)]
    order_a, order_b = [stem(word.text) for word in words_a], [stem(word.text) for word in words_b]
    if sorted(order_a) != sorted(order_b) or len(order_a) < 3 or order_a == order_b:
        return []
    if bool(_PASSIVE.search(a)) != bool(_PASSIVE.search(b)) or any(word in _MUTUAL for word in order_a):
        return []
    verb = _shared_verb(words_a)
    if not verb or order_a[0] in order_b[: order_b.index(verb)] or order_b.index(verb) == 0:
        return []
    if order_a.index(verb) == 0 or order_a[0] not in order_b[order_b.index(verb) :]:
        return []
    governed = _GOVERNED.search(_text_before(b, words_b[order_b.index(order_a[0])]))
    if governed and governed[1].lower() not in _ACTED_UPON | {"of"}:
        return []
    return [differ(ACTOR, a, words_a[0], b, words_b[0])]


def _text_before(text: str, word: Token) -> str:
    return text[max(0, word.start - 40) : word.start]


def _shared_verb(words: Sequence[Token]) -> str:
    """The stem of the first word that looks like a verb in the past."""
    for word in words[1:]:
        if word.low in IRREGULAR_PAST or word.low in PRESENT or word.low.endswith("ed"):
            return stem(word.text)
    return ""
