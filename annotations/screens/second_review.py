"""The page of a second review: article, stored copies, and the claim with what may be decided about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from annotations.articles.models import ArticleVersion
from annotations.audit.models import AuditEntry
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.desks.queries import scales_of
from annotations.desks.scale import CONFIDENCE_WORDS, Scales
from annotations.people.models import User
from annotations.reviews.differences import Piece, word_diff
from annotations.reviews.models import ChangeItem, Review
from annotations.reviews.queries import waiting_for
from annotations.screens import review as panel
from annotations.screens.beside import Beside, beside
from annotations.screens.passages import Passage, passages
from annotations.sources.models import Evidence
from annotations.sources.queries import evidence_for
from annotations.tongue import table
from annotations.verdicts.models import OwnRating, Verdict

AROUND = 2
"""Paragraphs of the article before and after those that hold the claim."""
MOST_WAITING = 1_000
_CITES = re.compile(r"\[(\d{1,3})\]")
_EDITED = table({"quote": "Quote", "stance": "Stance", "origin": "Origin"})
_NEVER = datetime.min.replace(tzinfo=UTC)
_SENT_BACK = (
    Review.Decision.CHANGES,
    Review.Decision.ADJUDICATED_RETURNED,
    Review.Decision.REOPENED,
)

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Opinion:
    """One person's column: rating and reasons in pieces, and the sources that the reasons lean on."""

    person: User
    rating: str
    reasons: Pieces
    gaps: str
    qualifiers: tuple[str, ...]
    confidence: str
    cites: tuple[tuple[int, Evidence], ...]


@dataclass(frozen=True)
class Change:
    """A field of the verdict as it was when it was sent back, and as it is submitted now."""

    label: str
    before: Pieces
    after: Pieces


@dataclass(frozen=True)
class Since:
    """What happened since the verdict was sent back: by whom, what was asked, and what differs."""

    sent_back: Review
    items: tuple[ChangeItem, ...]
    changes: tuple[Change, ...]
    edited: tuple[tuple[Evidence, Change], ...]
    added: tuple[Evidence, ...]
    removed: tuple[Evidence, ...]


@dataclass(frozen=True)
class SecondReview:
    """`place` of `waiting` claims is 0 for one that does not wait for this person; `next` is the one after it."""

    claim: Claim
    version: ArticleVersion
    excerpt: tuple[Passage, ...]
    source: Beside | None
    evidence: tuple[Evidence, ...]
    panel: panel.Review
    verdict: Verdict | None
    opinions: tuple[Opinion, ...]
    since: Since | None
    decisions: tuple[Review, ...]
    place: int
    waiting: int
    next: int | None


def second_review(*, claim: Claim, person: User, evidence_id: int | None = None) -> SecondReview:
    """Read in a fixed number of queries. What a blind review hides from this person is not in it."""
    state = panel.review(claim=claim, person=person)
    version = ArticleVersion.objects.get(pk=claim.article_version_id)
    evidence = tuple(evidence_for(claim))
    verdict: Verdict | None = None
    opinions: tuple[Opinion, ...] = ()
    since: Since | None = None
    decisions: tuple[Review, ...] = ()
    if state.may_read:
        verdicts = Verdict.objects.filter(claim=claim).select_related("author").order_by("-number")
        verdict = verdicts.first()
        decisions = tuple(_decisions(claim))
        opinions = _opinions(claim, verdict, evidence, state.own, decisions) if verdict else ()
        since = _since(verdict, decisions, claim) if verdict else None
    keys = list(waiting_for(person, claim.workspace).values_list("pk", flat=True)[:MOST_WAITING])
    place = keys.index(claim.pk) + 1 if claim.pk in keys else 0
    return SecondReview(
        claim=claim,
        version=version,
        excerpt=tuple(passages(version.text, (claim.start, claim.end), around=AROUND)),
        source=beside(claim=claim, person=person, evidence_id=evidence_id),
        evidence=evidence,
        panel=state,
        verdict=verdict,
        opinions=opinions,
        since=since,
        decisions=decisions,
        place=place,
        waiting=len(keys),
        next=_next(keys, place),
    )


def _next(keys: Sequence[int], place: int) -> int | None:
    """The one after it, round to the first; for a claim that waits no more, the first."""
    others = [*keys[place:], *keys[: max(0, place - 1)]]
    return others[0] if others else None


def _decisions(claim: Claim) -> list[Review]:
    rows = Review.objects.filter(claim=claim).select_related("reviewer", "verdict__author")
    return list(rows.prefetch_related("items").order_by("-pk"))


