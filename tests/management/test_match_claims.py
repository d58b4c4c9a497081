"""The command as a process of its own, with the shipped model: no database is named, and none may be started."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = [
    {
        "id": "vc-1",
        "claim": "A dam near Lubin broke after heavy rain.",
        "title": "Did a dam break near Lubin?",
    },
    {
        "id": "vc-2",
        "claim": "Bees have disappeared from Gdansk.",
        "title": "Are there no bees left in Gdansk?",
    },
    {"id": "vc-3", "claim": "The mayor of Riverton gave free train tickets to all pupils.", "title": ""},
]
QUERIES = [
    {
        "id": "q-1",
        "text": "Not a single bee left in my city #Gdansk!! https://t.co/x — Ada (@ada) May 4, 2021",
    },
    {"id": "q-2", "text": "OMG the barrage by Lubin collapsed in the storm"},
    {"id": "q-3", "text": "every schoolkid in Riverton rides the railway for nothing, says the mayor"},
]


def lines(rows: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def run(*words: str, given: bytes = b"", tmp_path: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
        "SECRET_KEY": "only-for-this-test-" * 4,
        "ALLOWED_HOSTS": "localhost",
        "CELERY_BROKER_URL": "redis://127.0.0.1:9/0",
        "FACTCHECK_DATA_DIR": str(tmp_path / "var"),
    }
    return subprocess.run(
        [sys.executable, "manage.py", "match_claims", *words],
        cwd=ROOT,
        env=environment,
        input=given,
        capture_output=True,
        check=False,
    )


@pytest.fixture
def claims(tmp_path: Path) -> str:
    path = tmp_path / "claims.jsonl"
    path.write_bytes(lines(CLAIMS))
    return str(path)


@pytest.mark.parametrize("by_flag", [True, False])
def test_each_query_gets_the_claims_best_first(by_flag: bool, claims: str, tmp_path: Path):
    queries = tmp_path / "queries.jsonl"
    queries.write_bytes(lines(QUERIES))
    words = ("--claims", claims, "--queries", str(queries)) if by_flag else (claims,)

    done = run(*words, given=b"" if by_flag else lines(QUERIES), tmp_path=tmp_path)

    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [(one["id"], one["ranked"][0]) for one in answers] == [
        ("q-1", "vc-2"),
        ("q-2", "vc-1"),
        ("q-3", "vc-3"),
    ]
    assert all(sorted(one["ranked"]) == ["vc-1", "vc-2", "vc-3"] for one in answers)
    assert all(one["scores"] == sorted(one["scores"], reverse=True) for one in answers)
    assert b"3 of 3 claims read" in done.stderr
    assert not (tmp_path / "var").exists()


def test_vectors_are_kept_for_the_same_claims_and_made_anew_for_others(claims: str, tmp_path: Path):
    kept = tmp_path / "kept.npz"
    words = (claims, "--vectors", str(kept), "--top", "1")

    first = run(*words, given=lines(QUERIES), tmp_path=tmp_path)
    again = run(*words, given=lines(QUERIES), tmp_path=tmp_path)
    Path(claims).write_bytes(lines(CLAIMS[:2]))
    changed = run(*words, given=lines(QUERIES), tmp_path=tmp_path)
    kept.write_bytes(b"PK\x03\x04 no more than that")
    damaged = run(*words, given=lines(QUERIES), tmp_path=tmp_path)

    assert b"claims read" in first.stderr and b"claims read" not in again.stderr
    assert first.stdout == again.stdout
    assert b"2 of 2 claims read" in changed.stderr and b"2 of 2 claims read" in damaged.stderr
    with np.load(kept) as file:
        assert file["vectors"].shape == (4, 384)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".kept")] == []


def test_what_was_answered_before_a_bad_line_is_printed(claims: str, tmp_path: Path):
    done = run(claims, given=lines(QUERIES) * 6, tmp_path=tmp_path)

    assert done.returncode == 1
    assert b"-: line 4: the id q-1 was given before." in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(claims: str, tmp_path: Path):
    many = lines([{"id": f"q-{number}", "text": "bees"} for number in range(400)])
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" manage.py match_claims "{claims}" | head -n 1'],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "SECRET_KEY": "only-for-this-test-" * 4, "ALLOWED_HOSTS": "localhost",
             "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none", "FACTCHECK_DATA_DIR": str(tmp_path / "var")},
        input=many,
        capture_output=True,
        check=False,
    )  # fmt: skip

    assert len(done.stdout.splitlines()) == 1
    assert b"Traceback" not in done.stderr and b"BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    ("words", "content", "said"),
    [
        (("{}",), b"not json\n", "line 1: this is no JSON"),
        (
            ("{}",),
            b'{"id": "a", "claim": "x"}\n{"id": "a", "claim": "y"}\n',
            "line 2: the id a was given before",
        ),
        (("{}",), b'{"id": "a"}\n', "line 1: “claim” is missing"),
        (("{}",), b"\n", "there is no claim in it"),
        (("/nowhere/claims.jsonl",), b"", "/nowhere/claims.jsonl: No such file"),
        (("{}", "/nowhere/queries.jsonl"), b"", "/nowhere/queries.jsonl: No such file"),
        ((), b"", "Name the file of verified claims"),
        (("-", "-"), b"", "not both"),
        (("{}", "--top", "0"), b"", "--top"),
        (("{}", "a", "b"), b"", "at most one file of queries"),
    ],
)
def test_what_cannot_be_used_is_told(words: tuple[str, ...], content: bytes, said: str, tmp_path: Path):
    path = tmp_path / "claims.jsonl"
    path.write_bytes(content)

    with pytest.raises(CommandError) as refusal:
        call_command("match_claims", *(word.format(path) for word in words))

    assert said in str(refusal.value)
