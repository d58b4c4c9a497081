"""What a person can take back on an article and do again, read from the history; and who changed it since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.audit.models import AuditEntry
from annotations.audit.queries import last_hands
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.sources.models import Evidence
from annotations.steps.acts import DID, Act, Change, Kind, Stack, Turned, folded, stack_of
from annotations.steps.models import Step
from annotations.tongue import table as worded
from annotations.verdicts.models import Verdict

CLAIM, EVIDENCE, VERDICT = (model._meta.db_table for model in (Claim, Evidence, Verdict))
_MODELS: dict[str, Any] = {CLAIM: Claim, EVIDENCE: Evidence}
_ENTRIES = 600
"""How far back a person's own entries on an article are read: two acts on as many claims as fit in one, and more."""
SHOWN = 12


@dataclass(frozen=True)
class Offer:
    """A step as one reads it. `why_not` says who changed what since, and is empty when the step can be turned."""

    key: UUID
    at: datetime
    said: str
    claims: tuple[int, ...]
    why_not: str

    @property
    def is_possible(self) -> bool:
        return not self.why_not


@dataclass(frozen=True)
class Steps:
    """The newest first."""

    done: tuple[Offer, ...]
    undone: tuple[Offer, ...]

    @property
    def undo(self) -> Offer | None:
        """The newest step that nobody's later change stands in the way of."""
        return next((offer for offer in self.done if offer.is_possible), None)

    @property
    def redo(self) -> Offer | None:
        return self.undone[0] if self.undone and self.undone[0].is_possible else None


def steps_of(person: User, article: Article, *, count: int = SHOWN) -> Steps:
    """The last steps of this person on this article, with the words for them. At most seven queries."""
    stack = stack_for(person, article)
    done, undone = stack.done[::-1][:count], stack.undone[::-1][:count]
    words = _wordings([*done, *undone])
    reasons = why_not([*done, *undone], person)

    def offer(act: Act) -> Offer:
        return Offer(act.key, act.at, _said(act, words), act.claims, reasons.get(act.key, ""))

    return Steps(tuple(map(offer, done)), tuple(map(offer, undone)))


def stack_for(person: User, article: Article, *, claim: Claim | None = None) -> Stack:
    """What this person did on the article (or only on this claim of it) that can be taken back or done again."""
    acts = _acts(person, article)
    if not acts:
        return Stack((), ())
    rows = Step.objects.filter(article=article, person=person).order_by("-pk")
    turned = [
        Turned(turns, act, Kind(kind), verb)
        for turns, act, kind, verb in rows.values_list("turns", "act", "kind", "verb")[:_ENTRIES]
    ]
    found = stack_of(acts, turned)
    if claim is None:
        return found
    return Stack(
        *(tuple(act for act in acts if act.claims == (claim.pk,)) for acts in (found.done, found.undone))
    )


def _acts(person: User, article: Article) -> list[Act]:
    """Oldest first. An act that the window cuts in two is left out."""
    claims = Claim.objects.filter(article=article)
    about = Q(table_name=CLAIM, row_id__in=_keys(claims))
    for table, model in ((EVIDENCE, Evidence), (VERDICT, Verdict)):
        about |= Q(table_name=table, row_id__in=_keys(model.objects.filter(claim__in=claims)))
    verbs = [*DID, *(kind.value.lower() for kind in (Kind.UNDO, Kind.REDO))]
    mine = AuditEntry.objects.filter(
        about, workspace_id=article.workspace_id, actor_id=person.pk, act__isnull=False, verb__in=verbs
    )
    fields = ("act", "verb", "at", "table_name", "row_id", "before", "after", "action")
    rows = list(mine.order_by("-seq").values(*fields)[:_ENTRIES])[::-1]
    if len(rows) == _ENTRIES:
        rows = [row for row in rows if row["act"] != rows[0]["act"]]
    owner = _owners(rows, article)
    return [_act(key, list(group), owner) for key, group in groupby(rows, key=lambda row: row["act"])]


def _keys(rows: QuerySet[Any]) -> Any:
    return rows.annotate(key=Cast("pk", TextField())).values("key")


def _owners(rows: list[dict[str, Any]], article: Article) -> dict[int, int]:
    """The claim of each piece of evidence; asked only when there is any."""
    if not any(row["table_name"] == EVIDENCE for row in rows):
        return {}
    return dict(Evidence.objects.filter(claim__article=article).values_list("pk", "claim_id"))


def _act(key: UUID, rows: list[dict[str, Any]], owner: dict[int, int]) -> Act:
    changes = []
    for row in rows:
        pk, table, after = int(row["row_id"]), row["table_name"], row["after"]
        before = None if row["action"] == AuditEntry.Action.INSERT else row["before"]
        if table == VERDICT:
            # The thing is the verdict of a claim, and its revisions are its versions.
            claim, number = after["claim_id"], after["number"]
            changes.append(Change(table, claim, claim, {"number": number - 1}, {"number": number}))
        else:
            changes.append(Change(table, pk, pk if table == CLAIM else owner[pk], before, after))
    return Act(key, Kind.DONE, rows[0]["verb"], rows[-1]["at"], folded(changes))


