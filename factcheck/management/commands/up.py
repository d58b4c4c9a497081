"""Everything in one terminal: migrate, fill an empty demo, collect assets, run web, worker and beat."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
import time
import urllib.request
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import connection, connections

from factcheck import env
from factcheck.embedded.attach import ATTACHED, keeper_runs, wanted
from factcheck.embedded.locks import try_hold
from factcheck.embedded.processes import die_with_parent
from factcheck.embedded.supervisor import Supervisor

# Any number will do, as long as every start uses the same one.
_MIGRATING = 7_302_118
# The second of the two viewers of the API that come in one package.
_UNUSED_ASSETS = ["redoc"]
_WEB_MANNERS = "--log-level warning --graceful-timeout 20 --no-control-socket --asgi-lifespan off"


class Command(BaseCommand):
    help = "Run the web server, the worker and the scheduler together, with all the set-up they need."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
        parser.add_argument(
            "--grace", type=float, default=60, help="seconds that running tasks may take to finish"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _stop_with_parent()
        data: Path = settings.DATA_DIR
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        alone = try_hold(data / "up.lock")
        if alone is None:
            raise CommandError(f"The workbench already runs on {data}. Stop it, or set FACTCHECK_DATA_DIR.")
        _refuse_taken_port(settings.PORT)
        self._migrate()
        people = "" if options["no_demo"] or not settings.EMBEDDED else _demo_people()
        self._collect_assets(data)
        connections.close_all()
        supervisor = Supervisor(
            data=data,
            commands=_commands(data),
            environment=_environment(data),
            folder=settings.BASE_DIR,
            grace=options["grace"],
            trouble=lambda: _lost_servers(data),
        )
        sys.exit(supervisor.run(started=lambda: _announce(supervisor, people)))

    def _migrate(self) -> None:
        """Two starts at once migrate one after the other: the second finds nothing left to do."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
            try:
                call_command("migrate", interactive=False, verbosity=0)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])

    def _collect_assets(self, data: Path) -> None:
        """Only when an asset changed: hashing and compressing them takes seconds."""
        if settings.DEBUG:
            return
        stamp, now = data / "static.stamp", _assets_stamp()
        if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
            return
        self.stdout.write("Collecting assets …")
        call_command(
            "collectstatic", interactive=False, clear=True, ignore_patterns=_UNUSED_ASSETS, verbosity=0
        )
        stamp.write_text(now)


def _stop_with_parent() -> None:
    """Started by make: when make is killed, nobody is left to stop us."""
    if os.environ.pop("FACTCHECK_STOP_WITH_PARENT", ""):
        die_with_parent()


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as problem:
            raise CommandError(
                f"Cannot listen on port {port}: {problem}. Something else may run there; choose another with PORT=8001."
            ) from None


def _demo_people() -> str:
    """Fills an empty database with the example and says who may sign in. Demo people exist only here."""
    if "seed_demo" not in get_commands():
        return ""
    said = StringIO()
    call_command("seed_demo", stdout=said)
    return said.getvalue().strip()


def _assets_stamp() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _commands(data: Path) -> dict[str, list[str]]:
    """In the order of starting; they are stopped in the opposite order."""
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "factcheck"]
    workers, tasks = env.number("WEB_CONCURRENCY", 2), env.number("WORKER_CONCURRENCY", 2)
    worker = f"worker --concurrency {tasks} --without-gossip --without-mingle --hostname workbench-{os.getpid()}@%h"
    web = f"--bind 127.0.0.1:{settings.PORT} --worker-class factcheck.serving.Worker --workers {workers}"
    return {
        "worker": [*celery, *worker.split()],
        "web": [sys.executable, "-m", "gunicorn", "factcheck.asgi", *web.split(), *_WEB_MANNERS.split()],
        "beat": [*celery, "beat", "--schedule", str(data / "beat"), "--pidfile", ""],
    }


def _environment(data: Path) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "FACTCHECK_DATA_DIR": str(data),
        ATTACHED: str(data),
        "PYTHONUNBUFFERED": "1",
        # As root Celery warns at length. What it warns of is pickled tasks, and ours are JSON only.
        "PYTHONWARNINGS": "ignore::UserWarning:celery.platforms",
    }


def _lost_servers(data: Path) -> str:
    if not wanted() or keeper_runs(data):
        return ""
    return f"The embedded servers stopped; see {data / 'log'}."


def _announce(supervisor: Supervisor, people: str) -> None:
    """The address is printed once a page can be had there."""
    health = f"http://127.0.0.1:{settings.PORT}/healthz"
    end = time.monotonic() + 60
    while not supervisor.stop_asked.is_set() and time.monotonic() < end:
        try:
            with urllib.request.urlopen(health, timeout=2):
                break
        except OSError:
            time.sleep(0.1)
    if not supervisor.stop_asked.is_set():
        supervisor.say(f"\nThe workbench is at {settings.SITE_URL}\n{people}\nStop with Ctrl-C.\n")
