from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from annotations.snapshots import sandbox

HERE = "tests.snapshots.readers_that_misbehave"
ROOT = Path(__file__).resolve().parents[2]


def test_the_answer_of_the_reader_comes_back() -> None:
    assert sandbox.run(f"{HERE}:count", b"12345") == {"bytes": 5}


@pytest.mark.parametrize("reader", ["eats_memory", "kills_itself", "raises"])
def test_a_reader_that_dies_fails_alone_with_a_plain_reason(reader: str) -> None:
    with pytest.raises(sandbox.Failed) as failure:
        sandbox.run(f"{HERE}:{reader}", b"x" * 1_000_000)

    assert "paste" in failure.value.reason.lower()
    assert "Error" not in failure.value.reason


def test_a_reader_that_never_ends_is_stopped() -> None:
    with pytest.raises(sandbox.Failed) as failure:
        sandbox.run(f"{HERE}:sleeps", b"", wall_seconds=1.5)

    assert "too long" in failure.value.reason


def test_an_answer_that_is_far_too_large_is_not_taken() -> None:
    with pytest.raises(sandbox.Failed) as failure:
        sandbox.run(f"{HERE}:floods", b"")

    assert "far more text" in failure.value.reason


def test_the_reader_has_no_environment_and_writes_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")

    seen = sandbox.run(f"{HERE}:looks_around", str(tmp_path / "left-behind").encode())

    assert "SECRET_KEY" not in seen["environment"]
    assert not seen["wrote"]


def test_the_reason_of_a_refusal_is_passed_on() -> None:
    with pytest.raises(sandbox.Failed) as failure:
        sandbox.run("annotations.snapshots.pages:read_page", b"<html><body></body></html>")

    assert "No article text" in failure.value.reason


PYTHON_FOR_ALL = shutil.which("python3", path="/usr/bin:/usr/local/bin")


@pytest.mark.skipif(
    os.getuid() != 0 or PYTHON_FOR_ALL is None, reason="needs root, and a Python that others may run"
)
def test_it_works_for_an_ordinary_user_too() -> None:
    program = f"from annotations.snapshots import sandbox; print(sandbox.run('{HERE}:count', b'123'))"
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        for package in ("annotations/snapshots", "tests/snapshots"):
            shutil.copytree(ROOT / package, Path(folder) / package)
        Path(folder).chmod(0o755)

        done = subprocess.run(
            [str(PYTHON_FOR_ALL), "-B", "-c", program],
            cwd=folder,
            user=65534,
            group=65534,
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.stdout.strip() == "{'bytes': 3}", done.stderr
