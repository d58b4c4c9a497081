"""A share between 0 and 1 as log odds, and back. Pure.

Both ways stop where a float says 0 or 1 anyway, so no share becomes infinite odds and no odds overflow.
"""

from __future__ import annotations

import math

EDGE = 1e-6
_FAR = 30.0


def inside(share: float) -> float:
    """The share, kept off 0 and 1; what is no number counts as 0."""
    return EDGE if math.isnan(share) else min(1 - EDGE, max(EDGE, share))


def logit(share: float) -> float:
    """The log odds of a share."""
    share = inside(share)
    return math.log(share / (1 - share))


def sigmoid(odds: float) -> float:
    """The share of some log odds."""
    return 1 / (1 + math.exp(-min(_FAR, max(-_FAR, odds))))
