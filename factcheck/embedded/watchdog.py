"""Cleans up after a supervisor that was killed.

The supervisor keeps a pipe to this process and writes one line for each child it starts. When the pipe closes
without a `done`, it is gone: its children are asked to stop, and what does not listen is killed. Holding the
servers meanwhile lets a running task finish what it writes.

Runs without Django: `python -m factcheck.embedded.watchdog DATA_DIR SECONDS`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from factcheck.embedded.locks import hold
from factcheck.embedded.processes import born


def main(data: Path, seconds: float) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    children: dict[int, str] = {}
    with hold(data / "users.lock", shared=True):
        for line in sys.stdin:
            if line.strip() == "done":
                return
            pid, birth = line.split()
            children[int(pid)] = birth
        stop(children, seconds)


def stop(children: dict[int, str], seconds: float) -> None:
    """First the main processes alone, so that a worker lets its own children finish; then, whole groups."""
    for pid, birth in children.items():
        if born(pid) == birth:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(born(pid) == birth for pid, birth in children.items()):
        time.sleep(0.1)
    for pid in children:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
