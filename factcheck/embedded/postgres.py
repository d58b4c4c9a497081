"""PostgreSQL as a child process of ours: found, initialised, started, stopped. Nothing here knows Django.

Three things decide the shape of this file.
* PostgreSQL refuses to run as uid 0. A private user namespace in which root appears as an ordinary account
needs   no account, no change of owner and no copy; where the kernel gives none (plain containers) we step
down to an   unprivileged account.
* Durability is never traded away, except for throw-away servers of the tests.
* A killed server leaves files that make the next one believe it still runs.
"""

from __future__ import annotations

import functools
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from factcheck.embedded.places import CannotStart, major_version, make_private, postgres_bin
from factcheck.embedded.processes import die_with_parent, runs_below

OWNER = "factcheck"
_IN_NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
_START_SECONDS = 60
_LEFTOVER_SECONDS = 30


class Postgres:
    def __init__(self, *, data: Path, sockets: Path, log: Path, durable: bool = True) -> None:
        self.data, self.sockets, self.log, self.durable = data, sockets, log, durable
        self.process: subprocess.Popen[bytes] | None = None
        self.bin = postgres_bin()
        self.prefix: list[str] = []
        self.account: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._step_down()

    # --- root ---------------------------------------------------------------------------------------------

    def _step_down(self) -> None:
        if not os.environ.get("FACTCHECK_NO_USERNS", "").strip() and _namespaces_work():
            self.prefix = _IN_NAMESPACE
            return
        self.account = _unprivileged_account()
        if not self._can_run(self.bin / "postgres"):
            self.bin = _readable_copy(self.bin)
        if not self._can_run(self.bin / "postgres"):
            raise CannotStart(
                f"PostgreSQL does not run as root, and the unprivileged account cannot run {self.bin / 'postgres'}. "
                "Start as an ordinary user, or set DATABASE_URL."
            )

    def _can_run(self, program: Path) -> bool:
        try:
            done = subprocess.run([program, "--version"], capture_output=True, cwd="/", **self.account)
        except OSError:
            return False
        return done.returncode == 0

    def _give(self, folder: Path) -> None:
        """Hand a folder to the account that the server runs as, and see that the way there is open to it."""
        if not self.account:
            return
        os.chown(folder, self.account["user"], self.account["group"])
        done = subprocess.run(["test", "-w", folder], cwd="/", **self.account)
        if done.returncode != 0:
            raise CannotStart(
                f"PostgreSQL does not run as root, and the unprivileged account has no way to {folder}. "
                "Set FACTCHECK_DATA_DIR to a folder that other accounts can reach, or start as an ordinary user."
            )

    # --- running programs ---------------------------------------------------------------------------------

    def _environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return own | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def run(self, program: str, *arguments: str | Path) -> str:
        """One of the programs that come with the server, as the account that may use it."""
        done = subprocess.run(
            [*self.prefix, str(self.bin / program), *map(str, arguments)],
            cwd="/",
            env=self._environment(),
            capture_output=True,
            text=True,
            **self.account,
        )
        if done.returncode != 0:
            raise CannotStart(f"{program} failed: {(done.stderr or done.stdout).strip()}")
        return str(done.stdout)

    def version(self) -> int:
        return major_version(self.run("postgres", "--version"))

    # --- life ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        for folder in (self.data, self.sockets):
            make_private(folder)
            self._give(folder)
        if (self.data / "PG_VERSION").exists():
            self._refuse_another_version()
        else:
            self._initialise()
        self._clear_leftovers()
        self._launch()
        if not self.run("psql", *self._login("postgres"), "-Atc", _HAS_DATABASE).strip():
            self.run("createdb", "-h", self.sockets, "-U", OWNER, OWNER)

    def _login(self, database: str) -> list[str]:
        return ["-h", str(self.sockets), "-U", OWNER, "-d", database]

    def _initialise(self) -> None:
        """Fill the folder in one step: a start that is killed half way leaves no half-made cluster behind.

        The collation is the one of the compose file, so that lists are in the same order everywhere.
        """
        draft = self.data / "new"
        if draft.exists():
            shutil.rmtree(draft)
        draft.mkdir(mode=0o700)
        self._give(draft)
        locale = ["--locale=C.UTF-8"]
        if self.version() >= 17:
            locale = ["--locale-provider=builtin", "--locale=C.UTF-8"]
        durability = [] if self.durable else ["--no-sync"]
        self.run("initdb", "-D", draft, "-U", OWNER, "--auth=trust", "--encoding=UTF8", *locale, *durability)
        for part in sorted(draft.iterdir(), key=lambda found: found.name == "PG_VERSION"):
            part.rename(self.data / part.name)
        draft.rmdir()

    def _refuse_another_version(self) -> None:
        made_by, ours = int((self.data / "PG_VERSION").read_text()), self.version()
        if made_by == ours:
            return
        aside = self.data.with_name(f"{self.data.name}-{made_by}")
        raise CannotStart(
            f"The database in {self.data} was made by PostgreSQL {made_by}, but the programs here are {ours}. "
            "Nothing was changed. To go on with it, set FACTCHECK_PG_BIN to the bin folder of PostgreSQL "
            f"{made_by}.\nTo move it to {ours}:\n"
            f"  FACTCHECK_PG_BIN=<bin of {made_by}> python manage.py shell    # leave it open: the old server runs\n"
            f"  {self.bin / 'pg_dump'} -h '{self.sockets}' -U {OWNER} -Fc {OWNER} -f factcheck.dump\n"
            f"  (close the shell)  mv '{self.data}' '{aside}'\n"
            "  python manage.py shell    # leave it open: a new, empty database\n"
            f"  {self.bin / 'pg_restore'} -h '{self.sockets}' -U {OWNER} -d {OWNER} factcheck.dump"
        )

    def _clear_leftovers(self) -> None:
        """After a kill -9 the notes of the dead server are still there, and its pid may be somebody else's by now.

        A zombie counts as dead too: where pid 1 reaps nobody, it stays for good and PostgreSQL takes it for alive.
        A server that is truly still going down is waited for.
        """
        note = self.data / "postmaster.pid"
        try:
            pid = int(note.read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return
        end = time.monotonic() + _LEFTOVER_SECONDS
        while runs_below(pid, self.data):
            if time.monotonic() > end:
                raise CannotStart(
                    f"Another PostgreSQL (process {pid}) still runs on {self.data}; stop it first."
                )
            os.kill(pid, signal.SIGINT)
            time.sleep(0.2)
        note.unlink(missing_ok=True)
        for lock in self.sockets.glob(".s.PGSQL.*"):
            lock.unlink(missing_ok=True)

    def _launch(self) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "60",
            "log_timezone": "UTC",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        end = time.monotonic() + _START_SECONDS
        while True:
            self._spawn(flags)
            said = self._wait_until_ready(end)
            if said is None:
                return
            # Processes of a killed server hold its shared memory for a moment longer than the server.
            if "pre-existing shared memory block" not in said or time.monotonic() > end:
                raise CannotStart(f"PostgreSQL did not start. The end of {self.log}:\n{said}")
            time.sleep(1)

    def _spawn(self, flags: list[str]) -> None:
        make_private(self.log.parent)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.prefix, str(self.bin / "postgres"), "-D", str(self.data), *flags],
                cwd="/",
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                # Fast shutdown, should the process that watches over us be killed.
                preexec_fn=functools.partial(die_with_parent, signal.SIGINT),
                **self.account,
            )

    def _wait_until_ready(self, end: float) -> str | None:
        """None when the server takes connections, else what it said before it gave up."""
        if self.process is None:
            return "It was never launched."
        began = self.log.stat().st_size
        note = self.data / "postmaster.pid"
        while self.process.poll() is None and time.monotonic() < end:
            try:
                lines = note.read_text().splitlines()
            except FileNotFoundError:
                lines = []
            # PostgreSQL writes its own state into the eighth line; a note of the previous server is gone by now.
            if len(lines) >= 8 and lines[7].strip() == "ready" and int(lines[0]) == self.process.pid:
                return None
            time.sleep(0.02)
        with self.log.open("rb") as log:
            log.seek(max(0, began - 1000))
            return log.read()[-3000:].decode(errors="replace")

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is on disk."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            # Immediate shutdown: the next start recovers from the log, as after a power cut.
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(10)


