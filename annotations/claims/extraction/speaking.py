"""“X said that …”, “…, X said” and “…, saying that …”: statements told by a verb."""

from __future__ import annotations

import re

from annotations.claims.extraction.cues import BARE, CONNECTORS, ONGOING, RESEARCH, ROLES, SAY, SAY_THAT, TELL
from annotations.claims.extraction.memory import Who
from annotations.claims.extraction.names import who_is
from annotations.claims.extraction.said import Said, Sentence, said_by
from annotations.claims.extraction.words import (
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    Token,
    has_finite,
    has_main_verb,
    is_finite,
)

_ADJUNCT = re.compile(
    r"\s{0,2}(?:(?:to\s)?(?:reporters|journalists|lawmakers|viewers|listeners|delegates|investors|MPs"
    r"|the\s(?:court|council|parliament|BBC|AP|press|media|crowd|jury|judge|committee|public|nation|world|inquiry"
    r"|audience|newspaper|agency|conference|hearing)|Reuters|AFP|CNN|BBC(?:\sNews)?|AP)\s?"
    r"|(?:on|in|at|during|after|late|early|earlier|last|this|by|via|through|before|to(?!\s(?:be|have|\w{1,15}ing)\b)|from|for|under|following)\s"
    r"[^,:“\"]{2,60}?(?=\s?(?:,|:|\bthat\b))"
    r"|(?:on\s|late\s|early\s|last\s|this\s)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today"
    r"|week|month|year)(?:\s(?:morning|afternoon|evening|night))?\s?"
    r"|in\sa(?:\s\w{1,15})?\s(?:statement|tweet|post|speech|report|letter|release|interview|memo|email|blog|video)\s?"
    r"|without\s(?:\w{1,20}\s){1,3}?(?=that\b)|also\s|again\s|publicly\s|\w{3,15}ly\s|,\s?){0,4}(?:\s?that\b|\s?:)?\s?",
    re.IGNORECASE,
)
_EXPLICIT = re.compile(r"(?:\bthat|:)\s?$", re.IGNORECASE)
_NO_SPEAKER = frozenset("that which to as there though although while if because when by what where how why than".split())
_LEADS = frozenset("the a an one he she they his her their some several many two three four both police it most".split())
_ENDS_NAME = frozenset("on in at during after adding late when that as last to before earlier while following".split())
_BETWEEN = frozenset("has have had also later then ’s previously repeatedly already now further again".split())
_JOINS = frozenset("and but while although whereas though".split())
_NOT_CONTENT = frozenset("to of by as about for with against on from into and or , ;".split())
_CONCEDES = frozenset("although though while after as since whereas".split())
_DEMONSTRATED = frozenset("number figure total rate amount person man woman day year decision process sort point".split())
_BE = frozenset("is are was were be been being am".split())


def by_verb(sentence: Sentence, lo: int = 0) -> list[Said]:
    """The statements from the word `lo` on (a number among the words outside quotations), or none."""
    outside = sentence.outside
    last = range(max(lo, len(outside) - 9), len(outside))
    for at in reversed(last):
        if outside[at].low in _CUES and _is_cue(outside, at) and not lo:
            parts = _told_before(sentence, lo, at)
            if parts:
                return parts
    for at in range(lo, len(outside)):
        word = outside[at]
        if word.low not in _CUES or not _is_cue(outside, at):
            continue
        parts = _told_before(sentence, lo, at) or _told_after(sentence, lo, at)
        if parts:
            return parts
    return []


_CUES = SAY | SAY_THAT | ONGOING


def _is_cue(words: list[Token], at: int) -> bool:
    """Used as a verb in the active voice: not “the claim”, “to say” or “was told”."""
    back = at - 1
    while back >= 0 and words[back].low.endswith("ly"):
        back -= 1
    before = words[back].low if back >= 0 else ""
    if at and words[at].is_capital:
        return False
    if words[at].low in ONGOING:
        return before in {",", "”", '"', "statement", "and", "by", "in", ")", ""} or words[at - 1].text in {",", '"'}
    if before in _BE or before in {"to", "of", "’s", "'s", "as", "not", "be"}:
        return False
    return not (before in DETERMINERS | PREPOSITIONS - {"than"} and before not in {"that", "this", "many", "most", "some", "all"})