def _opinions(
    claim: Claim,
    verdict: Verdict,
    evidence: Sequence[Evidence],
    own: OwnRating | None,
    decisions: Sequence[Review],
) -> tuple[Opinion, ...]:
    """The first reviewer's column and, once there is one, the second's; what differs in the reasons is marked."""
    disagreed = next((one for one in decisions if one.decision == Review.Decision.DISAGREED), None)
    if claim.status == Status.DISPUTED and disagreed:
        second, rating, reasons = disagreed.reviewer, disagreed.own_rating, disagreed.note
    elif own:
        second, rating, reasons = own.reviewer, own.rating, own.reasons
    else:
        return (_first(verdict, (Piece(verdict.reasons, is_changed=False),), evidence),)
    mine, theirs = word_diff(verdict.reasons, reasons)
    column = Opinion(second, rating, theirs, "", (), "", _cites(reasons, evidence))
    return _first(verdict, mine, evidence), column


def _first(verdict: Verdict, reasons: Pieces, evidence: Sequence[Evidence]) -> Opinion:
    return Opinion(
        person=verdict.author,
        rating=verdict.rating,
        reasons=reasons,
        gaps=verdict.gaps,
        qualifiers=tuple(_qualifiers(verdict, scales_of(verdict.workspace_id))),
        confidence=verdict.confidence,
        cites=_cites(verdict.reasons, evidence),
    )


def _cites(reasons: str, evidence: Sequence[Evidence]) -> tuple[tuple[int, Evidence], ...]:
    numbers = dict.fromkeys(int(found) for found in _CITES.findall(reasons))
    return tuple((number, evidence[number - 1]) for number in numbers if 0 < number <= len(evidence))


def _since(verdict: Verdict, decisions: Sequence[Review], claim: Claim) -> Since | None:
    last = next((one for one in decisions if one.decision in _SENT_BACK), None)
    if last is None:
        return None
    rows = Evidence.objects.filter(claim=claim).select_related("source", "added_by").order_by("pk")
    every = list(rows)
    touched = [item for item in every if max(item.created_at, item.removed_at or _NEVER) > last.created_at]
    return Since(
        sent_back=last,
        items=tuple(sorted(last.items.all(), key=lambda item: item.pk)),
        changes=tuple(_changes(last.verdict, verdict)),
        edited=tuple(_edits(claim, every, last)),
        added=tuple(item for item in touched if item.created_at > last.created_at and not item.removed_at),
        removed=tuple(item for item in touched if item.removed_at and item.created_at < last.created_at),
    )


def _edits(claim: Claim, every: Sequence[Evidence], last: Review) -> list[tuple[Evidence, Change]]:
    """What was changed in the evidence that stood then and stands now: as it was, and as it is."""
    stood = {
        str(item.pk): item for item in every if item.created_at < last.created_at and not item.removed_at
    }
    entries = AuditEntry.objects.filter(
        workspace_id=claim.workspace_id,
        table_name=Evidence._meta.db_table,
        row_id__in=stood,
        action=AuditEntry.Action.UPDATE,
        at__gt=last.created_at,
    )
    was: dict[tuple[str, str], str] = {}
    for row, before in entries.order_by("seq").values_list("row_id", "before"):
        for name in _EDITED.keys() & (before or {}).keys():
            was.setdefault((row, name), str((before or {})[name]))
    return [
        (stood[row], Change(_EDITED[name], *word_diff(before, now)))
        for (row, name), before in was.items()
        if (now := str(getattr(stood[row], name))) != before
    ]


def _changes(old: Verdict, new: Verdict) -> list[Change]:
    """Field by field, in words; a field that stayed the same is left out."""
    found, scales = [], scales_of(new.workspace_id)
    for label, before, after in (
        (_("Rating"), _label(old, scales), _label(new, scales)),
        (_("Qualifiers"), ", ".join(_qualifiers(old, scales)), ", ".join(_qualifiers(new, scales))),
        (_("Confidence"), CONFIDENCE_WORDS.get(old.confidence, ""), CONFIDENCE_WORDS.get(new.confidence, "")),
        (_("Why"), old.reasons, new.reasons),
        (_("What is missing"), old.gaps, new.gaps),
    ):
        if before != after:
            found.append(Change(label, *word_diff(before, after)))
    return found


def _label(verdict: Verdict, scales: Scales) -> str:
    known = scales.rating(verdict.rating, verdict.scale_version)
    return known.label if known else verdict.rating


def _qualifiers(verdict: Verdict, scales: Scales) -> list[str]:
    return [scales.qualifier(code, verdict.scale_version) for code in verdict.qualifiers]
