"""Which pairs are suggested, what differs in each, and which suggestions no longer hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q

from annotations.claims.models import Claim
from annotations.precedents.contradictions import contradiction, read_statement
from annotations.precedents.differences import differences
from annotations.precedents.models import Match, OutsideCheck
from annotations.precedents.nearest import LIKELY
from annotations.precedents.queries import words_of

KEPT = 10
"""So many suggestions a claim keeps, the best."""


class Pair(NamedTuple):
    """The keys of a claim and of what it is compared with: an earlier claim (the lower key) or an outside check."""

    claim: int
    earlier: int | None
    check: int | None

    @classmethod
    def of_claims(cls, one: int, other: int) -> Pair:
        return cls(max(one, other), min(one, other), None)

    @classmethod
    def of(cls, match: Match) -> Pair:
        return cls(match.claim_id, match.earlier_id, match.outside_check_id)

    @property
    def claims(self) -> tuple[int, ...]:
        return (self.claim,) if self.earlier is None else (self.claim, self.earlier)


@dataclass(frozen=True)
class Plan:
    """Rows to enter, rows that change (as they were read, with their new values), and rows that lapse."""

    new: list[Match]
    changed: list[tuple[Match, Match]]
    lapsed: list[Match]


def prepare(*, workspace_id: int, found: dict[Pair, float], claims: set[int], checks: set[int]) -> Plan:
    """What the scores found for the `claims` and `checks` that were read come to. Only reads.

    A pair that people decided on is left alone, a rejected one for ever. Claims of one article are not compared:
    those are merged. What was suggested about something that was read, and was not found again, lapses.
    """
    ranked = claims or {pair.claim for pair in found}
    about = Q(claim__in=ranked) | Q(earlier__in=ranked) | Q(outside_check__in=checks)
    there = {Pair.of(match): match for match in Match.objects.filter(about, workspace_id=workspace_id)}
    open_states = (Match.Status.SUGGESTED, Match.Status.LAPSED)
    texts = _Texts(found)
    fits = {
        pair: score
        for pair, score in found.items()
        if (pair not in there or there[pair].status in open_states) and texts.may_be_compared(pair)
    }
    standing = {pair: match for pair, match in there.items() if match.status == Match.Status.SUGGESTED}
    # With claims, only what was found now may stand; with checks, what stands about other checks stands on.
    lost = [pair for pair in standing if pair not in fits and (claims or pair.check in checks)]
    rest = fits | {pair: m.score for pair, m in standing.items() if pair not in fits and pair not in lost}
    best = _best(rest, ranked)
    plan = Plan([], [], [standing[pair] for pair in standing if pair in lost or pair not in best])
    for pair in fits:
        if pair in best:
            _enter(plan, texts.match(workspace_id, pair, fits[pair]), there.get(pair))
    return plan


def write(*, plan: Plan) -> None:
    """Inside the caller's `recorded` block. What a person decided since the plan was made stands."""
    Match.objects.bulk_create(plan.new, ignore_conflicts=True)
    for old, match in plan.changed:
        fields = ("score", "strength", "differences", "differs", "contradiction")
        _write(old, Match.Status.SUGGESTED, {name: getattr(match, name) for name in fields})
    for old in plan.lapsed:
        _write(old, Match.Status.LAPSED, {})


def _write(match: Match, state: str, values: dict[str, Any]) -> None:
    """One conditional write: nothing happens when a person was there first."""
    at = Match.objects.filter(pk=match.pk, version=match.version, status=match.status)
    at.update(version=F("version") + 1, **{"status": state, **values})


def _enter(plan: Plan, match: Match, old: Match | None) -> None:
    if old is None:
        plan.new.append(match)
    elif (
        old.status == Match.Status.LAPSED
        or (old.strength, old.differences) != (match.strength, match.differences)
        or abs(old.score - match.score) > 0.005
    ):
        plan.changed.append((old, match))


def _best(scores: dict[Pair, float], ranked: set[int]) -> set[Pair]:
    of_claim: dict[int, list[Pair]] = defaultdict(list)
    for pair in sorted(
        scores, key=lambda pair: (-scores[pair], pair.claim, pair.earlier or 0, pair.check or 0)
    ):
        for claim in pair.claims:
            if claim in ranked:
                of_claim[claim].append(pair)
    return {pair for pairs in of_claim.values() for pair in pairs[:KEPT]}


class _Texts:
    """The wordings of all pairs in two queries."""

    def __init__(self, pairs: dict[Pair, float]) -> None:
        keys = {key for pair in pairs for key in pair.claims}
        claims = Claim.objects.live().filter(pk__in=keys).select_related("article")
        wanted = ("statement", "exact", "said_on", "article__published_on")
        self.claims = {claim.pk: claim for claim in claims.only(*wanted)}
        checks = OutsideCheck.objects.filter(pk__in={pair.check for pair in pairs if pair.check})
        self.checks = {check.pk: check for check in checks}

    def may_be_compared(self, pair: Pair) -> bool:
        if any(key not in self.claims for key in pair.claims):
            return False
        if pair.earlier is None:
            return pair.check in self.checks
        return self.claims[pair.claim].article_id != self.claims[pair.earlier].article_id

    def match(self, workspace_id: int, pair: Pair, score: float) -> Match:
        text, day = self._claim(pair.claim)
        if pair.earlier is not None:
            other, other_day = self._claim(pair.earlier)
        else:
            assert pair.check is not None
            check = self.checks[pair.check]
            other, other_day = check.claim, check.claimed_on or check.reviewed_on
        found = differences(text, other, a_date=day, b_date=other_day)
        return Match(
            workspace_id=workspace_id,
            claim_id=pair.claim,
            earlier_id=pair.earlier,
            outside_check_id=pair.check,
            score=round(min(max(score, 0.0), 1.0), 4),
            strength=Match.Strength.LIKELY if score >= LIKELY else Match.Strength.POSSIBLE,
            differences=[asdict(one) for one in found],
            differs=bool(found),
            contradiction=_contradiction(text, day, other, other_day) if pair.earlier else None,
        )

    def _claim(self, key: int) -> tuple[str, date | None]:
        claim = self.claims[key]
        return words_of(claim), claim.article.published_on or claim.said_on


def _contradiction(text: str, day: date | None, other: str, other_day: date | None) -> dict[str, Any] | None:
    """The two values of our own claims that exclude each other, or None."""
    found = contradiction(read_statement(text, day), read_statement(other, other_day))
    return asdict(found) if found else None
