"""Cuts what is claimed into the smallest pieces that can be checked one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.claims.extraction.coordination import coordinated, end_of, predicates
from annotations.claims.extraction.cues import CONNECTORS, HEDGES
from annotations.claims.extraction.words import (
    DETERMINERS,
    Token,
    has_finite,
    has_main_verb,
    is_finite,
    tokens,
)

CLAIM, CORE, TAIL, WHOLE = "claim", "core", "tail", "whole"


@dataclass(frozen=True)
class Piece:
    """A claim of its own, the `core` of one without its end, the checkable `tail` of one (“which …”), or the `whole`
    statement that others are pieces of.

    `subject` is what a piece that begins with its verb goes on about: “began engaging …”; `cue` is its own
    “reportedly”. A page that shows each claim once shows
    no cores and no wholes.
    """

    start: int
    end: int
    subject: str = ""
    kind: str = CLAIM
    cue: str = ""


_TIME_LEAD = re.compile(
    r"(?:on|in|at|during|after|before|since|by|until|despite|amid|following|as|over|within|prior|under|from|with"
    r"|yesterday|today|last|this|earlier|among|because|due|according|instead|besides|for|like|unlike|throughout"
    r"|across|through|between|late|early|when|while|once|only|out|outside|inside|near|up|around|about|elsewhere"
    r"|\w{3,15}ing|compared|based|contrary|given|thanks|days|weeks|months|hours|minutes|years"
    r"|(?:an?|one|two|three|four|five|six|\d{1,3})\s(?:minutes?|hours?|days?|weeks?|months?|years?|decades?)|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_SUBORDINATE = frozenset("when after because although though while as since before once whereas even".split())
_COMMENTS = frozenset(
    "unfortunately interestingly notably importantly surprisingly sadly crucially fortunately ironically specifically"
    " remarkably clearly obviously sensationally understandably".split()
)
_KEPT_LEADS = frozenset("if unless because as".split())
_TAIL = re.compile(
    r"(?:,|\s[—–-])\s(?=(?:which|who|where|whose|when|\w{3,20}ing|aimed|designed|intended|meant|describing|despite|although"
    r"|though|with|such|including|following|amid|something|prompting|while|instead|as\swell|in\san?|because|so|since"
    r"|not|due|among|after|before|according|on|a\s(?:figure|number|claim|charge|allegation|move|decision))\b)"
)
_RANK_TAIL = re.compile(
    r",\s(?:the|its|his|her|their)\s(?:\w{1,15}-)?(?:\w{1,15}\s)?(?:most|least|first|only|last|\w{3,12}est|second|third|fourth|fifth|worst|best)\b"
)
_COUNTS = re.compile(
    r"\d|\bdeath|\bkill|\bdead|\bcaus|\blead|\bleaving|\bwound|\binjur|\bmillion|\bthousand|\bhundred"
)
_CLAUSE_TAIL = re.compile(r"(?:,|\s[—–-])\s(?:which|who|whose|where)\s")
_LISTED = re.compile(r",\s\w{3,20}ing(?:\s\w{1,20}){0,3},")
_EFFECT_TAIL = re.compile(
    r",\s(?:causing|leading|leaving|killing|injuring|wounding|forcing|making|putting|bringing)\s"
)


def cut(text: str, start: int, end: int) -> list[Piece]:
    """The pieces to show, in order: no wholes."""
    return [piece for piece in pieces_of(text, start, end) if piece.kind == CLAIM]


def pieces_of(text: str, start: int, end: int, subject: str = "") -> list[Piece]:
    """All pieces of one content, in order of their places; a whole comes last."""
    every = _without_frame(tokens(text, start, end))
    words, led = _without_lead(text, every)
    pieces = list(led)
    if not words:
        return pieces
    for group in coordinated(words):
        for place, verb_subject in predicates(text, group):
            pieces.extend(
                _with_tail(text, Piece(*place, verb_subject or (subject if group is words else "")))
            )
    lead_hedge = next((w.text for w in every[:3] if w.low in HEDGES and w.start < words[0].start), "")
    pieces = [_hedged(text, _clean(text, piece), lead_hedge) for piece in pieces]
    pieces = [piece for piece in pieces if piece.end - piece.start > 8]
    if subject and pieces and not pieces[0].subject:
        first = pieces[0]
        pieces[0] = Piece(first.start, first.end, subject, first.kind, first.cue)
    own = pieces[len(led) if len(led) < len(pieces) else 0 :]
    return pieces + _wholes(text, own, end_of(words))


_OPENS_FRAME = DETERMINERS | {"it", "news"}


def _without_frame(words: list[Token]) -> list[Token]:
    """“The report comes after …”: the event that it comes after is what is told."""
    if not words or words[0].low not in _OPENS_FRAME:
        return words
    come = next((at for at, word in enumerate(words[:6]) if word.low in {"comes", "came"}), 0)
    after = next(
        (at for at in range(come + 1, min(come + 5, len(words))) if words[at].low in {"after", "as", "when"}),
        0,
    )
    return words[after + 1 :] if come and after and has_main_verb(words[after + 1 :]) else words


def _wholes(text: str, pieces: list[Piece], last: int) -> list[Piece]:
    """The statement in one piece, when the others are only parts of it; also with the ends that were cut off."""
    if not pieces:
        return []
    start, found = min(piece.start for piece in pieces), []
    for end in sorted({max(piece.end for piece in pieces), last}):
        whole = _clean(text, Piece(start, end, "", WHOLE))
        if not any((piece.start, piece.end) == (whole.start, whole.end) for piece in pieces):
            found.append(_hedged(text, whole, ""))
    return found


def _hedged(text: str, piece: Piece, lead: str) -> Piece:
    hedge = next((w.text for w in tokens(text, piece.start, piece.end) if w.low in HEDGES), lead)
    return Piece(piece.start, piece.end, piece.subject, piece.kind, hedge) if hedge else piece


def _clean(text: str, piece: Piece) -> Piece:
    """Without a pair of quotation marks around it, or one whose partner lies outside."""
    start, end = piece.start, piece.end
    inner = text[start:end]
    marks = sum(inner.count(mark) for mark in '"“”')
    if inner[:1] in '"“' and (marks == 1 or (marks == 2 and inner.rstrip(".,")[-1:] in '"”')):
        start += 1
        marks -= 1
    if marks == 1 and inner.rstrip(".,!?")[-1:] in '"”':
        end = start + len(text[start:end].rstrip('.,!?"”'))
    inner = text[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    return Piece(start, max(start, end), piece.subject, piece.kind, piece.cue)


def _without_lead(text: str, words: list[Token]) -> tuple[list[Token], list[Piece]]:
    """Openers (“However,”) and adjuncts (“On Friday,”) off the front; a clause with a number in it is kept apart."""
    pieces: list[Piece] = []
    opened = False
    for _ in range(4):
        if len(words) < 4:
            break
        first = words[0].low
        if first in CONNECTORS and (
            words[1].text == "," or first in {"but", "and", "so", "yet", "allegedly", "reportedly"}
        ):
            words, opened = (words[2:] if words[1].text == "," else words[1:]), True
            continue
        if first == "that" and has_finite(words[2:]) and not opened and not has_finite(words[:3]):
            words = words[1:]
            continue
        comma = _lead_comma(text, words)
        if not comma:
            break
        lead, rest = words[:comma], words[comma + 1 :]
        if first in _SUBORDINATE and has_finite(lead[1:]) and len(lead) > 4:
            if first in _KEPT_LEADS:
                break
            pieces.append(Piece(lead[1].start, lead[-1].end))
        words = rest
    return words, pieces


def _lead_comma(text: str, words: list[Token]) -> int:
    """The number of the comma that ends an opening adjunct, or 0; “as of 4 March,” stays, it dates the claim."""
    first = words[0].low
    if words[1].low == "of" and first == "as":
        return 0
    adverb = first in _COMMENTS and words[1].text == ","
    if not (adverb or _TIME_LEAD.match(text, words[0].start) or first in _SUBORDINATE):
        return 0
    if first.endswith("ing") and is_finite(words, 1):
        return 0  # “Sterling rose …”: a noun and its verb
    commas = [at for at, word in enumerate(words[:40]) if word.text == ","][:4]
    for comma in commas:
        rest = words[comma + 1 :]
        if len(rest) < 4 or not has_main_verb(rest):
            return 0
        if _starts_noun(rest[0]) and not _is_inserted(rest):
            early = has_finite(rest[:12])
            return comma if early or not (first.endswith("ing") or has_main_verb(words[1:comma])) else 0
    return 0


def _starts_noun(word: Token) -> bool:
    return word.low not in {"and", "or", "but", "which", "where", "who", "as", "then"}


def _is_inserted(words: list[Token]) -> bool:
    """“…, Australia, …”: a place or date between two commas still belongs to the adjunct."""
    comma = next((at for at, word in enumerate(words[:9]) if word.text == ","), 0)
    if comma and words[0].text in {'"', "“"} and not has_finite(words[:comma]):
        return True
    return (
        0 < comma <= 5
        and not has_finite(words[:comma])
        and not (comma + 1 < len(words) and words[comma + 1].low in {"who", "a", "an", "the"})
        and has_main_verb(words[comma + 1 :])
        and (words[0].is_capital or words[0].low[:1].isdigit() or words[0].low in {"where", "and"})
    )


def _with_tail(text: str, piece: Piece) -> list[Piece]:
    """A trailing “, aimed at …” or “, which …” goes, unless it counts something; a clause of its own is a tail."""
    rank = _RANK_TAIL.search(text, piece.start + 12, piece.end)
    if (
        rank
        and has_main_verb(tokens(text, piece.start, rank.start()))
        and not has_finite(tokens(text, rank.end(), piece.end))
    ):
        return [Piece(piece.start, rank.start(), piece.subject), Piece(rank.start() + 2, piece.end, "", TAIL)]
    for tail in _TAIL.finditer(text, piece.start + 12, piece.end):
        core = tokens(text, piece.start, tail.start())
        rest = text[tail.start() : piece.end]
        if not has_main_verb(core) or _comes_back(text, tail.end(), piece.end):
            continue
        if _LISTED.match(rest):
            continue
        clause = _CLAUSE_TAIL.match(rest)
        effect = _EFFECT_TAIL.match(rest)
        if not clause and not effect and _COUNTS.search(rest):
            return [piece]
        main = Piece(piece.start, tail.start(), piece.subject)
        if _COUNTS.search(rest):
            return [piece, Piece(main.start, main.end, main.subject, CORE)]
        return [main, Piece(tail.end(), piece.end, "", TAIL)] if clause or effect else [main]
    return [piece]


def _comes_back(text: str, start: int, end: int) -> bool:
    """“X, who leads Y, denies it”: after the insertion the main clause goes on."""
    rest = tokens(text, start, end)
    comma = next((at for at, word in enumerate(rest) if word.text == ","), 0)
    if not comma or comma + 1 >= len(rest):
        return False
    first = rest[comma + 1].low
    return first in {"is", "was", "are", "were", "has", "have", "had", "will", "would", "said"} or (
        has_finite(rest[comma + 1 : comma + 2]) and not rest[0].low.endswith("ing")
    )
