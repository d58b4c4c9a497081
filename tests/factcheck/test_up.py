"""`manage.py up` as its users meet it: started, stopped, and killed in every way that happens.

The tests share one data folder on purpose: each start also proves that the stop before it left a folder to go on with.
"""

from __future__ import annotations

import http.client
import os
import re
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

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(folder: Path) -> dict[int, str]:
    """Every living process that was given this data folder, by its words or by its environment."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes()
            told = words + (entry / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in told and words:
            found[int(entry.name)] = words.replace(b"\0", b" ").decode(errors="replace")
    return found


class Workbench:
    """One run of the command, with its output in a file."""

    def __init__(self, folder: Path, *, port: int | None = None, **environment: str) -> None:
        self.folder, self.port = folder, port or free_port()
        self.log = folder.parent / "up.log"
        own = {"PORT": str(self.port), "FACTCHECK_DATA_DIR": str(folder), "DEBUG": "true"}
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--no-demo"],
                cwd=PROJECT,
                env=os.environ | {"DJANGO_SETTINGS_MODULE": "factcheck.settings"} | own | environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait_until_ready(self) -> None:
        end = time.monotonic() + 240
        while "The workbench is at" not in self.said:
            if self.process.poll() is not None or time.monotonic() > end:
                self.process.kill()
                self.process.wait()
                pytest.fail(f"It did not start:\n{self.said}")
            time.sleep(0.1)

    def child(self, *words: str) -> int:
        """The main process of a child: the oldest with these words."""
        return min(pid for pid, line in processes_of(self.folder).items() if all(w in line for w in words))

    def packed(self, path: str) -> bytes:
        """The answer as it travels to a browser."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        body = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip" or len(body) < 1_500, path
        return body

    def get(self, path: str) -> tuple[int, bytes]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            return answer.status, answer.read()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="fc up "))
    yield root / "var"
    for pid in processes_of(root / "var"):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def workbench(folder: Path) -> Workbench:
    started = Workbench(folder)
    started.wait_until_ready()
    return started


def test_it_serves_pages_and_stops_cleanly_on_ctrl_c(
    workbench: Workbench, eventually: Callable[..., None]
) -> None:
    status, answer = workbench.get("/readyz")
    os.killpg(workbench.process.pid, signal.SIGINT)
    workbench.process.wait(60)

    assert (status, workbench.process.returncode) == (200, 0), workbench.said
    assert b'"ready": true' in answer
    assert "Traceback" not in workbench.said
    eventually(lambda: not processes_of(workbench.folder), hint="no process left")


def test_assets_come_under_names_that_change_with_them(folder: Path) -> None:
    workbench = Workbench(folder, DEBUG="")
    workbench.wait_until_ready()

    _, page = workbench.get("/sign-in/")
    sheets = re.findall(r'href="(/static/css/[^"]+)"', page.decode())
    answers = {sheet: workbench.get(sheet)[0] for sheet in sheets}
    linked = set(re.findall(r"/static/(?:css|js|icons|django_htmx)/[\w./-]+", page.decode()))
    weight = len(workbench.packed("/sign-in/")) + sum(len(workbench.packed(path)) for path in linked)
    workbench.process.send_signal(signal.SIGTERM)
    workbench.process.wait(60)

    assert sheets
    assert len(linked) > 30
    # Every page brings the same sheets and names the same modules; what is left of 200 kB is for its own words.
    assert weight < 140_000
    assert all(re.fullmatch(r"/static/css/\w+\.[0-9a-f]{12}\.css", sheet) for sheet in sheets)
    assert set(answers.values()) == {200}
    assert workbench.process.returncode == 0


def test_a_second_one_on_the_same_folder_is_refused(workbench: Workbench) -> None:
    second = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=PROJECT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "FACTCHECK_DATA_DIR": str(workbench.folder),
            "PORT": str(free_port()),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    workbench.process.send_signal(signal.SIGTERM)
    workbench.process.wait(60)

    assert second.returncode != 0
    assert "already runs" in second.stderr
    assert workbench.process.returncode == 0


@pytest.mark.parametrize("words", [("celery", "beat"), ("gunicorn",), ("celery", "worker")])
def test_a_dead_child_stops_everything_with_a_message(
    workbench: Workbench, words: tuple[str, ...], eventually: Callable[..., None]
) -> None:
    os.kill(workbench.child(*words), signal.SIGKILL)
    workbench.process.wait(60)

    assert workbench.process.returncode == 1
    assert "stopped by itself (killed by SIGKILL)" in workbench.said
    eventually(lambda: not processes_of(workbench.folder), hint="no process left")


@pytest.mark.parametrize("kill", [os.kill, os.killpg], ids=["process", "group"])
def test_nothing_is_left_behind_after_kill_9(
    workbench: Workbench, kill: Callable[[int, int], None], eventually: Callable[..., None]
) -> None:
    kill(workbench.process.pid, signal.SIGKILL)
    workbench.process.wait(10)

    eventually(lambda: not processes_of(workbench.folder), hint="no process left")


def test_lost_servers_stop_everything_with_a_message(
    workbench: Workbench, eventually: Callable[..., None]
) -> None:
    os.kill(workbench.child("postgres", "-D"), signal.SIGKILL)
    workbench.process.wait(90)

    assert workbench.process.returncode == 1
    assert "The embedded servers stopped" in workbench.said
    eventually(lambda: not processes_of(workbench.folder), hint="no process left")


def test_a_taken_port_is_named_and_refused(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = Workbench(folder, port=port)
        refused.process.wait(60)

    assert refused.process.returncode != 0
    assert f"Cannot listen on port {port}" in refused.said
