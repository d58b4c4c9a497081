"""Two questions that a supervisor asks: is the process alive, and can it do its work?"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from kombu import Connection


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive. Asks nothing of anybody: a database that is away must not get the web process killed."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready. Names the part that is not, and no more: the answer is readable by everybody."""
    checks: dict[str, Callable[[], bool]] = {
        "database": _database_answers,
        "migrations": _migrations_done,
        "broker": _broker_answers,
    }
    found: dict[str, bool] = {}
    for name, check in checks.items():
        found[name] = check()
    ready = all(found.values())
    return JsonResponse({"ready": ready, "checks": found}, status=200 if ready else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations_done() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _broker_answers() -> bool:
    try:
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except Exception:  # each transport raises its own kind
        return False
    return True
