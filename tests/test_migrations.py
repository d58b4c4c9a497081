"""Migrations go forward, backward and forward again on a database that holds work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from factcheck.embedded.postgres import OWNER
from tests.conftest import PROJECT

Manage = Callable[..., str]
RULES = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"


@pytest.fixture
def database(servers: Any) -> Iterator[str]:
    """The name of an empty database beside the one of the tests."""
    postgres, _ = servers
    name = "migrated_there_and_back"
    with psycopg.connect(
        host=str(postgres.sockets), user=OWNER, dbname="postgres", autocommit=True
    ) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def manage(database: str, servers: Any, product_environment: dict[str, str]) -> Manage:
    postgres, _ = servers
    address = f"postgres://{OWNER}@/{database}?host={postgres.sockets}"

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=PROJECT,
            env=product_environment | {"DATABASE_URL": address},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    return run


@pytest.fixture
def ask(database: str, servers: Any) -> Callable[[str], Any]:
    postgres, _ = servers

    def run(question: str) -> Any:
        with psycopg.connect(host=str(postgres.sockets), user=OWNER, dbname=database) as connection:
            row = connection.execute(question).fetchone()
            return row[0] if row else None

    return run


def test_rules_and_then_everything_are_taken_away_and_built_again_around_living_data(
    manage: Manage, ask: Callable[[str], Any]
) -> None:
    manage("migrate", "-v0")
    manage("seed_demo", "--allow")
    rules, articles = ask(RULES), ask("SELECT count(*) FROM annotations_article")

    manage("migrate", "-v0", "annotations", "0001")
    without = ask(RULES)
    manage("migrate", "-v0")
    manage("seed_demo", "--allow")

    assert rules > 30
    assert without == 0
    assert ask(RULES) == rules
    assert ask("SELECT count(*) FROM annotations_article") == articles == 1
    assert "whole" in manage("verify_audit")

    manage("migrate", "-v0", "annotations", "zero")
    left = ask("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'annotations_%'")
    functions = ask("SELECT count(*) FROM pg_proc WHERE proname LIKE 'factcheck_%'")
    manage("migrate", "-v0")
    manage("seed_demo", "--allow")

    assert (left, functions) == (0, 0)
    assert ask(RULES) == rules
    assert ask("SELECT count(*) FROM annotations_article") == 1
