"""A text cut into paragraphs for display, with one marked place in it; positions count its code points."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.articles.text import paragraphs


@dataclass(frozen=True)
class Passage:
    """One paragraph: where it begins, the white space before it, and its pieces with whether they are marked."""

    start: int
    before: str
    pieces: tuple[tuple[str, bool], ...]


def passages(text: str, mark: tuple[int, int] | None = None, *, around: int | None = None) -> list[Passage]:
    """The paragraphs, or only those that the mark reaches into with `around` more on either side."""
    found: list[Passage] = []
    hits: list[int] = []
    at = 0
    first, last = mark or (0, 0)
    for start, end in paragraphs(text):
        left, right = max(start, first), min(end, last)
        if left < right:
            hits.append(len(found))
            cuts: tuple[tuple[str, bool], ...] = (
                (text[start:left], False),
                (text[left:right], True),
                (text[right:end], False),
            )
        else:
            cuts = ((text[start:end], False),)
        found.append(Passage(start, text[at:start], tuple(cut for cut in cuts if cut[0])))
        at = end
    if around is None or not hits:
        return found
    return found[max(0, hits[0] - around) : hits[-1] + around + 1]
