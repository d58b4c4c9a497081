"""Reading what one did as a stack, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from annotations.steps.acts import Act, Change, Kind, Turned, folded, stack_of

NOON = datetime(2025, 1, 9, 12, tzinfo=UTC)


def act(number, verb="accept_claim", claim=1, minutes=0, **change):
    changes = (Change("claim", claim, claim, change.get("before", {}), change.get("after", {})),)
    return Act(UUID(int=number), Kind.DONE, verb, NOON + timedelta(minutes=minutes), changes)


def turned(what, by, kind, verb="accept_claim"):
    return Turned(UUID(int=what), UUID(int=by), kind, verb)


def keys(acts):
    return [one.key.int for one in acts]


def test_what_was_done_can_be_taken_back_the_newest_last():
    stack = stack_of([act(1), act(2)], [])

    assert (keys(stack.done), keys(stack.undone)) == ([1, 2], [])


def test_what_was_taken_back_can_be_done_again():
    stack = stack_of([act(1), act(2), act(3, "undo")], [turned(2, 3, Kind.UNDO)])

    assert (keys(stack.done), keys(stack.undone)) == ([1], [3])
    assert stack.undone[0].verb == "accept_claim"


def test_what_was_done_again_can_be_taken_back_again():
    acts = [act(1), act(2, "undo"), act(3, "redo")]

    stack = stack_of(acts, [turned(1, 2, Kind.UNDO), turned(2, 3, Kind.REDO)])

    assert (keys(stack.done), keys(stack.undone)) == ([3], [])
    assert (stack.done[0].verb, stack.done[0].kind) == ("accept_claim", Kind.REDO)


def test_a_new_step_gives_up_what_could_be_done_again():
    stack = stack_of([act(1), act(2, "undo"), act(3, "dismiss_claim")], [turned(1, 2, Kind.UNDO)])

    assert (keys(stack.done), keys(stack.undone)) == ([3], [])


def test_a_step_in_the_middle_can_be_taken_back():
    stack = stack_of([act(1), act(2), act(3, "undo")], [turned(1, 3, Kind.UNDO)])

    assert (keys(stack.done), keys(stack.undone)) == ([2], [3])


def test_saves_of_one_verdict_while_it_is_written_are_one_step():
    acts = [
        act(n, "draft_verdict", minutes=minutes, before={"number": n - 1}, after={"number": n})
        for n, minutes in ((1, 0), (2, 1), (3, 5), (4, 30))
    ]

    stack = stack_of(acts, [])

    assert keys(stack.done) == [3, 4]
    assert (stack.done[0].changes[0].before, stack.done[0].changes[0].after) == ({"number": 0}, {"number": 3})


def test_saves_of_two_verdicts_are_two_steps():
    stack = stack_of([act(1, "draft_verdict", claim=1), act(2, "draft_verdict", claim=2)], [])

    assert keys(stack.done) == [1, 2]


def test_a_step_whose_taking_back_changed_nothing_is_gone_all_the_same():
    stack = stack_of([act(1), act(2)], [turned(2, 9, Kind.UNDO)])

    assert keys(stack.done) == [1]


def test_two_changes_of_one_row_are_one_from_first_to_last():
    first = Change("claim", 1, 1, {"status": "CANDIDATE", "version": 1}, {"status": "ACCEPTED", "version": 2})
    second = Change("claim", 1, 1, {"claimant": "", "version": 2}, {"claimant": "Somebody", "version": 3})

    (found,) = folded([first, second])

    assert found.before == {"status": "CANDIDATE", "version": 1, "claimant": ""}
    assert found.after == {"status": "ACCEPTED", "version": 3, "claimant": "Somebody"}
