"""What extraction costs and what it is worth, beside two baselines, each in a process of its own, in one run."""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PASSES = 3
SLOTS = 2**18


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", choices=[*SYSTEMS, "worker"], help="used by the bench itself")
    chosen = parser.parse_args()
    if chosen.only:
        print(json.dumps(worker() if chosen.only == "worker" else measured(chosen.only, chosen.data)))
        return
    print(f"{'':22}{'sentences/CPU-s':>17}{'peak MB':>9}{'news AP':>9}")
    for name in [*SYSTEMS, "worker"]:
        line = [sys.executable, __file__, "--data", str(chosen.data), "--only", name]
        row = json.loads(subprocess.run(line, capture_output=True, text=True, check=True).stdout)
        speed, ap = row.get("speed"), row.get("ap")
        print(f"{name:22}{speed or '':>17}{row['peak']:>9}{'' if ap is None else f'{ap:.3f}':>9}")


def documents(folder: Path) -> list[tuple[list[str], list[float]]]:
    """Each article's sentences, and for each 1, 0 or, where the annotators disagree, a half."""
    second = {row["id"]: row["label"] for row in lines(folder / "news_dev_second.jsonl")}
    found = []
    for _, rows in itertools.groupby(lines(folder / "news_dev.jsonl"), key=lambda row: row["doc"]):
        kept = list(rows)
        found.append(
            ([row["text"] for row in kept], [(row["label"] + second[row["id"]]) / 2 for row in kept])
        )
    return found


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measured(name: str, folder: Path) -> dict:
    articles = documents(folder)
    score = SYSTEMS[name](folder)
    for texts, _ in articles[:2]:
        score(texts)
    began = time.process_time()
    for _ in range(PASSES):
        scores = [score(texts) for texts, _ in articles]
    spent = (time.process_time() - began) / PASSES
    pairs = [
        pair
        for (_, labels), found in zip(articles, scores, strict=True)
        for pair in zip(found, labels, strict=True)
        if pair[1] != 0.5
    ]
    return {"speed": round(sum(len(texts) for texts, _ in articles) / spent), "peak": peak(), "ap": ap(pairs)}


def ap(pairs: list[tuple[float, float]]) -> float:
    right, total = 0, 0.0
    for rank, (_, label) in enumerate(sorted(pairs, key=lambda pair: -pair[0]), 1):
        if label:
            right += 1
            total += right / rank
    return total / right


def peak() -> int:
    """The largest resident set of this process so far, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def shipped(folder: Path) -> Callable[[list[str]], list[float]]:
    """Everything that a proposal needs: model, context, spans, claimants, quantities and dates."""
    from annotations.claims.extraction.reading_lines import read_lines

    return lambda texts: [one.score for one in read_lines([texts])[0]]


def model_alone(folder: Path) -> Callable[[list[str]], list[float]]:
    from annotations.claims.extraction.ranking import sentence_scores

    return lambda texts: sentence_scores([texts])[0]


def rules(folder: Path) -> Callable[[list[str]], list[float]]:
    """The best score that the rules give to any piece of a sentence."""
    from annotations.claims.extraction.engine import ENGLISH
    from annotations.claims.extraction.languages import Block, Document

    def score(texts: list[str]) -> list[float]:
        starts = list(itertools.accumulate((len(text) + 1 for text in texts), initial=0))
        spans = tuple((start, start + len(text)) for start, text in zip(starts, texts, strict=False))
        whole = "\n".join(texts)
        best = dict.fromkeys(starts[:-1], 0.0)
        for one in ENGLISH.read(Document(whole, (Block(0, len(whole), spans),))):
            best[one.sentence_start] = max(best[one.sentence_start], one.score)
        return list(best.values())

    return score


def tfidf(folder: Path) -> Callable[[list[str]], list[float]]:
    """Words and pairs of words, hashed and weighted by rarity, and a logistic regression by stochastic gradient."""
    import numpy

    rows = lines(folder / "claimbuster_train.jsonl")

    def slots(text: str) -> list[int]:
        words = re.findall(r"\w+|[$%€£]", text.lower())
        grams = words + [f"{a} {b}" for a, b in itertools.pairwise(words)]
        return sorted({hash(gram) % SLOTS for gram in grams})

    coded = [slots(row["text"]) for row in rows]
    seen = numpy.bincount([slot for one in coded for slot in one], minlength=SLOTS)
    rarity = numpy.log((1 + len(rows)) / (1 + seen)) + 1

    def scaled(one: list[int]) -> tuple[list[int], object]:
        values = rarity[one]
        return one, values / max(1e-9, float(numpy.sqrt((values**2).sum())))

    weights, offset = numpy.zeros(SLOTS), 0.0
    for step in range(4):
        for one, row in zip(coded, rows, strict=True):
            places, values = scaled(one)
            share = 1 / (1 + math.exp(-float(values @ weights[places]) - offset))
            fall = 2.0 / (1 + step) * (share - row["label"])
            weights[places] -= fall * values
            offset -= 0.02 * fall

    def score(texts: list[str]) -> list[float]:
        found = []
        for text in texts:
            places, values = scaled(slots(text))
            found.append(float(values @ weights[places]))
        return found

    return score


def worker() -> dict:
    """A worker process as Celery starts it, after it has scored and embedded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    import django

    django.setup()
    from annotations import tasks
    from annotations.claims.extraction.model import shared_model

    assert tasks.extract_claims
    texts = ["The ministry said on Monday that 12 of its 300 offices had closed since 2019."] * 64
    shared_model().score(texts)
    shared_model().embed(texts)
    return {"peak": peak()}


SYSTEMS = {"rules": rules, "TF-IDF": tfidf, "model": model_alone, "model and rules": shipped}

if __name__ == "__main__":
    main()
