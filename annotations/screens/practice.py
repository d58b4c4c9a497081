"""A practice article as the workbench shows one: the list, the text with its marks, the item in hand and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.claims.lifecycle import CHOOSABLE_REASONS, DismissalReason
from annotations.desks.scale import DEFAULT, Rating
from annotations.people.models import User
from annotations.practice.lesson import Compared, Gold, Lesson, Summary, compared, summed_up
from annotations.practice.models import PracticeAnswer, PracticeRun
from annotations.practice.queries import answers_of, as_answered, newest_run
from annotations.screens.text import Mark, Paragraph, text_of
from annotations.tongue import inside


@dataclass(frozen=True)
class Item:
    """One line of the list. `tone` and `icon` tell, with `says`, whether it was decided and was right."""

    answer: PracticeAnswer
    number: int
    compared: Compared | None
    tone: str
    icon: str
    says: str


@dataclass(frozen=True)
class Practice:
    lesson: Lesson
    run: PracticeRun | None
    items: tuple[Item, ...]
    item: Item | None
    next: Item | None
    previous: Item | None
    paragraphs: tuple[Paragraph, ...]
    summary: Summary
    reasons: Sequence[tuple[str, str]]
    ratings: tuple[Rating, ...]

    @property
    def is_open(self) -> bool:
        return self.run is not None and self.run.finished_at is None

    @property
    def decided(self) -> int:
        return len(self.items) - self.summary.undecided


def practice(*, lesson: Lesson, person: User, item_id: int | None = None) -> Practice:
    """The page, in two queries."""
    run = newest_run(person, lesson)
    answers = answers_of(run) if run else []
    items = tuple(_item(lesson, answer, number) for number, answer in enumerate(answers, start=1))
    at = next((place for place, item in enumerate(items) if item.answer.pk == item_id), None)
    return Practice(
        lesson=lesson,
        run=run,
        items=items,
        item=items[at] if at is not None else None,
        next=_next(items, at),
        previous=items[at - 1] if at else None,
        paragraphs=tuple(text_of(lesson.text, [_mark(item) for item in items])),
        summary=summed_up(lesson, (as_answered(answer) for answer in answers)),
        reasons=[(reason.value, reason.label) for reason in CHOOSABLE_REASONS],
        ratings=DEFAULT.choices,
    )


def _next(items: Sequence[Item], at: int | None) -> Item | None:
    """The one that stands next in the text, or else the first that waits: what `J` leads to."""
    if at is not None and at + 1 < len(items):
        return items[at + 1]
    return next((item for place, item in enumerate(items) if not item.answer.decision and place != at), None)


def answer_in_words(gold: Gold) -> str:
    """What is right to do, as a sentence begins."""
    if not gold.is_worth:
        return _("Dismiss: {label}").format(label=inside(DismissalReason(gold.reason).label))
    return _("Check it: {label}").format(label=DEFAULT.by_code[gold.rating].label)


def _item(lesson: Lesson, answer: PracticeAnswer, number: int) -> Item:
    found = compared(lesson, as_answered(answer))
    if found is None:
        return Item(answer, number, None, "candidate", "circle-dashed", _("Candidate"))
    if not found.is_right:
        return Item(answer, number, found, "bad", "x", _("Decided otherwise than the answer"))
    if False in (found.is_rating_right, found.is_reason_right):
        return Item(
            answer, number, found, "warn", "dot", _("Sorted rightly, but not for the same reason or rating")
        )
    if found.gold and found.gold.is_worth and not answer.rating:
        return Item(answer, number, found, "work", "dot", _("Sorted rightly, not rated yet"))
    return Item(answer, number, found, "good", "check", _("Right"))


def _mark(item: Item) -> Mark:
    return Mark(
        claim=item.answer.pk,
        start=item.answer.start,
        end=item.answer.end,
        number=item.number,
        state=item.tone,
        rating="",
        says=_("Claim {number}, {says}").format(number=item.number, says=item.says),
        address=f"?item={item.answer.pk}",
    )
