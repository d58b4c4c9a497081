from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.people.models import User
from annotations.refusals import YES, Answer, no


def may_have_feed(person: User) -> Answer:
    """Everybody who can sign in, for their own claims alone."""
    return (
        YES
        if person.is_authenticated and person.is_active
        else no(_("Sign in to have a calendar of your own."))
    )
