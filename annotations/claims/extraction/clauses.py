"""Cuts what is claimed into the smallest pieces that can be checked one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.claims.extraction.words import AUXILIARIES, CONNECTORS, Token, has_finite, is_finite, tokens


@dataclass(frozen=True)
class Piece:
    """`subject` is what a piece that begins with its verb goes on about: “began engaging …”."""

    start: int
    end: int
    subject: str = ""


_TIME_LEAD = re.compile(
    r"(?:on|in|at|during|after|before|since|by|for|until|despite|amid|following|as|over|within|prior|under|from|with"
    r"|yesterday|today|last|this|earlier|among|because|due|according|to|also|allegedly|reportedly|instead|besides)\b",
    re.IGNORECASE,
)
_SUBORDINATE = frozenset(
    "when after because although though while if as since before until once whereas".split()
)
_TAIL = re.compile(
    r",\s(?=(?:which|who|where|whose|\w{3,20}ing|aimed|designed|intended|meant|describing|despite|although|though|with)\b)"
)


def cut(text: str, start: int, end: int) -> list[Piece]:
    """The pieces of one content, in order."""
    words = tokens(text, start, end)
    pieces: list[Piece] = []
    words, led = _without_lead(text, words)
    pieces.extend(led)
    for group in _coordinated(words):
        pieces.extend(_predicates(text, group))
    return [
        piece for piece in (_without_tail(text, piece) for piece in pieces) if piece.end - piece.start > 8
    ]


def _without_lead(text: str, words: list[Token]) -> tuple[list[Token], list[Piece]]:
    """Openers (“However,”) and adjuncts (“On Friday,”) off the front; a clause with a number in it is kept apart."""
    pieces: list[Piece] = []
    for _ in range(3):
        if not words:
            break
        if (
            words[0].low in CONNECTORS
            and len(words) > 3
            and (words[1].text == "," or words[0].low in {"but", "and", "so", "yet"})
        ):
            words = words[2:] if words[1].text == "," else words[1:]
            continue
        if words[0].low == "that" and len(words) > 3 and has_finite(words[2:]):
            words = words[1:]
            continue
        comma = next((at for at, word in enumerate(words[:30]) if word.text == ","), 0)
        if not comma or not (_TIME_LEAD.match(text, words[0].start) or words[0].low in _SUBORDINATE):
            break
        lead, rest = words[:comma], words[comma + 1 :]
        if len(rest) < 4 or not has_finite(rest):
            break
        if words[0].low in _SUBORDINATE and has_finite(lead[1:]) and len(lead) > 4:
            pieces.append(Piece(lead[1].start, lead[-1].end))
        words = rest
    return words, pieces


def _coordinated(words: list[Token]) -> list[list[Token]]:
    """Clauses joined by a semicolon or by “, and” with a subject and a verb on both sides."""
    groups: list[list[Token]] = []
    first = 0
    for at, word in enumerate(words):
        semicolon = word.text == ";"
        joined = word.low in {"and", "but", "while", "whereas", "although", "so"} and at > first + 2
        comma = joined and words[at - 1].text == ","
        if not (semicolon or joined):
            continue
        rest = words[at + 1 :]
        if len(rest) < 4 or not has_finite(words[first:at]):
            continue
        and_that = word.low in {"and", "but"} and rest[0].low == "that" and has_finite(rest[1:])
        if not semicolon and not and_that and not _opens_clause(rest, strict=not comma):
            continue
        groups.append(words[first : at - 1 if comma else at])
        first = at + (2 if and_that else 1)
    groups.append(words[first:])
    return [group for group in groups if group]


def _opens_clause(words: list[Token], *, strict: bool) -> bool:
    """A subject of a few words and then its verb, with nothing else between."""
    most = 4 if strict else 9
    for at in range(1, min(len(words), most)):
        if words[at].text in {",", ";", ":"}:
            return False
        if is_finite(words, at):
            if not strict:
                return True
            return words[at].low in AUXILIARIES and words[0].low in {
                "he",
                "she",
                "it",
                "they",
                "the",
                "its",
                "their",
                "more",
                "thousands",
                "hundreds",
                "dozens",
                "many",
                "some",
            }
    return False


def _predicates(text: str, words: list[Token]) -> list[Piece]:
    """“S is there and began that”: two pieces, the second with the subject of the first."""
    verb = next((at for at in range(1, len(words)) if is_finite(words, at)), 0)
    subject = text[words[0].start : words[verb].start].strip() if verb else ""
    pieces, first = [], 0
    for at in range(verb + 2, len(words) - 3):
        if verb and words[at].low == "and" and _begins_with_verb(words, at + 1):
            stop = at - 1 if words[at - 1].text == "," else at
            pieces.append(Piece(words[first].start, words[stop - 1].end, subject if first else ""))
            first = at + 1
    pieces.append(Piece(words[first].start, _end(words), subject if first else ""))
    return pieces


def _begins_with_verb(words: list[Token], at: int) -> bool:
    if words[at].low in {"has", "have", "had", "is", "are", "was", "were", "will", "would"}:
        return True
    return is_finite(words, at) and words[at].low not in {"do", "does", "did"}


def _end(words: list[Token]) -> int:
    return next(
        (word.end for word in reversed(words) if word.is_word or word.text in {"%", ")", "”", '"'}),
        words[-1].end,
    )


def _without_tail(text: str, piece: Piece) -> Piece:
    """A trailing “, aimed at …” or “, which …” goes, unless it counts something: “, killing 20 people”."""
    for tail in _TAIL.finditer(text, piece.start + 12, piece.end):
        core = tokens(text, piece.start, tail.start())
        if has_finite(core) and not re.search(r"\d|\bdeath|\bkill", text[tail.start() : piece.end]):
            return Piece(piece.start, tail.start(), piece.subject)
    return piece
