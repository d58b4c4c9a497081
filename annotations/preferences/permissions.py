from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from annotations.people.models import User
from annotations.refusals import YES, Answer, no


def may_prefer(person: User, whose: Any) -> Answer:
    """Everybody decides about their own way of working, and about nobody else's."""
    if person.is_authenticated and person.is_active and person.pk == whose.pk:
        return YES
    return no(_("Only you yourself can change how you like to work."))
