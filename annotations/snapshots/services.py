from __future__ import annotations

from datetime import datetime

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
            added_by=by,
        )
