"""`manage.py score_sentences`: JSON lines in, JSON lines out, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINES = [
    {"id": "a-1", "doc": "a", "text": "Mayor says crime fell by a fifth"},
    {"id": "a-2", "doc": "a", "text": "Crime fell by 20 percent last year, Mayor Ann Lee said on Monday."},
    {"id": "a-3", "doc": "a", "text": "“We spent $3 million on lights,” she added."},
    {"id": "b-1", "doc": "b", "text": "Good evening 😀 to all of you."},
]


def run(data: str, *more: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    return subprocess.run(
        [sys.executable, "manage.py", "score_sentences", *more],
        cwd=ROOT, input=data, capture_output=True, text=True, env=env, check=False,
    )  # fmt: skip


def test_each_line_has_its_answer_in_order() -> None:
    done = run("\n".join(map(json.dumps, LINES)) + "\n\n")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in found] == ["a-1", "a-2", "a-3", "b-1"]
    assert set(found[0]) == {"id", "score", "label", "spans", "speaker", "cue", "quantities", "dates"}
    second = found[1]
    assert "Lee" in second["speaker"] and second["cue"] == "said"
    assert any("20 percent" in quantity for quantity in second["quantities"])
    start, end = second["spans"][0]
    assert LINES[1]["text"][start:end].startswith("Crime fell by 20 percent")
    assert second["score"] > found[3]["score"] and found[3]["label"] == 0


def test_a_speaker_stands_in_an_earlier_sentence() -> None:
    found = [json.loads(line) for line in run("\n".join(map(json.dumps, LINES))).stdout.splitlines()]
    assert "Lee" in found[2]["speaker"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("{", "line 1"),
        ('{"id": 1, "text": "Fine."}\n[]', "line 2"),
        ('{"id": 1}', '"text"'),
        ('{"text": "No id."}', '"id"'),
        ("[" * 5000, "line 1"),
    ],
)
def test_a_bad_line_is_named(data: str, why: str) -> None:
    done = run(data)
    assert done.returncode == 1 and why in done.stderr and "Traceback" not in done.stderr


def test_nothing_in_nothing_out() -> None:
    done = run("")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_missing_file_is_named() -> None:
    done = run("", "no-such-file.jsonl")
    assert done.returncode == 1 and "no-such-file.jsonl" in done.stderr
