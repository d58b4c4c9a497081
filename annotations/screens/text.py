"""The text of an article as the workbench prints it: paragraph by paragraph, with the marks of claims in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from annotations.articles.text import paragraphs
from annotations.claims.spans import lanes, nest

USUAL_GAP = "\n\n"
"""What lies between two paragraphs unless the page says otherwise."""


@dataclass(frozen=True)
class Mark:
    """Words of the text that carry a claim, or another appearance of one.

    `number` is the claim's place in the text, 0 for none; `state` names how the mark looks, `rating` its colour once
    there is one. `address` opens the claim, `is_here` when it is one of this article. Positions are code points.
    """

    claim: int
    start: int
    end: int
    number: int
    state: str
    rating: str
    says: str
    address: str
    is_mention: bool = False
    is_here: bool = True

    @cached_property
    def code(self) -> str:
        """The claim's key as a template prints it: a number would be put into the form of a language each time."""
        return str(self.claim)

    @cached_property
    def shown(self) -> str:
        """What stands where its words end: the claim's number, “=” and its number for another appearance of it, or an
        arrow that leads to another article; empty for none.
        """
        if self.is_mention:
            return f"={self.number}" if self.number else "↗"
        return str(self.number) if self.number else ""


@dataclass(frozen=True)
class Step:
    """One step of printing a paragraph: words, or a mark that opens, closes, or whose number stands here."""

    kind: str
    text: str = ""
    mark: Mark | None = None
    lane: int = 0


@dataclass(frozen=True)
class Paragraph:
    """`gap` is the white space before it where it is not the usual one; `lanes` how many underlines lie below each
    other.
    """

    start: int
    gap: str
    steps: tuple[Step, ...]
    lanes: int


def text_of(text: str, marks: Sequence[Mark]) -> list[Paragraph]:
    """The text with its marks. Each paragraph is given only those that reach into it, so the work is linear."""
    known = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.is_mention))
    lane_of = lanes((key, mark.start, mark.end) for key, mark in enumerate(known))
    found: list[Paragraph] = []
    at = coming = 0
    reaching: list[int] = []
    for start, end in paragraphs(text):
        while coming < len(known) and known[coming].start < end:
            reaching.append(coming)
            coming += 1
        reaching = [key for key in reaching if known[key].end > start]
        places = [(key, known[key].start, known[key].end) for key in reaching]
        steps = tuple(
            Step("text", piece.text)
            if piece.kind == "text"
            else Step(piece.kind, "", known[piece.key], lane_of[piece.key])
            for piece in nest(text, start, end, places)
        )
        found.append(Paragraph(start, _gap(text[at:start], is_first=not found), steps, _lanes(steps)))
        at = end
    return found


def _gap(gap: str, *, is_first: bool) -> str:
    return "" if gap == ("" if is_first else USUAL_GAP) else gap


def _lanes(steps: Sequence[Step]) -> int:
    return max((step.lane + 1 for step in steps if step.kind == "open"), default=0)
