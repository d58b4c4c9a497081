"""Differences in negation: what one wording says is not so, or its opposite: rose and fell, legal and illegal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.claims.extraction.words import Token
from annotations.precedents.comparing.finding import NEGATION, Difference, differ
from annotations.precedents.comparing.stems import is_content, stem, words_of

_NEGATORS = frozenset(
    "not no never none nobody nothing neither nor without cannot hardly barely rarely seldom scarcely nowhere false"
    " falsely untrue incorrect incorrectly fake hoax debunked myth baseless fabricated wrong wrongly lacks lack lacked"
    " lacking failed fails fail refused refuses refuse denied denies deny denying denial rejected"
    " rejects reject rejecting refuted refutes disproved disproves contradicted misleading unfounded non".split()
)
_NEGATED = re.compile(r"(?:n't|n’t)$")
# Words with “no” or “not” that negate nothing, with the comparators that the numbers are compared by.
_NOT_NEGATING = re.compile(
    r"\b(?:no (?:more|less|fewer|later|earlier|sooner) than|not (?:more|less|fewer) than|not only|not just|not least"
    r"|no doubt|no wonder|nothing but|whether or not|if not|no\.? ?\d+|no matter|not to mention|no one other than"
    r"|without (?:a )?doubt|cannot but|never ?mind)\b",
    re.IGNORECASE,
)
_ONLY_WITH_ING = frozenset("stopped stops stop ceased ceases quit halted".split())
_ONLY_WITH_OUT = frozenset("ruled rules rule".split())
_ONLY_WITH_TO = frozenset("declined declines".split())
_CONTRAST = re.compile(r"\b(?:but|while|whereas|although|though|and)\b|;", re.IGNORECASE)
# Either the one or the other holds, so that “not” before one of them says the other.
_EITHER = """
legal/illegal lawful/unlawful guilty/innocent guilty/acquit convict/acquit
guilty/clear convict/clear heed/ignore obey/ignore obey/defy comply/defy alive/dead true/false present/absent
allow/ban allow/forbid allow/prohibit permit/ban permit/forbid permit/prohibit legal/ban permit/block allow/block
pass/fail succeed/fail accept/reject approve/reject accept/refuse agree/refuse include/exclude possible/impossible
safe/dangerous safe/harmful safe/deadly safe/toxic remain/leave stay/leave keep/abolish with/without open/close
confirm/deny admit/deny acknowledge/deny affirm/deny correct/wrong right/wrong real/fake authentic/fake genuine/fake
enforce/lift impose/lift continue/stop continue/halt begin/end start/end start/stop survive/die survive/kill
legalise/ban decriminalise/criminalise encourage/discourage ratify/reject uphold/overturn uphold/strike
mandatory/optional mandatory/voluntary compulsory/voluntary compulsory/optional
approve/veto sign/veto join/leave join/quit enter/leave employ/dismiss hire/fire vaccinate/unvaccinate
free/imprison release/detain release/arrest
"""
# Opposites with a middle: what did not rise need not have fallen.
_OPPOSITE = """
rise/fall rise/drop rise/decline rise/shrink rise/decrease rise/plunge rise/sink rise/slump climb/fall climb/drop
climb/decline increase/decrease increase/fall increase/drop increase/decline increase/reduce increase/cut
increase/lower raise/lower raise/cut raise/reduce raise/slash grow/shrink grow/fall grow/decline grow/drop
grow/contract expand/contract expand/shrink gain/lose gain/drop soar/plunge soar/fall soar/drop jump/fall jump/drop
surge/drop surge/fall surge/plunge up/down upward/downward double/halve win/lose victory/defeat beat/lose
more/less more/fewer above/below over/under higher/lower high/low largest/smallest larger/smaller bigger/smaller
biggest/smallest big/small longer/shorter longest/shortest older/younger oldest/youngest
faster/slower easier/harder easy/hard easy/difficult simpler/harder
fastest/slowest best/worst good/bad grow/melt save/waste better/worse
highest/lowest most/least most/fewest maximum/minimum cheaper/dearer
majority/minority strengthen/weaken strong/weak stronger/weaker support/oppose back/oppose favour/oppose
favor/oppose supporter/opponent supporter/critic praise/criticise praise/condemn welcome/condemn love/hate
ally/enemy cause/prevent cause/cure
improve/worsen improve/deteriorate help/harm help/hurt protect/harm protect/endanger benefit/harm increase/shrink
before/after early/late earlier/later first/last arrive/leave enter/exit import/export buy/sell lend/borrow
profit/loss surplus/deficit rich/poor positive/negative hot/cold hotter/colder warm/cool warmer/cooler wet/dry
public/secret defend/attack attack/retreat advance/retreat create/destroy build/demolish appoint/dismiss
hire/dismiss promote/demote accelerate/slow tighten/loosen tighten/ease inflate/deflate invest/divest
likely/unlikely common/rare north/south east/west northern/southern eastern/western left/right male/female men/women
boys/girls mother/father son/daughter husband/wife urban/rural day/night morning/evening winter/summer full/empty
peace/war peaceful/violent temporary/permanent friend/foe heavier/lighter thousands/dozens
"""


def _both_ways(lines: str) -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for pair in lines.split():
        one, other = (stem(word) for word in pair.split("/"))
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return table


_EITHERS, _OPPOSITES = _both_ways(_EITHER), _both_ways(_OPPOSITE)
_PREFIX = re.compile(r"(?:un|in|im|il|ir|dis|non|de|mis|anti)-?(?=\w{3})")
_COMPARING = {stem(word) for word in "more less fewer above below over under most least".split()}


@dataclass(frozen=True)
class _Not:
    """A negating word, and the stems of what it may negate: the next three words that carry meaning."""

    word: Token
    target: tuple[str, ...]

    @property
    def start(self) -> int:
        return self.word.start

    @property
    def end(self) -> int:
        return self.word.end


def negation_differences(
    a: str, b: str, same_from_other_side: frozenset[str] = frozenset()
) -> list[Difference]:
    """What one wording denies and the other does not. `same_from_other_side` holds the stems of opposites that
    tell one event from its two sides (sold and bought), which are no difference."""
    words_a, words_b = words_of(a), words_of(b)
    stems_a, stems_b = {stem(word.text) for word in words_a}, {stem(word.text) for word in words_b}
    nots_a, nots_b = _negators(a, words_a), _negators(b, words_b)
    opposites = _pairs(words_a, words_b, stems_a, stems_b, _OPPOSITES)
    found = [
        differ(NEGATION, a, one, b, other)
        for one, other in opposites
        if stem(one.text) not in same_from_other_side
    ]
    flips = _pairs(words_a, words_b, stems_a, stems_b, _EITHERS)
    flips += _by_prefix(words_a, words_b, stems_a, stems_b)
    # A flip that is a negator of its own (“fail”, “deny”, “false”) has been counted among the negators.
    flips = [(one, other) for one, other in dict.fromkeys(flips) if not {one.low, other.low} & _NEGATORS]
    if (len(nots_a) + len(nots_b) + len(flips)) % 2 == 0:
        if flips and not nots_a and not nots_b:
            found += [differ(NEGATION, a, one, b, other) for one, other in flips]
        return found + _moved(a, b, nots_a, nots_b, stems_a, stems_b)
    if flips and not (nots_a or nots_b):
        return found + [differ(NEGATION, a, one, b, other) for one, other in flips]
    return found + _alone(a, b, nots_a, nots_b)


def _negators(text: str, words: Sequence[Token]) -> list[_Not]:
    quiet = [match.span() for match in _NOT_NEGATING.finditer(text)]
    found: list[_Not] = []
    for at, word in enumerate(words):
        after = words[at + 1].low if at + 1 < len(words) else ""
        if not _negates(word.low, after):
            continue
        if any(start <= word.start < end for start, end in quiet):
            continue
        target = [stem(later.text) for later in words[at + 1 : at + 9] if is_content(later)][:3]
        found.append(_Not(word, tuple(target)))
    return found


def _negates(word: str, after: str) -> bool:
    """Whether a word says that something is not so; some do with the right word after them only."""
    if word in _ONLY_WITH_TO:
        return after == "to"
    if word in _ONLY_WITH_ING:
        return after.endswith("ing")
    if word in _ONLY_WITH_OUT:
        return after == "out"
    return word in _NEGATORS or _NEGATED.search(word) is not None


def _alone(a: str, b: str, nots_a: Sequence[_Not], nots_b: Sequence[_Not]) -> list[Difference]:
    """One side negates once more than the other: the negators that have no counterpart are marked."""
    extra_a = _without(nots_a, nots_b)
    extra_b = _without(nots_b, nots_a)
    if extra_a and extra_b:
        return [differ(NEGATION, a, extra_a[0], b, extra_b[0])]
    if extra_a or not extra_b:
        return [differ(NEGATION, a, one, b, None) for one in (extra_a or nots_a)[:1]]
    return [differ(NEGATION, a, None, b, one) for one in extra_b[:1]]


def _without(some: Sequence[_Not], others: Sequence[_Not]) -> list[_Not]:
    left = list(others)
    alone = []
    for one in some:
        same = next((other for other in left if other.target[:1] == one.target[:1]), None)
        if same:
            left.remove(same)
        else:
            alone.append(one)
    return alone


def _moved(
    a: str,
    b: str,
    nots_a: Sequence[_Not],
    nots_b: Sequence[_Not],
    stems_a: set[str],
    stems_b: set[str],
) -> list[Difference]:
    """As many negations on both sides, but of other things: “A, not B” against “B, not A”."""
    denied_a = {word for one in nots_a for word in one.target}
    denied_b = {word for one in nots_b for word in one.target}
    if not (denied_a and denied_b and _CONTRAST.search(a) and _CONTRAST.search(b)):
        return []
    if (denied_a - denied_b) & stems_b and (denied_b - denied_a) & stems_a:
        return [differ(NEGATION, a, nots_a[0], b, nots_b[0])]
    return []


def _pairs(
    words_a: Sequence[Token],
    words_b: Sequence[Token],
    stems_a: set[str],
    stems_b: set[str],
    table: dict[str, set[str]],
) -> list[tuple[Token, Token]]:
    """Opposites of which each text has one that the other text has not."""
    found: list[tuple[Token, Token]] = []
    for one in words_a:
        mine = stem(one.text)
        for other in words_b if mine in table and mine not in stems_b else ():
            theirs = stem(other.text)
            known = any(known_a == one or known_b == other for known_a, known_b in found)
            if theirs not in table[mine] or theirs in stems_a or known:
                continue
            if not _both_compare(one, other, words_a, words_b):
                found.append((one, other))
    return found


def _both_compare(one: Token, other: Token, words_a: Sequence[Token], words_b: Sequence[Token]) -> bool:
    """“more than 20” against “less than 20” is a difference of the numbers, which find it by the comparator."""
    if not {stem(one.text), stem(other.text)} <= _COMPARING:
        return False
    return _before_number(one, words_a) and _before_number(other, words_b)


def _before_number(word: Token, words: Sequence[Token]) -> bool:
    at = words.index(word)
    return any(later.text[0].isdigit() for later in words[at + 1 : at + 4])


def _by_prefix(
    words_a: Sequence[Token], words_b: Sequence[Token], stems_a: set[str], stems_b: set[str]
) -> list[tuple[Token, Token]]:
    """unsafe and safe, disapproved and approved: the same word with and without a negating beginning."""
    found = []
    only_a = {stem(word.text): word for word in reversed(words_a) if stem(word.text) not in stems_b}
    only_b = {stem(word.text): word for word in reversed(words_b) if stem(word.text) not in stems_a}
    for mine, theirs in ((mine, theirs) for mine in only_a for theirs in only_b):
        shorter, longer = sorted((mine, theirs), key=len)
        begin = _PREFIX.match(longer)
        if begin and len(shorter) > 2 and longer[begin.end() :] == shorter:
            found.append((only_a[mine], only_b[theirs]))
    return found
