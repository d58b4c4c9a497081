"""What sorting needs beside the article: one page of the list, what can be undone, and whether all is sorted."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.screens.workbench import Item, Workbench
from annotations.steps.queries import Steps, steps_of

PAGE = 100
"""Claims of the list on one page: it comes back after every step, so it has to stay small."""


@dataclass(frozen=True)
class Sorting:
    """`start` counts from 0. `earlier` and `later` are where the pages before and after begin; None without one. `mine`
    are the claims that wait for this person's verdict, looked for once all is sorted.
    """

    rows: tuple[Item, ...]
    start: int
    count: int
    earlier: int | None
    later: int | None
    steps: Steps
    dismissed: int
    mine: tuple[int, ...]
    is_sorted: bool

    @property
    def first(self) -> int:
        return self.start + 1

    @property
    def last(self) -> int:
        return self.start + len(self.rows)


def sorting(board: Workbench, person: User, *, start: int | None = None) -> Sorting:
    """The page of the list that begins at `start`, or else the one with the claim in hand. Asks for steps only."""
    count = len(board.items)
    begin = _begin(board) if start is None else min(max(0, start), max(0, count - 1)) // PAGE * PAGE
    dismissed = next((tab.count for tab in board.tabs if tab.code == "dismissed"), 0)
    is_sorted = not board.job.is_open and not board.candidates and bool(board.total or dismissed)
    return Sorting(
        rows=board.items[begin : begin + PAGE],
        start=begin,
        count=count,
        earlier=begin - PAGE if begin else None,
        later=begin + PAGE if begin + PAGE < count else None,
        steps=steps_of(person, board.article, count=3),
        dismissed=dismissed,
        mine=_mine(board, person) if is_sorted else (),
        is_sorted=is_sorted,
    )


def _mine(board: Workbench, person: User) -> tuple[int, ...]:
    """Whatever the filter on screen: what this person accepted here and has not submitted yet."""
    waiting = Claim.objects.filter(article=board.article, reviewer=person, status=Status.ACCEPTED.value)
    return tuple(waiting.in_order().values_list("pk", flat=True))


def _begin(board: Workbench) -> int:
    in_hand = board.panel.claim.pk if board.panel else None
    places = (place for place, item in enumerate(board.items) if item.pk == in_hand)
    return next(places, 0) // PAGE * PAGE
