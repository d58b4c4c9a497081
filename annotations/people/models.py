from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from annotations.people.roles import Role

ROLES = [(role.value, role.label) for role in Role]


class User(AbstractUser):
    """A person. `name` is what others read; the user name is for signing in."""

    name = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="user_username_once")]

    def __str__(self) -> str:
        return self.username

    @property
    def display_name(self) -> str:
        return self.name or self.username

    @property
    def initials(self) -> str:
        words = self.display_name.replace("-", " ").split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Workspace(models.Model):
    """One newsroom desk. Nothing of it is seen from another one."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    is_review_blind = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, person: Any) -> MembershipQuerySet:
        return self.filter(seen_by(person))


class Membership(models.Model):
    """What a person is on a desk. Ending it keeps the row. `version` rises with each write."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=8, choices=ROLES)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="membership_once", fields=["workspace", "user"]),
            models.CheckConstraint(
                name="membership_role_known", condition=Q(role__in=[r.value for r in Role])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.workspace_id}"


def seen_by(person: Any, prefix: str = "") -> Q:
    """The filter that keeps a query inside the workspaces where this person is an active member."""
    return Q(
        **{
            f"{prefix}workspace__memberships__user_id": person.pk,
            f"{prefix}workspace__memberships__is_active": True,
        }
    )
