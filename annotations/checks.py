"""What `manage.py check` says about settings that would open a door."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core import checks


def fetching_stays_outside(app_configs: Any, **more: Any) -> list[checks.CheckMessage]:
    """The allowance by which tests fetch from their own servers has no place in an installation."""
    is_test = os.environ.get("DJANGO_SETTINGS_MODULE", "").startswith("tests.")
    if not hasattr(settings, "FETCH_FROM_IN_TESTS") or is_test:
        return []
    return [
        checks.Error(
            "FETCH_FROM_IN_TESTS is set. It is for the tests alone.",
            hint="Take it out of the settings. It has no effect here, and nobody should rely on it.",
            id="factcheck.E001",
        )
    ]
