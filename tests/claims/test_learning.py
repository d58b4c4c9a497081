"""What a desk taught: fitted on its decisions, compared on those held back, switched to when better, taken back."""

from __future__ import annotations

import pytest

from annotations.audit.models import AuditEntry
from annotations.claims.extraction.calibration import Calibration
from annotations.claims.extraction.engine import EXTRACTOR
from annotations.claims.fitting import Decided, is_held_back
from annotations.claims.models import DeskCalibration
from annotations.claims.queries import active_calibration, as_it_comes, decided
from annotations.claims.services.learning import compare, refit_calibration, switch_back
from annotations.claims.services.triage import dismiss_claim
from annotations.refusals import IllegalMove
from tests import factories


def test_a_desk_that_decided_little_keeps_what_it_has(workspace, article, reviewer):
    factories.accepted(article, reviewer)

    outcome = refit_calibration(workspace=workspace, by=None)

    assert outcome.problem == f"1 decisions on proposals of {EXTRACTOR}; at least 60 are needed."
    assert not outcome.is_switched
    assert active_calibration(workspace) is None


def test_it_switches_to_what_is_better_and_back(workspace, other_workspace, reviewer, admin):
    factories.sorted_articles(workspace, reviewer)

    tried = refit_calibration(workspace=workspace, by=admin, dry_run=True)
    assert (tried.is_better, tried.is_switched, DeskCalibration.objects.count()) == (True, False, 0)

    outcome = refit_calibration(workspace=workspace, by=admin)
    assert outcome.new_figures.log_loss < outcome.old_figures.log_loss
    assert outcome.new_figures.f1 >= outcome.old_figures.f1
    row = DeskCalibration.objects.get()
    assert (row.version, row.number, row.is_active, row.fitted_by) == ("world-desk-1", 1, True, admin)
    assert row.labels == outcome.decisions == 150
    assert row.metrics["new"]["f1"] == outcome.new_figures.f1
    assert active_calibration(workspace) == outcome.new == row.as_calibration()
    assert active_calibration(other_workspace) is None
    assert AuditEntry.objects.filter(verb="refit_calibration", actor_id=admin.pk).count() == 1

    assert switch_back(workspace=workspace, by=admin) is None
    assert active_calibration(workspace) is None
    with pytest.raises(IllegalMove, match="nothing to go back"):
        switch_back(workspace=workspace, by=admin)


def test_the_same_decisions_again_are_not_better(workspace, reviewer):
    factories.sorted_articles(workspace, reviewer)
    first = refit_calibration(workspace=workspace, by=None)

    again = refit_calibration(workspace=workspace, by=None)

    assert (first.is_switched, again.is_switched) == (True, False)
    assert again.old == first.new


def test_back_leads_to_the_calibration_before(workspace):
    values = {"workspace": workspace, "extractor": EXTRACTOR, "slope": 1.0, "threshold": 0.5, "labels": 60}
    first = DeskCalibration.objects.create(number=1, version="a-1", offset=0.1, **values)
    DeskCalibration.objects.create(number=2, version="a-2", offset=0.2, is_active=True, **values)

    assert switch_back(workspace=workspace, by=None) == first

    assert active_calibration(workspace) == first.as_calibration()


def test_a_calibration_of_another_extractor_is_not_used(workspace):
    DeskCalibration.objects.create(
        workspace=workspace,
        number=1,
        version="a-1",
        extractor="another-0",
        slope=1.0,
        offset=0.0,
        threshold=0.5,
        labels=60,
        is_active=True,
    )

    assert active_calibration(workspace) is None


def test_a_score_that_was_shown_calibrated_is_turned_back(workspace, reviewer):
    calibration = Calibration(slope=2.0, offset=-1.0, threshold=0.3, version="world-desk-1")
    DeskCalibration.objects.create(
        workspace=workspace, number=1, extractor=EXTRACTOR, labels=60, is_active=True, **vars(calibration)
    )
    article = factories.article(workspace, reviewer)
    claim = factories.proposed(article, [calibration.apply(0.7)])[0]
    type(claim).objects.filter(pk=claim.pk).update(calibration="world-desk-1")
    claim.refresh_from_db()

    dismiss_claim(claim=claim, version=1, reason="OPINION", by=reviewer)

    assert [(one.raw, one.is_worth) for one in decided(workspace)] == [(pytest.approx(0.7), False)]


def test_decisions_that_say_nothing_are_not_learnt_from(workspace, reviewer):
    article = factories.article(workspace, reviewer, "It cost 5 euros. It cost 6 euros. It cost 7 euros. No.")
    claims = factories.proposed(article, [0.9, 0.8, 0.7])
    for claim, reason in zip(claims, ("DUPLICATE", "OUT_OF_SCOPE", "ALREADY_CHECKED"), strict=True):
        dismiss_claim(claim=claim, version=1, reason=reason, by=reviewer)
    factories.marked(article, "No", reviewer)

    assert [(one.raw, one.is_worth) for one in decided(workspace)] == [(0.7, True)]


def test_a_fit_is_judged_on_articles_it_never_saw():
    rows = [Decided(number // 5, 0.6 + number % 5 / 20, number % 5 > 2) for number in range(400)]
    kept = [row for row in rows if is_held_back(row.article)]

    outcome = compare(rows=rows, old=as_it_comes())

    assert 0.15 < len(kept) / len(rows) < 0.45
    assert (outcome.held_back, outcome.decisions, outcome.articles) == (len(kept), 400, 80)
    turned = [Decided(r.article, r.raw, not r.is_worth) if is_held_back(r.article) else r for r in rows]
    assert compare(rows=turned, old=as_it_comes()).new == outcome.new
    assert not compare(rows=turned, old=as_it_comes()).is_better


def test_one_sided_decisions_are_too_few():
    rows = [Decided(number, 0.7, is_worth=True) for number in range(200)]

    assert "not worth checking" in compare(rows=rows, old=as_it_comes()).problem
