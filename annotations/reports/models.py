from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from annotations.articles.models import Article
from annotations.people.models import Workspace, seen_by


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, person: Any) -> ReportQuerySet:
        return self.filter(seen_by(person))


class Report(models.Model):
    """A numbered version of an article's published claims. Never changed: a trigger refuses it.

    `content` is made of publications alone, so no draft can be in it; `sha256` is of its canonical JSON.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="report_number_once", fields=["article", "number"])]
        indexes = [models.Index(name="report_newest", fields=["workspace", "-created_at", "-id"])]

    def __str__(self) -> str:
        return f"report {self.number} on article {self.article_id}"


class Export(models.Model):
    """Who took which selection of published claims out of the house, and in which format."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=10)
    selection = models.JSONField(default=dict)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"export {self.pk}"
