from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotations.people.models import Workspace


class Job(models.Model):
    """A piece of background work, as the database knows it. The broker only rings the bell.

    `key` names the work within its kind, so that the same work is never queued twice. `lease_until` is how long the
    worker that took it may be silent; after that the work counts as lost and the sweep rings again. `attempt` counts
    starts and is raised before the work begins, so that work which kills its worker comes to an end. `reason` says why
    work failed or waits to be tried again; of work that is done, what was left out.
    """

    class State(models.TextChoices):
        WAITING = "WAITING"
        RUNNING = "RUNNING"
        DONE = "DONE"
        FAILED = "FAILED"

    class Kind(models.TextChoices):
        EXTRACT_CLAIMS = "EXTRACT_CLAIMS"
        MATCH_CLAIMS = "MATCH_CLAIMS"
        FETCH_SOURCE = "FETCH_SOURCE"
        FETCH_ARTICLE = "FETCH_ARTICLE"
        POLL_FEED = "POLL_FEED"

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="job_once", fields=["workspace", "kind", "key"]),
            models.CheckConstraint(
                name="job_running_has_lease", condition=~Q(state="RUNNING", lease_until=None)
            ),
        ]
        indexes = [
            models.Index(
                name="job_open", fields=["not_before"], condition=Q(state__in=["WAITING", "RUNNING"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