def _told_before(sentence: Sentence, lo: int, at: int) -> list[Said]:
    """“CONTENT, X said.” and “CONTENT, said X.”"""
    text, outside = sentence.text, sentence.outside
    start = outside[lo].start if lo else sentence.start
    cue, before, after = outside[at], outside[lo:at], outside[at + 1 :]
    if cue.low in ONGOING:
        return []
    ends_quote = [b for a, b in sentence.inside if start <= a and b <= cue.start and b - a > 8]
    commas = [word.start for word in before if word.text in {",", "—", "–"}]
    for mark in sorted({*ends_quote[-1:], *commas}):
        subject = [w for w in before if w.start > mark and (w.is_word or w.text == ",")]
        while subject and subject[0].text == ",":
            subject = subject[1:]
        if len(text[start:mark].split()) < 3 and mark not in ends_quote:
            continue
        if mark not in ends_quote and not has_main_verb(sentence.content(start, mark)):
            continue
        follow = after
        if not subject:
            subject = _leading_noun(after)
            follow = after[len(subject) :]
        elif not _may_speak(subject, quoted=mark in ends_quote):
            continue
        if not subject or (follow and follow[0].low == "that"):
            continue
        if mark not in ends_quote and _goes_on(follow):
            continue
        who = who_is(_without_between(subject), text, sentence.memory)
        if not who.name:
            continue
        sentence.memory.acts(who)
        parts = [said_by((start, mark), who, cue.text)]
        parts += [said_by((a, b), who, cue.text) for a, b in sentence.inside if a > cue.end and b - a > 20
                  and has_finite(sentence.content(a, b))]
        return parts + (_more_from(sentence, at + 1, who) if len(parts) == 1 else [])
    return []


def _more_from(sentence: Sentence, lo: int, who: Who) -> list[Said]:
    """“…, X said, adding that CONTENT.”"""
    outside = sentence.outside
    for at in range(lo, min(len(outside), lo + 30)):
        if outside[at].low in ONGOING and outside[at - 1].text == ",":
            content, explicit = _content_after(sentence, at)
            if explicit or has_main_verb(sentence.content(content, sentence.end)):
                return [said_by((content, sentence.end), who, outside[at].text)]
    return []


def _goes_on(follow: list[Token]) -> bool:
    """What follows the verb is a statement of its own: then the verb told that one, not the one before."""
    if not follow or not follow[0].is_word:
        return False
    comma = next((place for place, word in enumerate(follow) if word.text == ","), len(follow))
    return follow[0].low not in _ENDS_NAME and has_main_verb(follow[:comma])


def _may_speak(subject: list[Token], *, quoted: bool) -> bool:
    first = subject[0]
    if first.low in {"and", "but", "which", "who", "while", "that", "where"} or len(subject) > 16:
        return False
    if not (quoted or first.is_capital or first.low in _LEADS | ROLES | RESEARCH or first.low.endswith("s")):
        return False
    return not _has_own_verb(subject)


def _has_own_verb(words: list[Token]) -> bool:
    """A verb of its own outside “who …”; “has” before “said” belongs to the cue."""
    relative = False
    for at, word in enumerate(_without_between(words)):
        if word.low in {"who", "which", "whose", "where"}:
            relative = True
        elif word.text == ",":
            relative = False
        elif not relative and is_finite(words, at) and word.low not in {"published", "released", "conducted", "based"}:
            return True
    return False


def _without_between(words: list[Token]) -> list[Token]:
    words = list(words)
    while words and (words[-1].low in _BETWEEN or words[-1].low.endswith("ly") and len(words) > 1):
        words.pop()
    return words


