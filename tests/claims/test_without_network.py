"""Extraction needs no network: blocked, it gives the same candidates, with the plug-in off and with it on."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotations.articles.queries import current_version
from annotations.claims.extraction.engine import extract
from tests import factories

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (
    "The county closed 14 schools in 2023. According to Maria Lund, the treasurer, repairs cost 3 million euros.\n\n"
    "Unemployment fell to 4 percent, the lowest in a decade, the ministry said on Monday."
)
BLOCK = """
import socket, sys
def refuse(*given, **more):
    print("NETWORK", given[1:], file=sys.stderr)
    raise OSError("the network is blocked")
class Blocked(socket.socket):
    def connect(self, address):
        return super().connect(address) if self.family == socket.AF_UNIX else refuse(self, address)
    connect_ex = sendto = refuse
socket.socket = Blocked
socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refuse
"""
RUN = """
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "find_claims", "--language", "en"])
"""


def found_in_a_process(tmp_path: Path, *prefix: str, block: str = "") -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
        "CELERY_BROKER_URL": "redis://127.0.0.1:9/0",
        "SECRET_KEY": "only-for-this-test-" * 4,
        "ALLOWED_HOSTS": "localhost",
        "FACTCHECK_DATA_DIR": str(tmp_path / "var"),
    }
    command = [*prefix, sys.executable, "-c", block + RUN]
    return subprocess.run(
        command, cwd=PROJECT, env=environment, input=TEXT.encode(), capture_output=True, check=False
    )


def spans_of(done: subprocess.CompletedProcess[bytes]) -> list[tuple[int, int, str]]:
    assert done.returncode == 0, done.stderr
    claims = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [(claim["start"], claim["end"], claim["exact"]) for claim in claims]


def test_a_process_whose_sockets_are_blocked_finds_the_same(tmp_path: Path) -> None:
    done = found_in_a_process(tmp_path, block=BLOCK)

    assert spans_of(done) == [(claim.start, claim.end, claim.exact) for claim in extract(TEXT)] != []
    assert b"NETWORK" not in done.stderr


def test_so_does_a_process_on_a_machine_without_any_network(tmp_path: Path) -> None:
    alone = ["unshare", "--user", "--map-root-user", "--net", "--"]
    if (
        not shutil.which("unshare")
        or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine lets nobody make a network of their own")

    done = found_in_a_process(tmp_path, *alone)

    assert spans_of(done) == [(claim.start, claim.end, claim.exact) for claim in extract(TEXT)] != []


@pytest.fixture
def blocked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every try to reach another machine is refused and written down; the sockets of files go on."""
    tried: list[Any] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family == socket.AF_UNIX:
            return real(self, address)
        tried.append(address)
        raise OSError("the network is blocked")

    def look_up(host: Any, *more: Any, **others: Any) -> Any:
        tried.append(host)
        raise OSError("the network is blocked")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return tried


def test_the_job_finds_the_same_and_does_not_even_try(
    workspace: Any, reviewer: Any, blocked: list[Any]
) -> None:
    article = factories.article(workspace, reviewer, TEXT, language="en")

    kept = factories.extract(article)

    assert [claim.exact for claim in kept] == [claim.exact for claim in extract(TEXT)] != []
    assert blocked == []
    assert current_version(article).extraction.reason == ""


def test_with_a_remote_model_it_tries_says_so_and_finds_the_same(
    workspace: Any, reviewer: Any, blocked: list[Any], settings: Any
) -> None:
    settings.REMOTE_MODEL_URL, settings.REMOTE_MODEL_NAME = "https://model.example/v1", "tiny-7b"
    article = factories.article(workspace, reviewer, TEXT, language="en")

    kept = factories.extract(article)

    assert [claim.exact for claim in kept] == [claim.exact for claim in extract(TEXT)] != []
    assert blocked == ["model.example"]
    job = current_version(article).extraction
    assert job.reason == "The remote model did not answer (no connection, or it broke)."
