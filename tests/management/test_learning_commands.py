from __future__ import annotations

import json
import re
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotations.claims.extraction.active import FOLDER, SHIPPED, active
from annotations.claims.fitting import is_held_back
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
        run("retrain_extractor", "--model", "--python", sys.executable)
    with pytest.raises(CommandError, match="/nowhere/python: No such file"):
        run("retrain_extractor", "--model", "--python", "/nowhere/python")


@pytest.mark.parametrize("word", ["--workspace=world-desk", "--by=admin", "--list"])
def test_one_model_reads_for_every_desk(workspace, word):
    with pytest.raises(CommandError, match="reads for every desk"):
        run("retrain_extractor", "--model", word)


def test_there_is_nothing_to_go_back_to_from_the_model_that_ships(workspace):
    with pytest.raises(CommandError, match="model that ships is in use"):
        run("retrain_extractor", "--model", "--back")


@pytest.fixture
def trainer(tmp_path):
    """In the place of the training environment: a program whose “training” is a copy of the shipped model."""
    program = tmp_path / "python"
    program.write_text(
        f"""#!/bin/sh
[ "$1" = -c ] && exit 0
while [ $# -gt 0 ]; do
  [ "$1" = --more ] && cp "$2" "{tmp_path}/learnt.jsonl"
  [ "$1" = --out ] && cp -r "{FOLDER / SHIPPED}" "$2"
  shift
done
"""
    )
    program.chmod(0o755)
    return str(program)


def test_a_model_that_ranks_no_better_is_not_used(workspace, reviewer, trainer, tmp_path):
    factories.sorted_articles(workspace, reviewer, 90)
    words = ("retrain_extractor", "--model", "--python", trainer)

    with pytest.raises(CommandError, match="--model needs --data"):
        run(*words)
    said = run(*words, "--data", str(tmp_path), "--base", str(tmp_path / "base.whl"))

    learnt = [json.loads(line) for line in (tmp_path / "learnt.jsonl").read_text().splitlines()]
    held_back = int(re.search(r"(\d+) held back", said)[1])
    assert len(learnt) + held_back == 450
    assert not any(is_held_back(int(row["doc"].split("-")[-2])) for row in learnt)
    assert {row["label"] for row in learnt} == {0, 1}
    assert f"kept     {SHIPPED}: the new one is not surely better" in said
    assert active() == SHIPPED


def test_too_few_decisions_are_told_before_anything_is_trained(workspace, trainer, tmp_path):
    with pytest.raises(CommandError, match="20 of each are needed"):
        run("retrain_extractor", "--model", "--python", trainer, "--data", "x", "--base", "y")

    assert not (tmp_path / "learnt.jsonl").exists() or (tmp_path / "learnt.jsonl").read_text() == ""


def test_a_training_that_fails_changes_nothing(workspace, reviewer, tmp_path):
    factories.sorted_articles(workspace, reviewer, 90)
    program = tmp_path / "python"
    program.write_text('#!/bin/sh\n[ "$1" = -c ] && exit 0\nexit 3\n')
    program.chmod(0o755)

    with pytest.raises(CommandError, match="did not come to an end"):
        run("retrain_extractor", "--model", "--python", str(program), "--data", "x", "--base", "y")

    assert active() == SHIPPED
