"""`manage.py retrain_extractor`: learn from a desk's decisions; switch only to what is better; go back."""

from __future__ import annotations

import importlib
import importlib.util
import json
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.claims.fitting import is_held_back
from annotations.claims.models import DeskCalibration
from annotations.claims.queries import labelled_sentences
from annotations.claims.services.learning import Outcome, refit_calibration, switch_back
from annotations.people.models import User, Workspace
from annotations.refusals import Refusal

_TRAINING = "annotations.claims.training"


class Command(BaseCommand):
    help = (
        "Refit how scores are read, and from which one on a sentence is proposed, on what the desk decided."
        " Compares old and new on decisions held back, and switches only if the new one is better."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workspace", help="the slug of the desk (may be left out when there is one)")
        parser.add_argument(
            "--by", help="user name of the admin who does it (default: the command line itself)"
        )
        parser.add_argument("--dry-run", action="store_true", help="compare, and change nothing")
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--back", action="store_true", help="return to what was in use before")
        ways.add_argument("--list", action="store_true", help="show every calibration of the desk")
        ways.add_argument(
            "--model",
            action="store_true",
            help="train the model itself on the decisions (needs the training extra)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        desk = _desk(options["workspace"])
        by = _person(options["by"])
        try:
            if options["list"]:
                self._list(desk)
            elif options["back"]:
                self._back(desk, by, dry=options["dry_run"])
            elif options["model"]:
                self._train(desk, dry=options["dry_run"])
            else:
                self._tell(refit_calibration(workspace=desk, by=by, dry_run=options["dry_run"]))
        except Refusal as refusal:
            raise CommandError(refusal.reason) from None

    def _tell(self, outcome: Outcome) -> None:
        self.stdout.write(
            f"{outcome.decisions} decisions in {outcome.articles} articles, {outcome.held_back} of them held back"
        )
        if outcome.problem or not (outcome.new and outcome.old_figures and outcome.new_figures):
            self.stdout.write(f"kept     {_name(outcome.old)}: {outcome.problem}")
            return
        self.stdout.write(f"{'':10}{'log loss':>10}{'F1':>8}{'precision':>11}{'recall':>8}{'threshold':>11}")
        for name, calibration, one in (
            ("old", outcome.old, outcome.old_figures),
            ("new", outcome.new, outcome.new_figures),
        ):
            self.stdout.write(
                f"{name:10}{one.log_loss:10.4f}{one.f1:8.3f}{one.precision:11.3f}{one.recall:8.3f}"
                f"{calibration.threshold:11.3f}"
            )
        self.stdout.write(f"less log loss in {outcome.share_better:.0%} of resamples of the articles")
        if outcome.is_switched:
            self.stdout.write(f"switched {_name(outcome.old)} -> {outcome.new.version}; --back returns")
        elif outcome.is_better:
            self.stdout.write(f"kept     {_name(outcome.old)}: this was a dry run; the new one is better")
        else:
            self.stdout.write(f"kept     {_name(outcome.old)}: the new one is not surely better")

    def _list(self, desk: Workspace) -> None:
        rows = DeskCalibration.objects.filter(workspace=desk).select_related("fitted_by").order_by("-number")
        for row in rows:
            who = row.fitted_by.display_name if row.fitted_by else "command line"
            f1 = row.metrics.get("new", {}).get("f1", 0)
            self.stdout.write(
                f"{'in use' if row.is_active else '':8}{row.version}  {row.created_at:%Y-%m-%d %H:%M} UTC  {who}"
                f"  {row.extractor}  {row.labels} decisions  F1 {f1:.3f}  threshold {row.threshold:.3f}"
            )
        if not any(row.is_active for row in rows):
            self.stdout.write("in use  the extractor's own scores")

    def _back(self, desk: Workspace, by: User | None, *, dry: bool) -> None:
        if dry:
            raise CommandError("--back has nothing to try first: leave out --dry-run.")
        now = switch_back(workspace=desk, by=by)
        self.stdout.write(f"in use now: {now.version if now else 'the extractor’s own scores'}")

    def _train(self, desk: Workspace, *, dry: bool) -> None:
        """Hand the decisions over as two files, learnt from and held back, by the same split of the articles."""
        retrain = _trainer()
        with tempfile.TemporaryDirectory(prefix="labels-") as folder:
            train, held_back = Path(folder, "train.jsonl"), Path(folder, "held_back.jsonl")
            with train.open("w", encoding="utf-8") as taught, held_back.open("w", encoding="utf-8") as kept:
                for row in labelled_sentences(desk):
                    article = int(row["doc"].rsplit("-v", 1)[0].rsplit("-", 1)[1])
                    line = json.dumps(row, ensure_ascii=False)
                    (kept if is_held_back(article) else taught).write(line + "\n")
            retrain(train=train, held_back=held_back, dry_run=dry, report=self.stdout.write)


def _trainer() -> Callable[..., Any]:
    if importlib.util.find_spec("torch") is None or importlib.util.find_spec(_TRAINING) is None:
        raise CommandError(
            "Training the model needs the training extra: pip install --require-hashes -r requirements/train.txt,"
            " in an environment of its own. Without --model the calibration is refitted, which needs nothing."
        )
    trainer: Callable[..., Any] | None = getattr(importlib.import_module(_TRAINING), "retrain", None)
    if trainer is None:
        raise CommandError(
            "This version trains the model from its data folder only: export the decisions with export_labels, put them"
            " there, and run python -m annotations.claims.training."
        )
    return trainer


def _name(calibration: Any) -> str:
    return calibration.version or "the extractor's own scores"


def _desk(slug: str | None) -> Workspace:
    desks = list(Workspace.objects.filter(slug=slug) if slug else Workspace.objects.order_by("slug")[:2])
    if len(desks) != 1:
        known = (
            ", ".join(Workspace.objects.order_by("slug").values_list("slug", flat=True)[:50]) or "none yet"
        )
        raise CommandError(
            f"There is no workspace {slug!r}. Known: {known}."
            if slug
            else f"Say --workspace. Known: {known}."
        )
    return desks[0]


def _person(username: str | None) -> User | None:
    if not username:
        return None
    person = User.objects.filter(username__iexact=username).first()
    if person is None:
        raise CommandError(f"There is nobody called {username!r}.")
    return person
