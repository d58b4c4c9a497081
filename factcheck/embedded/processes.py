"""Small truths about processes that the standard library does not tell."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Runs in a new child: ask the kernel for a signal when the parent dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)


def _stat(pid: int) -> list[str]:
    """The fields after the name (which may hold blanks and brackets): state first, start time twentieth."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return []


def is_zombie(pid: int) -> bool:
    return _stat(pid)[:1] == ["Z"]


def born(pid: int) -> str:
    """Distinguishes a process from a later one with the same number.

    Empty when there is none, or no /proc.
    """
    fields = _stat(pid)
    return fields[19] if len(fields) > 19 and fields[0] != "Z" else ""


def runs_below(pid: int, folder: Path) -> bool:
    """Is this a living server of exactly this data folder? Numbers are used again, so the number alone
    says little.
    """
    if not Path("/proc/self").exists():
        return _exists(pid)
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(folder) in words and not is_zombie(pid)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
