"""Real servers for the tests: a throw-away PostgreSQL and Valkey for each pytest process, a real worker, a
browser.

Nothing of ours is imitated. What the product does with a lock, a trigger or a lost worker is only true on the
real thing.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from factcheck.embedded.postgres import OWNER, Postgres
from factcheck.embedded.valkey import Valkey

pytest_plugins = ["tests.cast"]

PROJECT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A window of its own would load the browser's own pages beside ours, two for each test. The others are what
    # Playwright switches off: of two lists the browser heeds the last.
    "--disable-features=PreloadTopChromeWebUI,WebUITabStrip,PaintHolding,HttpsUpgrades,Translate,MediaRouter,"
    "DialMediaRouteProvider,GlobalMediaControls,LensOverlay,DestroyProfileOnBrowserClose,"
    "ThirdPartyStoragePartitioning,AvoidUnnecessaryBeforeUnloadCheckSync,BoundaryEventDispatchTracksNodeRemoval",
]
PATIENCE = 20_000
"""Milliseconds that a browser may take for a step before a test gives up."""
# Playwright keeps an event loop in the thread that runs the tests; Django would take the tests for
# asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_finish() -> None:
    """What is loaded by now stays for good: the collector of garbage need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(scope="session")
def servers() -> Iterator[tuple[Postgres, Valkey]]:
    root = Path(tempfile.mkdtemp(prefix="fct-"))
    root.chmod(0o755)
    sockets = root / "run"
    postgres = Postgres(data=root / "pg", sockets=sockets, log=root / "log" / "pg.log", durable=False)
    valkey = Valkey(data=root / "vk", sockets=sockets, log=root / "log" / "vk.log", durable=False)
    postgres.start()
    valkey.start()

    yield postgres, valkey

    valkey.stop()
    postgres.stop()
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers: tuple[Postgres, Valkey]) -> None:
    """Point the product at the throw-away servers, the broker included: a task rung by a test must land
    somewhere.
    """
    from django.conf import settings
    from django.db import connections

    from factcheck.celery import app

    postgres, valkey = servers
    config: dict[str, Any] = {"HOST": str(postgres.sockets), "USER": OWNER, "PASSWORD": "", "PORT": ""}
    connections["default"].settings_dict.update(config)
    settings.CELERY_BROKER_URL = valkey.url
    app.conf.broker_url = valkey.url


@pytest.fixture
def broker(servers: tuple[Postgres, Valkey], django_db_setup: None) -> str:
    """The address of an empty broker."""
    import redis

    _, valkey = servers
    with redis.Redis(unix_socket_path=str(valkey.socket)) as client:
        client.flushall()
    return valkey.url


@pytest.fixture
def product_environment(broker: str, servers: tuple[Postgres, Valkey], tmp_path: Path) -> dict[str, str]:
    """The environment in which another process of the product works on the database of this test."""
    from django.db import connection

    return _environment(servers, connection.settings_dict["NAME"], tmp_path)


def _environment(servers: tuple[Postgres, Valkey], database: str, folder: Path) -> dict[str, str]:
    postgres, valkey = servers
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "DATABASE_URL": f"postgres://{OWNER}@/{database}?host={postgres.sockets}",
        "CELERY_BROKER_URL": valkey.url,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "FACTCHECK_DATA_DIR": str(folder / "data"),
        "PYTHONUNBUFFERED": "1",
    }


StartWorker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(
    transactional_db: None, product_environment: dict[str, str], tmp_path: Path
) -> Iterator[StartWorker]:
    """Starts real Celery workers, as many as the test asks for; all of them are stopped with it."""
    workers: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        log = tmp_path / f"worker-{len(workers)}.log"
        command = [sys.executable, "-m", "celery", "-A", "factcheck", "worker", "-c", "2", "-l", "info"]
        name = ["-n", f"test-{os.getpid()}-{len(workers)}@localhost"]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*command, *name],
                cwd=PROJECT,
                env=product_environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        workers.append(process)
        end = time.monotonic() + 60
        while b"ready." not in log.read_bytes():
            if process.poll() is not None or time.monotonic() > end:
                pytest.fail(f"The worker did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.1)
        return process

    yield start

    for process in workers:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in workers:
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def worker(start_worker: StartWorker) -> subprocess.Popen[bytes]:
    return start_worker()


@contextlib.contextmanager
def running_web_server(
    environment: dict[str, str], log: Path
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The web server as `make run` starts it, with one worker: its address, and its main process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    worker = "--worker-class factcheck.serving.Worker --asgi-lifespan off --workers 1 --graceful-timeout 20"
    command = [sys.executable, "-m", "gunicorn", "factcheck.asgi", "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, *worker.split(), "--no-control-socket"],
            cwd=PROJECT,
            env=environment | {"DEBUG": "true", "PORT": str(port)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    end = time.monotonic() + 400
    while True:
        # It listens before it can answer.
        address = f"http://localhost:{port}"
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz", timeout=300).close()  # noqa: S310 (our own address)
            break
        if process.poll() is not None or time.monotonic() > end:
            pytest.fail(f"The web server did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.1)
    try:
        yield address, process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(40)


@pytest.fixture(scope="session")
def one_web_server(
    servers: tuple[Postgres, Valkey], django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a real web server on the database of the tests, started once: starting takes seconds."""
    from django.db import connection

    folder = tmp_path_factory.mktemp("web")
    environment = _environment(servers, connection.settings_dict["NAME"], folder)
    with running_web_server(environment, folder / "web.log") as (address, _):
        yield address


@pytest.fixture
def web_server(transactional_db: None, broker: str, one_web_server: str) -> Iterator[str]:
    """The same for a test whose rows another process has to see. Ends when its last request has: the tables are
    emptied then.
    """
    yield one_web_server
    _wait_for_quiet()


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Wait until something holds that another process brings about; fail with the last answer if it never
    does.
    """

    def wait(holds: Callable[[], Any], *, seconds: float = 30, hint: str = "") -> None:
        end = time.monotonic() + seconds
        while not (answer := holds()):
            if time.monotonic() > end:
                pytest.fail(f"Did not happen within {seconds} s: {hint or holds} (last answer {answer!r})")
            time.sleep(0.1)

    return wait


@pytest.fixture(scope="session")
def one_browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    if os.environ.get("SKIP_BROWSER") == "1":
        pytest.skip("SKIP_BROWSER=1")
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.fail(
            "The browser tests need Chromium: install the chromium package, or set CHROMIUM to its path."
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def browser(one_browser: Any) -> Any:
    """The browser, started once, and the patience of whoever waits for it: the machine of the tests may be busy."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    return one_browser


@pytest.fixture
def new_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of its own for one more person; addresses are relative to the site."""
    contexts = []

    def open_page(**options: Any) -> Any:
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_page

    for context in contexts:
        context.close()
    _wait_for_quiet()


def _wait_for_quiet() -> None:
    """Until the server is done with what the closed pages still sent: the tables are emptied next."""
    from django.db import connection

    busy = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend' AND state <> 'idle'"
    )
    quiet, end = 0, time.monotonic() + 30
    while quiet < 3 and time.monotonic() < end:
        time.sleep(0.05)
        with connection.cursor() as cursor:
            cursor.execute(busy)
            quiet = 0 if cursor.fetchone()[0] else quiet + 1


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    return new_page()
