"""The embedded servers: kept while somebody needs them, whole after every kind of death."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from factcheck.embedded.places import CannotStart, major_version, socket_dir
from factcheck.embedded.postgres import OWNER, Postgres
from tests.factcheck.test_up import PROJECT, processes_of

HOLD = "import sys; from factcheck.embedded.attach import attach; attach(); print('up', flush=True); sys.stdin.read()"


class User:
    """A process that needs the servers."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD],
            cwd=PROJECT,
            env=os.environ | {"FACTCHECK_DATA_DIR": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "up\n"

    def leave(self) -> None:
        self.process.communicate(timeout=20)

    def die(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=20)


def sql(folder: Path, statement: str) -> str:
    servers = Postgres(data=folder / "postgres", sockets=socket_dir(folder), log=folder / "log" / "x.log")
    return servers.run("psql", "-h", servers.sockets, "-U", OWNER, "-d", OWNER, "-Atc", statement).strip()


@pytest.fixture
def folder() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="fc data "))
    yield root / "var"
    for pid in processes_of(root / "var"):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(root, ignore_errors=True)


def test_the_servers_stay_until_the_last_user_leaves(folder: Path, eventually: Callable[..., None]) -> None:
    first, second = User(folder), User(folder)

    first.leave()
    answer = sql(folder, "select 1")
    second.die()

    assert answer == "1"
    eventually(lambda: not processes_of(folder), hint="servers gone")


@pytest.mark.parametrize("victims", ["keeper", "servers", "all"])
def test_what_was_committed_is_there_after_kill_9(
    folder: Path, victims: str, eventually: Callable[..., None]
) -> None:
    user = User(folder)
    sql(folder, "create table kept (word text); insert into kept values ('here')")
    keeper = json.loads((folder / "keeper.json").read_text())["pid"]
    running = [keeper] if victims == "keeper" else list(processes_of(folder))
    if victims == "servers":
        running.remove(keeper)

    for pid in running:
        if pid != user.process.pid:
            os.kill(pid, signal.SIGKILL)
    user.die()
    eventually(lambda: not processes_of(folder), hint="servers gone")
    again = User(folder)

    assert sql(folder, "select word from kept") == "here"
    again.leave()


def test_a_note_of_a_dead_server_whose_number_is_in_use_again_does_not_hinder(
    folder: Path, eventually: Callable[..., None]
) -> None:
    User(folder).leave()
    eventually(lambda: not processes_of(folder), hint="servers gone")
    note = f"{os.getpid()}\n{folder / 'postgres'}\n0\n5432\n\n\n"
    (folder / "postgres" / "postmaster.pid").write_text(note)

    again = User(folder)

    assert sql(folder, "select 1") == "1"
    again.leave()


def test_a_folder_of_another_major_version_is_refused_with_the_way_out(folder: Path) -> None:
    (folder / "postgres").mkdir(parents=True, mode=0o700)
    (folder / "postgres" / "PG_VERSION").write_text("13\n")

    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=PROJECT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "FACTCHECK_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 1
    assert "was made by PostgreSQL 13" in done.stderr
    assert "pg_dump" in done.stderr
    assert "FACTCHECK_PG_BIN" in done.stderr
    assert (folder / "postgres" / "PG_VERSION").read_text() == "13\n"


def test_a_long_path_gets_a_short_folder_for_its_sockets() -> None:
    near, far = Path("/tmp/near"), Path("/tmp") / ("far" * 40)

    assert socket_dir(near) == near / "run"
    assert len(os.fsencode(socket_dir(far) / ".s.PGSQL.5432.lock")) < 100
    assert socket_dir(far) != socket_dir(far / "other")


def test_versions_are_read_from_what_the_program_says() -> None:
    assert major_version("postgres (PostgreSQL) 18.6") == 18
    assert major_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)") == 15
    with pytest.raises(CannotStart):
        major_version("no number")


def test_only_its_own_account_can_reach_the_servers(folder: Path) -> None:
    user = User(folder)

    modes = {path.name: path.stat().st_mode & 0o077 for path in (folder, folder / "run", folder / "postgres")}

    assert modes == {"var": 0, "run": 0, "postgres": 0}
    user.leave()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_root_without_user_namespaces_steps_down_to_an_account(
    monkeypatch: pytest.MonkeyPatch, eventually: Callable[..., None]
) -> None:
    root = Path(tempfile.mkdtemp(prefix="fc-down-"))
    root.chmod(0o755)
    monkeypatch.setenv("FACTCHECK_NO_USERNS", "1")

    user = User(root / "var")
    owner = (root / "var" / "postgres").stat().st_uid

    assert owner != 0
    assert sql(root / "var", "select 1") == "1"
    user.leave()
    eventually(lambda: not processes_of(root / "var"), hint="servers gone")
    shutil.rmtree(root)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_an_ordinary_user_gets_servers_too(eventually: Callable[..., None]) -> None:
    try:
        subprocess.run([sys.executable, "-c", "import factcheck.env"], cwd=PROJECT, user=65534, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this checkout is closed to other accounts")
    root = Path(tempfile.mkdtemp(prefix="fc-user-"))
    os.chown(root, 65534, 65534)

    done = subprocess.run(
        [sys.executable, "-c", HOLD],
        cwd=PROJECT,
        env=os.environ | {"FACTCHECK_DATA_DIR": str(root / "var"), "HOME": str(root)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        user=65534,
        group=65534,
        extra_groups=[],
    )

    assert done.stdout == "up\n", done.stderr
    assert (root / "var" / "postgres").stat().st_uid == 65534
    eventually(lambda: not processes_of(root / "var"), hint="servers gone")
    shutil.rmtree(root)
