"""Which model folder is in use: decided here and nowhere else.

The folder of the models holds the shipped one, those that an installation trained itself, and `active.txt`: one version
a line, the last one in use, those above it the way back. Without that file the shipped one is in use. Processes read it
when they start.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent / "models"
SHIPPED = "claims-2026.1"
_VERSION = re.compile(r"[\w.-]{1,60}")


class NothingBefore(Exception):
    """The shipped model is in use: there is no way back from it."""


def active(folder: Path = FOLDER) -> str:
    """The version in use, whether its folder is whole or not: a broken one is told when it is loaded, not replaced."""
    return ([SHIPPED, *_versions(folder)])[-1]


def next_version(folder: Path = FOLDER) -> str:
    """A name that no folder has yet."""
    number = 1
    while (folder / f"{SHIPPED}-own-{number}").exists():
        number += 1
    return f"{SHIPPED}-own-{number}"


def take_in(made: Path, folder: Path = FOLDER) -> None:
    """Put a finished model's folder beside the others and in use. Raises `OSError`; then nothing has changed."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as beside:
        shutil.copytree(made, Path(beside) / made.name)
        os.rename(Path(beside) / made.name, folder / made.name)
    _write([*_versions(folder), made.name], folder)


def go_back(folder: Path = FOLDER) -> str:
    """Return to the version before; its name. The one that was left stays on disk. Raises `NothingBefore`."""
    versions = _versions(folder)
    if not versions:
        raise NothingBefore
    _write(versions[:-1], folder)
    return active(folder)


def _versions(folder: Path) -> list[str]:
    try:
        lines = (folder / "active.txt").read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []
    return [line for line in lines if _VERSION.fullmatch(line)]


def _write(versions: list[str], folder: Path) -> None:
    """In one step, so that no process reads half of it."""
    handle, beside = tempfile.mkstemp(dir=folder, prefix=".active")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.writelines(f"{version}\n" for version in versions)
    os.replace(beside, folder / "active.txt")