_HAS_DATABASE = "select 1 from pg_database where datname = 'factcheck'"


@functools.cache
def _namespaces_work() -> bool:
    try:
        return subprocess.run([*_IN_NAMESPACE, "true"], capture_output=True).returncode == 0
    except OSError:
        return False


def _unprivileged_account() -> dict[str, Any]:
    named = os.environ.get("FACTCHECK_EMBEDDED_USER", "").strip()
    for name in [named] if named else ["postgres", "nobody"]:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise CannotStart(
        "PostgreSQL does not run as root, and there is no unprivileged account to run it as. "
        "Start as an ordinary user, or name an account in FACTCHECK_EMBEDDED_USER."
    )


def _readable_copy(programs: Path) -> Path:
    """A copy of the wheel where every account can read it, for an environment below a closed home folder.

    The folder of shared libraries beside the package comes along: the programs look for it by relative path.
    """
    package = programs.parent.parent
    name = hashlib.sha256(os.fsencode(programs)).hexdigest()[:16]
    target = Path(tempfile.gettempdir()) / f"factcheck-postgres-{name}"
    if not target.exists():
        draft = Path(tempfile.mkdtemp(prefix="factcheck-postgres-"))
        draft.chmod(0o755)
        shutil.copytree(package, draft / package.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(target)
    if target.lstat().st_uid != 0:
        raise CannotStart(f"{target} was made by another account; remove it.")
    return target / package.name / "pginstall" / "bin"
