from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.people.models import User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.snapshots.copies import CopyMatter
from annotations.snapshots.models import Snapshot, StoredFile


def take_snapshot(
    *, workspace: Workspace, matter: CopyMatter, by: User, url: str = "", read_at: datetime | None = None
) -> Snapshot:
    """Keep what was read, its bytes only once. `read_at` (UTC) is now when nobody says otherwise."""
    may_act_as(by, Role.REVIEWER, within=workspace, to=_("store copies")).or_refuse()
    with recorded(by=by, verb="take_snapshot"):
        return store_snapshot(workspace=workspace, matter=matter, added_by=by, url=url, read_at=read_at)


def store_snapshot(
    *,
    workspace: Workspace,
    matter: CopyMatter,
    added_by: User | None,
    url: str = "",
    read_at: datetime | None = None,
) -> Snapshot:
    """The same for a worker, which asks nobody: who asked for the work was allowed to. Within `recorded`."""
    with transaction.atomic():
        file, _is_new = StoredFile.objects.get_or_create(
            workspace=workspace,
            sha256=matter.sha256,
            defaults={"size": len(matter.data), "data": matter.data},
        )
        return Snapshot.objects.create(
            workspace=workspace,
            file=file,
            content_type=matter.content_type,
            filename=matter.filename,
            url=url,
            how=matter.how,
            read_at=read_at or timezone.now(),
            title=matter.title,
            publisher=matter.publisher,
            published_on=matter.published_on,
            text=matter.text,
            length=len(matter.text),
            final_url=matter.url[:2000],
            status=matter.status,
            headers=[list(pair) for pair in matter.headers],
            pages=list(matter.pages),
            added_by=added_by,
        )
