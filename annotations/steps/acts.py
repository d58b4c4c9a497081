"""What one person did on one article, read as a stack: what can be taken back, and what can be done again. Pure.

An act is everything that one press of a key changed. Taking an act back is an act itself, and so is doing it again:
both turn round what the act before them changed, so one way of turning round serves for all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from annotations.tongue import table


class Kind(StrEnum):
    DONE = "DONE"
    UNDO = "UNDO"
    REDO = "REDO"


DID = table(
    {
        "accept_claim": "accepted {what}",
        "dismiss_claim": "dismissed {what}",
        "restore_claim": "restored {what}",
        "merge_claim": "merged {what}",
        "mark_claim": "marked {what}",
        "edit_claim": "edited the wording of {what}",
        "edit_span": "moved the span of {what}",
        "take_claim": "took over {what}",
        "accept_claims": "accepted {what}",
        "dismiss_claims": "dismissed {what}",
        "cite_source": "cited a source for {what}",
        "edit_evidence": "edited a source of {what}",
        "remove_evidence": "took a source off {what}",
        "restore_evidence": "put a source back on {what}",
        "draft_verdict": "wrote on the verdict of {what}",
        "withdraw_verdict": "withdrew the verdict of {what}",
    }
)
"""The verbs that can be taken back, in the words of “You …”. A verdict that was submitted is withdrawn instead."""

WHILE_WRITING = timedelta(minutes=5)
"""Saves of one verdict that lie no further apart are one step: it saves itself while it is written."""


@dataclass(frozen=True)
class Change:
    """A thing that an act changed: what it was (None for one that the act made) and what the act left, by column.

    A verdict is one thing with its claim's key; its revisions are `number`.
    """

    table: str
    row: int
    claim: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """`verb` is what a person did first, also of an act that takes it back or does it again."""

    key: UUID
    kind: Kind
    verb: str
    at: datetime
    changes: tuple[Change, ...]

    @property
    def claims(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(change.claim for change in self.changes))


@dataclass(frozen=True)
class Turned:
    """That the act `by` turned the act `key` round: took it back, or did it again."""

    key: UUID
    by: UUID
    kind: Kind
    verb: str


@dataclass(frozen=True)
class Stack:
    """The newest last. `done` can be taken back; `undone` are the acts that took back, whose turning does again."""

    done: tuple[Act, ...]
    undone: tuple[Act, ...]


def stack_of(acts: Iterable[Act], turned: Iterable[Turned]) -> Stack:
    """Read acts in the order they were made. Whoever does something new gives up what could be done again."""
    acts, turned = list(acts), list(turned)
    ways = {one.by: one for one in turned}
    # Turned by an act that changed nothing (words that were typed and deleted again), or one too long ago to be here.
    known = {act.key for act in acts}
    gone = {one.key for one in turned if one.by not in known}
    done: list[Act] = []
    undone: list[Act] = []
    for act in acts:
        if act.key in gone:
            continue
        way = ways.get(act.key)
        if way is None:
            undone.clear()
            if done and _goes_on(done[-1], act):
                act = _joined(done.pop(), act)
            done.append(act)
            continue
        act = replace(act, kind=way.kind, verb=way.verb)
        left = done if way.kind == Kind.UNDO else undone
        left[:] = [one for one in left if one.key != way.key]
        (undone if way.kind == Kind.UNDO else done).append(act)
    return Stack(tuple(done), tuple(undone))


def folded(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One change a row: from what it was before the first of them to what the last one left."""
    by_row: dict[tuple[str, int], Change] = {}
    for change in changes:
        first = by_row.get((change.table, change.row))
        if first is None:
            by_row[change.table, change.row] = change
            continue
        before = None if first.before is None else {**(change.before or {}), **first.before}
        after = {**first.after, **change.after}
        by_row[change.table, change.row] = replace(change, before=before, after=after)
    return tuple(by_row.values())


def _goes_on(last: Act, act: Act) -> bool:
    return (
        (last.kind, last.verb, act.verb) == (Kind.DONE, "draft_verdict", "draft_verdict")
        and last.claims == act.claims
        and act.at - last.at <= WHILE_WRITING
    )


def _joined(last: Act, act: Act) -> Act:
    return replace(act, changes=folded((*last.changes, *act.changes)))
