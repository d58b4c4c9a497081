"""Training the model again on what desks decided: the steps of `retrain_extractor --model`.

The training itself runs in an environment of its own, with the libraries that no server needs; what comes out of it is
held against the model in use here, on decisions that it was not shown.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError

from annotations.claims.extraction.model import Model
from annotations.claims.fitting import is_held_back
from annotations.claims.odds import sigmoid
from annotations.claims.queries import labelled_sentences
from annotations.claims.training.comparing import Compared, Reader, compared

ROOT = Path(__file__).resolve().parents[2]
TRAINING_PYTHON = ROOT / ".venv-train" / "bin" / "python"


@dataclass(frozen=True)
class HeldBack:
    doc: str
    text: str
    label: int


def python_that_trains(given: str | None) -> str:
    """The interpreter of the training environment. Raises `CommandError` when it cannot train."""
    python = given or (str(TRAINING_PYTHON) if TRAINING_PYTHON.exists() else sys.executable)
    try:
        asked = subprocess.run([python, "-c", "import torch, onnx"], capture_output=True, check=False)
    except OSError as error:
        raise CommandError(f"{python}: {error.strerror or error}") from None
    if asked.returncode:
        raise CommandError(
            f"Training the model needs the training extra, and {python} does not have it: pip install --require-hashes"
            " -r requirements/train.txt, in an environment of its own (.venv-train, or name its python with --python)."
            " Without --model the calibration is refitted, which needs nothing."
        )
    return python


def split_decisions(learnt: Path) -> tuple[int, list[HeldBack]]:
    """Writes every desk's decisions that may be learnt from to a file; returns how many, and those held back."""
    kept, count = [], 0
    with learnt.open("w", encoding="utf-8") as stream:
        for row in labelled_sentences():
            if is_held_back(int(row["doc"].rsplit("-v", 1)[0].rsplit("-", 1)[1])):
                kept.append(HeldBack(row["doc"], row["text"], row["label"]))
            else:
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    return count, kept


def train(python: str, *, data: str, base: str, decisions: Path, out: Path) -> None:
    """A quarter of an hour of one processor. What the training says goes straight to the person who waits."""
    names = {
        "--data": Path(data).resolve(),
        "--base": Path(base).resolve(),
        "--more": decisions,
        "--out": out,
    }
    words = [str(word) for pair in names.items() for word in pair]
    done = subprocess.run([python, "-m", "annotations.claims.training", *words], cwd=ROOT, check=False)
    if done.returncode:
        raise CommandError("The training did not come to an end: see above. Nothing was changed.")


def hold_against(old: Model, new: Model, kept: list[HeldBack]) -> Compared:
    """Both models on the sentences held back, each with the threshold of its card."""
    texts = [row.text for row in kept]
    readers = (
        Reader([sigmoid(float(odds)) for odds in one.score(texts)], one.card["threshold"])
        for one in (old, new)
    )
    return compared([row.doc for row in kept], [row.label for row in kept], *readers)
