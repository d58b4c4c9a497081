"""Colours of ratings can be read: those of the palette, and any that a desk chooses itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotations.desks.colours import LEAST, PAGES, PALETTE, BadColour, check_contrast, colour_of, contrast
from annotations.desks.scale import DEFAULT, SHAPES

ASSETS = Path(__file__).resolve().parents[2] / "assets"
TOKENS = {
    "green": "true",
    "lime": "mostly-true",
    "amber": "half",
    "orange": "mostly-false",
    "red": "false",
    "slate": "unproven",
}


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize("name", PALETTE)
def test_every_pair_of_the_palette_can_be_read_in_light_and_dark(name):
    check_contrast(colour_of(name))


def test_the_palette_has_the_colours_of_the_default_scale():
    css = (ASSETS / "css" / "tokens.css").read_text()

    for name, token in TOKENS.items():
        light, dark = re.findall(rf"--v-{token}: (#\w+); --v-{token}-bg: (#\w+);", css)
        assert (*light, *dark) == tuple(vars(PALETTE[name]).values())
    for page, ground in zip(PAGES, re.findall(r"--paper: (#\w+); --surface: (#\w+);", css), strict=True):
        assert page[1] == ground


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("#bbbbbb #ffffff #b9bed3 #2a2d39", "light pages #bbbbbb on its ground"),
        ("#4a4f63 #e7e9f0 #333333 #2a2d39", "dark pages #333333 on its ground"),
        ("#ffffff #000000 #b9bed3 #2a2d39", "light pages #ffffff on the page"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_contrast(given, said):
    with pytest.raises(BadColour, match=said) as refused:
        check_contrast(colour_of(given))

    assert f"{LEAST}:1" in refused.value.reason


@pytest.mark.parametrize(
    "given", ["", "mauve", "#fff #000 #fff #000", "#4a4f63 #e7e9f0", "red;}", "#4a4f6g " * 4]
)
def test_what_is_no_colour_is_refused(given):
    with pytest.raises(BadColour):
        colour_of(given)


def test_every_shape_is_in_the_sprite():
    sprite = (ASSETS / "icons" / "sprite.svg").read_text()

    assert [shape for shape in SHAPES if f'id="r-{shape}"' not in sprite] == []
    assert {one.shape for one in DEFAULT.ratings} <= set(SHAPES)
