"""Colours of a rating: a pair of ink and ground for light pages and one for dark ones. Pure.

Every pair has to be readable: 4.5:1 by WCAG 2.2, the ink on its own ground and on the page it may stand on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.tongue import gettext as _

LEAST = 4.5
PAGES = (("light", ("#faf9f6", "#ffffff")), ("dark", ("#151518", "#1d1d21")))
"""The grounds of the pages themselves (paper and surface of tokens.css)."""


@dataclass(frozen=True)
class Colour:
    """Four colours as #rrggbb."""

    ink: str
    ground: str
    dark_ink: str
    dark_ground: str

    def __str__(self) -> str:
        return f"{self.ink} {self.ground} {self.dark_ink} {self.dark_ground}"


PALETTE: dict[str, Colour] = {
    "green": Colour("#0b6b4f", "#dff3ea", "#7fd9b8", "#12352a"),
    "lime": Colour("#3d6b12", "#e9f3d9", "#b4d98a", "#24331a"),
    "amber": Colour("#7a5200", "#fbeecb", "#f0c869", "#3a2d0e"),
    "orange": Colour("#9a3f00", "#fde5d3", "#f5a878", "#40230f"),
    "red": Colour("#a3172b", "#fbe0e3", "#f79aa6", "#43161d"),
    "slate": Colour("#4a4f63", "#e7e9f0", "#b9bed3", "#2a2d39"),
    "teal": Colour("#0a6570", "#d9f1f4", "#7cd3de", "#103338"),
    "blue": Colour("#1f4e79", "#e1edf8", "#8fbce6", "#1a2c40"),
    "violet": Colour("#5b3fb0", "#ede8fb", "#c0aefc", "#2a2344"),
    "magenta": Colour("#8f2070", "#fae2f2", "#f09ad6", "#411636"),
    "brown": Colour("#6b4423", "#f4e8dd", "#dcb894", "#372718"),
}
_HEX = re.compile(r"#[0-9a-f]{6}")


class BadColour(ValueError):
    """These cannot be read; `reason` says which and by how much."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def colour_of(named: str) -> Colour:
    """The pair of this name in the palette, or one given as four colours. Raises `BadColour`."""
    if named in PALETTE:
        return PALETTE[named]
    parts = named.lower().split()
    if len(parts) != 4 or not all(_HEX.fullmatch(part) for part in parts):
        raise BadColour(
            _(
                "Choose one of {choices}, or four colours as #rrggbb: ink and ground for light pages,"
                " then for dark ones."
            ).format(choices=", ".join(PALETTE))
        )
    return Colour(*parts)


def check_contrast(colour: Colour) -> None:
    """Raises `BadColour` when the ink cannot be read on its ground or on the page, in light or dark."""
    for (page, grounds), ink, own in zip(
        PAGES, (colour.ink, colour.dark_ink), (colour.ground, colour.dark_ground), strict=True
    ):
        for ground in (own, *grounds):
            if (found := contrast(ink, ground)) < LEAST:
                where = _("its ground") if ground == own else _("the page")
                raise BadColour(_unreadable(page, ink, where, ground, found))


def _unreadable(page: str, ink: str, where: str, ground: str, found: float) -> str:
    if page == "light":
        words = _(
            "In light pages {ink} on {where} ({ground}) has a contrast of {found}:1;"
            " at least {least}:1 is needed to be read."
        )
    else:
        words = _(
            "In dark pages {ink} on {where} ({ground}) has a contrast of {found}:1;"
            " at least {least}:1 is needed to be read."
        )
    return words.format(ink=ink, where=where, ground=ground, found=f"{found:.1f}", least=LEAST)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2), from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
