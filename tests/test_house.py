"""Rules of the house that no import contract sees, read from the code itself and from the database."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests import factories

PROJECT = Path(__file__).resolve().parent.parent
APP = PROJECT / "annotations"
DOORS = [APP / "tasks.py", *sorted((APP / "web").rglob("*.py")), *sorted((APP / "api").rglob("*.py"))]
ROOMS = (
    "audit",
    "people",
    "desks",
    "jobs",
    "snapshots",
    "articles",
    "arrivals",
    "claims",
    "mentions",
    "practice",
    "sources",
    "flags",
    "verdicts",
    "presence",
    "discussions",
    "reviews",
    "precedents",
    "preferences",
    "calendars",
    "saved_views",
    "notices",
    "reports",
    "steps",
)
SERVICES = sorted(
    path
    for room in ROOMS
    for path in [*(APP / room).glob("services.py"), *(APP / room / "services").rglob("*.py")]
)
CODE = [*sorted(APP.rglob("*.py")), *sorted((PROJECT / "factcheck").rglob("*.py"))]

# What a door asks a model for without `visible_to`, and why nothing of another desk can come of it.
ASKED_WITHOUT_VISIBLE_TO = {
    ("web/review.py", "Amendment"): "within claims that were filtered by visible_to",
    ("web/review.py", "ChangeItem"): "within claims that were filtered by visible_to",
    ("web/review.py", "Claim"): "within an article that was filtered by visible_to",
    ("web/reports.py", "Claim"): "within an article that was filtered by visible_to",
    (
        "web/reports.py",
        "Report",
    ): "within the person's own desk, or an article that was filtered by visible_to",
    ("api/tokens.py", "AuthToken"): "makes the token of the person who signs in",
    ("api/live.py", "AuthToken"): "whether the token that a stream was opened with still stands",
}
# Tables whose rows are made to be forgotten: signs of life, and notices that were made from the history and how far it
# was read for them. See docs/decisions/0017-together.md.
TRANSIENT = {"Presence", "Notice", "NoticeBookmark", "SearchDocument"}
# How a module that speaks to the network is called; the embedded servers and probes speak to this machine only.
CLIENTS = re.compile(
    r"(requests|httpx|httpcore|aiohttp|urllib3|urllib\.request|http\.client|socket|ftplib|smtplib)(\.|$)"
)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _name(path: Path) -> str:
    return str(path.relative_to(APP))


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name == getattr(node.func, "attr", getattr(node.func, "id", "")):
            yield node


def test_one_function_writes_a_claims_status():
    writers = set()
    for path in CODE:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Assign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets):
                    writers.add(_name(path))
        for call in [*_calls(_tree(path), "update"), *_calls(_tree(path), "write_claim")]:
            if any(keyword.arg == "status" for keyword in call.keywords):
                writers.add(_name(path))

    assert writers == {"claims/services/moving.py"}


def test_claims_begin_in_two_places():
    makers = {
        _name(path)
        for path in CODE
        for call in _calls(_tree(path), "Claim")
        if any(keyword.arg == "status" for keyword in call.keywords)
    }
    makers |= {_name(path) for path in CODE if "Claim.objects.create(" in path.read_text()}

    assert makers == {"claims/services/proposing.py", "claims/services/wording.py"}


@pytest.mark.parametrize("path", SERVICES, ids=_name)
def test_services_take_their_arguments_by_name(path):
    positional = [
        function.name
        for function in _tree(path).body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and (function.args.args or function.args.posonlyargs)
    ]

    assert set(positional) <= {
        "missing",
        "illegal",
        "stale",
        "stale_verdict",
        "held_back",
        "tell_tabs",
        "unsubscribe_token",
        "person_of_token",
    }, "these are no verbs: they only say"


@pytest.mark.parametrize("path", SERVICES, ids=_name)
def test_verbs_that_ask_for_permission_know_who_acts(path):
    for function in _functions(path):
        if any(_calls(function, "or_refuse")):
            names = {argument.arg for argument in [*function.args.kwonlyargs, *function.args.args]}
            assert "by" in names, function.name


@pytest.mark.parametrize("path", sorted(APP.rglob("models.py")), ids=_name)
def test_models_have_no_workflow_in_save(path):
    assert not {"save", "delete"} & {function.name for function in _functions(path)}


def test_nothing_happens_by_signal():
    heard = {
        _name(path)
        for path in CODE
        for name in _imports(path)
        if "annotations" in str(path.relative_to(PROJECT)) and "signals" in name.split(".")
    }

    assert heard == set()


def test_only_doors_start_tasks():
    starters = {
        _name(path)
        for path in sorted(APP.rglob("*.py"))
        if re.search(r"\.(delay|delay_on_commit|apply_async|send_task)\b", path.read_text())
    }

    assert starters == {"tasks.py"}


def test_doors_ask_only_for_what_the_person_may_see():
    asked = {
        (_name(path), found.group(1))
        for path in DOORS
        if path.name != "tasks.py"
        for found in re.finditer(r"\b([A-Z]\w+)\s*\.objects\b(?!\s*\.visible_to\()", path.read_text())
    }

    assert asked == set(ASKED_WITHOUT_VISIBLE_TO)


@pytest.mark.parametrize("path", DOORS, ids=_name)
def test_doors_are_thin(path):
    long = {
        function.name: length
        for function in _functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > 36
    }

    assert long == {}
    assert len(path.read_text().splitlines()) <= 310


@pytest.mark.parametrize("path", DOORS, ids=_name)
def test_doors_write_nothing_themselves(path):
    written = [
        f"line {call.lineno}: .{method}()"
        for method in ("save", "bulk_create", "bulk_update", "update_or_create", "get_or_create")
        for call in _calls(_tree(path), method)
    ]

    assert written == []


def test_words_from_outside_are_never_called_safe():
    unsafe = [
        str(path) for path in CODE if "mark_safe" in path.read_text() or "SafeString(" in path.read_text()
    ]
    unsafe += [
        str(path)
        for path in sorted((PROJECT / "templates").rglob("*.html"))
        if re.search(r"\|\s*safe\b|autoescape\s+off", path.read_text())
    ]

    assert unsafe == []


def test_one_file_at_most_opens_connections_to_strangers():
    clients = {
        _name(path) for path in sorted(APP.rglob("*.py")) for name in _imports(path) if CLIENTS.match(name)
    }

    assert clients <= {"snapshots/fetching.py"}


def _tables(*, without: set[str]) -> list[type[models.Model]]:
    return [
        model for model in apps.get_app_config("annotations").get_models() if model.__name__ not in without
    ]


def _triggers() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
        return set(cursor.fetchall())


def test_every_table_writes_the_history(db):
    silent = [
        model.__name__
        for model in _tables(without={"AuditEntry", "AuditHead", "Job", "SearchDocument", "Vector"})
        for model in _tables(without={"AuditEntry", "AuditHead", "Job", "Vector"} | TRANSIENT)
        if (model._meta.db_table, "factcheck_audit") not in _triggers()
    ]

    assert silent == []


def test_no_table_loses_a_row(db):
    loose = [
        model.__name__
        for model in _tables(without={"Job", "User"} | TRANSIENT)
        if (model._meta.db_table, "factcheck_refuse") not in _triggers()
    ]

    assert loose == []


def test_what_is_written_once_cannot_be_changed(article, reviewer, colleague, editor):
    factories.published(article, reviewer, colleague, editor, "12,000")
    frozen = ("articleversion", "verdict", "review", "publication", "auditentry")

    for table in frozen:
        for statement in ("UPDATE annotations_{} SET id = id", "DELETE FROM annotations_{}"):
            with pytest.raises(IntegrityError, match="is not allowed"), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(statement.format(table))
