from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.preferences.keymap import Mode


class Preference(models.Model):
    """How one person likes to work, on whatever desk. No row is the standard.

    `keys` holds only what differs from the standard: standard key → own key. `after_accepting` says what comes into
    hand then. `language` is the code of one the pages are translated into; empty: as the browser asks.
    """

    class After(models.TextChoices):
        NEXT = "NEXT", _("The next candidate")
        STAY = "STAY", _("The claim that was accepted")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="preference"
    )
    keys = models.JSONField(default=dict, blank=True)
    mode = models.CharField(
        max_length=8, choices=[(mode.value, mode.label) for mode in Mode], default=Mode.SINGLE.value
    )
    after_accepting = models.CharField(max_length=4, choices=After.choices, default=After.NEXT)
    language = models.CharField(max_length=12, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="preference_mode_known", condition=Q(mode__in=[mode.value for mode in Mode])
            ),
            models.CheckConstraint(
                name="preference_after_known", condition=Q(after_accepting__in=["NEXT", "STAY"])
            ),
        ]

    def __str__(self) -> str:
        return f"preference {self.pk}"
