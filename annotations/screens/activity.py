"""What happened to a claim, its verdict, its sources and its earlier checks, in words; read from the one history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from annotations.audit.models import AuditEntry
from annotations.claims.models import Claim
from annotations.desks.queries import scales_of
from annotations.desks.scale import Scales
from annotations.people.models import User
from annotations.precedents.models import Match
from annotations.sources.models import Evidence
from annotations.tongue import table
from annotations.verdicts.models import Verdict
from annotations.verdicts.permissions import may_read_verdict

_DID = table(
    {
        "propose_claims": "found it",
        "mark_claim": "marked it by hand",
        "accept_claim": "accepted the candidate",
        "dismiss_claim": "dismissed it",
        "restore_claim": "restored it",
        "merge_claim": "merged it",
        "accept_claims": "accepted the candidate with others",
        "dismiss_claims": "dismissed it with others",
        "take_claim": "took it over",
        "edit_claim": "edited its wording",
        "edit_span": "moved its span",
        "add_version": "found its words in a new version",
        "place_anchor": "said where its words stand now",
        "reopen_anchor": "took back where its words stand",
        "undo": "undid a step",
        "redo": "did a step again",
        "draft_verdict": "wrote on the verdict",
        "submit_verdict": "submitted the verdict",
        "withdraw_verdict": "withdrew the verdict",
        "cite_source": "cited a source",
        "edit_evidence": "edited a source",
        "remove_evidence": "took a source off",
        "restore_evidence": "put a source back",
        "keep_copy": "stored a copy of a source",
        "approve_verdict": "approved the verdict",
        "request_changes": "asked for changes",
        "disagree": "disagreed",
        "adjudicate": "settled the disagreement",
        "publish_claim": "published it",
        "publish_claims": "published it",
        "propose_correction": "proposed a correction",
        "propose_retraction": "proposed to retract it",
        "confirm_amendment": "confirmed the change to what is published",
        "cancel_amendment": "dropped the proposed change",
        "tick_item": "ticked off a change asked for",
        "assign_claims": "assigned it",
        "undo_assignment": "took an assignment back",
        "hand_over": "handed it over",
        "take_next_claim": "took it as the next claim",
        "set_priority": "set its priority",
        "set_due": "set its due time",
        "hold_claim": "put it on hold",
        "release_claim": "took it up again",
        "lock_rating": "rated it before seeing the first rating",
        "reopen_claim": "reopened it",
        "confirm_match": "said an earlier check is of the same claim",
        "link_as_near": "linked an earlier check that is near but different",
        "reject_match": "said an earlier check is of another claim",
        "reopen_match": "opened the question of an earlier check again",
    }
)
_FACTS = table(
    {
        "statement": "its wording",
        "claimant": "who said it",
        "is_claimant_unknown": "who said it",
        "attribution": "how it was said",
        "said_on": "its date",
        "is_date_unknown": "its date",
        "type": "its type",
        "place": "its place",
        "original": "its original wording",
        "quantities": "its figures",
    }
)
_BY_PEOPLE = ("confirm_match", "link_as_near", "reject_match", "reopen_match")
SHOWN = 8
PAGE = 50


@dataclass(frozen=True)
class Step:
    """One line. `seq` is its place in the history of the desk, by which older ones are asked for."""

    who: str
    did: str
    at: datetime
    seq: int
    is_rating: bool = False


def history_of(
    claim: Claim, verdicts: Iterable[int] | None = None, evidence: Iterable[int] | None = None
) -> QuerySet[AuditEntry]:
    """Every entry about the claim and what hangs on it. The keys of its verdicts and evidence are read if not given."""
    if verdicts is None:
        verdicts = Verdict.objects.filter(claim=claim).values_list("pk", flat=True)
    if evidence is None:
        evidence = Evidence.objects.filter(claim=claim).values_list("pk", flat=True)
    matches = Match.objects.filter(claim=claim).exclude(decided_by=None).values_list("pk", flat=True)
    about = Q(table_name=Claim._meta.db_table, row_id=str(claim.pk))
    for model, keys in ((Verdict, verdicts), (Evidence, evidence)):
        about |= Q(table_name=model._meta.db_table, row_id__in=[str(key) for key in keys])
    about |= Q(table_name=Match._meta.db_table, row_id__in=[str(key) for key in matches], verb__in=_BY_PEOPLE)
    return AuditEntry.objects.filter(about, workspace_id=claim.workspace_id)


def history_page(claim: Claim, person: User, *, before: int | None = None) -> tuple[list[Step], int | None]:
    """A page of steps, newest first, and the `before` of the next page; None when this is the last."""
    rows = history_of(claim)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    entries = list(rows.order_by("-seq")[: PAGE + 1])
    more = entries[PAGE - 1].seq if len(entries) > PAGE else None
    return steps_of(
        entries[:PAGE],
        person,
        hides_score=hides_score(claim),
        scales=scales_of(claim.workspace_id) if may_read_verdict(person, claim) else None,
    ), more


def steps_of(
    entries: Sequence[AuditEntry], person: User, *, hides_score: bool, scales: Scales | None
) -> list[Step]:
    """Ratings are told in the words of `scales`, and not at all without.

    The same step by the same person in a row is one line: a verdict that saved itself ten times is written once."""
    steps: list[Step] = []
    for entry in entries:
        who = _("You") if entry.actor_id == person.pk else entry.actor_name or _("The workbench")
        if entry.verb == "propose_claims":
            who = _("Extraction")
        did = did_in(entry, hides_score=hides_score, scales=scales)
        if not steps or (steps[-1].who, steps[-1].did) != (who, did):
            steps.append(Step(who, did, entry.at, entry.seq))
    return _without_echo(steps)


def _without_echo(steps: list[Step]) -> list[Step]:
    """A rating is told once: further saves by the same person below it, of reasons only, say nothing new."""
    kept: list[Step] = []
    for step in steps:
        is_echo = (
            step.did == _DID["draft_verdict"] and kept and kept[-1].who == step.who and kept[-1].is_rating
        )
        if not is_echo:
            kept.append(step)
    return kept


def _edited(changed: Sequence[str]) -> str:
    if len(changed) == 1:
        return _("edited {what}").format(what=changed[0])
    words = _("edited {what} and {also}") if len(changed) == 2 else _("edited {what} and {also} and more")
    return words.format(what=changed[0], also=changed[1])


def hides_score(claim: Claim) -> bool:
    """One of the sample of what was passed over, as long as nobody decided on it: its score would lead the decision."""
    return claim.is_sample and claim.status == "CANDIDATE"


def did_in(entry: AuditEntry, *, hides_score: bool, scales: Scales | None) -> str:
    """What one entry says was done, in words; without `scales` no rating is told."""
    before, after = entry.before or {}, entry.after or {}
    rated = scales.rating(after.get("rating") or "", after.get("scale_version")) if scales else None
    if entry.verb == "draft_verdict" and rated:
        return _("set {rating}").format(rating=rated.label)
    if entry.verb == "propose_claims" and after.get("score") is not None and not hides_score:
        return _("found it, score {score}").format(score=f"{after['score']:.2f}")
    if entry.verb == "edit_claim" and before:
        changed = list(dict.fromkeys(_FACTS[name] for name in before if name in _FACTS))
        if changed:
            return _edited(changed)
    return _DID.get(entry.verb, entry.verb.replace("_", " "))
