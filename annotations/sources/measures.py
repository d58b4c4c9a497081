"""What a number counts, and in which size: what may be compared with what. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from annotations.tongue import gettext as _

CURRENCIES = frozenset(
    "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KPW KRW MXN MYR NGN NOK NZD PLN RUB SEK SGD THB TRY"
    " TWD UAH USD ZAR".split()
)
_SIGNS = {"€": "EUR", "$": "USD", "us$": "USD", "£": "GBP", "euro": "EUR", "euros": "EUR", "dollars": "USD"}
# kind -> unit -> how many of the kind's own unit it is
_SIZES: dict[str, dict[str, str]] = {
    "length": {"mm": "0.001", "cm": "0.01", "m": "1", "km": "1000", "mile": "1609.344", "foot": "0.3048"},
    "area": {
        "m²": "1",
        "ha": "10000",
        "acre": "4046.8564224",
        "km²": "1000000",
        "square mile": "2589988.110336",
    },
    "mass": {"g": "0.001", "kg": "1", "tonne": "1000", "pound": "0.45359237"},
    "energy": {"kwh": "1", "mwh": "1000", "gwh": "1000000", "twh": "1000000000"},
    "power": {"kw": "1", "mw": "1000", "gw": "1000000"},
    "volume": {"litre": "1", "m³": "1000", "barrel": "158.987294928"},
    "time": {"second": "1", "minute": "60", "hour": "3600", "day": "86400", "week": "604800"},
    "percent": {"percent": "1"},
    "percentage points": {"percentage point": "1", "basis point": "0.01"},
}
_ALIASES = {
    "%": "percent", "per cent": "percent", "pct": "percent", "prozent": "percent",
    "metre": "m", "meter": "m", "kilometre": "km", "kilometer": "km", "mi": "mile", "ft": "foot", "feet": "foot",
    "centimetre": "cm", "centimeter": "cm", "millimetre": "mm", "millimeter": "mm",
    "hectare": "ha", "km2": "km²", "sq km": "km²", "square kilometre": "km²", "square kilometer": "km²",
    "square metre": "m²", "square meter": "m²", "m2": "m²", "m3": "m³", "cubic metre": "m³", "cubic meter": "m³",
    "gram": "g", "kilogram": "kg", "kilo": "kg", "metric ton": "tonne", "lb": "pound", "l": "litre", "liter": "litre",
    "pp": "percentage point", "percent point": "percentage point",
}  # fmt: skip
_THOUSANDS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SPLIT = re.compile(r"[\s\u00a0]+")
_PEOPLE = frozenset("people persons person human humans".split())


@dataclass(frozen=True)
class Measure:
    """`kind` is what is counted (“mass”, “EUR”, “soldier”), `size` how large one of it is. `words` as written."""

    kind: str
    size: Decimal
    words: str

    def differs_from(self, other: Measure) -> str:
        """Why a number of the one says nothing about a number of the other; empty when it does."""
        if self.kind == other.kind:
            return ""
        if not self.words or not other.words:
            return _("Not compared: say for both what the number counts.")
        if {self.kind, other.kind} <= CURRENCIES:
            return _("Not compared: {here} and {there} are different currencies.").format(
                here=self.kind, there=other.kind
            )
        return _("Not compared: the claim counts “{here}”, the source “{there}”.").format(
            here=self.words, there=other.words
        )


def measure_of(unit: str) -> Measure:
    """A unit as it is written. Things that are counted are one kind when their last word is: “Korean soldiers”."""
    words = _SPLIT.sub(" ", unit).strip()
    low, size = words.lower().rstrip("."), Decimal(1)
    head, _space, rest = low.partition(" ")
    if head in _THOUSANDS:
        size, low = Decimal(10) ** _THOUSANDS[head], rest
    if money := _currency(low):
        return Measure(money, size, words)
    for name in (low, _single(low)):
        known = _ALIASES.get(name, name)
        for kind, units in _SIZES.items():
            if known in units:
                return Measure(kind, size * Decimal(units[known]), words)
    last = _single(low.rpartition(" ")[2])
    return Measure("person" if last in _PEOPLE else last, size, words)


def _currency(low: str) -> str:
    return low.upper() if low.upper() in CURRENCIES else _SIGNS.get(low, "")


def _single(word: str) -> str:
    """A plural as one: enough to see that soldiers and a soldier are the same thing."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 2 else word
