from __future__ import annotations

from annotations.people.models import User
from annotations.preferences.models import Preference


def preference_of(person: User) -> Preference:
    """How this person likes to work; the standard, not stored, for who never said. Version 0 then. One query."""
    return Preference.objects.filter(person_id=person.pk).first() or Preference(person=person, version=0)
