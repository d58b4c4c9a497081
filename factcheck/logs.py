"""One event, one line: what a log collector can read and what nobody can forge with a line break."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        event = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False)


def configured(*, level: str, is_json: bool) -> dict[str, Any]:
    """What Django's `LOGGING` setting wants: everything goes to the terminal, as text or as JSON lines."""
    level = level.upper()
    quieter = "DEBUG" if level == "DEBUG" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
            "json": {"()": "factcheck.logs.JsonLines"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json" if is_json else "text"},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # A line for every ring of the sweep buries what matters; jobs say in the database how they went.
            "celery.beat": {"level": quieter},
            "celery.worker.strategy": {"level": quieter},
            "celery.app.trace": {"level": quieter},
            # Addresses can carry what is nobody's business.
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
        },
    }
