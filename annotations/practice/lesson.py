"""A practice article with the answers of experienced fact-checkers, and what somebody's own answers are beside them.

Pure. Positions count code points of the lesson's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.claims.spans import alike, find


@dataclass(frozen=True)
class Gold:
    """A piece of the text and what is right to do with it: check it (`rating`), or dismiss it (`reason`).

    `why` explains the answer, `records` is what a search for evidence would turn up. `is_proposed`: the learner finds
    it in the list; else it has to be found in the text.
    """

    number: int
    start: int
    end: int
    exact: str
    is_worth: bool
    reason: str
    rating: str
    records: str
    why: str
    is_proposed: bool


@dataclass(frozen=True)
class Lesson:
    slug: str
    title: str
    outlet: str
    note: str
    text: str
    gold: tuple[Gold, ...]

    def gold_at(self, start: int, end: int) -> Gold | None:
        """The answer for these words: of those that overlap enough to be the same claim the one that fits best."""
        near = [one for one in self.gold if alike((one.start, one.end), (start, end))]
        return min(near, key=lambda one: abs(one.start - start) + abs(one.end - end), default=None)


@dataclass(frozen=True)
class Answered:
    """What somebody did with a piece of the text. `decision`: "" (nothing yet), ACCEPTED or DISMISSED."""

    start: int
    end: int
    decision: str
    reason: str
    rating: str


@dataclass(frozen=True)
class Compared:
    """An answer beside the right one. `gold` is None for words that nobody would check or dismiss."""

    gold: Gold | None
    is_right: bool
    is_reason_right: bool | None
    is_rating_right: bool | None


@dataclass(frozen=True)
class Summary:
    """How it went: claims found, missed and wrongly decided; ratings and reasons that were the same as the answers'."""

    found: int
    to_find: int
    missed: tuple[Gold, ...]
    wrong: int
    rated: int
    rated_right: int
    reasons: int
    reasons_right: int
    undecided: int


def lesson_from(values: Mapping[str, Any]) -> Lesson:
    """The lesson of a file. Raises `ValueError` for an answer whose words do not stand in the text once."""
    text, gold = values["text"], []
    for number, one in enumerate(values["gold"], start=1):
        span = find(text, one["exact"])
        if span is None:
            raise ValueError(f"“{one['exact']}” does not stand in the text of {values['slug']}.")
        gold.append(
            Gold(
                number=number,
                start=span.start,
                end=span.end,
                exact=span.exact,
                is_worth=one["is_worth"],
                reason=one.get("reason", ""),
                rating=one.get("rating", ""),
                records=one.get("records", ""),
                why=one["why"],
                is_proposed=one["is_proposed"],
            )
        )
    named = {name: values[name] for name in ("slug", "title", "outlet", "note")}
    return Lesson(**named, text=text, gold=tuple(gold))


def compared(lesson: Lesson, answer: Answered) -> Compared | None:
    """The answer beside the right one; None while nothing was decided."""
    if not answer.decision:
        return None
    gold, accepted = lesson.gold_at(answer.start, answer.end), answer.decision == "ACCEPTED"
    if gold is None:
        return Compared(None, not accepted, None, None)
    is_right = accepted == gold.is_worth
    reason = answer.reason == gold.reason if is_right and not accepted else None
    rating = answer.rating == gold.rating if is_right and answer.rating else None
    return Compared(gold, is_right, reason, rating)


def summed_up(lesson: Lesson, answers: Iterable[Answered]) -> Summary:
    """All answers of a run together."""
    every = list(answers)
    pairs = [(answer, found) for answer in every if (found := compared(lesson, answer))]
    hit = {
        found.gold.number for answer, found in pairs if found.gold and found.is_right and found.gold.is_worth
    }
    seen = {found.gold.number for _, found in pairs if found.gold} | {
        gold.number for answer in every if (gold := lesson.gold_at(answer.start, answer.end))
    }
    worth = [one for one in lesson.gold if one.is_worth]
    return Summary(
        found=len(hit),
        to_find=len(worth),
        missed=tuple(one for one in worth if one.number not in seen),
        wrong=sum(not found.is_right for _, found in pairs),
        rated=sum(found.is_rating_right is not None for _, found in pairs),
        rated_right=sum(bool(found.is_rating_right) for _, found in pairs),
        reasons=sum(found.is_reason_right is not None for _, found in pairs),
        reasons_right=sum(bool(found.is_reason_right) for _, found in pairs),
        undecided=sum(not answer.decision for answer in every),
    )


def by_slug(lessons: Sequence[Lesson], slug: str) -> Lesson | None:
    return next((one for one in lessons if one.slug == slug), None)
