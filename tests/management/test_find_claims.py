"""The command as a process of its own: no database is named, and none may be started."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "Title: Wages\nDate: 2025-01-09\n\n"
    "📰 On Monday, police arrested 12 protesters, a spokesman said.\r\nOfficials were glad – at last.\n"
)


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
        [sys.executable, "manage.py", "find_claims", *words],
        cwd=ROOT,
        env=environment,
        input=given,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("from_file", [True, False])
def test_each_line_is_a_candidate_whose_positions_fit_the_stored_text(
    from_file: bool, tmp_path: Path
) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode())
    stored = TEXT.split("\n\n", 1)[1].replace("\r\n", "\n")

    done = run(str(path), tmp_path=tmp_path) if from_file else run(given=TEXT.encode(), tmp_path=tmp_path)

    assert done.returncode == 0, done.stderr
    (claim,) = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert stored[claim["start"] : claim["end"]] == claim["exact"] == "police arrested 12 protesters"
    assert (claim["claimant"], claim["cue"], claim["type"]) == ("a spokesman", "said", "QUANTITY")
    assert claim["quantities"][0]["value"] == "12"
    assert claim["dates"][0]["iso"] == "2025-01-06"
    assert {"score", "signals", "statement", "attribution"} <= claim.keys()
    assert not (tmp_path / "var").exists()


def test_the_day_can_be_given_for_a_text_that_names_none(tmp_path: Path) -> None:
    done = run("--date", "2024-03-05", given=b"On Monday, police arrested 12 protesters.", tmp_path=tmp_path)

    assert json.loads(done.stdout)["dates"][0]["iso"] == "2024-03-04"


def test_a_text_in_another_language_gives_no_line_and_says_so_on_stderr(tmp_path: Path) -> None:
    done = run("--language", "ko", given="시의회는 500만 유로를 썼다.".encode(), tmp_path=tmp_path)

    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode().strip() == "No proposals for this language (Korean). Mark claims by hand."


@pytest.mark.parametrize(
    ("words", "given"),
    [((), b""), ((), b"%PDF-1.4"), (("/nowhere/article.txt",), b""), ((), b"\xff\xfe\x00" * 9)],
)
def test_what_cannot_be_read_is_refused_on_stderr(
    words: tuple[str, ...], given: bytes, tmp_path: Path
) -> None:
    done = run(*words, given=given, tmp_path=tmp_path)

    assert done.returncode == 1
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.strip()) > 20
