"""The container files, read as what they are: no engine is at hand where the tests run."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import yaml

from factcheck.env import BASE_DIR, NAMES

COMPOSE: dict[str, Any] = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (BASE_DIR / "Dockerfile").read_text()
OURS = ["migrate", "web", "worker", "beat"]


def test_every_part_of_the_product_is_there() -> None:
    assert set(SERVICES) == {"db", "broker", *OURS}


@pytest.mark.parametrize("name", ["db", "broker"])
def test_foreign_images_are_pinned_to_a_release(name: str) -> None:
    image, tag = SERVICES[name]["image"].split(":")

    assert re.match(r"\d+\.\d+", tag), f"{image}:{tag}"
    assert "latest" not in tag


def test_the_image_is_built_from_a_pinned_python_and_the_lock_with_hashes() -> None:
    bases = re.findall(r"^ARG PYTHON_IMAGE=(\S+)", DOCKERFILE, flags=re.MULTILINE)

    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.11\.\d+-slim-\w+", bases[0])
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.MULTILINE)) == {"${PYTHON_IMAGE}"}
    assert "pip install --require-hashes -r /tmp/base.txt" in DOCKERFILE
    assert "requirements/base.txt" in DOCKERFILE
    assert not re.search(r"^ADD ", DOCKERFILE, flags=re.MULTILINE)


def test_all_that_the_image_copies_exists_and_reaches_the_builder() -> None:
    sent = {
        line[1:] for line in (BASE_DIR / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, flags=re.MULTILINE)
        for source in shlex.split(line)[:-1]
    }

    assert copied == sent
    assert all((BASE_DIR / source).exists() for source in copied)


def test_nothing_runs_as_root() -> None:
    last_user = re.findall(r"^USER (\S+)", DOCKERFILE, flags=re.MULTILINE)[-1]

    assert last_user.split(":")[0] not in {"root", "0"}
    for name, service in SERVICES.items():
        assert service["user"].split(":")[0] not in {"root", "0"}, name


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_part_is_confined(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["init"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert "/tmp" in service["tmpfs"]
    assert not service.get("privileged")


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_each_lasting_part_has_a_health_check(name: str) -> None:
    if name == "web":
        assert "HEALTHCHECK" in DOCKERFILE
        assert 'CMD ["python", "-m", "factcheck.probe"]' in DOCKERFILE
        return

    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_product_waits_for_its_servers_and_its_tables(name: str) -> None:
    conditions = {other: what["condition"] for other, what in SERVICES[name]["depends_on"].items()}

    assert conditions == {
        "db": "service_healthy",
        "broker": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_what_must_outlive_a_container_is_in_named_volumes() -> None:
    mounted = {name: [mount.split(":") for mount in s["volumes"]] for name, s in SERVICES.items()}

    used = {source for mounts in mounted.values() for source, _ in mounts}
    assert used == set(COMPOSE["volumes"])
    # Images of PostgreSQL 18 lose data that is mounted at .../data.
    assert mounted["db"] == [["database", "/var/lib/postgresql"]]
    assert mounted["broker"] == [["queue", "/data"]]


def test_the_servers_behave_as_the_embedded_ones() -> None:
    broker = SERVICES["broker"]["command"]

    assert (
        SERVICES["db"]["environment"]["POSTGRES_INITDB_ARGS"] == "--locale-provider=builtin --locale=C.UTF-8"
    )
    assert broker[broker.index("--appendonly") + 1] == "yes"
    assert broker[broker.index("--maxmemory-policy") + 1] == "noeviction"


def test_no_secret_is_written_down() -> None:
    passwords = [
        SERVICES["db"]["environment"]["POSTGRES_PASSWORD"],
        SERVICES["web"]["environment"]["DATABASE_URL"],
    ]

    assert all("${POSTGRES_PASSWORD:?" in value for value in passwords)
    assert SERVICES["web"]["env_file"] == ".env"
    assert "SECRET_KEY" not in SERVICES["web"]["environment"]
    assert not re.search(r"^ENV.*SECRET", DOCKERFILE, flags=re.MULTILINE)


def test_the_product_knows_every_setting_it_is_given() -> None:
    given = {name for service in OURS for name in SERVICES[service]["environment"]}

    assert given <= set(NAMES)


def test_only_the_web_server_is_reachable_and_only_from_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}


def test_migrations_run_once() -> None:
    assert SERVICES["migrate"]["command"][:3] == ["python", "manage.py", "migrate"]
    assert SERVICES["migrate"]["restart"] == "no"
