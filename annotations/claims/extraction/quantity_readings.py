"""What worded quantities come down to: value, unit and comparator of a share, a rank, “dozens”, “twice”."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal

from annotations.claims.extraction.number_words import FRACTIONS, SCALES, SHORT_SCALES, plain, value

Reading = tuple[str, str, str]  # value, unit, comparator
_THREE_FIGURES = Context(prec=3)
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
    )
}
_TIMES = {
    "twice": "2", "thrice": "3", "doubl": "2", "tripl": "3", "trebl": "3", "quadrupl": "4", "quintupl": "5",
    "halv": "0.5", "half": "0.5", "two": "2",
}  # fmt: skip


def scale_of(scale: str | None, short: str | None) -> int:
    """“million”, “hundred thousand”, “lakh crore”, “bn”; 1 when there is none."""
    if short:
        return SHORT_SCALES[short]
    product = 1
    for word in re.split(r"[\s-]", scale) if scale else ():
        product *= SCALES[word]
    return product


def _share(words: str) -> Reading:
    parts = re.split(r"[-\s]", words)
    name = parts[-1] if parts[-1] == "half" else parts[-1].rstrip("s")
    many = 1 if len(parts) == 1 or parts[0] in {"a", "an"} else int(value(parts[0]))
    return plain(Decimal(FRACTIONS[name]) * many), "share", "="


def _one_of(words: str) -> Reading:
    part, whole = re.split(r"\s(?:in|out\sof)\s(?:every\s)?", words)
    bottom = value(whole)
    return (plain(_THREE_FIGURES.divide(value(part), bottom)) if bottom else ""), "share", "="


def _rank(words: str) -> Reading:
    digits = re.search(r"\d{1,3}", words)
    if digits:
        return digits.group(), "rank", "="
    named = next((word for word in re.split(r"[\s-]", words) if word in _ORDINALS), "")
    return str(_ORDINALS[named]) if named else plain(value(words.split()[-1])), "rank", "="


def _vague(words: str) -> Reading:
    return ("2" if words in {"a couple of", "a couple"} else ""), "", "~"


def _round(words: str) -> Reading:
    number = Decimal(1)
    for word in words.split():
        number *= SCALES.get(word, 1)
    for part, share in (("half", "0.5"), ("three-quarters", "0.75"), ("quarter", "0.25")):
        if part in words:
            return plain(number * Decimal(share)), "", "="
    return plain(number), "", "="


def _times(words: str) -> Reading:
    counted = re.match(r"([\w.]{1,12}?)(?:-?fold|\stimes)", words)
    if counted:
        return plain(value(counted.group(1).rstrip("-"))), "times", "="
    return next(number for name, number in _TIMES.items() if name in words), "times", "="


READINGS: dict[str, Callable[[str], Reading]] = {
    "share": _share,
    "oneof": _one_of,
    "rank": _rank,
    "vague": _vague,
    "round": _round,
    "times": _times,
    "most": lambda words: ("0.5", "share", ">"),
    "glyph": lambda words: (plain(value(words)), "share", "="),
}