def _leading_noun(words: list[Token]) -> list[Token]:
    """The speaker after the verb: “said Maria Lopez, the head of the union”."""
    found: list[Token] = []
    for at, word in enumerate(words[:16]):
        if not word.is_word and word.text not in {",", "’s"}:
            break
        if word.low in _ENDS_NAME and not (word.low in {"in", "at"} and at > 2):
            break
        if at and is_finite(words, at):
            break
        found.append(word)
    if found and not (found[0].is_capital or found[0].low in _LEADS):
        return found if found[0].low in ROLES | RESEARCH else []
    return found


def _told_after(sentence: Sentence, lo: int, at: int) -> list[Said]:
    """“X said (on Monday) (that) CONTENT”, also after another clause: “A happened, and X said B”."""
    outside, cue = sentence.outside, sentence.outside[at]
    content, explicit = _content_after(sentence, at)
    if not _is_statement(sentence, cue, content, explicit=explicit):
        return []
    first, subject = _subject_before(outside, lo, at)
    if not subject or not any(word.is_word for word in subject) or subject[0].low in _NO_SPEAKER:
        return []
    bare_report = cue.low in SAY_THAT and cue.low not in SAY and not explicit
    if bare_report and not (cue.low in BARE or any(word.low in RESEARCH for word in subject)):
        return []
    who = who_is(subject, sentence.text, sentence.memory)
    if not who.name:
        return []
    sentence.memory.acts(who)
    parts = []
    if first > lo:
        start = outside[lo].start if lo else sentence.start
        before = (start, outside[first - 1].start)
        if has_main_verb(sentence.content(*before)):
            parts.append(Said(*before))
    elif outside[lo].low in _CONCEDES and subject[0].start > outside[lo].start:
        before = (outside[lo].end, subject[0].start)
        if has_main_verb(sentence.content(*before)):
            parts.append(Said(*before))
    content = _past_thought(sentence, content)
    return parts + _several(sentence, at, content, who)


def _several(sentence: Sentence, at: int, content: int, who: Who) -> list[Said]:
    """The statement, cut where somebody else, or the same one again, speaks: “…, and Y said that …”."""
    outside = sentence.outside
    cue = outside[at]
    for place in range(at + 4, len(outside)):
        if outside[place].low not in _CUES or not _is_cue(outside, place):
            continue
        join = next((j for j in range(place - 1, max(at + 2, place - 9), -1) if outside[j].low in _JOINS | {";"}), 0)
        ongoing = outside[place].low in ONGOING and outside[place - 1].text == ","
        if ongoing:
            join = place - 1
        if not join or not has_main_verb(sentence.content(content, outside[join].start)):
            continue
        told, explicit = _content_after(sentence, place)
        if not _is_statement(sentence, outside[place], told, explicit=explicit):
            continue
        first = said_by((content, outside[join].start), who, cue.text)
        if place - join <= 2 and (ongoing or explicit):
            return [first, *_several(sentence, place, told, who)]
        between = outside[join + 1 : place]
        if between and _may_speak(between, quoted=False):
            return [first, *by_verb(sentence, join + 1)]
    return [said_by((content, sentence.end), who, cue.text)]


def _subject_before(outside: list[Token], lo: int, at: int) -> tuple[int, list[Token]]:
    """The number of the clause's first word, and its subject; “X did A and said B” has the subject of A."""
    before = outside[lo:at]
    first = 0
    for place, word in enumerate(before):
        if (word.low in _JOINS or word.text == ";") and has_main_verb(before[first:place]):
            first = place + 1
    ongoing = outside[at].low in ONGOING
    subject = _without_lead(_without_between(before[first:]))
    if ongoing or not any(word.is_word for word in subject):
        lead = _without_lead(before[: first or len(before)])
        verb = next((place for place in range(1, len(lead)) if is_finite(lead, place)), 0)
        return (lo + first if not ongoing else at), _without_between(lead[:verb])
    chunks = _chunks(subject)
    if len(subject) > 30 or _has_own_verb(chunks[0]):
        return lo, []
    for number, chunk in enumerate(chunks[1:], 1):
        if chunk and chunk[0].low not in {"who", "which", "whose", "where"} and _has_own_verb(chunk):
            rest = [word for part in chunks[number:] for word in part]
            return lo, [] if number == len(chunks) - 1 else rest[:0]
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
        if not (adverb or first in PREPOSITIONS | RELATIVES | {"if", "although", "though", "while"} or first.endswith("ing")):
            break
        words = words[comma + 1 :]
    while len(words) > 1 and words[0].low in CONNECTORS | {"also"} and not words[1].low == ",":
        words = words[1:]
    return [word for word in words if word.is_word or word.text in {",", "("}]


