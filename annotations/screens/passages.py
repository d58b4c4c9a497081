"""A text cut into paragraphs for display, with one marked place in it; positions count its code points."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.articles.text import paragraphs
from annotations.claims.spans import cut_into_runs


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
    marks = [("mark", *mark)] if mark and mark[0] < mark[1] else []
    for start, end in paragraphs(text):
        if marks and marks[0][1] < end and marks[0][2] > start:
            hits.append(len(found))
            runs = cut_into_runs(text, start, end, marks)
            pieces = [(run.text, bool(run.keys)) for run in runs]
        else:
            pieces = [(text[start:end], False)]
        found.append(Passage(start, text[at:start], tuple(pieces)))
        at = end
    if around is None or not hits:
        return found
    return found[max(0, hits[0] - around) : hits[-1] + around + 1]
