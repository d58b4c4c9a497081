"""`manage.py score_sentences`: JSON lines in, JSON lines out, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotations.management.commands.score_sentences import _together

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


def test_what_stands_before_a_bad_line_is_answered() -> None:
    done = run(json.dumps(LINES[0]) + '\n{"id": 2}\n')
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a-1"]
    assert done.returncode == 1 and "line 2" in done.stderr


def test_words_are_utf8_whatever_the_terminal_is_set_to() -> None:
    rows = [LINES[3], {"id": "\ud800", "doc": "b", "text": "Half a pair \ud83d said 5 “Ärzte” on Monday."}]
    env = os.environ | {"PYTHONIOENCODING": "ascii", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "manage.py", "score_sentences"],
        cwd=ROOT, input="\n".join(map(json.dumps, rows)).encode(), capture_output=True, env=env, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.decode("utf-8").splitlines()] == ["b-1", "\ud800"]


def test_a_document_is_read_whole_and_the_rest_of_a_long_one_after_it() -> None:
    short = [{"id": f"s-{n}", "doc": "s", "text": "x"} for n in range(400)]
    whole = [{"id": f"w-{n}", "doc": "w", "text": "x"} for n in range(700)]
    long = [{"id": f"l-{n}", "doc": "l", "text": "x"} for n in range(1200)]

    parts = [[len(document) for document in part] for part in _together([*short, *whole, *long])]

    assert parts == [[400], [700], [1000], [200]]


def test_nothing_in_nothing_out() -> None:
    done = run("")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_missing_file_is_named() -> None:
    done = run("", "no-such-file.jsonl")
    assert done.returncode == 1 and "no-such-file.jsonl" in done.stderr
