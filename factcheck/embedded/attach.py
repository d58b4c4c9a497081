"""Makes the embedded servers run for as long as this process lives. Does nothing when real ones are named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

from factcheck import env
from factcheck.embedded.places import CannotStart, make_private

# Set for the children of `up`: their parent is attached, and they shall not outlive it.
ATTACHED = "FACTCHECK_ATTACHED"
_START_SECONDS = 150
_held: IO[str] | None = None


def wanted() -> list[str]:
    parts = {"postgres": env.embedded_database(), "valkey": env.embedded_broker()}
    return [name for name, embedded in parts.items() if embedded]


def attach() -> None:
    """Start what is wanted and not yet running, and hold it. Raises CannotStart with what to do."""
    global _held
    data, parts = env.data_dir(), wanted()
    if not parts or _held is not None or os.environ.get(ATTACHED) == str(data):
        return
    if sys.platform == "win32":
        raise CannotStart(
            "The embedded servers need Linux or macOS (or WSL). Set DATABASE_URL and CELERY_BROKER_URL."
        )
    from factcheck.embedded.locks import hold

    _make_data_folder(data)
    _held = hold(data / "users.lock", shared=True)
    with hold(data / "gate.lock"):
        if not keeper_runs(data):
            _start_keeper(data, parts)
        _wait_until_ready(data, parts)


def keeper_runs(data: Path) -> bool:
    from factcheck.embedded.locks import is_free

    return not is_free(data / "keeper.lock")


def _make_data_folder(data: Path) -> None:
    try:
        make_private(data)
        (data / "gate.lock").touch()
    except OSError as problem:
        raise CannotStart(
            f"The data folder {data} cannot be written ({problem.strerror}). "
            "Set FACTCHECK_DATA_DIR to a folder of your own."
        ) from None


def _start_keeper(data: Path, parts: list[str]) -> None:
    (data / "keeper.json").unlink(missing_ok=True)
    (data / "log").mkdir(exist_ok=True, mode=0o700)
    with (data / "log" / "keeper.log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "factcheck.embedded.keeper", str(data), *parts],
            cwd=env.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    end = time.monotonic() + 20
    while not keeper_runs(data) and not (data / "keeper.json").exists():
        if time.monotonic() > end:
            raise CannotStart(f"The embedded servers did not start; see {data / 'log' / 'keeper.log'}.")
        time.sleep(0.02)


def _wait_until_ready(data: Path, parts: list[str]) -> None:
    end = time.monotonic() + _START_SECONDS
    while (told := _read_note(data)) is None:
        if time.monotonic() > end or not keeper_runs(data):
            raise CannotStart(f"The embedded servers did not start; see {data / 'log'}.")
        time.sleep(0.02)
    if told["state"] != "ready":
        raise CannotStart(told["reason"])
    missing = set(parts) - set(told["parts"])
    if missing:
        raise CannotStart(
            f"Another command runs on {data} without its own {', '.join(sorted(missing))}. "
            "Stop it first, or give both the same DATABASE_URL and CELERY_BROKER_URL."
        )


def _read_note(data: Path) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads((data / "keeper.json").read_text())
    except FileNotFoundError:
        return None
    return told
