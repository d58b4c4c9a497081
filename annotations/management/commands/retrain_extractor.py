"""`manage.py retrain_extractor`: learn from a desk's decisions; switch only to what is better; go back."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.claims.extraction.active import FOLDER, NothingBefore, go_back, next_version, take_in
from annotations.claims.extraction.model import BrokenModel, Model, shared_model
from annotations.claims.models import DeskCalibration
from annotations.claims.services.learning import Outcome, refit_calibration, switch_back
from annotations.claims.training.comparing import too_little
from annotations.management.retraining import (
    HeldBack,
    hold_against,
    python_that_trains,
    split_decisions,
    train,
)
from annotations.management.streams import errors_of
from annotations.people.models import User, Workspace
from annotations.refusals import Refusal

_RESTART = "Restart the web and worker processes: each reads at its start which model is in use."


class Command(BaseCommand):
    help = (
        "Refit how scores are read, and from which one on a sentence is proposed, on what the desk decided."
        " Compares old and new on decisions held back, and switches only if the new one is better."
        " With --model the model itself is trained again, on the base data and every desk's decisions."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workspace", help="the slug of the desk (may be left out when there is one)")
        parser.add_argument(
            "--by", help="user name of the admin who does it (default: the command line itself)"
        )
        parser.add_argument("--dry-run", action="store_true", help="compare, and change nothing")
        parser.add_argument(
            "--model", action="store_true", help="the model itself, for every desk (needs the training extra)"
        )
        parser.add_argument("--data", help="with --model: the folder with the base data")
        parser.add_argument("--base", help="with --model: the package with the base weights")
        parser.add_argument("--python", help="with --model: the training environment's interpreter")
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--back", action="store_true", help="return to what was in use before")
        ways.add_argument("--list", action="store_true", help="show every calibration of the desk")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["model"]:
            if options["workspace"] or options["by"] or options["list"]:
                raise CommandError(
                    "One model reads for every desk: --model goes without --workspace, --by and --list."
                )
            if options["back"]:
                self._model_back(dry=options["dry_run"])
            else:
                self._train(options)
            return
        desk = _desk(options["workspace"])
        by = _person(options["by"])
        try:
            if options["list"]:
                self._list(desk)
            elif options["back"]:
                self._back(desk, by, dry=options["dry_run"])
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

    def _train(self, options: dict[str, Any]) -> None:
        python = python_that_trains(options["python"])
        if not options["data"] or not options["base"]:
            raise CommandError(
                "--model needs --data, the folder with the base data, and --base, the package with the base weights:"
                " docs/model.md says which."
            )
        with tempfile.TemporaryDirectory(prefix="retrain-") as name:
            decisions, made = Path(name, "decisions.jsonl"), Path(name, next_version())
            count, kept = split_decisions(decisions)
            self.stdout.write(f"{count} decided sentences to learn from, {len(kept)} held back")
            if problem := too_little([row.label for row in kept]):
                raise CommandError(problem)
            train(python, data=options["data"], base=options["base"], decisions=decisions, out=made)
            self._switch(made, kept, dry=options["dry_run"])

    def _switch(self, made: Path, kept: list[HeldBack], *, dry: bool) -> None:
        try:
            old, new = shared_model(), Model(made)
        except BrokenModel as broken:
            raise CommandError(str(broken)) from None
        found = hold_against(old, new, kept)
        self.stdout.write(f"{'':10}{'AP':>8}{'F1':>8}")
        for name, ap, f1 in zip(("old", "new"), found.ap, found.f1, strict=True):
            self.stdout.write(f"{name:10}{ap:8.3f}{f1:8.3f}")
        self.stdout.write(f"better ranking in {found.share_better:.0%} of resamples of the articles")
        if found.is_better and not dry:
            with errors_of(str(FOLDER)):
                take_in(made)
            self.stdout.write(f"switched {old.version} -> {new.version}; --model --back returns. {_RESTART}")
        elif found.is_better:
            self.stdout.write(f"kept     {old.version}: this was a dry run; the new one is better")
        else:
            self.stdout.write(f"kept     {old.version}: the new one is not surely better")

    def _model_back(self, *, dry: bool) -> None:
        if dry:
            raise CommandError("--back has nothing to try first: leave out --dry-run.")
        try:
            with errors_of(str(FOLDER)):
                self.stdout.write(f"in use now: {go_back()}. {_RESTART}")
        except NothingBefore:
            raise CommandError("The model that ships is in use: there is nothing to go back from.") from None


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
