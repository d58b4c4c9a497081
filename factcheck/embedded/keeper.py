"""The process that runs the embedded servers of one data folder, for as long as anybody needs them.

Started by whoever comes first (`attach`), in a session of its own, so that neither Ctrl-C nor `kill -9` of
that process takes the database away under others. Every user of the servers holds a shared lock; once nobody
does, the servers are stopped. Should this process be killed itself, the kernel tells its servers to stop.

Runs without Django: `python -m factcheck.embedded.keeper DATA_DIR postgres valkey`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import IO

from factcheck.embedded.locks import try_hold
from factcheck.embedded.places import CannotStart, make_private, socket_dir
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.valkey import Valkey

_LOOK_EVERY = 0.25


class Keeper:
    def __init__(self, *, data: Path, parts: list[str]) -> None:
        self.data, self.parts = data, parts
        self.servers: list[Postgres | Valkey] = []
        self.asked_to_stop = False

    def run(self) -> int:
        mine = self._take_lock()
        if mine is None:
            return 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop_asked)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            self._start()
        except (CannotStart, OSError) as problem:
            self._tell("failed", str(problem))
            self._stop()
            return 1
        self._tell("ready")
        return self._watch()

    def _take_lock(self) -> IO[str] | None:
        """Somebody who only asks whether the lock is free holds it for an instant, hence more than one
        try.
        """
        for _ in range(50):
            lock = try_hold(self.data / "keeper.lock")
            if lock is not None:
                return lock
            time.sleep(0.1)
        return None

    def _start(self) -> None:
        sockets, logs = socket_dir(self.data), self.data / "log"
        make_private(sockets)
        if "postgres" in self.parts:
            postgres = Postgres(data=self.data / "postgres", sockets=sockets, log=logs / "postgres.log")
            if postgres.account:
                # The server runs as another account, which has to get through to its own folder.
                self.data.chmod(0o711)
            self.servers.append(postgres)
            postgres.start()
        if "valkey" in self.parts:
            valkey = Valkey(data=self.data / "valkey", sockets=sockets, log=logs / "valkey.log")
            self.servers.append(valkey)
            valkey.start()

    def _watch(self) -> int:
        while True:
            time.sleep(_LOOK_EVERY)
            if not all(server.alive() for server in self.servers):
                self._tell("failed", f"An embedded server stopped by itself; see {self.data / 'log'}.")
                self._stop()
                return 1
            # Held while we stop: who comes now waits here, finds no keeper afterwards and starts the next
            # one.
            nobody_left = try_hold(self.data / "users.lock")
            if nobody_left or self.asked_to_stop:
                self._stop()
                return 0

    def _stop(self) -> None:
        for server in reversed(self.servers):
            server.stop()

    def _stop_asked(self, number: int, frame: object) -> None:
        self.asked_to_stop = True

    def _tell(self, state: str, reason: str = "") -> None:
        """Written aside and moved into place: a reader never sees half of it."""
        note = self.data / "keeper.json"
        draft = note.with_suffix(".new")
        told = {"pid": os.getpid(), "state": state, "parts": self.parts, "reason": reason}
        draft.write_text(json.dumps(told))
        draft.replace(note)


if __name__ == "__main__":
    sys.exit(Keeper(data=Path(sys.argv[1]), parts=sys.argv[2:]).run())
