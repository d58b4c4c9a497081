"""How well two people agree on ratings. Pure.

Krippendorff's alpha for nominal data: 1 when they always agree, 0 when they agree as often as chance would, below when
less often. It asks for no fixed pair of raters, which is why it fits a desk where everybody reviews everybody; and it
needs no order of the ratings, as some are off the scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

Pair = tuple[str, str]
_WIDTH = 1.96


@dataclass(frozen=True)
class Agreement:
    """`n` claims that two people rated, and how many of them alike. `alpha` is None when it says nothing: fewer than
    two claims, or one rating alone. `low` and `high` bound it with 95 % confidence (jackknife); None below ten claims,
    where such bounds would promise too much.
    """

    n: int
    same: int
    alpha: float | None
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """Of all, the share rated alike."""
        return self.same / self.n if self.n else None


LEAST_FOR_BOUNDS = 10


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Agreement over (first, second) ratings, one pair a claim."""
    cells = Counter(pairs)
    n, same = sum(cells.values()), sum(count for (one, other), count in cells.items() if one == other)
    found = alpha(cells)
    low, high = _bounds(cells, n, found) if found is not None and n >= LEAST_FOR_BOUNDS else (None, None)
    return Agreement(n, same, found, low, high)


def alpha(cells: Mapping[Pair, int]) -> float | None:
    """Krippendorff's alpha (nominal) of how often each pair occurred; None when there is nothing to tell."""
    values: Counter[str] = Counter()
    different = 0
    for (one, other), count in cells.items():
        values[one] += count
        values[other] += count
        different += 2 * count if one != other else 0
    total = sum(values.values())
    by_chance = total * total - sum(count * count for count in values.values())
    return None if total < 4 or not by_chance else 1 - (total - 1) * different / by_chance


def _bounds(cells: Mapping[Pair, int], n: int, found: float) -> tuple[float | None, float | None]:
    """The value with one claim left out, for each claim in turn; claims of one cell give the same, so once a cell."""
    left_out = []
    for pair, count in cells.items():
        value = alpha({**cells, pair: count - 1})
        if value is None:
            return None, None
        left_out.append((value, count))
    mean = sum(value * count for value, count in left_out) / n
    error = sqrt((n - 1) / n * sum(count * (value - mean) ** 2 for value, count in left_out))
    return max(-1.0, found - _WIDTH * error), min(1.0, found + _WIDTH * error)
