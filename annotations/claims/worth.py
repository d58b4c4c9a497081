"""What a decision about a claim says: was it worth checking, and was it right to propose it? Pure.

Two questions, because they differ: a proposal whose words were cut wrong says nothing about the sentence, but it is a
mistake of the extractor. See docs/decisions/0009-the-workspace-learns.md.
"""

from __future__ import annotations

from enum import StrEnum

from annotations.claims.lifecycle import DismissalReason
from annotations.tongue import table


class Decision(StrEnum):
    ACCEPTED = "ACCEPTED"
    EDITED = "EDITED"
    ADDED = "ADDED"
    DISMISSED = "DISMISSED"
    MERGED = "MERGED"
    RESTORED = "RESTORED"
    UNDONE = "UNDONE"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = table(
    {
        Decision.ACCEPTED: "Accepted",
        Decision.EDITED: "Edited",
        Decision.ADDED: "Added",
        Decision.DISMISSED: "Dismissed",
        Decision.MERGED: "Merged",
        Decision.RESTORED: "Restored",
        Decision.UNDONE: "Undone",
    }
)

TAKES_BACK = frozenset({Decision.RESTORED, Decision.UNDONE})
"""These decide nothing: they name an earlier decision that no longer counts."""

POSITIVE = frozenset({Decision.ACCEPTED, Decision.EDITED, Decision.ADDED})

_LABEL3 = {
    DismissalReason.OPINION: "not_factual",
    DismissalReason.PREDICTION: "not_factual",
    DismissalReason.TRIVIAL: "factual_unimportant",
    # Somebody found it worth checking already, so the sentence is; that it is not checked twice is another matter.
    DismissalReason.ALREADY_CHECKED: "check_worthy",
}

UNWORTHY = tuple(reason.value for reason, label3 in _LABEL3.items() if label3 != "check_worthy")
WORTHY = tuple(reason.value for reason, label3 in _LABEL3.items() if label3 == "check_worthy")
MISTAKES = (*UNWORTHY, DismissalReason.EXTRACTION_ERROR.value)
"""Reasons that say the proposal should not have been made. The rest (duplicate, out of scope) blames nobody."""


def label3(decision: str, reason: str = "") -> str | None:
    """`check_worthy`, `factual_unimportant` or `not_factual`; None when the decision says nothing about it."""
    if decision in POSITIVE:
        return "check_worthy"
    return _LABEL3.get(DismissalReason(reason)) if decision == Decision.DISMISSED else None


def worth(decision: str, reason: str = "") -> int | None:
    """1 for worth checking, 0 for not, None for a decision that does not say."""
    found = label3(decision, reason)
    return None if found is None else int(found == "check_worthy")
