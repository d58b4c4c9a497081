"""Runs web, worker and beat as children: all of them or none.

Each child leads a session of its own, so Ctrl-C reaches only us and we choose the order of stopping. Only
the main process of a child is asked to stop: a worker whose pool processes are signalled too would lose
running tasks.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from factcheck.embedded.processes import born, die_with_parent

# How long children may take once their supervisor was killed.
_ORPHAN_SECONDS = 15


@dataclass
class Supervisor:
    data: Path
    commands: dict[str, list[str]]
    environment: dict[str, str]
    folder: Path
    grace: float = 60
    # Asked between looks: a text when something outside the children makes going on senseless.
    trouble: Callable[[], str] = lambda: ""
    stop_asked: threading.Event = field(default_factory=threading.Event)
    children: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    _at_once: bool = False
    _watchdog: subprocess.Popen[str] | None = None
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def run(self, *, started: Callable[[], None]) -> int:
        """Blocks until asked to stop (0) or until a child dies (1).

        `started` is called once all are launched.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        self._start_watchdog()
        for name, command in self.commands.items():
            self._start(name, command)
        announcer = threading.Thread(target=started, daemon=True)
        announcer.start()
        complaint = self._watch()
        if complaint:
            self.say(f"{complaint} Stopping everything.", error=True)
        self._stop()
        return 1 if complaint else 0

    def say(self, text: str, *, error: bool = False) -> None:
        """A terminal that was closed must not stop us from stopping cleanly."""
        out = sys.stderr if error else sys.stdout
        with self._writing, contextlib.suppress(OSError, ValueError):
            out.write(f"{text}\n")
            out.flush()

    # --- starting -----------------------------------------------------------------------------------------

    def _start_watchdog(self) -> None:
        self._watchdog = subprocess.Popen(
            [sys.executable, "-m", "factcheck.embedded.watchdog", str(self.data), str(_ORPHAN_SECONDS)],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def _start(self, name: str, command: list[str]) -> None:
        child = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            # The watchdog's second: it works even when the watchdog was killed along with us.
            preexec_fn=functools.partial(die_with_parent, signal.SIGTERM),
        )
        self.children[name] = child
        self._tell_watchdog(f"{child.pid} {born(child.pid) or '-'}")
        if child.stdout is not None:
            threading.Thread(target=self._pass_on, args=(name, child.stdout), daemon=True).start()

    def _tell_watchdog(self, line: str) -> None:
        if self._watchdog is None or self._watchdog.stdin is None:
            return
        with contextlib.suppress(OSError):
            self._watchdog.stdin.write(f"{line}\n")
            self._watchdog.stdin.flush()

    def _pass_on(self, name: str, lines: IO[str]) -> None:
        for line in lines:
            self.say(f"{name:<6} | {line.rstrip()}")

    # --- watching -----------------------------------------------------------------------------------------

    def _watch(self) -> str:
        """Why we have to stop; empty when somebody asked for it."""
        while not self.stop_asked.wait(0.2):
            for name, child in self.children.items():
                if child.poll() is not None:
                    return f"{name} stopped by itself ({_how(child.returncode)})."
            if problem := self.trouble():
                return problem
        return ""

    def _on_signal(self, number: int, frame: object) -> None:
        # Asked twice: whoever asks again does not want to wait for running tasks.
        self._at_once = self._at_once or self.stop_asked.is_set()
        self.stop_asked.set()

    # --- stopping -----------------------------------------------------------------------------------------

    def _stop(self) -> None:
        """No new work first (beat), then no new requests, then the worker, which finishes what it has
        begun.
        """
        self.stop_asked.set()
        self.say("Stopping: running tasks are finished first. Press Ctrl-C again to stop at once.")
        for name in reversed(self.children):
            if self.children[name].poll() is None:
                self.children[name].terminate()
        end = time.monotonic() + self.grace
        while any(child.poll() is None for child in self.children.values()):
            if self._at_once or time.monotonic() > end:
                break
            time.sleep(0.05)
        for child in self.children.values():
            # The group, not the process: what a child left behind goes with it.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        self._tell_watchdog("done")
        if self._watchdog is not None:
            self._watchdog.wait(10)


def _how(status: int) -> str:
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}"
