"""Differences in date: other days, months or years; before against after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from annotations.claims.extraction.dates import DateMention, find_dates
from annotations.claims.extraction.words import MONTHS
from annotations.precedents.comparing.finding import DATE, Difference, differ

_YEAR = re.compile(
    r"(?<![\w.,$€£#/-])(?:1[5-9]|20)\d\d(?![\w%]|[.,/]\d|\s(?:people|men|women|troops|soldiers))"
)
_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH_DAY = re.compile(
    rf"\b({_MONTH_NAMES})\.?\s(\d{{1,2}})\b|\b(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({_MONTH_NAMES})\b", re.I
)
_LONE_MONTH = re.compile(
    r"\b(January|February|April|June|July|August|September|October|November|December"
    r"|(?<=[Ii]n )(?:March|May)|(?<=[Ss]ince )(?:March|May)|(?<=[Ll]ast )(?:March|May))\b"
)
_SEASON = re.compile(r"\b(?:in|this|last|next|since)\s(?:the\s)?(spring|summer|autumn|fall|winter)\b", re.I)
_SIDES = {
    "before": "before", "by": "before", "until": "before", "till": "before",
    "after": "after", "since": "after", "from": "after",
}  # fmt: skip
_SAME_WORDS = (("previous", "last"), ("past", "last"), ("fall", "autumn"), ("the ", ""), ("this ", ""))


@dataclass(frozen=True)
class When:
    """A time in one form. `form` is an ISO day, month or year, --MM-DD without a year, or plain words."""

    form: str
    side: str
    start: int
    end: int

    @property
    def is_known(self) -> bool:
        return bool(re.fullmatch(r"[\d-]+(?:\.\.[\d-]+)?", self.form))


def dates_of(text: str, published_on: date | None) -> tuple[DateMention, ...]:
    """The dates of a text, with years that stand as an attribute (“the 2019 law”) and months on their own."""
    found = list(find_dates(text, 0, len(text), published_on))
    for pattern in (_YEAR, _LONE_MONTH, _SEASON):
        for match in pattern.finditer(text):
            if not any(match.start() < one.end and match.end() > one.start for one in found):
                iso = match.group() if pattern is _YEAR else ""
                found.append(DateMention(match.group(), match.start(), match.end(), iso, ""))
    return tuple(sorted(found, key=lambda one: one.start))


def date_differences(
    a: str,
    b: str,
    a_dates: Sequence[DateMention],
    b_dates: Sequence[DateMention],
    a_date: date | None,
    b_date: date | None,
) -> list[Difference]:
    """Times that do not fit each other. A time that only one wording names counts when the other's day of
    publication does not vouch for it."""
    dated = a_date is not None or b_date is not None
    first, second = [_when(one) for one in a_dates], [_when(one) for one in b_dates]
    found, open_b = [], list(second)
    left_a = []
    for one in first:
        partner = next((other for other in open_b if _fit(one, other, dated=dated)), None)
        if partner is None:
            left_a.append(one)
            continue
        open_b.remove(partner)
        if one.side and partner.side and one.side != partner.side:
            found.append(differ(DATE, a, one, b, partner))
    left_a = [one for one in left_a if not any(_fit(one, other, dated=dated) for other in second)]
    open_b = [one for one in open_b if not any(_fit(one, other, dated=dated) for other in first)]
    for row in range(min(len(left_a), len(open_b))):
        found.append(differ(DATE, a, left_a[row], b, open_b[row]))
    alone = min(len(left_a), len(open_b))
    found += [differ(DATE, a, one, b, None) for one in left_a[alone:] if _matters(one, b_date)]
    found += [differ(DATE, a, None, b, one) for one in open_b[alone:] if _matters(one, a_date)]
    return found


def _when(mention: DateMention) -> When:
    side = _SIDES.get(mention.role, "")
    years = _YEAR.findall(mention.text)
    if len(years) > 1:
        form = "..".join(years)
    elif mention.iso:
        form = mention.iso
    else:
        form = _month_day(mention.text) or _plain(mention.text)
    return When(form, side, mention.start, mention.end)


def _month_day(text: str) -> str:
    found = _MONTH_DAY.search(text)
    if found:
        month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
        return f"--{MONTHS[month.lower()]:02}-{int(day):02}"
    lone = re.search(rf"\b({_MONTH_NAMES})\b", text, re.I)
    return f"--{MONTHS[lone[1].lower()]:02}" if lone else ""


def _plain(text: str) -> str:
    low = " ".join(text.lower().replace("’s", "").split())
    low = re.sub(r"^(?:in|on|at|since|by|during|of)\s", "", low)
    for word, instead in _SAME_WORDS:
        low = low.replace(word, instead)
    return re.sub(r"\s(?:morning|afternoon|evening|night)$", "", low)


def _fit(one: When, other: When, *, dated: bool) -> bool:
    """Whether both may be the same time: equal, or one is the less exact form of the other."""
    if one.form == other.form:
        return one.is_known or not dated or one.form[-1:] == "s"
    short, long = sorted((one.form, other.form), key=len)
    if not (one.is_known and other.is_known):
        return False
    if ".." in long or ".." in short:
        return False
    if short.startswith("--"):
        return (
            long.removeprefix("-")[4:].startswith(short[1:])
            if not long.startswith("--")
            else long.startswith(short)
        )
    return long.startswith(short) or (long.startswith("--") and len(short) == 4)


def _matters(one: When, published_on: date | None) -> bool:
    """Whether a time that the other text leaves out is news to it."""
    if not one.is_known or one.form.startswith("--"):
        return False
    if published_on is None:
        return True
    if ".." in one.form:
        return True
    if len(one.form) == 4:
        return int(one.form) != published_on.year
    day = date.fromisoformat(one.form if len(one.form) == 10 else f"{one.form}-15")
    return abs((published_on - day).days) > 45
