"""What a desk taught: the calibration in use, decisions as figures to fit on, and as sentences for training."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext as _

from annotations.articles.models import Article, ArticleVersion
from annotations.audit.models import AuditEntry
from annotations.audit.queries import last_hands
from annotations.claims.anchors import AnchorQuerySet, ClaimAnchor
from annotations.claims.extraction.calibration import Calibration
from annotations.claims.extraction.engine import EXTRACTOR
from annotations.claims.extraction.labelled import Decision, sentence_rows
from annotations.claims.extraction.ranking import threshold
from annotations.claims.fitting import Decided
from annotations.claims.lifecycle import ROAD, Move, Status
from annotations.claims.models import Claim, ClaimQuerySet, DeskCalibration, Label
from annotations.claims.worth import label3, worth
from annotations.people.models import Workspace
from annotations.tongue import inside


def as_it_comes() -> Calibration:
    """The extractor's own score and threshold: what a desk has before it taught anything."""
    return Calibration(slope=1.0, offset=0.0, threshold=threshold(), version="")


def active_calibration(workspace: Workspace | int) -> Calibration | None:
    """The calibration that new proposals of this desk are read with; None for the extractor's own scores.

    One that was fitted on another extractor version means nothing for this one's scores and is not given.
    """
    row = DeskCalibration.objects.filter(workspace=workspace, is_active=True, extractor=EXTRACTOR).first()
    return row.as_calibration() if row else None


def strength_of(claim: Claim) -> str:
    """Strong, likely or possible: how surely a sentence is worth a check, as its desk read the score; empty without."""
    if claim.score is None:
        return ""
    desk = DeskCalibration.objects.filter(workspace=claim.workspace_id) if claim.calibration else []
    read_with = next(
        (row.as_calibration() for row in desk if row.version == claim.calibration), as_it_comes()
    )
    return read_with.strength(claim.score)


def possible_only(claims: ClaimQuerySet) -> list[int]:
    """Of these, the candidates that are no more than possible, as their desk reads the score; by place in the text.

    Two queries. Candidates without a score have no strength and are not among them.
    """
    waiting = claims.put_forward().filter(status=Status.CANDIDATE.value, score__isnull=False).in_order()
    rows = list(waiting.values_list("pk", "workspace_id", "score", "calibration"))
    desk = DeskCalibration.objects.filter(workspace__in={workspace for _, workspace, _, _ in rows})
    read_with = {row.version: row.as_calibration() for row in desk}
    usual = as_it_comes()
    return [
        pk
        for pk, _, score, version in rows
        if score is not None and read_with.get(version, usual).strength(score) == "possible"
    ]


@dataclass(frozen=True)
class Planned:
    """A claim of a selection and what would become of it; `why` says why it is left out, and is empty otherwise."""

    pk: int
    version: int
    statement: str
    why: str


def sorting_plan(article: Article, rows: Mapping[int, int], move: Move) -> list[Planned]:
    """What accepting or dismissing these claims would do, by place in the text; two queries, nothing is written.

    `rows` maps the key of a claim to the version that was seen. What is not of this article is left out as unknown.
    """
    known = Claim.objects.filter(article=article, pk__in=rows).in_order()
    claims = list(known.only("pk", "version", "statement", "exact", "status", "article_id", "start", "end"))
    changed = [claim.pk for claim in claims if claim.version != rows[claim.pk]]
    hands = last_hands(Claim, changed) if changed else {}
    plan = [
        Planned(
            claim.pk,
            rows[claim.pk],
            claim.statement or claim.exact,
            _why_not(claim, move, hands.get(claim.pk)),
        )
        for claim in claims
    ]
    missing = [pk for pk in rows if pk not in {claim.pk for claim in claims}]
    return plan + [Planned(pk, rows[pk], "", _("There is no such claim in this article.")) for pk in missing]


def _why_not(claim: Claim, move: Move, changed_by: AuditEntry | None) -> str:
    status = Status(claim.status)
    who = f" ({changed_by.actor_name})" if changed_by else ""
    if (status, move) not in ROAD:
        return _("It is {state} already{who}.").format(state=inside(status.label), who=who)
    if changed_by:
        return _("It was changed meanwhile{who}.").format(who=who)
    return _("It has no wording yet.") if move == Move.ACCEPT and not claim.statement else ""


