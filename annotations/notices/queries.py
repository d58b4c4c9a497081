from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from annotations.notices.kinds import Kind, Mail
from annotations.notices.models import Notice, NoticeSetting
from annotations.people.models import User

PAGE = 30


@dataclass(frozen=True)
class Choice:
    """What a person wants for one kind."""

    kind: Kind
    is_shown: bool
    mail: Mail


def choices_of(people: Iterable[int]) -> dict[int, dict[Kind, Choice]]:
    """The choices of these people, defaults included. One query."""
    keys = list(people)
    found = {key: {kind: Choice(kind, *kind.default) for kind in Kind} for key in keys}
    for row in NoticeSetting.objects.filter(person_id__in=keys):
        kind = Kind(row.kind)
        found[row.person_id][kind] = Choice(kind, row.is_shown, Mail(row.mail))
    return found


def notices_of(person: User) -> QuerySet[Notice]:
    """What a person is told, newest first, with what a line about it needs."""
    rows = Notice.objects.visible_to(person).select_related("actor", "claim", "article", "workspace")
    return rows.order_by("-pk")


def unread_count(person: User) -> int:
    """How many are unread; beyond 100 the number says nothing any more and is not counted on."""
    return Notice.objects.visible_to(person).unread()[:100].count()
