"""“Checked before?”: earlier checks of the claim in hand, each with what differs marked in both wordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from annotations.claims.lifecycle import LIVE, Status
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.precedents.models import Match
from annotations.precedents.permissions import may_decide
from annotations.precedents.queries import is_waiting_to_be_compared, matches_about, words_of
from annotations.refusals import Answer
from annotations.tongue import table
from annotations.verdicts.models import Verdict

MOST = 60
_DECIDED = (Status.APPROVED, Status.PUBLISHED)
_KINDS = table({"NUMBER": "Number", "NEGATION": "Negation", "DATE": "Date", "ACTOR": "Who or where"})


@dataclass(frozen=True)
class Piece:
    """A piece of a wording. `kind` says in what it differs from the other one; empty when it does not."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Earlier:
    """One earlier check. `rating` is a code of our scale or empty; `said` its rating in its own words, or the state
    of a claim of ours; `url` leads to it. `differences` are (what, here, there)."""

    match: Match
    words: tuple[Piece, ...]
    here: tuple[Piece, ...]
    differences: tuple[tuple[str, str, str], ...]
    rating: str
    said: str
    house: str
    on: date | None
    url: str
    claim: Claim | None


@dataclass(frozen=True)
class Before:
    """What stands (decided first), what was rejected, and whether the person may decide."""

    standing: tuple[Earlier, ...]
    rejected: tuple[Earlier, ...]
    may_decide: Answer
    is_pending: bool
    is_set_aside: bool


def checked_before(*, claim: Claim, person: User) -> Before:
    """Read in a fixed number of queries; at most `MOST` pairs, the nearest."""
    matches = list(matches_about(claim)[:MOST])
    ratings = _ratings(claim, matches)
    rows = [_earlier(match, claim, ratings) for match in matches]
    confirmed = [row for row in rows if row.match.status == Match.Status.CONFIRMED]
    suggested = [row for row in rows if row.match.status == Match.Status.SUGGESTED]
    return Before(
        standing=(*confirmed, *suggested),
        rejected=tuple(row for row in rows if row.match.status == Match.Status.REJECTED),
        may_decide=may_decide(person, Match(workspace_id=claim.workspace_id)),
        is_pending=is_waiting_to_be_compared(claim),
        is_set_aside=claim.status not in LIVE,
    )


@dataclass(frozen=True)
class Side:
    """One claim of a pair of our own: its wording in pieces, and its rating once a second person approved it."""

    claim: Claim
    words: tuple[Piece, ...]
    status: str
    rating: str


@dataclass(frozen=True)
class OwnPair:
    match: Match
    later: Side
    earlier: Side


def own_pairs_page(rows: QuerySet[Match], *, size: int) -> tuple[list[OwnPair], int | None]:
    """The first `size` pairs, and the key after which the next page begins: two queries however many there are."""
    matches = list(rows[: size + 1])
    shown = matches[:size]
    keys = {key for match in shown for key in (match.claim_id, match.earlier_id) if key}
    verdicts = Verdict.objects.filter(claim__in=keys, claim__status__in=_DECIDED).latest_of_each()
    ratings = {verdict.claim_id: verdict.rating for verdict in verdicts}
    pairs = []
    for match in shown:
        assert match.earlier is not None
        marks = [match.contradiction] if match.contradiction else match.differences
        later, earlier = (
            Side(
                claim,
                pieces(words_of(claim), _places(marks, side)),
                Status(claim.status).label,
                ratings.get(claim.pk, ""),
            )
            for claim, side in ((match.claim, "a"), (match.earlier, "b"))
        )
        pairs.append(OwnPair(match, later, earlier))
    return pairs, shown[-1].pk if len(matches) > size else None


def pieces(text: str, places: Sequence[tuple[int, int, str, str]]) -> tuple[Piece, ...]:
    """The text cut at (start, end, words, kind). A place that does not hold its words any more is not marked."""
    found: list[Piece] = []
    at = 0
    for start, end, words, kind in sorted(places):
        if start < at or start >= end or text[start:end] != words:
            continue
        if start > at:
            found.append(Piece(text[at:start]))
        found.append(Piece(words, kind))
        at = end
    if at < len(text) or not found:
        found.append(Piece(text[at:]))
    return tuple(found)


def _ratings(claim: Claim, matches: list[Match]) -> dict[int, str]:
    """The ratings of our own claims that a second person approved, by claim."""
    keys = {key for match in matches for key in (match.claim_id, match.earlier_id) if key} - {claim.pk}
    verdicts = Verdict.objects.filter(claim__in=keys, claim__status__in=_DECIDED).latest_of_each()
    return {verdict.claim_id: verdict.rating for verdict in verdicts}


def _earlier(match: Match, claim: Claim, ratings: dict[int, str]) -> Earlier:
    mine, theirs = ("a", "b") if match.claim_id == claim.pk else ("b", "a")
    check = match.outside_check
    other = None if check else (match.earlier if mine == "a" else match.claim)
    text = check.claim if check else words_of(other) if other else ""
    facts: dict[str, Any]
    if check:
        facts = {"rating": check.rating, "said": check.rating_text, "house": check.publisher}
        facts |= {"on": check.reviewed_on or check.claimed_on, "url": check.url}
    else:
        assert other is not None
        facts = {"rating": ratings.get(other.pk, ""), "said": Status(other.status).label, "url": ""}
        facts |= {"house": other.article.headline, "on": other.article.published_on}
    return Earlier(
        match=match,
        words=pieces(text, _places(match.differences, theirs)),
        here=pieces(words_of(claim), _places(match.differences, mine)),
        differences=tuple(
            (_KINDS.get(one["kind"], one["kind"]), one[f"{mine}_text"], one[f"{theirs}_text"])
            for one in match.differences
        ),
        claim=other,
        **facts,
    )


def _places(differences: Sequence[dict[str, Any]], side: str) -> list[tuple[int, int, str, str]]:
    return [
        (one[f"{side}_start"], one[f"{side}_end"], one[f"{side}_text"], one["kind"].lower())
        for one in differences
        if one[f"{side}_start"] >= 0
    ]
