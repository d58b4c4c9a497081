from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotations.claims.models import DeskCalibration
from annotations.claims.queries import active_calibration
from tests import factories


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_labels_come_out_a_line_a_sentence(workspace, other_workspace, article, reviewer):
    factories.accepted(article, reviewer, "12,000")

    lines = run("export_labels", "--workspace", workspace.slug).splitlines()

    assert [json.loads(line)["label"] for line in lines] == [1]
    assert run("export_labels", "--workspace", other_workspace.slug) == ""
    with pytest.raises(CommandError, match="no workspace"):
        run("export_labels", "--workspace", "nowhere")


def test_it_learns_lists_and_goes_back(workspace, reviewer, admin):
    factories.sorted_articles(workspace, reviewer)

    dry = run("retrain_extractor", "--dry-run")
    assert "dry run; the new one is better" in dry
    assert not DeskCalibration.objects.exists()

    learnt = run("retrain_extractor", "--workspace", workspace.slug, "--by", "ADMIN")
    assert "225 decisions in 45 articles" in learnt
    assert "switched the extractor's own scores -> world-desk-1" in learnt
    assert active_calibration(workspace) is not None

    listed = run("retrain_extractor", "--list")
    assert listed.startswith("in use  world-desk-1")
    assert "Admin" in listed

    assert "in use now: the extractor’s own scores" in run("retrain_extractor", "--back")
    assert run("retrain_extractor", "--list").splitlines()[-1] == "in use  the extractor's own scores"
    with pytest.raises(CommandError, match="nothing to go back"):
        run("retrain_extractor", "--back")


def test_too_few_decisions_keep_what_is_in_use(workspace):
    assert "at least 60 are needed" in run("retrain_extractor")


def test_who_may_not_teach_is_refused(workspace, reviewer):
    with pytest.raises(CommandError, match="Only an admin"):
        run("retrain_extractor", "--by", "reviewer")
    with pytest.raises(CommandError, match="nobody called"):
        run("retrain_extractor", "--by", "who")


def test_with_two_desks_one_has_to_be_named(workspace, other_workspace):
    with pytest.raises(CommandError, match=r"Say --workspace\. Known: other-desk, world-desk"):
        run("retrain_extractor")


def test_the_model_is_trained_only_with_the_training_extra(workspace):
    with pytest.raises(CommandError, match="training extra"):
        run("retrain_extractor", "--model")
