"""The road of a claim: every state, every move, in one table. Pure.

Who may make a move is decided in the rooms' `permissions.py`; what must be complete before it, in their services.
The database holds the same table: see `annotations/migrations`.
"""

from __future__ import annotations

from enum import StrEnum

from annotations.tongue import table


class Status(StrEnum):
    CANDIDATE = "CANDIDATE"
    ACCEPTED = "ACCEPTED"
    SUBMITTED = "SUBMITTED"
    DISPUTED = "DISPUTED"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    RETRACTED = "RETRACTED"
    DISMISSED = "DISMISSED"
    MERGED = "MERGED"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = table(
    {
        Status.CANDIDATE: "Candidate",
        Status.ACCEPTED: "In review",
        Status.SUBMITTED: "Waiting for second review",
        Status.DISPUTED: "Disputed",
        Status.APPROVED: "Approved",
        Status.PUBLISHED: "Published",
        Status.RETRACTED: "Retracted",
        Status.DISMISSED: "Dismissed",
        Status.MERGED: "Merged",
    }
)


class Move(StrEnum):
    ACCEPT = "ACCEPT"
    DISMISS = "DISMISS"
    RESTORE = "RESTORE"
    MERGE = "MERGE"
    UNDO_ACCEPT = "UNDO_ACCEPT"
    UNDO_MARK = "UNDO_MARK"
    MARK_AGAIN = "MARK_AGAIN"
    UNMERGE = "UNMERGE"
    UNMERGE_ACCEPTED = "UNMERGE_ACCEPTED"
    SUBMIT = "SUBMIT"
    WITHDRAW = "WITHDRAW"
    APPROVE = "APPROVE"
    REQUEST_CHANGES = "REQUEST_CHANGES"
    DISAGREE = "DISAGREE"
    ADJUDICATE_APPROVE = "ADJUDICATE_APPROVE"
    ADJUDICATE_RETURN = "ADJUDICATE_RETURN"
    PUBLISH = "PUBLISH"
    REOPEN = "REOPEN"
    CORRECT = "CORRECT"
    RETRACT = "RETRACT"

    @property
    def label(self) -> str:
        return _MOVE_LABELS[self]


_MOVE_LABELS = table(
    {
        Move.ACCEPT: "accept",
        Move.DISMISS: "dismiss",
        Move.RESTORE: "restore",
        Move.MERGE: "merge",
        Move.UNDO_ACCEPT: "undo the acceptance",
        Move.UNDO_MARK: "undo the marking",
        Move.MARK_AGAIN: "mark again",
        Move.UNMERGE: "undo the merging",
        Move.UNMERGE_ACCEPTED: "undo the merging of a claim in review",
        Move.SUBMIT: "submit",
        Move.WITHDRAW: "withdraw",
        Move.APPROVE: "approve",
        Move.REQUEST_CHANGES: "ask for changes",
        Move.DISAGREE: "disagree",
        Move.ADJUDICATE_APPROVE: "adjudicate: approve",
        Move.ADJUDICATE_RETURN: "adjudicate: return",
        Move.PUBLISH: "publish",
        Move.REOPEN: "reopen",
        Move.CORRECT: "correct",
        Move.RETRACT: "retract",
    }
)