def _content_after(sentence: Sentence, at: int) -> tuple[int, bool]:
    """Where the told words begin, and whether “that”, a colon or a quotation mark says so."""
    text, cue = sentence.text, sentence.outside[at]
    adjunct = _ADJUNCT.match(text, cue.end, sentence.end)
    start = adjunct.end() if adjunct else cue.end
    explicit = bool(adjunct and _EXPLICIT.search(adjunct.group()))
    if explicit and adjunct and adjunct.group().rstrip().lower().endswith("that"):
        words = sentence.content(start, sentence.end)[:2]
        if len(words) == 2 and words[0].low in _DEMONSTRATED and is_finite(words, 1):
            return adjunct.end() - len(adjunct.group()[-6:].lstrip().rpartition("that")[1]) - 1, True
    if cue.low in TELL and not explicit:
        start, explicit = _past_addressee(sentence, at, start)
    return start, explicit or any(abs(a - start) <= 3 for a, _ in sentence.inside)


def _past_addressee(sentence: Sentence, at: int, start: int) -> tuple[int, bool]:
    """“told the BBC that”, “told her family the plan had failed”."""
    words = [word for word in sentence.outside[at + 1 : at + 16] if word.start >= start]
    for place, word in enumerate(words[:14]):
        if word.low == "that":
            return word.end + 1, True
        if place and is_finite(words, place):
            break
        if word.text in {",", ":"} and any(abs(a - word.end) <= 3 for a, _ in sentence.inside):
            return word.end, True
    if words and words[0].low in PRONOUNS and words[0].low not in {"it", "that"}:
        return words[0].end + 1, False
    run = 0
    if words and words[0].low in DETERMINERS:
        run = 2
    while run < len(words) and words[run].is_capital and (run or words[0].is_capital):
        run += 1
    fits = 0 < run < len(words) and (words[run].low in DETERMINERS | PRONOUNS or words[run].low[:1].isdigit())
    return (words[run].start, False) if fits else (start, False)


def _is_statement(sentence: Sentence, cue: Token, start: int, *, explicit: bool) -> bool:
    words = sentence.content(start, sentence.end)
    if len([word for word in words if word.is_word]) < 3:
        return False
    if words[0].low in ONGOING or sentence.text[words[-1].start] in ":,":
        return False
    if explicit:
        return True
    if words[0].low in _NOT_CONTENT or (words[0].low in RELATIVES | {"how", "why", "whether"} and words[0].low != "when"):
        return False
    verb = next((at for at in range(1, min(len(words), 26)) if is_finite(words, at)), 0)
    if not verb:
        return cue.low in SAY and has_finite(words[26:])
    return words[verb - 1].low not in RELATIVES - {"that"} or has_finite(words[verb + 1 :])


def _past_thought(sentence: Sentence, start: int) -> int:
    """“said she believed (that) CONTENT”: the thought is the same speaker's."""
    words = sentence.content(start, sentence.end)[:5]
    lows = [word.low for word in words]
    thinking = {"believed", "believes", "believe", "thought", "thinks", "felt", "feels", "feared", "fears", "suspected"}
    if len(words) == 5 and lows[0] in {"he", "she", "they", "it", "we", "i"} and lows[1] in thinking:
        return words[3].start if lows[2] == "that" else words[2].start
    return start


