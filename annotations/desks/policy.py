"""What a desk asks of every verdict, and what it prints about itself. Pure. See decision 0019."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from annotations.refusals import Incomplete
from annotations.tongue import gettext as _
from annotations.tongue import ngettext, table
from annotations.words import tidy

CONFIDENCE_ASKED = table(
    {
        "OPTIONAL": "May be given",
        "REQUIRED": "Has to be given",
        "NONE": "Is not asked for",
    }
)
PRIMARY = (1, 5)
ORIGINS = (2, 6)
_LIMITS = {"correction_text": 4000, "contact": 300}


@dataclass(frozen=True)
class Policy:
    """A verdict has sources enough with `primary_needed` primary ones, or with `origins_needed` of independent origin.

    Ratings in `exempt` need none. `names_printed` puts the names of checker and approver into what is published; else
    the desk stands for them. `correction_text` and `contact` are printed under reports.
    """

    number: int = 0
    primary_needed: int = 1
    origins_needed: int = 2
    exempt: tuple[str, ...] = field(default=("unproven", "not_checkable", "satire"))
    confidence_asked: str = "OPTIONAL"
    names_printed: bool = True
    correction_text: str = ""
    contact: str = ""

    def needs_sources(self, code: str) -> bool:
        """Whether a verdict of this rating has to meet the source policy."""
        return code not in self.exempt

    @property
    def sources_in_words(self) -> str:
        primary = ngettext("a primary source", "{count} primary sources", self.primary_needed)
        return _("{primary}, or {origins} sources of independent origin").format(
            primary=primary.format(count=self.primary_needed), origins=_NUMBERS[self.origins_needed]
        )

    def as_values(self) -> dict[str, Any]:
        """Plain values without the number, for storing, comparing and JSON."""
        values = asdict(self) | {"exempt": list(self.exempt)}
        del values["number"]
        return values


_NUMBERS = table({2: "two", 3: "three", 4: "four", 5: "five", 6: "six"})


def policy_from(number: int, values: Mapping[str, Any]) -> Policy:
    """The way back from `as_values`."""
    return Policy(number=number, **{**values, "exempt": tuple(values["exempt"])})


def checked_policy(values: Mapping[str, Any], *, ratings: Collection[str]) -> Policy:
    """The policy that these values make. `ratings` are the codes of the scale. Raises `Incomplete` by field."""
    problems: dict[str, list[str]] = {}
    for name, (least, most) in (("primary_needed", PRIMARY), ("origins_needed", ORIGINS)):
        number = values.get(name)
        if type(number) is not int or not least <= number <= most:
            problems[name] = [_("Give a number from {least} to {most}.").format(least=least, most=most)]
    if values.get("confidence_asked") not in CONFIDENCE_ASKED:
        problems["confidence_asked"] = [
            _("Choose one of: {choices}.").format(choices=", ".join(CONFIDENCE_ASKED))
        ]
    exempt = list(values.get("exempt") or ())
    if unknown := sorted({str(code) for code in exempt} - set(ratings)):
        problems["exempt"] = [_("Not on the scale: {choices}.").format(choices=", ".join(unknown)[:200])]
    elif ratings and set(exempt) >= set(ratings):
        problems["exempt"] = [_("At least one rating has to need sources.")]
    try:
        words = tidy(
            {name: values.get(name) or "" for name in _LIMITS}, _LIMITS, paragraphs=("correction_text",)
        )
    except Incomplete as refused:
        problems |= refused.problems
    if problems:
        raise Incomplete(_("This policy cannot be kept as it stands."), problems)
    return Policy(
        primary_needed=values["primary_needed"],
        origins_needed=values["origins_needed"],
        exempt=tuple(code for code in ratings if code in set(exempt)),
        confidence_asked=values["confidence_asked"],
        names_printed=bool(values.get("names_printed")),
        correction_text=words["correction_text"],
        contact=words["contact"],
    )
