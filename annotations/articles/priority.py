"""How urgent a thing is: a closed scale of four. Pure.

An article has one of them; a claim has its own or, as long as nobody gives it one, that of its article.
"""

from __future__ import annotations

from enum import IntEnum


class Priority(IntEnum):
    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4

    @property
    def title(self) -> str:
        return self.name.capitalize()


PRIORITIES = [(priority.value, priority.title) for priority in Priority]
