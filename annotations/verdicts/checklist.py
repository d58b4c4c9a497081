"""What a verdict still needs before it can be submitted, one line each, and what a careful reader would ask.

The page lists it while the verdict is written, the API tells it, and submitting refuses by it: one list for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.claims.models import Claim
from annotations.desks.policy import Policy
from annotations.desks.queries import policy_of, scales_of
from annotations.flags.queries import open_flags_on
from annotations.sources.models import Evidence
from annotations.sources.origins import listed
from annotations.sources.policy import is_hindsight
from annotations.sources.queries import evidence_for, standing_of
from annotations.tongue import inside
from annotations.verdicts import citations
from annotations.verdicts.models import Verdict
from annotations.verdicts.queries import unticked_items

WORDS = ("rating", "reasons", "gaps", "confidence")


@dataclass(frozen=True)
class Need:
    """One thing that must be there. `problem` is empty when it is, else a sentence that says what to do."""

    field: str
    label: str
    problem: str

    @property
    def is_met(self) -> bool:
        return not self.problem


@dataclass(frozen=True)
class Checks:
    """`warnings` are gentle: they never keep a verdict from being submitted."""

    needs: tuple[Need, ...]
    warnings: tuple[str, ...]
    unknown: tuple[int, ...]
    reasons: str
    evidence: tuple[Evidence, ...]

    @property
    def is_ready(self) -> bool:
        return all(need.is_met for need in self.needs)

    @property
    def open(self) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if not need.is_met)


def checks_of(claim: Claim, words: Mapping[str, Any], *, saved_at: datetime | None = None) -> Checks:
    """The list for these words (rating, reasons, gaps), saved or not. At most eight queries.

    `saved_at` is when they were written: taking off a source since then may have given the numbers another meaning.
    """
    given = {name: str(words.get(name) or "").strip() for name in WORDS}
    reasons = given["reasons"]
    policy = policy_of(claim.workspace_id)
    evidence = tuple(evidence_for(claim))
    unknown = tuple(citations.unknown(reasons, len(evidence)))
    return Checks(
        needs=tuple(_needs(claim, given, policy, unknown, evidence)),
        warnings=(
            *_warnings(claim, given, policy, len(evidence), saved_at),
            *_about_flags(evidence),
        ),
        unknown=unknown,
        reasons=reasons,
        evidence=evidence,
    )


def _needs(
    claim: Claim,
    given: dict[str, str],
    policy: Policy,
    unknown: tuple[int, ...],
    evidence: Sequence[Evidence],
) -> list[Need]:
    rating = given["rating"]
    known = scales_of(claim.workspace_id).rating(rating) if rating else None
    is_said = bool(claim.claimant or claim.is_claimant_unknown) or claim.attribution == "OUTLET"
    is_dated = bool(claim.said_on or claim.is_date_unknown)
    needs = [
        Need("rating", _("Rating"), "" if rating else _("Choose a rating.")),
        Need("reasons", _("Reasons"), _about_reasons(given["reasons"], unknown)),
        Need(
            "claimant",
            _("Claimant"),
            "" if is_said else _("Say who made the claim, or tick that it is unknown."),
        ),
        Need(
            "said_on",
            _("Date"),
            "" if is_dated else _("Say when the claim was made, or tick that it is unknown."),
        ),
    ]
    if policy.confidence_asked == "REQUIRED":
        needs.append(
            Need("confidence", _("Confidence"), "" if given["confidence"] else _("Say how sure you are."))
        )
    if not rating or policy.needs_sources(rating):
        needs.append(Need("sources", _("Sources"), standing_of(evidence, policy).missing))
    late = [
        at
        for at, item in enumerate(evidence, start=1)
        if is_hindsight(item.source.published_on, claim.said_on)
    ]
    if late:
        needs.append(Need("hindsight", _("Later sources"), _about_hindsight(claim, evidence, late)))
    if known and known.needs_gaps:
        needs.append(
            Need(
                "gaps",
                _("What is missing"),
                "" if given["gaps"] else _("Say what was tried and what is missing."),
            )
        )
    if left := unticked_items(claim):
        problem = _(
            "Tick off what was asked for ({left} left), or say beside it why it stays as it is."
        ).format(left=left)
        needs.append(Need("items", _("Changes asked for"), problem))
    if claim.article_version.text[claim.start : claim.end] != claim.exact:
        problem = _("The claim no longer stands on its words. Mark them again.")
        needs.append(Need("span", _("Words in the article"), problem))
    return needs


def _about_hindsight(claim: Claim, evidence: Sequence[Evidence], late: Sequence[int]) -> str:
    """What to do about sources that are younger than the claim; empty when each describes its time."""
    left = [at for at in late if not evidence[at - 1].describes_claim_time]
    if not left or claim.said_on is None:
        return ""
    return ngettext(
        "{numbers} was published after the claim was made ({day}). Tick that it describes the state at the time of the"
        " claim, or take it off.",
        "{numbers} were published after the claim was made ({day}). Tick that they describe the state at the time of"
        " the claim, or take them off.",
        len(left),
    ).format(numbers=listed(left, _("and")), day=date_format(claim.said_on, "j M Y"))


def _about_flags(evidence: Sequence[Evidence]) -> list[str]:
    """A line for each open flag: it keeps nothing back, and nobody overlooks it."""
    numbers = {item.pk: at for at, item in enumerate(evidence, start=1)}
    return [
        _("[{number}] is flagged: {kind}. {note}").format(
            number=numbers[flag.evidence_id], kind=inside(flag.get_kind_display()), note=flag.note[:200]
        )
        for flag in open_flags_on(numbers)
    ]


def _about_reasons(reasons: str, unknown: tuple[int, ...]) -> str:
    if not reasons:
        return _("Write the reasons for the rating.")
    return citations.problem_of(unknown)


def _warnings(
    claim: Claim, given: dict[str, str], policy: Policy, count: int, saved_at: datetime | None
) -> list[str]:
    rating, reasons = given["rating"], given["reasons"]
    if not reasons or not count or (rating and not policy.needs_sources(rating)):
        return []
    found = [
        _("No source is cited for “{sentence}”").format(
            sentence=sentence[:117] + ("…" if len(sentence) > 117 else "")
        )
        for sentence in citations.uncited_sentences(reasons)[:3]
    ]
    if unmentioned := citations.unmentioned(reasons, count):
        found.append(
            ngettext(
                "Source {numbers} is not mentioned in the reasons.",
                "Sources {numbers} are not mentioned in the reasons.",
                len(unmentioned),
            ).format(numbers=citations.missing_of(unmentioned))
        )
    if saved_at and citations.cited(reasons) and _has_moved(claim, saved_at):
        found.append(
            _(
                "A source was taken off since these reasons were written, and those after it moved up:"
                " look whether each number still names the right one."
            )
        )
    return found


def _has_moved(claim: Claim, saved_at: datetime) -> bool:
    """Whether a source in front of another one was taken off since then."""
    gone = Evidence.objects.filter(claim=claim, removed_at__gt=saved_at, created_at__lt=saved_at)
    first = gone.order_by("pk").values_list("pk", flat=True).first()
    return first is not None and Evidence.objects.standing().filter(claim=claim, pk__gt=first).exists()


def saved_checks(claim: Claim, verdict: Verdict | None) -> Checks:
    """The list for the newest revision as it is saved."""
    words = {name: getattr(verdict, name) for name in WORDS} if verdict else {}
    return checks_of(claim, words, saved_at=verdict.created_at if verdict else None)
