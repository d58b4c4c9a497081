from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.notices.models import Notice
from annotations.people.models import User
from annotations.refusals import YES, Answer, no


def may_read(person: User, notice: Notice) -> Answer:
    return YES if notice.person_id == person.pk else no(_("These notices are somebody else's."))


def may_choose(person: User) -> Answer:
    """What one is told is one's own choice; nobody's choice is made by another."""
    return YES if person.is_authenticated and person.is_active else no(_("Sign in first."))
