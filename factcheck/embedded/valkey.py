"""Valkey as a child process of ours, on a socket only. Nothing here knows Django."""

from __future__ import annotations

import functools
import signal
import socket
import subprocess
import time
from pathlib import Path

from factcheck.embedded.places import CannotStart, make_private, valkey_binary
from factcheck.embedded.processes import die_with_parent

_START_SECONDS = 30


class Valkey:
    def __init__(self, *, data: Path, sockets: Path, log: Path, durable: bool = True) -> None:
        self.data, self.log, self.durable = data, log, durable
        self.socket = sockets / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def start(self) -> None:
        for folder in (self.data, self.socket.parent, self.log.parent):
            make_private(folder)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(valkey_binary()), *self._flags()],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=functools.partial(die_with_parent, signal.SIGTERM),
            )
        end = time.monotonic() + _START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                said = self.log.read_bytes()[-2000:].decode(errors="replace")
                raise CannotStart(f"Valkey did not start. The end of {self.log}:\n{said}")
            time.sleep(0.02)

    def _flags(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            # Throwing queued work away to save memory would lose it silently.
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return [part for name, value in settings.items() for part in (f"--{name}", value)]

    def answers(self) -> bool:
        """True only when the data is loaded: until then it answers a ping with an error."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
