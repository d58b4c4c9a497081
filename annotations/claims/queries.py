"""What a desk taught: the calibration in use, decisions as figures to fit on, and as sentences for training."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from annotations.articles.models import ArticleVersion
from annotations.claims.extraction.calibration import Calibration
from annotations.claims.extraction.engine import EXTRACTOR
from annotations.claims.extraction.labelled import Decision, sentence_rows
from annotations.claims.extraction.ranking import threshold
from annotations.claims.fitting import Decided
from annotations.claims.models import Claim, DeskCalibration, Label
from annotations.claims.worth import label3, worth
from annotations.people.models import Workspace


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
