"""The sources of a claim as they are weighed: balance, origins, sets, figures, and what is to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.claims.models import Claim
from annotations.flags.models import Flag
from annotations.flags.permissions import may_flag
from annotations.flags.queries import flags_on
from annotations.people.models import User
from annotations.sources.margins import Margin, margins
from annotations.sources.models import Evidence
from annotations.sources.origins import listed
from annotations.sources.policy import Standing, balance, is_hindsight, sets_of

LETTERS = "ABCDEF"
"""The names of sets 1 to 6."""


@dataclass(frozen=True)
class Weighed:
    """One source as it stands to the claim. `is_hindsight`: it is younger. `with_numbers` have the same origin.

    `is_by_text`: its stored text is like another's, which is why. `letters` are its sets, when there are several.
    """

    item: Evidence
    number: int
    is_hindsight: bool
    margins: tuple[Margin, ...]
    flags: tuple[Flag, ...]
    with_numbers: tuple[int, ...]
    is_by_text: bool
    letters: str

    @property
    def open_flags(self) -> tuple[Flag, ...]:
        return tuple(flag for flag in self.flags if flag.answered_at is None)

    @property
    def answered_flags(self) -> tuple[Flag, ...]:
        return tuple(flag for flag in self.flags if flag.answered_at is not None)


@dataclass(frozen=True)
class Weighing:
    """All of them. `sets` says in words which are enough by themselves; empty as long as all stand in one.

    `set_choices` are the sets that one can put a source into, by number and letter; none for a single source.
    """

    rows: tuple[Weighed, ...]
    balance: str
    why: tuple[str, ...]
    sets: str
    set_choices: tuple[tuple[int, str], ...]
    may_flag: bool


def weighing(claim: Claim, evidence: Sequence[Evidence], standing: Standing, person: User) -> Weighing:
    """Evidence that has been read, with its sources. One query; none without evidence."""
    flags: dict[int, list[Flag]] = {}
    for flag in flags_on(item.pk for item in evidence) if evidence else ():
        flags.setdefault(flag.evidence_id, []).append(flag)
    origins = {number: group for group in standing.groups for number in group}
    many = len({number for item in evidence for number in item.sets}) > 1
    said_on = claim.said_on.isoformat() if claim.said_on else ""
    rows = tuple(
        Weighed(
            item=item,
            number=number,
            is_hindsight=is_hindsight(item.source.published_on, claim.said_on),
            margins=tuple(margins(claim.quantities, item.figure, said_on=said_on)),
            flags=tuple(flags.get(item.pk, ())),
            with_numbers=tuple(one for one in origins.get(number, ()) if one != number),
            is_by_text=number in standing.by_text,
            letters=" ".join(LETTERS[one - 1] for one in item.sets) if many else "",
        )
        for number, item in enumerate(evidence, start=1)
    )
    counts = Counter(item.stance for item in evidence)
    used = max((number for item in evidence for number in item.sets), default=0)
    shown = min(len(LETTERS), max(len(evidence), used)) if len(evidence) > 1 else 0
    return Weighing(
        rows,
        balance(counts),
        standing.why,
        _in_words(sets_of([item.sets for item in evidence])),
        tuple(enumerate(LETTERS[:shown], start=1)),
        bool(evidence and may_flag(person, evidence[0])),
    )


def _in_words(sets: Sequence[Sequence[int]]) -> str:
    told = [
        _("{numbers} together").format(numbers=listed(numbers, _("and")))
        if len(numbers) > 1
        else f"[{numbers[0]}]"
        for numbers in sets
    ]
    return _("Any of: {sets}.").format(sets="; ".join(told)) if told else ""
