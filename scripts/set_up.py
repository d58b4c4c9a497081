"""Makes `.venv` fit for a purpose: `run` (what the product needs) or `test` (tools and a browser besides).

Standard library only, because it runs before anything is installed. Does nothing when nothing changed. Packages are
installed with their hashes from wherever pip on this machine is configured to look.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
OLDEST = (3, 11)

# The installer's own names for what pip reads from its configuration.
INSTALLER_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}


def main(purpose: str) -> None:
    use_a_new_enough_python()
    # Two commands at once: the second waits and then finds everything done. A folder can be locked as well as
    # a file, and leaves nothing behind.
    gate = os.open(ROOT / "requirements", os.O_RDONLY)
    fcntl.flock(gate, fcntl.LOCK_EX)
    make_venv()
    install("dev" if purpose == "test" else "embedded")
    if purpose == "test":
        find_browser()


def say(text: str) -> None:
    sys.stdout.write(f"set-up: {text}\n")
    sys.stdout.flush()


def stop(text: str) -> None:
    sys.exit(f"set-up: {text}")


def works(*command: str | Path, quiet: bool = True) -> bool:
    out = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run([*map(str, command)], cwd=ROOT, stdout=out, stderr=out).returncode == 0
    except OSError:
        return False


def use_a_new_enough_python() -> None:
    if sys.version_info >= OLDEST:
        return
    for minor in range(OLDEST[1], OLDEST[1] + 4):
        if found := shutil.which(f"python3.{minor}"):
            os.execv(found, [found, *sys.argv])
    stop("Python 3.11 or later is needed. Name it with PYTHON=/path/to/python3.11 make …")


def make_venv() -> None:
    """Debian splits the module that puts pip into an environment into a package of its own, often not there."""
    if (
        works(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
        and (VENV / "pyvenv.cfg").exists()
    ):
        return
    say(f"making {VENV.name} with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    if works(sys.executable, "-m", "venv", VENV):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if works(sys.executable, "-m", "venv", "--without-pip", VENV) and works(*pip(), "--version"):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if apt_install("python3-venv", "python3-pip") and works(sys.executable, "-m", "venv", VENV):
        return
    stop(
        "cannot make a virtual environment. Install the packages python3-venv and python3-pip, then try again."
    )


def pip() -> list[str]:
    """The environment's own pip, or the machine's one working on the environment from outside."""
    if works(PYTHON, "-m", "pip", "--version"):
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def install(lock: str) -> None:
    """`dev` holds everything of `embedded`, pin by pin."""
    wanted = {lock: fingerprint(lock)} | ({"embedded": fingerprint("embedded")} if lock == "dev" else {})
    installed = read_stamp()
    if installed.get(lock) == wanted[lock]:
        return
    say(f"installing requirements/{lock}.txt")
    STAMP.unlink(missing_ok=True)
    quiet = ["--quiet", "--disable-pip-version-check", "--require-hashes"]
    source = ["-r", f"requirements/{lock}.txt"]
    if not install_fast(source, quiet):
        say("the fast installer did not manage; going on with pip, which takes a few minutes")
        if not works(*pip(), "install", *quiet, *source, quiet=False):
            stop("the packages could not be installed; pip says why above.")
    STAMP.write_text(json.dumps(installed | wanted))


def install_fast(source: list[str], quiet: list[str]) -> bool:
    if not works(*pip(), "install", *quiet, "-r", "requirements/tools.txt", quiet=False):
        return False
    command = [
        PYTHON,
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--python",
        PYTHON,
        *source,
    ]
    settings = {"UV_LINK_MODE": "copy"} | pip_settings() | dict(os.environ)
    return subprocess.run([*map(str, command)], cwd=ROOT, env=settings).returncode == 0


def pip_settings() -> dict[str, str]:
    """What this machine tells pip about its sources, handed on. Nothing configured: nothing handed on."""
    listed = subprocess.run([*pip(), "config", "list"], cwd=ROOT, capture_output=True, text=True).stdout
    # Looking into every source is safe here: only files with the hashes of the lock are taken.
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        known = INSTALLER_NAMES.get(name.rpartition(".")[2])
        if known:
            # pip writes a value as a Python literal: several are separated by blanks or line breaks.
            several = value.strip().strip("'\"").replace("\\n", " ").split()
            found[known] = ("," if known == "UV_FIND_LINKS" else " ").join(several)
    return found


def fingerprint(lock: str) -> str:
    text = (ROOT / "requirements" / f"{lock}.txt").read_bytes()
    return hashlib.sha256(text).hexdigest()


def read_stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return stamp


def find_browser() -> None:
    """Playwright brings a driver but no browser; the system's Chromium is used."""
    if os.environ.get("SKIP_BROWSER") == "1":
        return
    named = os.environ.get("CHROMIUM")
    if named and not shutil.which(named):
        stop(f"CHROMIUM is {named}, but there is no such program.")
    if named or shutil.which("chromium") or shutil.which("chromium-browser"):
        return
    if apt_install("chromium") and shutil.which("chromium"):
        return
    stop(
        "the browser tests need Chromium. Install the chromium package, or name a program with CHROMIUM=…, "
        "or leave these tests out with SKIP_BROWSER=1."
    )


def apt_install(*packages: str) -> bool:
    """Only where it needs no question: as root, or by a sudo that asks for no password."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (as_root and not works("sudo", "-n", "true")):
        return False
    say(f"installing {', '.join(packages)} with apt-get")
    quiet = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    works(*quiet, "update")
    return works(*quiet, "install", "--no-install-recommends", *packages)


if __name__ == "__main__":
    main(sys.argv[1])
