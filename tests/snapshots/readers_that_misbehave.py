"""Readers for test_sandbox.py; each runs in the child process."""

from __future__ import annotations

import os
import signal
import time
from typing import Any


def count(data: bytes) -> dict[str, int]:
    return {"bytes": len(data)}


def eats_memory(data: bytes) -> int:
    return len(data * 10_000)


def kills_itself(data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def raises(data: bytes) -> None:
    raise RuntimeError("at /a/path/of/ours")


def sleeps(data: bytes) -> None:
    time.sleep(600)


def floods(data: bytes) -> str:
    return "a" * (30 * 1024 * 1024)


def looks_around(data: bytes) -> dict[str, Any]:
    try:
        with open(data.decode(), "w") as file:
            file.write("something")
        wrote = True
    except OSError:
        wrote = False
    return {"environment": sorted(os.environ), "wrote": wrote}
