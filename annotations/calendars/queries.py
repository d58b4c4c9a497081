from __future__ import annotations

from django.core import signing
from django.db.models import F, Q

from annotations.calendars.models import CalendarFeed
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.models import User

_SALT = "calendar-feed"
MOST = 500


def open_feed_of(person: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person, revoked_at=None).first()


def token_of(feed: CalendarFeed) -> str:
    """What its address carries: signed, so that nobody makes one up."""
    return signing.Signer(salt=_SALT).sign(str(feed.pk))


def feed_by_token(token: str) -> CalendarFeed | None:
    """The feed behind an address, as long as it was not revoked and its person may still sign in."""
    try:
        key = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    rows = CalendarFeed.objects.select_related("person")
    return rows.filter(pk=int(key), revoked_at=None, person__is_active=True).first()


def due_claims(person: User) -> list[Claim]:
    """What this person has to do by a time, on every desk they are in: to check or to decide on. Soonest first."""
    first = Q(reviewer=person, status__in=[Status.CANDIDATE.value, Status.ACCEPTED.value])
    second = Q(second_reviewer=person, status=Status.SUBMITTED.value)
    rows = Claim.objects.visible_to(person).filter(first | second).with_urgency().filter(Q(due__isnull=False))
    return list(rows.select_related("article", "workspace").order_by(F("due"), "pk")[:MOST])
