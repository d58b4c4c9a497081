"""Shares in words, and small charts drawn on the server: they print, and need no script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from annotations.screens.insights import Row

register = template.Library()

_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 470.0, 12.0, 138.0
_LABELS = 6


@register.filter
def percent(share: float | None) -> str:
    """A share of 1 as a whole percentage; a dash when there is nothing to divide."""
    return "–" if share is None else f"{share * 100:.0f} %"


@register.inclusion_tag("components/trend.html")
def trend(months: Sequence[Row]) -> dict[str, Any]:
    """Precision and recall month by month. Months without decisions have a gap; a line needs two months."""
    step = (_RIGHT - _LEFT) / max(1, len(months) - 1)
    every = -(-len(months) // _LABELS) or 1
    lines = [
        {"code": code, "label": label, "points": _points([getattr(month, code) for month in months], step)}
        for code, label in (("precision", "Precision"), ("recall", "Recall"))
    ]
    for line in lines:
        line["path"] = " ".join(f"{x},{y}" for x, y in line["points"])
    return {
        "lines": lines,
        "grid": [(f"{_y(share):.1f}", f"{_y(share) + 4:.1f}", f"{share:.0%}") for share in (0.0, 0.5, 1.0)],
        "ticks": [
            (f"{_LEFT + at * step:.1f}", month.label)
            for at, month in enumerate(months)
            if (len(months) - 1 - at) % every == 0
        ],
        "first": months[0].label if months else "",
        "last": months[-1].label if months else "",
        "end": months[-1] if months else None,
    }


def _points(shares: Sequence[float | None], step: float) -> list[tuple[str, str]]:
    return [
        (f"{_LEFT + at * step:.1f}", f"{_y(share):.1f}")
        for at, share in enumerate(shares)
        if share is not None
    ]


def _y(share: float) -> float:
    return _BOTTOM - share * (_BOTTOM - _TOP)
