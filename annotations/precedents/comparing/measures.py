"""Units and values in one form: 24 months are two years, half is 50 percent, soldiers are troops."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from annotations.claims.extraction.quantities import Quantity
from annotations.precedents.comparing.stems import stem

_UNITS: dict[str, dict[str, str | int]] = {
    "hours": {"minutes": "0.016666667", "minute": "0.016666667", "hours": 1, "hour": 1, "days": 24, "day": 24,
              "weeks": 168, "week": 168},
    "months": {"months": 1, "month": 1, "years": 12, "year": 12, "decades": 120, "decade": 120,
               "centuries": 1200, "century": 1200},
    "metres": {"km": 1000, "kilometres": 1000, "kilometers": 1000, "kilometre": 1000, "metres": 1, "meters": 1,
               "m": 1, "cm": "0.01", "miles": "1609.344", "mile": "1609.344", "feet": "0.3048", "foot": "0.3048",
               "yards": "0.9144", "inches": "0.0254"},
    "kilograms": {"kg": 1, "kilograms": 1, "kilos": 1, "tonnes": 1000, "tonne": 1000, "tons": 1000, "ton": 1000,
                  "grams": "0.001", "pounds": "0.45359237", "lb": "0.45359237"},
    "litres": {"litres": 1, "liters": 1, "litre": 1, "gallons": "3.785412", "barrels": "158.987"},
    "watts": {"watts": 1, "kilowatts": 1000, "kw": 1000, "megawatts": 10**6, "mw": 10**6, "gigawatts": 10**9,
              "gw": 10**9},
}  # fmt: skip
_SCALED = {
    unit: (dimension, Decimal(factor))
    for dimension, units in _UNITS.items()
    for unit, factor in units.items()
}
# Words for one kind of thing; a unit is compared by the class of its head noun.
_CLASSES = {
    word: group[0]
    for group in (
        line.split()
        for line in (
            "soldier troop serviceman servicemen",
            "person peopl inhabit resid citizen individual human",
            "death fatality casualty killed victim liv",
            "injur wound hurt",
            "arrest detain",
            "protest demonstrat march",
            "pupil student schoolchild",
            "kid child youngst minor",
            "home hous household residenc dwell",
            "car vehicl automobil",
            "firm company busy business enterpris",
            "job post position",
            "vot ballot",
            "work employe staff",
            "refugee migrant",
            "ship vessel boat",
            "plane aircraft airplan jet",
            "doctor physician",
            "police officer policeman",
            "seat mp",
            "polic officer",
            "strik attack",
            "case infection",
            "shop store",
            "road street",
            "dollar usd",
            "euro eur",
            "pupil student",
        )
    )
    for word in group
}
_CLASSES = {stem(word): stem(group) for word, group in _CLASSES.items()}
_VAGUE = re.compile(
    r"(tens of thousands|tens of millions|hundreds of thousands|hundreds of millions|dozens|scores|hundreds|thousands"
    r"|millions|billions|trillions)",
    re.I,
)
_ABOVE, _BELOW = {">", ">=", "since"}, {"<", "<="}


@dataclass(frozen=True)
class Measure:
    """A quantity in one form: `sign` is =, > or < or between; `value` None when the words were vague."""

    sign: str
    value: Decimal | None
    high: Decimal | None
    unit: str
    vague: str
    start: int
    end: int

    @property
    def tolerance(self) -> Decimal:
        """How far apart two values of this unit may lie and still be one value: conversions are rounded."""
        return Decimal("0.015") if self.unit in _ROUNDED else Decimal(0)


_ROUNDED = {dimension for dimension, _ in _SCALED.values()} | {"percent"}


def measure(quantity: Quantity) -> Measure:
    value = Decimal(quantity.value) if quantity.value else None
    high = Decimal(quantity.high) if quantity.high else None
    unit, factor = _unit(quantity.unit)
    if value is not None and factor != 1:
        value, high = value * factor, high * factor if high is not None else None
    sign = ">" if quantity.comparator in _ABOVE else "<" if quantity.comparator in _BELOW else "="
    if high is not None:
        sign = "between"
    found = _VAGUE.search(quantity.text) if value is None else None
    vague = found.group().lower() if found else ""
    return Measure(sign, value, high, unit, vague, quantity.start, quantity.end)


def _unit(unit: str) -> tuple[str, Decimal]:
    low = unit.lower()
    if low == "share":
        return "percent", Decimal(100)
    if low in {"percent", "percentage points", "times", "years old"} or unit.isupper():
        return low, Decimal(1)
    head = low.split()[-1] if low else ""
    if head in _SCALED:
        return _SCALED[head]
    return kind_of_thing(head), Decimal(1)


def kind_of_thing(word: str) -> str:
    """The class of a counted noun: troops and soldiers are one. The stem itself when no class is known."""
    found = stem(word) if word else ""
    return _CLASSES.get(found, found)


def same_value(a: Measure, b: Measure) -> bool:
    if a.vague or b.vague or a.value is None or b.value is None:
        return a.vague == b.vague and a.value == b.value
    room = max(a.tolerance, b.tolerance) * max(abs(a.value), abs(b.value))
    if (a.high is None) != (b.high is None):
        return False
    near = abs(a.value - b.value) <= room
    return near and (a.high is None or b.high is None or abs(a.high - b.high) <= room)
