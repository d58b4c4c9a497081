"""The three locks of a data folder.

The kernel drops a lock when its holder dies, however it dies. So no note on disk has to be believed or
cleaned up: `users.lock` is shared by everybody who needs the servers, `keeper.lock` belongs to the one
process that runs them, `gate.lock` lets one process at a time look and start.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO


def hold(path: Path, *, shared: bool = False) -> IO[str]:
    """Wait for the lock, and keep it until the returned file is closed."""
    lock = path.open("a")
    fcntl.flock(lock, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    return lock


def try_hold(path: Path) -> IO[str] | None:
    lock = path.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def is_free(path: Path) -> bool:
    """Asks with a shared lock, so that two who ask at once do not take each other for the owner."""
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
