from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations.audit.services import recorded
from annotations.calendars.models import CalendarFeed
from annotations.calendars.permissions import may_have_feed
from annotations.calendars.queries import open_feed_of
from annotations.people.models import User


def open_feed(*, by: User) -> CalendarFeed:
    """A private address for one's calendar program. Asked again, the same one."""
    may_have_feed(by).or_refuse()
    if known := open_feed_of(by):
        return known
    with recorded(by=by, verb="open_feed"):
        try:
            with transaction.atomic():
                return CalendarFeed.objects.create(person=by)
        except IntegrityError:
            return CalendarFeed.objects.get(person=by, revoked_at=None)


def revoke_feed(*, by: User) -> None:
    """Kill the address; the next one is another. Nothing to revoke is no harm."""
    may_have_feed(by).or_refuse()
    with recorded(by=by, verb="revoke_feed"):
        CalendarFeed.objects.filter(person=by, revoked_at=None).update(revoked_at=timezone.now())
