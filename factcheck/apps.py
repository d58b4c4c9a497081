from __future__ import annotations

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"

    def ready(self) -> None:
        # Without it `.delay()` in a page would talk to Celery's nameless default application.
        from factcheck import celery  # noqa: F401


class AssetsConfig(StaticFilesConfig):
    # The second of the two viewers of the API that come together; no page of ours shows it.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc"]
