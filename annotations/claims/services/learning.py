"""A desk's decisions, learnt from: fit, compare on decisions held back, switch only when better, and the way back.

`by` is an admin of the desk, or None for the command line of the machine itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from annotations.audit.services import recorded
from annotations.claims.extraction.calibration import Calibration
from annotations.claims.extraction.engine import EXTRACTOR
from annotations.claims.fitting import (
    Decided,
    Figures,
    best_threshold,
    figures,
    fit_platt,
    is_held_back,
    share_better,
)
from annotations.claims.models import DeskCalibration
from annotations.claims.odds import logit, sigmoid
from annotations.claims.permissions import may_read_labels, may_teach
from annotations.claims.queries import active_calibration, as_it_comes, decided, labelled_sentences
from annotations.people.models import User, Workspace
from annotations.refusals import IllegalMove

LEAST = 60
"""Decisions that say something; fewer fit noise."""
LEAST_OF_EACH = 5
"""Worth checking and not, in what is learnt from and in what is held back."""
SURE = 0.9
"""In so many resamples of the articles the new scores must lose less than the old ones."""


@dataclass(frozen=True)
class Outcome:
    """What a fit came to. `problem` says why there is nothing to compare; then the figures are None."""

    decisions: int
    articles: int
    held_back: int
    old: Calibration
    new: Calibration | None = None
    old_figures: Figures | None = None
    new_figures: Figures | None = None
    share_better: float = 0.0
    is_better: bool = False
    is_switched: bool = False
    problem: str = ""


def refit_calibration(*, workspace: Workspace, by: User | None, dry_run: bool = False) -> Outcome:
    """Fit slope, offset and threshold to the desk's decisions, and switch to them if they are better.

    Better is: on the articles held back the log loss falls, in nine of ten resamples of those articles too, and F1 at
    the threshold does not. Two runs at once wait for each other.
    """
    if by:
        may_teach(by, workspace).or_refuse()
    with recorded(by=by, verb="refit_calibration", name="command line"):
        Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
        outcome = compare(rows=decided(workspace), old=active_calibration(workspace) or as_it_comes())
        if dry_run or not outcome.is_better or outcome.new is None:
            return outcome
        return _switch(workspace, outcome, by)


def compare(*, rows: Sequence[Decided], old: Calibration) -> Outcome:
    """Fit on the decisions of most articles, and hold the result against `old` on those of the others."""
    taught = [row for row in rows if not is_held_back(row.article)]
    kept = [row for row in rows if is_held_back(row.article)]
    found = Outcome(
        decisions=len(rows), articles=len({row.article for row in rows}), held_back=len(kept), old=old
    )
    if problem := _too_little(rows, taught, kept):
        return replace(found, problem=problem)
    fit = fit_platt(taught)
    if fit is None:
        return replace(found, problem="The scores do not rise with the decisions: there is nothing to fit.")
    slope, offset = fit
    cut = best_threshold(taught, lambda raw: sigmoid(slope * logit(raw) + offset))
    new = Calibration(slope=slope, offset=offset, threshold=cut, version="new")
    before, after = figures(kept, old.apply, old.threshold), figures(kept, new.apply, new.threshold)
    share = share_better(kept, old.apply, new.apply)
    return replace(
        found,
        new=new,
        old_figures=before,
        new_figures=after,
        share_better=share,
        is_better=after.log_loss < before.log_loss and after.f1 >= before.f1 and share >= SURE,
    )


def switch_back(*, workspace: Workspace, by: User | None) -> DeskCalibration | None:
    """Read scores as before the calibration in use. Returns what is in use now; None for the extractor's own scores."""
    if by:
        may_teach(by, workspace).or_refuse()
    with recorded(by=by, verb="switch_back", name="command line"):
        Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
        rows = DeskCalibration.objects.filter(workspace=workspace)
        current = rows.filter(is_active=True).first()
        if current is None:
            raise IllegalMove("The desk reads the extractor's own scores: there is nothing to go back from.")
        rows.filter(pk=current.pk).update(is_active=False)
        earlier = (
            rows.filter(number__lt=current.number, extractor=current.extractor).order_by("-number").first()
        )
        if earlier:
            rows.filter(pk=earlier.pk).update(is_active=True)
            earlier.refresh_from_db()
        return earlier


def export_labels(
    *, workspace: Workspace, by: User | None, since: date | None = None
) -> Iterator[dict[str, Any]]:
    """The desk's decisions as labelled sentences, one at a time. Refuses before the first."""
    if by:
        may_read_labels(by, workspace).or_refuse()
    return labelled_sentences(workspace, since=since)


def _too_little(rows: Sequence[Decided], taught: Sequence[Decided], kept: Sequence[Decided]) -> str:
    if len(rows) < LEAST:
        return f"{len(rows)} decisions on proposals of {EXTRACTOR}; at least {LEAST} are needed."
    for part, name in ((taught, "to learn from"), (kept, "held back")):
        for value, words in ((True, "worth checking"), (False, "not worth checking")):
            if sum(row.is_worth is value for row in part) < LEAST_OF_EACH:
                return f"Fewer than {LEAST_OF_EACH} decisions {name} say “{words}”: sort more articles."
    return ""


def _switch(workspace: Workspace, outcome: Outcome, by: User | None) -> Outcome:
    new = outcome.new
    assert new is not None and outcome.old_figures and outcome.new_figures
    rows = DeskCalibration.objects.filter(workspace=workspace)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    rows.filter(is_active=True).update(is_active=False)
    row = DeskCalibration.objects.create(
        workspace=workspace,
        number=last + 1,
        version=f"{workspace.slug}-{last + 1}",
        extractor=EXTRACTOR,
        slope=new.slope,
        offset=new.offset,
        threshold=new.threshold,
        metrics={
            "old": asdict(outcome.old_figures),
            "new": asdict(outcome.new_figures),
            "old_version": outcome.old.version,
            "held_back": outcome.held_back,
            "share_better": outcome.share_better,
        },
        labels=outcome.decisions,
        is_active=True,
        fitted_by=by,
    )
    return replace(outcome, new=row.as_calibration(), is_switched=True)
