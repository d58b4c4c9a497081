"""Runs one reader on a stranger's bytes in a throw-away child process with hard limits.

A page can be built to take minutes or gigabytes. Here it takes down only the child: the caller gets `Failed` with
a plain reason and the worker goes on. The child has no environment and cannot write files, and it dies with
its parent. The limits are set inside the child and not by a `preexec_fn`, which may deadlock in a threaded server.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 30
WALL_SECONDS = 40
RESULT_BYTES = 25 * 1024 * 1024

_ROOT = Path(__file__).resolve().parents[2]
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class Failed(Exception):
    """The child gave no result; `reason` says why, in words for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run(reader: str, data: bytes, *, wall_seconds: float = WALL_SECONDS) -> Any:
    """Call `package.module:function` with `data` in a child and return its answer, which must fit in JSON.

    A ValueError with a `reason` that the reader raises comes out as Failed with that reason.
    """
    child = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", str(Path(__file__).resolve()), reader],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    ran_out = threading.Event()

    def stop() -> None:
        ran_out.set()
        child.kill()

    clock = threading.Timer(wall_seconds, stop)
    clock.daemon = True
    clock.start()
    try:
        _feed(child, data)
        answer = _collect(child)
        if len(answer) > RESULT_BYTES:
            raise Failed("The file unfolds into far more text than an article has.")
        child.wait()
    finally:
        clock.cancel()
        child.kill()
        child.wait()
    return _unpack(answer, status=child.returncode, ran_out=ran_out.is_set())


def _collect(child: subprocess.Popen[bytes]) -> bytes:
    if child.stdout is None:
        return b""
    with child.stdout as pipe:
        return pipe.read(RESULT_BYTES + 1)


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    """A child that died early closes the pipe; what became of it is told by its status."""
    if child.stdin is not None:
        with contextlib.suppress(BrokenPipeError), child.stdin as pipe:
            pipe.write(data)


def _unpack(answer: bytes, *, status: int, ran_out: bool) -> Any:
    if ran_out or status == -signal.SIGXCPU:
        raise Failed("Reading the file took too long. Copy the text of the article and paste it instead.")
    try:
        result = json.loads(answer)
    except ValueError:
        raise Failed(
            "The file could not be read: it is damaged or built in an unusual way. Paste its text instead."
        ) from None
    if "reason" in result:
        raise Failed(result["reason"])
    return result["answer"]


def _limit() -> None:
    """Hard limits as well as soft ones, so that the child cannot raise them again.

    Only the CPU has a second between them: at the soft one the kernel says why it kills, at the hard one not.
    """
    for what, soft, hard in (
        (resource.RLIMIT_AS, MEMORY_BYTES, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, 64, 64),
    ):
        _, given = resource.getrlimit(what)
        if given != resource.RLIM_INFINITY:
            soft, hard = min(soft, given), min(hard, given)
        resource.setrlimit(what, (soft, hard))
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _in_child(reader: str) -> None:
    sys.path.insert(0, str(_ROOT))
    parent = os.getppid()
    _limit()
    if os.getppid() != parent:
        return
    module, function = reader.split(":")
    data = sys.stdin.buffer.read()
    try:
        result = {"answer": getattr(importlib.import_module(module), function)(data)}
    except MemoryError:
        result = {"reason": "Reading the file takes too much memory. Paste the text of the article instead."}
    except ValueError as refusal:
        if not hasattr(refusal, "reason"):
            raise
        result = {"reason": refusal.reason}
    sys.stdout.buffer.write(json.dumps(result).encode())


if __name__ == "__main__":
    _in_child(sys.argv[1])