ROAD: dict[tuple[Status, Move], Status] = {
    (Status.CANDIDATE, Move.ACCEPT): Status.ACCEPTED,
    (Status.CANDIDATE, Move.DISMISS): Status.DISMISSED,
    (Status.CANDIDATE, Move.MERGE): Status.MERGED,
    (Status.DISMISSED, Move.RESTORE): Status.CANDIDATE,
    (Status.DISMISSED, Move.MARK_AGAIN): Status.ACCEPTED,
    (Status.MERGED, Move.UNMERGE): Status.CANDIDATE,
    (Status.MERGED, Move.UNMERGE_ACCEPTED): Status.ACCEPTED,
    (Status.ACCEPTED, Move.MERGE): Status.MERGED,
    (Status.ACCEPTED, Move.UNDO_ACCEPT): Status.CANDIDATE,
    (Status.ACCEPTED, Move.UNDO_MARK): Status.DISMISSED,
    (Status.ACCEPTED, Move.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Move.WITHDRAW): Status.ACCEPTED,
    (Status.SUBMITTED, Move.APPROVE): Status.APPROVED,
    (Status.SUBMITTED, Move.REQUEST_CHANGES): Status.ACCEPTED,
    (Status.SUBMITTED, Move.DISAGREE): Status.DISPUTED,
    (Status.DISPUTED, Move.ADJUDICATE_APPROVE): Status.APPROVED,
    (Status.DISPUTED, Move.ADJUDICATE_RETURN): Status.ACCEPTED,
    (Status.APPROVED, Move.PUBLISH): Status.PUBLISHED,
    (Status.APPROVED, Move.REOPEN): Status.ACCEPTED,
    (Status.PUBLISHED, Move.CORRECT): Status.PUBLISHED,
    (Status.PUBLISHED, Move.RETRACT): Status.RETRACTED,
}

WAYS_BACK: dict[tuple[Status, Status], Move] = {
    (Status.ACCEPTED, Status.CANDIDATE): Move.UNDO_ACCEPT,
    (Status.CANDIDATE, Status.ACCEPTED): Move.ACCEPT,
    (Status.DISMISSED, Status.CANDIDATE): Move.RESTORE,
    (Status.CANDIDATE, Status.DISMISSED): Move.DISMISS,
    (Status.ACCEPTED, Status.DISMISSED): Move.UNDO_MARK,
    (Status.DISMISSED, Status.ACCEPTED): Move.MARK_AGAIN,
    (Status.MERGED, Status.CANDIDATE): Move.UNMERGE,
    (Status.MERGED, Status.ACCEPTED): Move.UNMERGE_ACCEPTED,
    (Status.CANDIDATE, Status.MERGED): Move.MERGE,
    (Status.ACCEPTED, Status.MERGED): Move.MERGE,
}
"""The move that undoing and redoing take from one state to another. Submitting, approving and what comes after have
ways back of their own."""

LIVE = frozenset(Status) - {Status.DISMISSED, Status.MERGED}
"""Claims that stand: two of them never share one span of a version."""

OPEN = frozenset({Status.ACCEPTED, Status.SUBMITTED, Status.DISPUTED, Status.APPROVED})
"""Claims in hand: accepted and not yet published."""

UNFINISHED = OPEN | {Status.CANDIDATE}
"""Claims that somebody still has to do something about: what can be due, held and handed out."""


class DismissalReason(StrEnum):
    OPINION = "OPINION"
    PREDICTION = "PREDICTION"
    TRIVIAL = "TRIVIAL"
    DUPLICATE = "DUPLICATE"
    ALREADY_CHECKED = "ALREADY_CHECKED"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    EXTRACTION_ERROR = "EXTRACTION_ERROR"
    MARKED_BY_MISTAKE = "MARKED_BY_MISTAKE"

    @property
    def label(self) -> str:
        return _REASON_LABELS[self]


_REASON_LABELS = table(
    {
        DismissalReason.OPINION: "Opinion",
        DismissalReason.PREDICTION: "Prediction",
        DismissalReason.TRIVIAL: "Trivial",
        DismissalReason.DUPLICATE: "Duplicate",
        DismissalReason.ALREADY_CHECKED: "Already checked",
        DismissalReason.OUT_OF_SCOPE: "Out of scope",
        DismissalReason.EXTRACTION_ERROR: "Extraction error",
        DismissalReason.MARKED_BY_MISTAKE: "Marked by mistake",
    }
)

CHOOSABLE_REASONS = tuple(reason for reason in DismissalReason if reason != DismissalReason.MARKED_BY_MISTAKE)
"""What a reviewer can give; the last one is written by undoing one's own mark."""


def legal_moves(status: Status) -> list[Move]:
    """The moves that lead on from here, in the table's order; nobody can make any other."""
    return [move for (origin, move) in ROAD if origin == status]
