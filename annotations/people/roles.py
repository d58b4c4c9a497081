"""What a person may be in a workspace. Pure: each role can do all that the roles before it can."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    READER = "READER"
    REVIEWER = "REVIEWER"
    EDITOR = "EDITOR"
    ADMIN = "ADMIN"

    @property
    def label(self) -> str:
        return self.value.lower()


_ORDER = list(Role)


def at_least(role: str | None, wanted: Role) -> bool:
    """Whether `role` (None for a stranger) includes what `wanted` may do."""
    return role is not None and _ORDER.index(Role(role)) >= _ORDER.index(wanted)
