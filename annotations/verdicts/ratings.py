"""The default scale by code, for what speaks of it alone: ratings of other houses are mapped onto it. Pure.

What a desk's own scale says of a rating is asked of `desks.queries.scales_of`, the one place that knows.
"""

from __future__ import annotations

from annotations.desks.scale import CONFIDENCES, DEFAULT, Rating

RATINGS: dict[str, Rating] = DEFAULT.by_code

__all__ = ["CONFIDENCES", "RATINGS", "Rating"]
