"""What somebody on an empty desk does first. Each step is done when it is: nobody ticks anything off."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.desks.queries import guidelines_number
from annotations.people.models import Membership, User, Workspace
from annotations.people.permissions import has_role
from annotations.people.roles import Role
from annotations.practice.models import PracticeRun


@dataclass(frozen=True)
class Step:
    code: str
    is_done: bool


def first_steps(*, desk: Workspace, person: User, is_empty: bool) -> tuple[Step, ...]:
    """What is left to do beside what is done. Nothing for readers, nor once all is done but practice, which is offered
    and never urged. `is_empty`: the desk has no article yet.
    """
    is_admin, may_add = (has_role(person, role, within=desk) for role in (Role.ADMIN, Role.REVIEWER))
    if not may_add:
        return ()
    steps = [Step("article", not is_empty)]
    if is_admin:
        others = Membership.objects.filter(workspace=desk, is_active=True).exclude(user=person)
        steps.append(Step("people", others.exists()))
        steps.append(Step("guidelines", guidelines_number(desk.pk) > 0))
    if all(step.is_done for step in steps):
        return ()
    practised = PracticeRun.objects.visible_to(person).filter(finished_at__isnull=False)
    return (*steps, Step("practice", practised.exists()))
