"""What the settings refuse, and what they promise. Each case is a process of its own: settings are read once."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from factcheck import env

PROJECT = env.BASE_DIR
GOOD_KEY = "kW7-" + "aZ3_xQ9pLm" * 5
OWN_SERVERS = {
    "DATABASE_URL": "postgres://u:p@db/name",
    "CELERY_BROKER_URL": "redis://broker:6379/0",
    "SECRET_KEY": GOOD_KEY,
    "ALLOWED_HOSTS": "facts.example.org",
    "SITE_URL": "https://facts.example.org",
}


def start(folder: Path, names: str = "SECRET_KEY", **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a fresh process with only this environment, and print some of them."""
    clean = {name: value for name, value in os.environ.items() if name not in env.NAMES}
    blank = dict.fromkeys(env.NAMES, "")
    code = f"from factcheck import settings as s, env; import json; print(json.dumps([{names}], default=str))"
    code = re.sub(r"\b([A-Z_]{4,})\b", r"s.\1", code)
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env=clean | blank | {"FACTCHECK_DATA_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "change-me-change-me-change-me-change-me"}, "SECRET_KEY is an example"),
        ({"SECRET_KEY": "django-insecure-0123456789abcdefghijklmnop"}, "SECRET_KEY is an example"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is an example or too short"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is *"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "must name a PostgreSQL server"),
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps'"),
        ({"PORT": "http"}, "PORT is 'http'"),
        ({"REMOTE_MODEL_URL": "http://m/v1"}, "say which model to ask"),
        ({"REMOTE_MODEL_URL": "m:11434", "REMOTE_MODEL_NAME": "x"}, "no plain address"),
        ({"REMOTE_MODEL_URL": "https://u:pw@m/v1", "REMOTE_MODEL_NAME": "x"}, "no plain address"),
        ({"REMOTE_MODEL_URL": "https://m/v1?key=pw", "REMOTE_MODEL_NAME": "x"}, "no plain address"),
        ({"REMOTE_MODEL_URL": "https://m:x/v1", "REMOTE_MODEL_NAME": "x"}, "no plain address"),
        ({"REMOTE_MODEL_TIMEOUT": "0"}, "write 1 to 120"),
        ({"REMOTE_MODEL_TIMEOUT": "600"}, "write 1 to 120"),
        ({"REMOTE_MODEL_KEY": "pw\u00e9pw"}, "characters that no key has"),
    ],
)
def test_it_refuses_to_start_insecurely_and_says_what_to_do(
    tmp_path: Path, change: dict[str, str], complaint: str
) -> None:
    done = start(tmp_path, **(OWN_SERVERS | change))

    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert complaint in done.stderr


def test_with_servers_of_its_own_it_starts_and_insists_on_tls(tmp_path: Path) -> None:
    names = "DEBUG, ALLOWED_HOSTS, SESSION_COOKIE_NAME, SESSION_COOKIE_SECURE, SECURE_HSTS_SECONDS, SECURE_SSL_REDIRECT"

    done = start(tmp_path, names, **OWN_SERVERS)

    assert json.loads(done.stdout) == [False, ["facts.example.org"], "__Host-session", True, 31_536_000, True]
    assert not (tmp_path / "secret_key").exists()


def test_the_embedded_default_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    first, second = start(tmp_path / "var"), start(tmp_path / "var")

    key = json.loads(first.stdout)[0]
    assert len(key) > 50
    assert json.loads(second.stdout)[0] == key
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_embedded_default_is_for_this_machine_only(tmp_path: Path) -> None:
    names = "DEBUG, ALLOWED_HOSTS, ADMIN_PATH"

    done = start(tmp_path, names)

    assert json.loads(done.stdout) == [False, ["localhost", "127.0.0.1", "[::1]"], ""]


@pytest.mark.parametrize(("process", "milliseconds"), [("web", 15_000), ("worker", 120_000), ("command", 0)])
def test_each_kind_of_process_has_its_own_patience(tmp_path: Path, process: str, milliseconds: int) -> None:
    done = start(tmp_path, "DATABASES", FACTCHECK_PROCESS=process)

    options = json.loads(done.stdout)[0]["default"]["OPTIONS"]
    assert f"-c statement_timeout={milliseconds} " in options["options"]
    assert ("pool" in options) == (process == "web")


def test_a_socket_folder_in_the_address_reaches_the_database(tmp_path: Path) -> None:
    done = start(tmp_path, "DATABASES", **(OWN_SERVERS | {"DATABASE_URL": "postgres://u@/name?host=/run/pg"}))

    database = json.loads(done.stdout)[0]["default"]
    assert (database["HOST"], database["NAME"], database["USER"]) == ("/run/pg", "name", "u")


def test_the_example_names_every_setting_and_no_other() -> None:
    example = (PROJECT / ".env.example").read_text()

    names = re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE)

    assert sorted(names) == sorted([*env.NAMES, "POSTGRES_PASSWORD"])


def test_every_name_that_is_read_is_a_known_one() -> None:
    code = "\n".join(path.read_text() for path in (PROJECT / "factcheck").rglob("*.py"))

    read = re.findall(r"""(?:env\.|\b)(?:text|flag|number|listing)\(\s*"([A-Z_]+)\"""", code)

    # Set by our own processes for each other, never by a person.
    assert set(read) - {"FACTCHECK_PROCESS"} <= set(env.NAMES)
    assert "DATABASE_URL" in read


def test_deployment_checks_find_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", "--tag", "security"],
        cwd=PROJECT,
        env=os.environ
        | OWN_SERVERS
        | {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "FACTCHECK_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    # Including this domain in the list that browsers ship is for its owner to decide (W021).
    problems = [line for line in done.stderr.splitlines() if "security." in line and "W021" not in line]
    assert problems == [], done.stderr


def test_celery_loses_no_task_and_takes_only_json() -> None:
    assert settings.CELERY_TASK_ACKS_LATE is True
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST is True
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > settings.CELERY_TASK_TIME_LIMIT
