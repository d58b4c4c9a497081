from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotations.articles.models import Article
from annotations.people.models import Workspace, seen_by
from annotations.steps.acts import Kind

_KINDS = [Kind.UNDO.value, Kind.REDO.value]


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, person: Any) -> StepQuerySet:
        return self.filter(seen_by(person))


class Step(models.Model):
    """That one act of the history turned another one round: took it back, or did again what was taken back.

    What an act changed stands in the history and is not repeated here; this row only ties the two together. Written
    once. `turns` can be there once only, so of two hands that undo the same step one gets through. `verb` is what the
    person had done in the first place.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=[(kind, kind.capitalize()) for kind in _KINDS])
    verb = models.CharField(max_length=40)
    turns = models.UUIDField()
    act = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="step_turns_once", fields=["turns"]),
            models.UniqueConstraint(name="step_once_an_act", fields=["act"]),
            models.CheckConstraint(name="step_kind_known", condition=Q(kind__in=_KINDS)),
        ]
        indexes = [models.Index(name="step_newest", fields=["article", "person", "-id"])]

    def __str__(self) -> str:
        return f"step {self.pk}"
