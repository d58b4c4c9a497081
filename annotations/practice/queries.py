from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from annotations.people.models import User
from annotations.practice.lesson import Answered, Lesson, lesson_from
from annotations.practice.models import PracticeAnswer, PracticeRun


@lru_cache(maxsize=1)
def lessons() -> tuple[Lesson, ...]:
    """The practice articles that come with the product, by name of their file."""
    folder = Path(settings.BASE_DIR, "seeds", "practice")
    return tuple(lesson_from(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json")))


def newest_run(person: User, lesson: Lesson) -> PracticeRun | None:
    """The run that the person has in hand, or ended last. One query."""
    return PracticeRun.objects.visible_to(person).filter(lesson=lesson.slug).order_by("-number").first()


def answers_of(run: PracticeRun) -> list[PracticeAnswer]:
    """Everything in the list of this run, in the order of the text. One query."""
    return list(PracticeAnswer.objects.filter(run=run).order_by("start", "-end", "pk"))


def as_answered(row: PracticeAnswer) -> Answered:
    return Answered(row.start, row.end, row.decision, row.reason, row.rating)
