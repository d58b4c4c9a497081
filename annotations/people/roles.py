"""What a person may be in a workspace. Pure: each role can do all that the roles before it can."""

from __future__ import annotations

from enum import StrEnum

from annotations.tongue import table


class Role(StrEnum):
    READER = "READER"
    REVIEWER = "REVIEWER"
    EDITOR = "EDITOR"
    ADMIN = "ADMIN"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def one(self) -> str:
        """The label with its article, as it stands in a sentence."""
        return _ONE[self]

    @property
    def means(self) -> str:
        """What the role may do, in a sentence."""
        return _MEANS[self]


_ORDER = list(Role)
_LABELS = table(
    {
        Role.READER: "reader",
        Role.REVIEWER: "reviewer",
        Role.EDITOR: "editor",
        Role.ADMIN: "admin",
    }
)
_ONE = table(
    {
        Role.READER: "a reader",
        Role.REVIEWER: "a reviewer",
        Role.EDITOR: "an editor",
        Role.ADMIN: "an admin",
    }
)
_MEANS = table(
    {
        Role.READER: "Sees everything of the desk and changes nothing.",
        Role.REVIEWER: "Also adds articles, sorts candidates, writes verdicts and reviews those of others.",
        Role.EDITOR: "Also assigns, publishes, corrects, settles disagreements and sees Insights.",
        Role.ADMIN: "Also adds people and changes roles, rating scale, guidelines and policy.",
    }
)


def at_least(role: str | None, wanted: Role) -> bool:
    """Whether `role` (None for a stranger) includes what `wanted` may do."""
    return role is not None and _ORDER.index(Role(role)) >= _ORDER.index(wanted)
