"""Where the words begin that a verb of saying tells, and whether they are a statement at all."""

from __future__ import annotations

import re

from annotations.claims.extraction.cues import ONGOING, SAY, TELL
from annotations.claims.extraction.said import Sentence
from annotations.claims.extraction.words import DETERMINERS, PRONOUNS, RELATIVES, Token, has_finite, is_finite

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
_NOT_CONTENT = frozenset("to of by as about for with against on from into and or , ;".split())
_DEMONSTRATED = frozenset(
    "number figure total rate amount person man woman day year decision process sort point".split()
)


_NOUN_OPENS = DETERMINERS | PRONOUNS
_ASKS = (RELATIVES | {"how", "why", "whether"}) - {"when"}


def content_after(sentence: Sentence, at: int) -> tuple[int, bool]:
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
    if (
        len(words) > 1
        and words[0].low.islower()
        and words[0].low not in DETERMINERS
        and not words[0].is_capital
    ) and (words[1].low in _NOUN_OPENS or words[1].low[:1].isdigit()):
        return words[1].start, False
    run = 2 if words and words[0].low in DETERMINERS else 0
    while run < len(words) and words[run].is_capital and (run or words[0].is_capital):
        run += 1
    fits = 0 < run < len(words) and (words[run].low in _NOUN_OPENS or words[run].low[:1].isdigit())
    return (words[run].start, False) if fits else (start, False)


def is_statement(sentence: Sentence, cue: Token, start: int, *, explicit: bool) -> bool:
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
    if words[0].low in _NOT_CONTENT or words[0].low in _ASKS:
        return False
    stop = next(
        (at for at, word in enumerate(words) if at and word.low in ONGOING and words[at - 1].text == ","), 99
    )
    verb = next((at for at in range(1, min(len(words), 26, stop)) if is_finite(words, at)), 0)
    if not verb and stop < 99:
        return False
    if not verb:
        return cue.low in SAY and has_finite(words[26:])
    if words[verb - 1].low in {"and", "but"} and not any(word.text == "," for word in words[:verb]):
        return False
    return (
        words[verb - 1].low == "that" or words[verb - 1].low not in RELATIVES or has_finite(words[verb + 1 :])
    )


def past_thought(sentence: Sentence, start: int) -> int:
    """“said she believed (that) CONTENT”: the thought is the same speaker's."""
    words = sentence.content(start, sentence.end)[:5]
    lows = [word.low for word in words]
    thinking = {
        "believed",
        "believes",
        "believe",
        "thought",
        "thinks",
        "felt",
        "feels",
        "feared",
        "fears",
        "suspected",
    }
    if len(words) == 5 and lows[0] in {"he", "she", "they", "it", "we", "i"} and lows[1] in thinking:
        return words[3].start if lows[2] == "that" else words[2].start
    return start
