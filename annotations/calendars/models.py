from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarFeed(models.Model):
    """Leave for one person's calendar program to read when their claims are due, without signing in.

    Its address is signed and names this row alone; once `revoked_at` is set the address is dead for good.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="calendar_feed_one_open", fields=["person"], condition=Q(revoked_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"
