"""Taking back one's own steps on an article, and doing them again. Both are recorded like everything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.audit.models import AuditEntry
from annotations.audit.services import recorded
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim, Label
from annotations.claims.permissions import may_sort
from annotations.claims.services.labelling import answer_label
from annotations.claims.services.moving import check_version
from annotations.claims.services.reversing import put_back
from annotations.people.models import User
from annotations.refusals import IllegalMove, Refusal
from annotations.sources.checking import EVIDENCE_FIELDS
from annotations.sources.models import Evidence
from annotations.sources.services import edit_evidence, remove_evidence, restore_evidence
from annotations.steps.acts import Act, Change, Kind
from annotations.steps.models import Step
from annotations.steps.permissions import may_undo
from annotations.steps.queries import CLAIM, EVIDENCE, VERDICT, late_changes, stack_for, told_by
from annotations.verdicts.models import Verdict
from annotations.verdicts.queries import latest_verdict
from annotations.verdicts.services import FIELDS, draft_verdict, submit_verdict, withdraw_verdict


@dataclass(frozen=True)
class Turn:
    """What came of it: the claims that are as they were, and of an act over many why some were left, by claim."""

    verb: str
    claims: tuple[int, ...]
    left: dict[int, str]


def undo_step(*, article: Article, by: User, step: UUID | None = None) -> Turn:
    """Take back one's own step on the article: the newest one, or the one that is named.

    Raises `IllegalMove`, saying who and what, when it was taken back already or its things were changed since. Of an
    act over many claims those that were changed since are left as they are, and named.
    """
    may_undo(by, article).or_refuse()
    with recorded(by=by, verb="undo") as key:
        _hold(article)
        act = _chosen(stack_for(by, article).done, step, _("There is no step of yours to undo here."))
        return _turn(article, act, Kind.UNDO, key, by)


def redo_step(*, article: Article, by: User, step: UUID | None = None) -> Turn:
    """Do again what one took back last, as long as one did nothing else on the article since. Raises as `undo_step`."""
    may_undo(by, article).or_refuse()
    with recorded(by=by, verb="redo") as key:
        _hold(article)
        act = _chosen(stack_for(by, article).undone, step, _("There is nothing to do again here."))
        return _turn(article, act, Kind.REDO, key, by)


def undo_claim(*, claim: Claim, version: int, by: User) -> Claim:
    """Take back one's own last step on this claim, as long as nobody has changed the claim since `version`."""
    may_sort(by, claim).or_refuse()
    with recorded(by=by, verb="undo") as key:
        _hold(claim.article)
        acts = stack_for(by, claim.article, claim=claim).done
        act = _chosen(acts, None, _("There is no step of yours on this claim alone to undo."))
        claim.refresh_from_db()
        check_version(claim=claim, version=version)
        _turn(claim.article, act, Kind.UNDO, key, by)
    claim.refresh_from_db()
    return claim


def _hold(article: Article) -> None:
    """Of two presses of the same key the second waits, and then finds what the first one left."""
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def _chosen(acts: Sequence[Act], step: UUID | None, nothing: str) -> Act:
    found = next((act for act in reversed(acts) if step in (None, act.key)), None)
    if found is None:
        raise IllegalMove(nothing if step is None else _("This step was taken back or done again already."))
    return found


def _turn(article: Article, act: Act, kind: Kind, key: UUID, by: User) -> Turn:
    """Turn every row of the act round. A single one that cannot be is a refusal, one of many is left and named."""
    late = late_changes(act.changes)
    told = told_by(late, by) if late else {}
    labels = _labels_of(act)
    left: dict[int, str] = {}
    for change in sorted(act.changes, key=lambda change: (change.table, change.row)):
        try:
            if reason := told.get((change.table, change.row)):
                raise IllegalMove(
                    _("{reason} What you did before that stays as it is; nothing was changed.").format(
                        reason=reason
                    )
                )
            with transaction.atomic():
                _turn_row(change, by)
                for label in labels.get(change.row, ()) if change.table == CLAIM else ():
                    answer_label(label=label, by=by)
        except Refusal as refusal:
            if len(act.changes) == 1:
                raise
            left[change.claim] = refusal.reason
    if len(left) == len(act.changes):
        raise IllegalMove(next(iter(left.values())))
    _tie(article, act, kind, key, by)
    return Turn(act.verb, tuple(pk for pk in act.claims if pk not in left), left)


def _tie(article: Article, act: Act, kind: Kind, key: UUID, by: User) -> None:
    """Write down which act was turned round. The database lets each be turned once."""
    ids = {"workspace_id": article.workspace_id, "article": article, "person": by}
    try:
        with transaction.atomic():
            Step.objects.create(**ids, kind=kind.value, verb=act.verb, turns=act.key, act=key)
    except IntegrityError as clash:
        raise IllegalMove(_("This step was taken back or done again already.")) from clash


def _turn_row(change: Change, by: User) -> None:
    {CLAIM: _turn_claim, EVIDENCE: _turn_evidence, VERDICT: _turn_verdict}[change.table](change, by)


def _turn_claim(change: Change, by: User) -> None:
    claim, version = Claim.objects.get(pk=change.row), change.after["version"]
    before = None if change.before is None else dict(change.before)
    if before and before.get("status") == Status.SUBMITTED:
        newest = latest_verdict(claim)
        submit_verdict(claim=claim, version=version, seen=newest.number if newest else 0, by=by)
    elif claim.status == Status.SUBMITTED:
        withdraw_verdict(claim=claim, version=version, by=by)
    else:
        put_back(claim=claim, version=version, before=before, by=by)


def _turn_evidence(change: Change, by: User) -> None:
    evidence = Evidence.objects.select_related("claim", "source").get(pk=change.row)
    version = change.after["version"]
    if change.before is None or "removed_at" in change.before:
        step = restore_evidence if evidence.removed_at else remove_evidence
        step(evidence=evidence, version=version, by=by)
        return
    facts = {name: value for name, value in change.before.items() if name in EVIDENCE_FIELDS}
    edit_evidence(evidence=evidence, version=version, by=by, **facts)


def _turn_verdict(change: Change, by: User) -> None:
    """The words of the revision before again, as the next revision; empty ones when there was none."""
    claim = Claim.objects.get(pk=change.claim)
    assert change.before is not None
    old = Verdict.objects.filter(claim=claim, number=change.before["number"]).first()
    words = {name: getattr(old, name) for name in FIELDS} if old else {}
    draft_verdict(claim=claim, seen=change.after["number"], by=by, **words)


def _labels_of(act: Act) -> dict[int, list[Label]]:
    """The decisions that the act wrote down for learning, by claim, the newest first."""
    table = Label._meta.db_table
    entries = AuditEntry.objects.filter(act=act.key, table_name=table, action=AuditEntry.Action.INSERT)
    keys = [int(row_id) for row_id in entries.values_list("row_id", flat=True)]
    found: dict[int, list[Label]] = defaultdict(list)
    for label in Label.objects.filter(pk__in=keys).select_related("claim", "takes_back").order_by("-pk"):
        found[label.claim_id].append(label)
    return found
