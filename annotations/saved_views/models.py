from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from annotations.people.models import User, Workspace, seen_by


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, person: Any) -> SavedViewQuerySet:
        """One's own and those shared with the desk, of desks one is in."""
        return self.filter(seen_by(person)).filter(Q(owner_id=person.pk) | Q(is_shared=True))

    def standing(self) -> SavedViewQuerySet:
        return self.filter(removed_at=None)


class SavedView(models.Model):
    """A filter with a name. `query` is the part of the address after the question mark, read leniently when it is used:
    what it names may be gone by then. `is_default` opens it for its owner when the page is asked for without a filter.
    """

    class Page(models.TextChoices):
        QUEUE = "QUEUE"
        CLAIMS = "CLAIMS"
        SEARCH = "SEARCH"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=6, choices=Page.choices)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1500)
    is_shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="saved_view_has_name", condition=~Q(name="")),
            models.UniqueConstraint(
                "workspace",
                "owner",
                "page",
                Lower("name"),
                name="saved_view_name_once",
                condition=Q(removed_at=None),
            ),
            models.UniqueConstraint(
                name="saved_view_one_default",
                fields=["workspace", "owner", "page"],
                condition=Q(is_default=True, removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"

    def is_of(self, person: User) -> bool:
        return self.owner_id == person.pk
