"""Numbers in the reasons that point at the evidence: [1], [2]. Pure.

The pages, the report and the checks before submitting all read them here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.claims.extraction.sentences import sentences
from annotations.tongue import gettext as _

# “[1]” and “[1, 2]”. A year in brackets is none: a claim never has so many sources.
_CITATION = re.compile(r"\[\s?([0-9]{1,3}(?:\s?[,;]\s?[0-9]{1,3})*)\s?\]")
_NUMBER = re.compile(r"[0-9]+")
_ONLY_CITATIONS = re.compile(r"[\s.,;]*(?:\[[0-9,;\s]*\][\s.,;]*)+")
_QUOTED = re.compile(r"[“„«\"].+?[”“»\"]")
_NAMED = re.compile(r"\s[^\W\d_a-z]\w")


@dataclass(frozen=True)
class Piece:
    """A piece of the reasons. `number` is the evidence it points at, 0 for words that point at none."""

    text: str
    number: int = 0


def pieces(reasons: str) -> list[Piece]:
    """The reasons cut at every citation; joined together they are the same text again."""
    found: list[Piece] = []
    at = 0
    for citation in _CITATION.finditer(reasons):
        numbers = list(_NUMBER.finditer(reasons, citation.start(), citation.end()))
        if len(numbers) == 1:
            found += [Piece(reasons[at : citation.start()]), Piece(citation[0], int(numbers[0][0]))]
            at = citation.end()
            continue
        for number in numbers:
            found += [Piece(reasons[at : number.start()]), Piece(number[0], int(number[0]))]
            at = number.end()
    found.append(Piece(reasons[at:]))
    return [piece for piece in found if piece.text]


def cited(reasons: str) -> list[int]:
    """The numbers that are cited, each once, in the order of the text."""
    return list(dict.fromkeys(piece.number for piece in pieces(reasons) if _points(piece)))


def unknown(reasons: str, count: int) -> list[int]:
    """Numbers that no evidence has, when the evidence is numbered from 1 to `count`."""
    return [number for number in cited(reasons) if not 1 <= number <= count]


def problem_of(numbers: Sequence[int]) -> str:
    """What to say of `unknown` numbers; empty when there are none."""
    return (
        _("The reasons cite {value}, which no source here has as its number.").format(
            value=missing_of(numbers)
        )
        if numbers
        else ""
    )


def unmentioned(reasons: str, count: int) -> list[int]:
    """Evidence that the reasons do not cite."""
    named = set(cited(reasons))
    return [number for number in range(1, count + 1) if number not in named]


def uncited_sentences(reasons: str) -> list[str]:
    """Sentences that state something a reader could look up (a figure, a name, a quotation) and cite nothing."""
    found: list[str] = []
    for start, end in sentences(reasons):
        sentence = reasons[start:end]
        if found and _ONLY_CITATIONS.fullmatch(sentence):
            found.pop()  # “… in 2006. [1]” cites for the sentence before it
        elif not _CITATION.search(sentence) and _is_factual(sentence):
            found.append(sentence)
    return found


def missing_of(numbers: Sequence[int]) -> str:
    """Numbers as they are written in the reasons: [4], [5]."""
    return ", ".join(f"[{number}]" for number in numbers)


def _points(piece: Piece) -> bool:
    return piece.number > 0 or _CITATION.fullmatch(piece.text) is not None


def _is_factual(sentence: str) -> bool:
    words = sentence.lstrip(" “\"'(")
    return bool(re.search(r"\d", words) or _QUOTED.search(sentence) or _NAMED.search(words))
