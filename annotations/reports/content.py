"""What a report says, whatever format it is written in. Pure: values of publications in, frozen dataclasses out.

A report is made of publications and nothing else, so no draft can stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

METHOD = (
    "Each claim was checked by one person against the sources listed and decided on by a second person who had no"
    " part in writing the verdict."
)


@dataclass(frozen=True)
class Published:
    """One publication as this module needs it. `content` is what `reviews/record.py` describes."""

    claim_id: int
    number: int
    kind: str
    note: str
    correction_type: str
    at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """A correction or retraction. `at` is an ISO date in UTC; `before` the label before, if the rating changed."""

    number: int
    kind: str
    correction_type: str
    at: str
    note: str
    before: str


@dataclass(frozen=True)
class Cited:
    number: int
    stance: str
    title: str
    publisher: str
    author: str
    type: str
    published_on: str
    is_primary: bool
    quote: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A claim in a report. A retracted one keeps its wording and the reason, and has no verdict left.

    `sets` are the numbers of evidence that works together, a tuple for each set; any of them is enough. Empty as long
    as all evidence stands in one set.
    """

    number: int
    claim_id: int
    publication: int
    article_id: int
    article_title: str
    outlet: str
    article_url: str
    article_published_on: str
    statement: str
    exact: str
    start: int
    end: int
    claimant: str
    attribution: str
    said_on: str
    rating: str
    label: str
    mark: str
    tone: str
    definition: str
    rating_number: int | None
    rating_worst: int | None
    rating_best: int | None
    scale_version: int | None
    qualifiers: tuple[str, ...]
    confidence: str
    gaps: str
    reasons: str
    evidence: tuple[Cited, ...]
    checked_by: tuple[str, ...]
    approved_by: str
    published_at: str
    changes: tuple[Change, ...]
    sets: tuple[tuple[int, ...], ...] = ()

    @property
    def is_retracted(self) -> bool:
        return bool(self.changes) and self.changes[-1].kind == "RETRACTED"


@dataclass(frozen=True)
class Share:
    """How many claims of a report have a rating."""

    rating: str
    label: str
    count: int


@dataclass(frozen=True)
class Report:
    title: str
    outlet: str
    byline: str
    url: str
    published_on: str
    article_version: int
    article_sha256: str
    method: str
    checked_by: tuple[str, ...]
    approved_by: tuple[str, ...]
    claims: tuple[Entry, ...]
    summary: tuple[Share, ...]


def article_report(history: Iterable[Sequence[Published]]) -> Report:
    """The report on one article. `history` has the publications of each claim, oldest first; there is at least one."""
    chains = sorted(history, key=lambda chain: (chain[-1].content["claim"]["start"], chain[-1].claim_id))
    entries = tuple(entry(chain, number) for number, chain in enumerate(chains, start=1))
    article = max((chain[-1] for chain in chains), key=lambda last: last.at).content["article"]
    return Report(
        title=article["title"],
        outlet=article["outlet"],
        byline=article["byline"],
        url=article["url"],
        published_on=article["published_on"] or "",
        article_version=article["version"],
        article_sha256=article["sha256"],
        method=METHOD,
        checked_by=_names(name for item in entries for name in item.checked_by),
        approved_by=_names(item.approved_by for item in entries),
        claims=entries,
        summary=_summary(entries),
    )


def entry(chain: Sequence[Published], number: int) -> Entry:
    """One claim with all its publications, oldest first; the last one is what stands."""
    last = chain[-1]
    claim, article, people = last.content["claim"], last.content["article"], last.content["people"]
    verdict = last.content["verdict"] or {}
    return Entry(
        number=number,
        claim_id=last.claim_id,
        publication=last.number,
        article_id=article["id"],
        article_title=article["title"],
        outlet=article["outlet"],
        article_url=article["url"],
        article_published_on=article["published_on"] or "",
        statement=claim["statement"],
        exact=claim["exact"],
        start=claim["start"],
        end=claim["end"],
        claimant=_claimant(claim, article),
        attribution=claim["attribution"],
        said_on=claim["said_on"] or "",
        rating=verdict.get("rating", ""),
        label=verdict.get("label", ""),
        mark=verdict.get("mark", ""),
        tone=verdict.get("tone", ""),
        definition=verdict.get("definition", ""),
        rating_number=verdict.get("number"),
        rating_worst=verdict.get("worst"),
        rating_best=verdict.get("best"),
        scale_version=verdict.get("scale_version"),
        qualifiers=tuple(verdict.get("qualifiers", ())),
        confidence=verdict.get("confidence", ""),
        gaps=verdict.get("gaps", ""),
        reasons=verdict.get("reasons", ""),
        evidence=tuple(Cited(**_cited(item)) for item in last.content["evidence"]),
        checked_by=tuple(people.get("checked_by", ())),
        approved_by=people.get("approved_by", ""),
        published_at=chain[0].at.isoformat(timespec="seconds"),
        changes=tuple(_changes(chain)),
        sets=tuple(tuple(one) for one in last.content.get("sets", ())),
    )


def to_values(report: Report) -> dict[str, Any]:
    """The report as plain values, for freezing and for JSON. An entry has `sets` only when there is more than one."""
    values = asdict(report)
    for item in values["claims"]:
        if not item["sets"]:
            del item["sets"]
    return values


def from_values(values: Mapping[str, Any]) -> Report:
    """The way back from `to_values`."""
    entries = tuple(
        Entry(
            **{
                **item,
                "qualifiers": tuple(item["qualifiers"]),
                "checked_by": tuple(item["checked_by"]),
                "evidence": tuple(Cited(**cited) for cited in item["evidence"]),
                "changes": tuple(Change(**change) for change in item["changes"]),
                "sets": tuple(tuple(one) for one in item.get("sets", ())),
            }
        )
        for item in values["claims"]
    )
    summary = tuple(Share(**share) for share in values["summary"])
    names = {key: tuple(values[key]) for key in ("checked_by", "approved_by")}
    return Report(**{**values, **names, "claims": entries, "summary": summary})


def day(iso: str) -> date | None:
    """The day of an ISO date or time; None for an empty one."""
    return date.fromisoformat(iso[:10]) if iso else None


def _changes(chain: Sequence[Published]) -> Iterable[Change]:
    for before, after in pairwise(chain):
        label = (before.content["verdict"] or {}).get("label", "")
        if label == (after.content["verdict"] or {}).get("label", ""):
            label = ""
        day_of = after.at.date().isoformat()
        yield Change(after.number, after.kind, after.correction_type, day_of, after.note, label)


def _claimant(claim: Mapping[str, Any], article: Mapping[str, Any]) -> str:
    """Who made the claim, in words: a person, the outlet in its own voice, or explicitly unknown."""
    if claim["claimant"]:
        return str(claim["claimant"])
    if claim["attribution"] == "OUTLET":
        return article["outlet"] or "the article itself"
    return "unknown"


def _cited(item: Mapping[str, Any]) -> dict[str, Any]:
    return {**item, "published_on": item["published_on"] or ""}


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _summary(entries: Iterable[Entry]) -> tuple[Share, ...]:
    counts: dict[tuple[str, str], int] = {}
    for item in entries:
        if item.rating:
            counts[item.rating, item.label] = counts.get((item.rating, item.label), 0) + 1
    return tuple(Share(rating, label, count) for (rating, label), count in counts.items())
