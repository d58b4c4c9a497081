from __future__ import annotations

from django.conf import settings

from annotations.people.models import User
from annotations.preferences.models import Preference


def language_of(person: User) -> str:
    """The language that this person chose, for words that reach them outside a page; English for who never chose."""
    chosen = Preference.objects.filter(person_id=person.pk).values_list("language", flat=True).first()
    return chosen if chosen in dict(settings.LANGUAGES) else "en"


def preference_of(person: User) -> Preference:
    """How this person likes to work; the standard, not stored, for who never said. Version 0 then. One query."""
    return Preference.objects.filter(person_id=person.pk).first() or Preference(person=person, version=0)
