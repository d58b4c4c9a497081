"""Working through a practice article. Each verb writes to the tables of practice and to nothing else."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.claims.lifecycle import CHOOSABLE_REASONS
from annotations.claims.spans import BadSpan, check
from annotations.desks.scale import DEFAULT
from annotations.people.models import User
from annotations.practice.lesson import Lesson
from annotations.practice.models import PracticeAnswer, PracticeRun
from annotations.practice.permissions import may_answer, may_practise
from annotations.practice.queries import newest_run
from annotations.refusals import IllegalMove, Incomplete, Stale

MOST_MARKS = 60


def start_run(*, lesson: Lesson, by: User) -> PracticeRun:
    """Begin, with everything that is proposed in the list. A run that is not finished yet is gone on with."""
    may_practise(by).or_refuse()
    with recorded(by=by, verb="start_run"):
        User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
        last = newest_run(by, lesson)
        if last and last.finished_at is None:
            return last
        run = PracticeRun.objects.create(person=by, lesson=lesson.slug, number=last.number + 1 if last else 1)
        PracticeAnswer.objects.bulk_create(
            PracticeAnswer(person=by, run=run, start=one.start, end=one.end, exact=one.exact)
            for one in lesson.gold
            if one.is_proposed
        )
    return run


def finish_run(*, run: PracticeRun, by: User) -> PracticeRun:
    """End it: the summary says what was missed, and nothing more can be answered. Safe to repeat."""
    may_answer(by, run).or_refuse()
    with recorded(by=by, verb="finish_run"):
        PracticeRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=Now())
    run.refresh_from_db()
    return run


def mark_words(
    *, run: PracticeRun, lesson: Lesson, start: int, end: int, exact: str, by: User
) -> PracticeAnswer:
    """Mark words as a claim that the list does not have. The same words again are the same claim."""
    may_answer(by, run).or_refuse()
    _still_open(run)
    try:
        span = check(lesson.text, start=start, end=end, exact=exact)
    except BadSpan as bad:
        raise Incomplete(bad.reason, {"exact": [bad.reason]}) from bad
    known: PracticeAnswer | None = PracticeAnswer.objects.filter(
        run=run, start=span.start, end=span.end
    ).first()
    if known:
        return known
    if PracticeAnswer.objects.filter(run=run, is_by_hand=True).count() >= MOST_MARKS:
        raise IllegalMove(
            _("{most_marks} marks are enough for one article. Finish, and look at what was missed.").format(
                most_marks=MOST_MARKS
            )
        )
    with recorded(by=by, verb="mark_words"):
        try:
            with transaction.atomic():
                return PracticeAnswer.objects.create(
                    person=by,
                    run=run,
                    start=span.start,
                    end=span.end,
                    exact=span.exact,
                    is_by_hand=True,
                    decision=PracticeAnswer.Decision.ACCEPTED,
                )
        except IntegrityError:
            return PracticeAnswer.objects.get(run=run, start=span.start, end=span.end)


def answer_item(
    *, item: PracticeAnswer, version: int, decision: str, by: User, reason: str = "", rating: str = ""
) -> PracticeAnswer:
    """Accept an item (with a rating, or without one for now), dismiss it for a reason, or ("") think again."""
    may_answer(by, item.run).or_refuse()
    _still_open(item.run)
    if decision not in ("", *PracticeAnswer.Decision.values):
        raise Incomplete(_("Accept it or dismiss it."), {"decision": [_("Choose ACCEPTED or DISMISSED.")]})
    if decision == PracticeAnswer.Decision.DISMISSED and reason not in {
        one.value for one in CHOOSABLE_REASONS
    }:
        raise Incomplete(_("Choose a reason."), {"reason": [_("Why is it not worth checking?")]})
    if rating and rating not in DEFAULT.by_code:
        raise Incomplete(
            _("Choose a rating."),
            {"rating": [_("Choose one of: {choices}.").format(choices=", ".join(DEFAULT.by_code))]},
        )
    fields = {
        "decision": decision,
        "reason": reason if decision == PracticeAnswer.Decision.DISMISSED else "",
        "rating": rating if decision == PracticeAnswer.Decision.ACCEPTED else "",
    }
    with recorded(by=by, verb="answer_item"):
        rows = PracticeAnswer.objects.filter(pk=item.pk, version=version)
        done = rows.update(version=F("version") + 1, **fields)
        item.refresh_from_db()
    current = {name: getattr(item, name) for name in fields}
    if not done and current != fields:
        raise Stale(
            _("You answered this in another window."), current=current, yours=fields, version=item.version
        )
    return item


def _still_open(run: PracticeRun) -> None:
    if run.finished_at is not None:
        raise IllegalMove(_("This run is finished. Start again to answer anew."))
