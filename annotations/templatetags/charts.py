"""Shares in words, and small charts drawn on the server: they print, and need no script."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any

from django import template
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from annotations.screens.insights import Row
from annotations.screens.outcomes import Bar, Pace

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
        for code, label in (("precision", _("Precision")), ("recall", _("Recall")))
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


_ROW, _LABEL_END, _BAR_FROM, _BAR_TO = 26, 190, 200, 420


@register.inclusion_tag("components/bars.html")
def bars(rows: Sequence[Bar], title: str) -> dict[str, Any]:
    """Counts as bars that lie one under the other. The table beside it holds the same numbers."""
    most = max((row.count for row in rows), default=0) or 1
    drawn = [
        {
            "row": row,
            "y": at * _ROW + 4,
            "text_y": at * _ROW + 18,
            "width": f"{(_BAR_TO - _BAR_FROM) * row.count / most:.1f}",
            "value_x": f"{_BAR_FROM + (_BAR_TO - _BAR_FROM) * row.count / most + 6:.1f}",
        }
        for at, row in enumerate(rows)
    ]
    told = ", ".join(f"{row.label} {row.count}" for row in rows)
    return {"rows": drawn, "height": len(drawn) * _ROW + 4, "title": title, "told": told}


@register.inclusion_tag("components/paces.html")
def paces(months: Sequence[Pace], title: str) -> dict[str, Any]:
    """The middle of each month as a point on the line from its fastest to its slowest, hours by their logarithm."""
    top = log10(max((one.slowest for one in months), default=1) + 1) or 1

    def at(hours: float) -> str:
        return f"{_BAR_FROM + (_BAR_TO + 40 - _BAR_FROM) * log10(max(hours, 0) + 1) / top:.1f}"

    drawn = [
        {
            "month": one,
            "y": number * _ROW + 14,
            "text_y": number * _ROW + 18,
            "low": at(one.fastest),
            "middle": at(one.median),
            "high": at(one.slowest),
        }
        for number, one in enumerate(months)
    ]
    told = ", ".join(f"{one.label} {duration(one.median)}" for one in months)
    return {"rows": drawn, "height": len(drawn) * _ROW + 4, "title": title, "told": told}


@register.filter
def duration(hours: float | None) -> str:
    """Hours as one says them: minutes below one, days from two days on."""
    if hours is None:
        return "–"
    if hours < 1:
        return _("{minutes} min").format(minutes=f"{max(0.0, hours) * 60:.0f}")
    if hours < 48:
        return _("{hours} h").format(hours=floatformat(hours, 1))
    return _("{days} days").format(days=floatformat(hours / 24, 1))
