from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.people.models import User
from annotations.practice.models import PracticeRun
from annotations.refusals import YES, Answer, no


def may_practise(person: User) -> Answer:
    """Everybody who can sign in: nothing here touches the desk."""
    if person.is_authenticated and person.is_active:
        return YES
    return no(_("Sign in to practise."))


def may_answer(person: User, run: PracticeRun) -> Answer:
    """Only the one whose run it is."""
    answer = may_practise(person)
    if not answer or run.person_id == person.pk:
        return answer
    return no(_("This is somebody else's practice."))
