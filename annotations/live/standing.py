"""Whether somebody who listens may still listen, asked again and again while a stream is open."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from annotations.people.models import Membership, User


def desks_of(person_id: int) -> frozenset[int]:
    """The desks that the person is in now; empty for an account that was closed."""
    rows = Membership.objects.filter(user_id=person_id, is_active=True, user__is_active=True)
    return frozenset(rows.values_list("workspace_id", flat=True))


def desks_of_session(person_id: int, session_key: str) -> frozenset[int]:
    """The same while the session is still this person's: signed out or with a new password, it is not."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key).load()
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if (
        person is None
        or str(session.get(SESSION_KEY)) != str(person_id)
        or BACKEND_SESSION_KEY not in session
    ):
        return frozenset()
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return frozenset()
    return desks_of(person_id)
