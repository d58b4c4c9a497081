"""House rules in sections, each of which may belong to a field of the workbench. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.refusals import Incomplete
from annotations.tongue import gettext as _
from annotations.tongue import table
from annotations.words import tidy

FIELDS = table(
    {
        "": "The rules as a whole",
        "claimant": "Claimant",
        "date": "Date of the claim",
        "rating": "Rating",
        "reasons": "Reasons",
        "sources": "Sources",
        "second_review": "Second review",
    }
)
MOST_SECTIONS = 40
_LIMITS = {"title": 120, "text": 8000, "field": 20}
_ITEM = re.compile(r"\s*[-*•]\s+")


@dataclass(frozen=True)
class Section:
    """`field` names the part of the form beside which it is shown; "" for a general one."""

    title: str
    text: str
    field: str = ""

    @property
    def blocks(self) -> list[tuple[str, list[str]]]:
        """The text in paragraphs ("p", lines) and lists ("ul", items): lines that begin with a dash."""
        return blocks(self.text)


@dataclass(frozen=True)
class Guidelines:
    """One version. Number 0: nothing was written yet."""

    number: int = 0
    sections: tuple[Section, ...] = ()

    def beside(self, field: str) -> list[Section]:
        """What belongs beside this field."""
        return [one for one in self.sections if one.field == field]

    def as_values(self) -> list[dict[str, str]]:
        return [{"title": one.title, "text": one.text, "field": one.field} for one in self.sections]

    def as_words(self) -> dict[str, str]:
        """What a person compares when two of them changed it, by section."""
        return {
            f"{number}. {one.title}": f"{FIELDS.get(one.field, one.field)}\n{one.text}"
            for number, one in enumerate(self.sections, start=1)
        }


def guidelines_from(number: int, values: Sequence[Mapping[str, str]]) -> Guidelines:
    """The way back from `as_values`."""
    return Guidelines(number, tuple(Section(**one) for one in values))


def checked_sections(rows: Sequence[Mapping[str, Any]]) -> tuple[Section, ...]:
    """The sections that these rows make; rows without title and text are left out. Raises `Incomplete` by field."""
    problems: dict[str, list[str]] = {}
    found = []
    if len(rows) > MOST_SECTIONS:
        raise Incomplete(
            _("Guidelines have at most {most_sections} sections.").format(most_sections=MOST_SECTIONS)
        )
    for at, row in enumerate(rows):
        given = {name: row.get(name) or "" for name in _LIMITS}
        try:
            words = tidy(given, _LIMITS, paragraphs=("text",))
        except Incomplete as refused:
            problems |= {f"sections.{at}.{name}": said for name, said in refused.problems.items()}
            continue
        if not words["title"] and not words["text"]:
            continue
        if not words["title"]:
            problems[f"sections.{at}.title"] = [_("Give the section a heading.")]
        if not words["text"]:
            problems[f"sections.{at}.text"] = [
                _("Write what “{words}” asks for.").format(words=words["title"])
            ]
        if words["field"] not in FIELDS:
            problems[f"sections.{at}.field"] = [
                _("Choose one of: {choices}.").format(choices=", ".join(filter(None, FIELDS)))
            ]
        found.append(Section(**words))
    if problems:
        raise Incomplete(_("These guidelines cannot be published as they stand."), problems)
    return tuple(found)


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """A text cut into paragraphs and lists, in order. A paragraph keeps its lines."""
    found: list[tuple[str, list[str]]] = []
    for piece in re.split(r"\n\s*\n", text.strip()):
        kind = ""
        for line in piece.split("\n"):
            here = "ul" if _ITEM.match(line) else "p"
            if here != kind:
                found.append((here, []))
                kind = here
            found[-1][1].append(_ITEM.sub("", line, count=1) if here == "ul" else line)
    return [block for block in found if any(line.strip() for line in block[1])]