def why_not(acts: Sequence[Act], person: User) -> dict[UUID, str]:
    """Of each act whose things were changed since: who did what to which. Acts over many claims are left to the rows:
    they are named only when nothing of them is left to turn."""
    if not acts:
        return {}
    late = late_changes([change for act in acts for change in act.changes])
    if not late:
        return {}
    told = told_by(late, person)
    found = {}
    for act in acts:
        gone = [change for change in act.changes if change in late]
        if gone and len(gone) == len(act.changes):
            found[act.key] = told[gone[0].table, gone[0].row]
    return found


def late_changes(changes: Iterable[Change]) -> list[Change]:
    """Those whose row is no longer as they left it. One query a table."""
    changes = list(changes)
    stands: dict[tuple[str, int], int] = {}
    for table, model in _MODELS.items():
        if keys := {change.row for change in changes if change.table == table}:
            rows = model.objects.filter(pk__in=keys).values_list("pk", "version")
            stands |= {(table, pk): version for pk, version in rows}
    if keys := {change.claim for change in changes if change.table == VERDICT}:
        newest = Verdict.objects.filter(claim__in=keys).values("claim").annotate(newest=Max("number"))
        numbers = dict(newest.values_list("claim", "newest"))
        stands |= {(VERDICT, one.row): numbers[one.claim] for one in changes if one.table == VERDICT}
    return [
        change
        for change in changes
        if stands.get((change.table, change.row)) != change.after.get(_counter(change.table))
    ]


def _counter(table: str) -> str:
    return "number" if table == VERDICT else "version"


def told_by(late: Sequence[Change], person: User) -> dict[tuple[str, int], str]:
    """A sentence for each row: who changed it since, and how."""
    told: dict[tuple[str, int], str] = {}
    hands = {
        table: last_hands(model, {change.row for change in late if change.table == table})
        for table, model in _MODELS.items()
    }
    written = Verdict.objects.filter(claim__in={one.claim for one in late if one.table == VERDICT})
    authors = {row.claim_id: row.author for row in written.latest_of_each().select_related("author")}
    for change in late:
        if change.table == VERDICT:
            author = authors[change.claim]
            who = _("You") if author.pk == person.pk else author.display_name
            told[VERDICT, change.row] = _("{who} wrote on this verdict since.").format(who=who)
            continue
        entry = hands[change.table].get(change.row)
        who = (
            _("You")
            if entry and entry.actor_id == person.pk
            else entry.actor_name
            if entry
            else _("Somebody")
        )
        words = _OTHER.get(entry.verb if entry else "", _("{who} changed it since."))
        told[change.table, change.row] = words.format(who=who)
    return told


_OTHER = worded(
    {
        "cite_source": "{who} cited this source again since.",
        "edit_evidence": "{who} edited this source since.",
        "remove_evidence": "{who} took this source off since.",
        "restore_evidence": "{who} put this source back since.",
        "submit_verdict": "{who} submitted its verdict since.",
        "withdraw_verdict": "{who} withdrew its verdict since.",
        "approve_verdict": "{who} approved its verdict since.",
        "request_changes": "{who} asked for changes to it since.",
        "edit_claim": "{who} edited its wording since.",
        "edit_span": "{who} moved its span since.",
        "take_claim": "{who} took it over since.",
        "accept_claims": "{who} accepted it since.",
        "dismiss_claims": "{who} dismissed it since.",
        "undo": "{who} undid a step on it since.",
        "redo": "{who} did a step on it again since.",
        "accept_claim": "{who} accepted it since.",
        "dismiss_claim": "{who} dismissed it since.",
        "restore_claim": "{who} restored it since.",
        "merge_claim": "{who} merged it since.",
        "mark_claim": "{who} marked it since.",
        "draft_verdict": "{who} wrote on its verdict since.",
    }
)


def _wordings(acts: Sequence[Act]) -> dict[int, str]:
    keys = {act.claims[0] for act in acts if len(act.claims) == 1}
    rows = Claim.objects.filter(pk__in=keys).values_list("pk", "statement", "exact") if keys else []
    return {pk: statement or exact for pk, statement, exact in rows}


def _said(act: Act, words: dict[int, str]) -> str:
    if len(act.claims) != 1:
        what = _("{count} claims").format(count=len(act.claims))
    else:
        statement = words[act.claims[0]]
        what = _("“{words}”").format(
            words=statement if len(statement) <= 60 else statement[:59].rstrip() + "…"
        )
    return DID[act.verb].format(what=what)
