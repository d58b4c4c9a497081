"""“X said that …”, “…, X said” and “…, saying that …”: statements told by a verb."""

from __future__ import annotations

import re

from annotations.claims.extraction.cues import BARE, CONNECTORS, DENY, ONGOING, RESEARCH, ROLES, SAY, SAY_THAT, TELL
from annotations.claims.extraction.memory import Who
from annotations.claims.extraction.names import who_is
from annotations.claims.extraction.quotes import Span
from annotations.claims.extraction.said import Said, Sentence, said_by, sentence_of
from annotations.claims.extraction.words import (
    DETERMINERS,
    IRREGULAR_PAST,
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
    if words[at].low in _BASES and not _is_plural(words, back):
        return False
    if before in _BE or before in {"to", "of", "’s", "'s", "as", "not", "be"}:
        return False
    return not (before in DETERMINERS | PREPOSITIONS - {"than"} and before not in {"that", "this", "many", "most", "some", "all"})


def _told_before(sentence: Sentence, lo: int, at: int) -> list[Said]:
    """“CONTENT, X said.” and “CONTENT, said X.”"""
    outside = sentence.outside
    start = outside[lo].start if lo else sentence.start
    cue, before, after = outside[at], outside[lo:at], outside[at + 1 :]
    if cue.low in ONGOING:
        return []
    ends_quote = [b for a, b in sentence.inside if start <= a and b <= cue.start and b - a > 8]
    commas = [word.start for word in before if word.text in {",", "—", "–"}]
    marks = sorted({*ends_quote[-1:], *commas})
    opened = () if ends_quote else tuple(place for a, _ in sentence.inside for place in range(a - 3, a + 1))
    for number in range(len(marks) - 1, -1, -1):
        mark, quoted = marks[number], marks[number] in ends_quote
        subject, follow = _words_after(before, mark), after
        if not subject:
            subject = _leading_noun(after, quoted=quoted)
            follow = after[len(subject) :]
        elif not _may_speak(subject, quoted=quoted):
            continue
        if cue.end in opened or (follow and follow[0].text == ":"):
            return []
        if not subject or _that_follows(follow) or (not quoted and _goes_on(follow)):
            continue
        if not quoted:
            mark, subject = _with_appositions(before, marks[: number + 1], subject)
        if mark not in ends_quote and not has_main_verb(sentence.content(start, mark)):
            return _told_between(sentence, (start, mark), subject, cue, follow)
        return _told(sentence, (start, mark), subject, cue, at, follow)
    return []


def _that_follows(follow: list[Token]) -> bool:
    for word in follow[:9]:
        if word.low == "that":
            return True
        if not word.is_word:
            break
    return False


def _words_after(words: list[Token], mark: int) -> list[Token]:
    found = [word for word in words if word.start > mark and (word.is_word or word.text == ",")]
    while found and found[0].text == ",":
        found = found[1:]
    return found


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
        mark, subject = earlier, _words_after(before, earlier)
    return mark, subject


def _told(sentence: Sentence, span: Span, subject: list[Token], cue: Token, at: int, follow: list[Token]) -> list[Said]:
    if len(sentence.text[slice(*span)].split()) < 3 and span[1] not in {b for _, b in sentence.inside}:
        return []
    who = who_is(_without_between(subject), sentence.text, sentence.memory)
    if not who.name:
        return []
    sentence.memory.acts(who)
    parts = [said_by(span, who, cue.text)]
    for a, b in sentence.inside:
        if a > cue.end and b - a > 20 and has_finite(sentence.content(a, b)):
            parts.append(said_by((a, b), who, cue.text))
    if len(parts) > 1:
        return parts
    return parts + (_more_from(sentence, at + 1, who) or _rest(sentence, follow, who, cue))


def _told_between(sentence: Sentence, span: Span, subject: list[Token], cue: Token, follow: list[Token]) -> list[Said]:
    """“Half of the money, Brandt said, was spent …”: the predicate, with the subject from before."""
    if not follow or follow[0].text != "," or len(follow) < 4 or span[1] <= span[0]:
        return []
    if not has_finite(follow[1:4]) or len(sentence.text[slice(*span)].split()) > 14:
        return []
    who = who_is(_without_between(subject), sentence.text, sentence.memory)
    if not who.name:
        return []
    sentence.memory.acts(who)
    return [said_by((follow[1].start, sentence.end), who, cue.text, subject=sentence.text[slice(*span)].strip())]


def _rest(sentence: Sentence, follow: list[Token], who: Who, cue: Token) -> list[Said]:
    """What a second clause after “…, X said” adds: “; organisers put it at 5,000”, “, and reopened in May”."""
    for at, word in enumerate(follow[:-3]):
        if word.text != ";" and not (word.low in {"and", "but", "while"} and at and follow[at - 1].text == ","):
            continue
        rest = follow[at + 1 :]
        place = next((n for n, other in enumerate(sentence.outside) if other.start == rest[0].start), 0)
        told = by_verb(sentence, place) if place else []
        if told or not has_main_verb(rest):
            return told
        span = (rest[0].start, sentence.end)
        return [said_by(span, who, cue.text) if is_finite(follow, at + 1) else Said(*span)]
    return []


def _is_plural(words: list[Token], at: int) -> bool:
    """Whether the word can be the end of a plural subject, so that “report” behind it is a verb."""
    if at < 0:
        return False
    word = words[at]
    if word.low.endswith("s") or word.low in _PLURALS or (word.text.isupper() and len(word.text) > 1):
        return True
    return word.text in {",", ")"} or any(other.low == "and" for other in words[max(0, at - 4) : at])


_PLURALS = frozenset(
    "they we you i who people police media children women men staff data many some most others critics half all both"
    " few several scientists crew family public five ten hundred could can may might would will must should not also"
    " percent cent majority".split()
)
_BASES = frozenset(verb for verb in SAY | SAY_THAT if verb + "s" in SAY | SAY_THAT or verb + "es" in SAY | SAY_THAT) | {
    "deny", "testify", "reply", "imply", "verify", "certify", "specify", "clarify"
}


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
    if any(word.low in {"that", "which"} for word in subject):
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


def _leading_noun(words: list[Token], *, quoted: bool) -> list[Token]:
    """The speaker after the verb: “said Maria Lopez, the head of the union”."""
    found: list[Token] = []
    for at, word in enumerate(words[:16]):
        if not word.is_word and word.text not in {",", "’s", "'", "’"}:
            break
        if word.low in _ENDS_NAME and not (word.low in {"in", "at"} and at > 2):
            break
        if at and is_finite(words, at):
            break
        found.append(word)
    while found and found[-1].text == ",":
        found.pop()
    if found and not (found[0].is_capital or found[0].low in _LEADS):
        named = any(word.is_capital or word.low in ROLES for word in found[:6])
        return found if found[0].low in ROLES | RESEARCH or (quoted and named) else []
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
            parts.extend(_conceded(sentence, before))
    content = _past_thought(sentence, content)
    return parts + _several(sentence, at, content, who)


def _conceded(sentence: Sentence, span: Span) -> list[Said]:
    """“While the ministry says the dam is safe, …”: read like a sentence of its own."""
    end = span[0] + len(sentence.text[slice(*span)].rstrip(" ,"))
    inner = sentence_of(sentence.text, span[0], end, sentence.inside, sentence.memory)
    return by_verb(inner) or [Said(span[0], end)]


def _several(sentence: Sentence, at: int, content: int, who: Who) -> list[Said]:
    """The statement, cut where somebody else, or the same one again, speaks: “…, and Y said that …”."""
    outside = sentence.outside
    cue = outside[at]
    for place in range(at + 4, len(outside)):
        if outside[place].low in DENY | _DECIDED and (join := _contrasted(outside, at, place)):
            return [said_by((content, outside[join].start), who, cue.text), Said(outside[join].end, sentence.end)]
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


def _contrasted(outside: list[Token], at: int, place: int) -> int:
    """“…, but his office denied it”: the number of the “but”, when the outlet goes on to say what another did."""
    for join in range(place - 1, max(at + 3, place - 8), -1):
        if outside[join].low in {"but", "while", "although"} and outside[join - 1].text == ",":
            between = outside[join + 1 : place]
            return join if between and between[0].low not in PRONOUNS and _may_speak(between, quoted=False) else 0
    return 0


_DECIDED = frozenset("ruled rejected decided overturned refused declined dismissed refuted".split())


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
    for chunk in chunks[1:]:
        participle = chunk and (chunk[0].low.endswith(("ed", "ing")) or chunk[0].low in IRREGULAR_PAST)
        if chunk and chunk[0].low not in {"who", "which", "whose", "where"}:
            if _has_own_verb(chunk[1:] if participle else chunk):
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
        if not (adverb or first in PREPOSITIONS | RELATIVES | {"if", "although", "though", "while"} or first.endswith(("ing", "ed"))):
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
    if cue.low in TELL and not explicit and not (adjunct and adjunct.group().strip()):
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
    if len(words) > 1 and words[0].low.islower() and words[0].low not in DETERMINERS and not words[0].is_capital:
        if words[1].low in DETERMINERS | PRONOUNS or words[1].low[:1].isdigit():
            return words[1].start, False
    run = 2 if words and words[0].low in DETERMINERS else 0
    while run < len(words) and words[run].is_capital and (run or words[0].is_capital):
        run += 1
    fits = 0 < run < len(words) and (words[run].low in DETERMINERS | PRONOUNS or words[run].low[:1].isdigit())
    return (words[run].start, False) if fits else (start, False)


def _is_statement(sentence: Sentence, cue: Token, start: int, *, explicit: bool) -> bool:
    words = sentence.content(start, sentence.end)
    told = len([word for word in words if word.is_word])
    quoted = any(abs(a - start) <= 3 for a, _ in sentence.inside)
    if told < 1 or (told < 3 and not (quoted or (told == 2 and is_finite(words, 1)))):
        return False
    led_by_comma = sentence.text[max(0, start - 3) : start].rstrip().endswith(",")
    if (words[0].low in ONGOING and led_by_comma) or sentence.text[words[-1].start] in ":,":
        return False
    if explicit:
        return True
    if words[0].low in _NOT_CONTENT or (words[0].low in RELATIVES | {"how", "why", "whether"} and words[0].low != "when"):
        return False
    stop = next((at for at, word in enumerate(words) if at and word.low in ONGOING and words[at - 1].text == ","), 99)
    verb = next((at for at in range(1, min(len(words), 26, stop)) if is_finite(words, at)), 0)
    if not verb and stop < 99:
        return False
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


