"""Who is who on a desk."""

from __future__ import annotations

import pytest

from annotations.people.models import Membership, User
from annotations.people.permissions import has_role
from annotations.people.queries import workspaces_of
from annotations.people.roles import Role
from annotations.people.services import change_role, end_membership, enrol_person
from annotations.refusals import NotAllowed


def fresh(person):
    """The person as the next request sees them: roles are read once for each object."""
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize("who", ["reader", "reviewer", "editor", "admin"])
def test_a_role_includes_those_below_it_and_none_above(who, workspace, request):
    person = request.getfixturevalue(who)
    order = list(Role)

    has = [has_role(person, role, within=workspace) for role in order]

    place = order.index(Role(who.upper()))
    assert has == [index <= place for index in range(len(order))]


def test_an_admin_of_another_desk_is_nobody_here(outsider, workspace):
    assert not has_role(outsider, Role.READER, within=workspace)
    assert workspace not in workspaces_of(outsider)


def test_an_ended_membership_is_none(reviewer, admin, workspace):
    membership = Membership.objects.get(user=reviewer)

    end_membership(membership=membership, version=1, by=admin)

    assert not has_role(fresh(reviewer), Role.READER, within=workspace)
    assert list(workspaces_of(reviewer)) == []


def test_only_an_admin_of_the_desk_changes_roles(reviewer, editor, outsider, workspace):
    membership = Membership.objects.get(user=reviewer)

    for person in (reviewer, editor, outsider):
        with pytest.raises(NotAllowed):
            change_role(membership=membership, version=1, role=Role.ADMIN, by=person)

    assert Membership.objects.get(user=reviewer).role == "REVIEWER"


def test_enrolling_again_changes_the_role_and_keeps_the_password(reviewer, workspace):
    before = fresh(reviewer).password

    enrol_person(
        workspace=workspace, username="REVIEWER", name="Somebody", password="another one", role=Role.EDITOR
    )

    assert fresh(reviewer).password == before
    assert has_role(fresh(reviewer), Role.EDITOR, within=workspace)
    assert User.objects.count() == 1
