from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from annotations.people.models import Workspace, seen_by


class DeskVersionQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> DeskVersionQuerySet:
        return self.filter(seen_by(person))


class DeskVersion(models.Model):
    """One published version of something the desk agreed on. Never changed: a trigger refuses it.

    `content` is what the pure module's `as_values` gives.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DeskVersionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(name="%(class)s_number_once", fields=["workspace", "number"]),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class ScaleVersion(DeskVersion):
    """The rating scale, from version 2 on: version 1 is the default in `scale.py`."""


class GuidelinesVersion(DeskVersion):
    """The house rules."""


class PolicyVersion(DeskVersion):
    """What is asked of every verdict. A desk without one has the default in `policy.py`."""
