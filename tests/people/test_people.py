"""Letting people in, changing roles, shutting people out: never the last admin, never another desk's people."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from knox.models import AuthToken

from annotations.audit.models import AuditEntry
from annotations.people.models import Membership, User
from annotations.people.permissions import may_give_link
from annotations.people.queries import members_of
from annotations.people.roles import Role
from annotations.people.services import (
    add_person,
    change_role,
    end_membership,
    restore_membership,
    set_password,
    withdraw_password,
)
from annotations.refusals import IllegalMove, Incomplete, Stale
from tests import factories


def add(workspace, admin, username="nora.lind", role="REVIEWER", name="Nora Lind"):
    return add_person(workspace=workspace, username=username, name=name, role=role, by=admin)


def of(person):
    return Membership.objects.get(user=person)


def test_a_new_person_has_no_password_and_gets_a_link(workspace, admin):
    member = add(workspace, admin)

    assert (member.user.display_name, member.role) == ("Nora Lind", "REVIEWER")
    assert not member.user.has_usable_password()
    assert may_give_link(admin, member)
    entry = AuditEntry.objects.filter(table_name="annotations_membership", row_id=str(member.pk)).get()
    assert (entry.verb, entry.actor_id) == ("add_person", admin.pk)


def test_added_twice_it_is_one_member(workspace, admin):
    assert add(workspace, admin) == add(workspace, admin, username="NORA.lind")
    assert User.objects.filter(username__iexact="nora.lind").count() == 1


def test_a_member_is_not_changed_by_adding(workspace, admin, reviewer):
    with pytest.raises(IllegalMove, match="already, as reviewer"):
        add(workspace, admin, username="reviewer", role="ADMIN")

    assert of(reviewer).role == "REVIEWER"


@pytest.mark.parametrize("username", ["", " ", "two words", "x" * 151, "nul\x00", "\ud800", "a/b", "<b>"])
def test_a_user_name_that_cannot_be_is_refused(workspace, admin, username):
    with pytest.raises(Incomplete) as refused:
        add(workspace, admin, username=username)

    assert list(refused.value.problems) == ["username"]


def test_nobody_gets_the_password_of_another_desks_person(workspace, admin, outsider):
    member = add(workspace, admin, username="outsider", role="READER")

    assert "another desk" in may_give_link(admin, member).reason
    with pytest.raises(IllegalMove, match="another desk"):
        withdraw_password(membership=member, version=member.version, by=admin)
    assert User.objects.get(pk=outsider.pk).has_usable_password()


def test_a_link_is_given_until_the_first_password_only(workspace, admin):
    member = add(workspace, admin)
    with pytest.raises(Incomplete):
        set_password(person=member.user, password="short")

    set_password(person=member.user, password="a long one of their own")

    assert not may_give_link(admin, of(member.user))
    again = withdraw_password(membership=of(member.user), version=1, by=admin)
    assert may_give_link(admin, again) and again.version == 2


def test_a_new_password_ends_the_tokens_of_the_old_one(workspace, admin):
    member = add(workspace, admin)
    AuthToken.objects.create(member.user)
    withdraw_password(membership=member, version=1, by=admin)
    after_reset = AuthToken.objects.filter(user=member.user).count()
    AuthToken.objects.create(member.user)
    set_password(person=member.user, password="a long one of their own")

    assert after_reset == 0
    assert not AuthToken.objects.filter(user=member.user).exists()


def test_an_admin_does_not_lock_themselves_out(admin):
    with pytest.raises(IllegalMove, match="lock yourself out"):
        withdraw_password(membership=of(admin), version=1, by=admin)


def test_the_last_admin_stays(workspace, admin, editor):
    with pytest.raises(IllegalMove, match="last admin"):
        change_role(membership=of(admin), version=1, role="EDITOR", by=admin)
    with pytest.raises(IllegalMove, match="last admin"):
        end_membership(membership=of(admin), version=1, by=admin)

    change_role(membership=of(editor), version=1, role="ADMIN", by=admin)
    assert change_role(membership=of(admin), version=1, role="EDITOR", by=admin).role == "EDITOR"


def test_an_admin_who_cannot_sign_in_does_not_count(workspace, admin, editor):
    change_role(membership=of(editor), version=1, role="ADMIN", by=admin)
    User.objects.filter(pk=editor.pk).update(is_active=False)

    with pytest.raises(IllegalMove, match="last admin"):
        end_membership(membership=of(admin), version=1, by=admin)


def test_two_hands_on_one_membership(reviewer, admin):
    change_role(membership=of(reviewer), version=1, role="EDITOR", by=admin)

    with pytest.raises(Stale) as refused:
        change_role(membership=of(reviewer), version=1, role="READER", by=admin)

    assert (refused.value.current["role"], refused.value.yours) == ("EDITOR", {"role": "READER"})
    assert change_role(membership=of(reviewer), version=1, role="EDITOR", by=admin).version == 2


def test_who_left_can_come_back(reviewer, admin):
    ended = end_membership(membership=of(reviewer), version=1, by=admin)
    assert end_membership(membership=ended, version=1, by=admin).version == 2

    back = restore_membership(membership=ended, version=2, by=admin)

    assert (back.is_active, back.role, back.version) == (True, "REVIEWER", 3)


@pytest.mark.django_db(transaction=True)
def test_of_two_admins_who_leave_at_once_one_stays(workspace, admin):
    other = factories.person(workspace, "other-admin", Role.ADMIN)
    start, refused = threading.Barrier(2), []

    def leave(person):
        start.wait()
        try:
            end_membership(membership=of(person), version=1, by=person)
        except IllegalMove as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=(person,)) for person in (admin, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(refused) == 1
    assert Membership.objects.filter(workspace=workspace, role="ADMIN", is_active=True).count() == 1


def test_the_list_is_paged_in_the_order_they_came(workspace, admin):
    for number in range(5):
        add(workspace, admin, username=f"p{number}")

    first, after = members_of(workspace, size=4)
    second, end = members_of(workspace, after=after, size=4)

    assert [one.user.username for one in [*first, *second]] == ["admin", "p0", "p1", "p2", "p3", "p4"]
    assert end is None
