from __future__ import annotations

from django.apps import AppConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"

    def ready(self) -> None:
        # Without it `.delay()` in a page would talk to Celery's nameless default application.
        from factcheck import celery  # noqa: F401
