"""How urgent a thing is: a closed scale of four. Pure.

An article has one of them; a claim has its own or, as long as nobody gives it one, that of its article.
"""

from __future__ import annotations

from enum import IntEnum

from annotations.tongue import table


class Priority(IntEnum):
    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = table(
    {Priority.LOW: "Low", Priority.NORMAL: "Normal", Priority.HIGH: "High", Priority.URGENT: "Urgent"}
)


def priorities() -> list[tuple[int, str]]:
    """The scale with its words, for forms."""
    return [(priority.value, priority.title) for priority in Priority]


PRIORITIES = priorities()