def likely_duplicates(claim: Claim, query: str = "", *, count: int = 9) -> list[Claim]:
    """Live claims of the article to merge this one into, the likeliest first. One query.

    Likely is what shares words with it, stands on some of its words, or stands near it. `query` keeps those whose
    wording or words hold each of its words.
    """
    near = Claim.objects.live().put_forward().filter(article_id=claim.article_id).exclude(pk=claim.pk)
    for word in query.split()[:8]:
        near = near.filter(Q(statement__icontains=word) | Q(exact__icontains=word))
    rows = near.only("pk", "statement", "exact", "start", "end", "status", "article_version_id")
    mine = _content_words(claim)

    def likeness(other: Claim) -> tuple[float, int]:
        theirs = _content_words(other)
        shared = len(mine & theirs) / max(1, len(mine | theirs))
        is_same_text = other.article_version_id == claim.article_version_id
        touches = is_same_text and other.start < claim.end and claim.start < other.end
        return -(shared + touches), abs(other.start - claim.start)

    return sorted(rows, key=likeness)[:count]


CHECKED = (Status.SUBMITTED, Status.DISPUTED, Status.APPROVED, Status.PUBLISHED, Status.RETRACTED)


def changed_words() -> AnchorQuerySet:
    """Where a version does not say what a claim that was checked rests on: decided by a person or not."""
    return ClaimAnchor.objects.unplaced().filter(claim__status__in=[status.value for status in CHECKED])


def anchors_waiting(article: Article) -> AnchorQuerySet:
    """What a person has to decide about the newest version: checked claims first, candidates last."""
    newest = ArticleVersion.objects.filter(article=article).order_by("-number").values("pk")[:1]
    urgency = Case(
        When(claim__status__in=[status.value for status in CHECKED], then=Value(0)),
        When(claim__status=Status.ACCEPTED.value, then=Value(1)),
        default=Value(2),
    )
    rows = ClaimAnchor.objects.waiting().filter(article_version__in=newest).annotate(urgency=urgency)
    return rows.select_related("claim", "article_version", "from_version").defer(
        "article_version__text", "from_version__text"
    )


def places_in(version: ArticleVersion) -> dict[int, ClaimAnchor]:
    """The anchor of each claim in this version, by claim. One query."""
    return {row.claim_id: row for row in ClaimAnchor.objects.filter(article_version=version)}


def _content_words(claim: Claim) -> set[str]:
    words = re.findall(r"\w+", (claim.statement or claim.exact).casefold())
    return {word for word in words if len(word) > 3 or word.isdecimal()}


def decided(workspace: Workspace) -> list[Decided]:
    """Every standing decision that says whether words were worth checking and had a score of this extractor.

    Scores are turned back to what they were before the calibration they were shown with. Additions have no score and
    are not among them: the sample stands for what was passed over.
    """
    read_with = {
        row.version: row.as_calibration() for row in DeskCalibration.objects.filter(workspace=workspace)
    }
    labels = Label.objects.filter(workspace=workspace).standing()
    rows = labels.filter(extractor=EXTRACTOR, is_by_hand=False, score__isnull=False).order_by("pk")
    found = []
    fields = ("article_id", "score", "calibration", "decision", "reason", "weight")
    for article, score, calibration, decision, reason, weight in rows.values_list(*fields):
        if (value := worth(decision, reason)) is None:
            continue
        raw = read_with[calibration].raw(score) if calibration in read_with else score
        found.append(Decided(article=article, raw=raw, is_worth=bool(value), weight=weight))
    return found


def labelled_sentences(
    workspace: Workspace | None = None, *, since: date | None = None
) -> Iterator[dict[str, Any]]:
    """Every sentence that somebody decided on, in the format of training data, article after article.

    One article version is in memory at a time. `since` keeps sentences with a decision made on that day (UTC) or later.
    """
    labels = Label.objects.filter(workspace=workspace) if workspace else Label.objects.all()
    if since:
        labels = labels.filter(created_at__date__gte=since)
    last = 0
    while True:
        after = labels.filter(article_version__gt=last).order_by("article_version")
        key = after.values_list("article_version", flat=True).first()
        if key is None:
            return
        last = key
        version = ArticleVersion.objects.select_related("workspace").get(pk=key)
        mine = Label.objects.filter(article_version=version).standing().select_related("claim").order_by("pk")
        taken = [_as_decision(label) for label in mine if not since or label.created_at.date() >= since]
        doc = f"{version.workspace.slug}-{version.article_id}-v{version.number}"
        yield from sentence_rows(version.text, doc, taken)


def _as_decision(label: Label) -> Decision:
    claim = label.claim
    return Decision(
        start=label.start,
        end=label.end,
        label3=label3(label.decision, label.reason),
        decision=label.decision,
        reason=label.reason,
        extractor=label.extractor,
        calibration=label.calibration,
        score=label.score,
        rank=label.rank,
        is_sample=label.is_sample,
        is_by_hand=label.is_by_hand,
        speaker=claim.claimant if claim.attribution != Claim.Attribution.OUTLET else "",
        cue=claim.cue,
        quantities=tuple(one.get("text", "") for one in claim.quantities),
        dates=tuple(one.get("text", "") for one in claim.dates),
        by=label.decided_by_id,
        at=label.created_at.isoformat(timespec="seconds"),
    )
