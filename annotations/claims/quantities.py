"""The figures of a claim as a person may set them: number, comparator and unit as data. Pure.

Extraction writes the same rows. A row that a person edits keeps where its words stand in the article, as long as those
words still stand inside the claim.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from annotations.refusals import Incomplete
from annotations.tongue import gettext as _
from annotations.tongue import table
from annotations.words import tidy

COMPARATORS = table(
    {
        "=": "exactly",
        ">": "more than",
        ">=": "at least",
        "<": "less than",
        "<=": "at most",
        "~": "about",
        "between": "between",
        "since": "since",
    }
)
"""The closed list, in the product's words."""

LIMITS = {"comparator": 10, "value": 40, "high": 40, "unit": 60, "per": 60, "as_of": 10, "text": 200}
MOST = 20

_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_GROUP = "[,\u2019'\u0020\u00a0\u2009\u202f]"
_NUMBER = re.compile(
    rf"(?P<sign>[-\u2212]?)\s?(?P<whole>[0-9]{{1,3}}(?:(?P<group>{_GROUP})[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*)?|[0-9]{{1,20}})"
    rf"(?P<rest>\.[0-9]{{1,10}})?(?:[\s\u00a0\u202f](?P<scale>{'|'.join(_SCALES)}))?",
    re.IGNORECASE,
)
_NOT_DIGIT = re.compile(r"[^0-9]")


def number_of(words: str) -> str:
    """A number as a plain decimal: “12,000”, “12 000”, “1.5 million”, “-3”. Raises `ValueError` for anything else."""
    found = _NUMBER.fullmatch(words.strip())
    if found is None:
        raise ValueError("Write a number such as 12000, 12,000, 0.5 or 1.5 million.")
    whole = _NOT_DIGIT.sub("", found["whole"]).lstrip("0") or "0"
    value = whole + (found["rest"] or "")
    if found["scale"]:
        value = f"{Decimal(value).scaleb(_SCALES[found['scale'].lower()]):f}"
        value = value.rstrip("0").rstrip(".") if "." in value else value
    return ("-" if found["sign"] else "") + value


def checked_quantities(
    rows: Sequence[Mapping[str, Any]], *, known: Sequence[Mapping[str, Any]], exact: str, start: int
) -> list[dict[str, Any]]:
    """The rows as they are kept; empty ones are left out. `known` are the rows so far, `exact` the claim's words.

    `start` is where the claim begins, in code points of the version's text. Raises `Incomplete` by row and field:
    `quantities.0.value`.
    """
    if len(rows) > MOST:
        problem = _("A claim holds {most} figures at most.").format(most=MOST)
        raise Incomplete(problem, {"quantities": [problem]})
    problems: dict[str, list[str]] = {}
    kept = []
    for at, row in enumerate(rows):
        clean, wrong = _checked(row)
        problems |= {f"quantities.{at}.{name}": [sentence] for name, sentence in wrong.items()}
        if not wrong and any(clean[name] for name in clean if name != "comparator"):
            kept.append(clean | _place(clean["text"], known, exact, start))
    if problems:
        raise Incomplete(_("Some of these figures cannot be right."), problems)
    return kept


def _checked(row: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The row with its numbers in one form, and what is wrong with it, by field."""
    wrong: dict[str, str] = {}
    try:
        clean = tidy({name: row.get(name, "") for name in LIMITS}, LIMITS)
    except Incomplete as refusal:
        return dict.fromkeys(LIMITS, ""), {name: found[0] for name, found in refusal.problems.items()}
    clean["comparator"] = clean["comparator"] or "="
    if clean["comparator"] not in COMPARATORS:
        wrong["comparator"] = _("Choose one of: {choices}.").format(choices=", ".join(COMPARATORS))
    for name in ("value", "high"):
        if clean[name]:
            try:
                clean[name] = number_of(clean[name])
            except ValueError as bad:
                wrong[name] = str(bad)
    if clean["as_of"] and not _is_day(clean["as_of"]):
        wrong["as_of"] = _("Give the day, month or year as YYYY-MM-DD, YYYY-MM or YYYY.")
    return clean, wrong or _contradictions(clean)


def _contradictions(row: dict[str, str]) -> dict[str, str]:
    if row["comparator"] == "between":
        if not (row["value"] and row["high"]):
            return {"high": _("“Between” needs two numbers.")}
        if Decimal(row["value"]) > Decimal(row["high"]):
            return {"high": _("The second number is the higher one.")}
    elif row["high"] and row["comparator"] != "=":
        return {"high": _("A second number goes with “between”.")}
    if not row["value"] and not row["text"] and any(row[name] for name in ("high", "unit", "per", "as_of")):
        return {"value": _("Give the number, or the words that stand for it.")}
    return {}


def _is_day(words: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", words):
        return False
    try:
        date.fromisoformat((words + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _place(text: str, known: Sequence[Mapping[str, Any]], exact: str, start: int) -> dict[str, int | None]:
    """Where the words stand in the version's text: where they stood, else inside the claim; None when they do not."""
    for row in known:
        if text and row.get("text") == text and row.get("start") is not None:
            return {"start": row["start"], "end": row["end"]}
    at = exact.find(text) if text else -1
    return {"start": None, "end": None} if at < 0 else {"start": start + at, "end": start + at + len(text)}
