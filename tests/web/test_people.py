"""The People page, and the link by which a new person chooses a password."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from annotations.people.models import Membership, User
from tests import factories
from tests.cast import PASSWORD

OWN = "a long password of my own"


def link_in(page):
    found = re.search(r'id="password-link"[^>]* value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def add(client, username="nora.lind", role="REVIEWER"):
    return client.post("/desk/people/", {"username": username, "name": "Nora <Lind>", "role": role})


def test_a_person_is_added_and_signs_in_with_a_password_of_their_own(workspace, admin, log_in):
    page = add(log_in(admin)).content.decode()
    link, newcomer = link_in(page), Client()
    assert "Nora &lt;Lind&gt;" in page and link.startswith("http")

    form = newcomer.get(link, follow=True)
    where = form.redirect_chain[-1][0]
    refused = newcomer.post(where, {"new_password1": "short", "new_password2": "short"})
    done = newcomer.post(where, {"new_password1": OWN, "new_password2": OWN})

    assert link.rsplit("/", 2)[1] not in where
    assert refused.status_code == 200 and "too short" in refused.content.decode()
    assert done["Location"] == "/sign-in/"
    newcomer.post("/sign-in/", {"username": "nora.lind", "password": OWN})
    assert newcomer.get("/desk/guidelines/").status_code == 200
    assert "This link has ended" in Client().get(link, follow=True).content.decode()


def test_the_link_is_shown_once_and_made_anew_on_the_persons_page(workspace, admin, log_in):
    client = log_in(admin)
    first = link_in(add(client).content.decode())
    member = Membership.objects.get(user__username="nora.lind")

    assert link_in(client.get("/desk/people/").content.decode()) == ""
    assert link_in(client.get(f"/desk/people/{member.pk}/").content.decode()) == ""
    again = link_in(client.post(f"/desk/people/{member.pk}/link/").content.decode())

    assert again.split("/")[:-2] == first.split("/")[:-2]


def test_a_forged_or_foreign_link_opens_nothing(workspace, admin, reviewer, client):
    for link in ("/set-password/MQ/set-password/", "/set-password/x/y-z/", "/set-password/%00/abc-def/"):
        answer = client.get(link, follow=True)
        assert answer.status_code in (200, 404)
        assert "new_password1" not in answer.content.decode()
    assert User.objects.get(pk=reviewer.pk).check_password(PASSWORD)


def test_the_person_of_another_desk_keeps_their_password(workspace, admin, outsider, log_in):
    client = log_in(admin)

    page = add(client, username="outsider", role="READER").content.decode()

    assert link_in(page) == "" and "They have a password already" in page
    member = Membership.objects.get(user=outsider, workspace=workspace)
    answer = client.post(f"/desk/people/{member.pk}/link/", {"reset": "yes", "version": member.version})
    assert (answer.status_code, User.objects.get(pk=outsider.pk).check_password(PASSWORD)) == (409, True)


def test_claims_in_hand_are_listed_before_somebody_leaves(workspace, admin, article, reviewer, log_in):
    claim = factories.accepted(article, reviewer, "12,000")
    member, client = Membership.objects.get(user=reviewer), log_in(admin)

    page = client.get(f"/desk/people/{member.pk}/").content.decode()
    answer = client.post(f"/desk/people/{member.pk}/end/", {"version": member.version})

    assert f"/articles/{article.pk}/?claim={claim.pk}" in page and "1 claim stays in their name" in page
    assert answer.status_code == 302
    assert not Membership.objects.get(pk=member.pk).is_active
    assert "former member" in client.get("/desk/people/").content.decode()
    client.post(f"/desk/people/{member.pk}/restore/", {"version": 2})
    assert Membership.objects.get(pk=member.pk).is_active


def test_two_admins_on_one_membership_see_both(workspace, admin, reviewer, log_in):
    member, client = Membership.objects.get(user=reviewer), log_in(admin)
    client.post(f"/desk/people/{member.pk}/role/", {"version": 1, "role": "EDITOR"})

    answer = client.post(f"/desk/people/{member.pk}/role/", {"version": 1, "role": "READER"})

    assert answer.status_code == 412
    assert "EDITOR" in answer.content.decode() and "READER" in answer.content.decode()


def test_the_last_admin_is_told_why_they_stay(workspace, admin, log_in):
    member, client = Membership.objects.get(user=admin), log_in(admin)

    for step, sent in (("role", {"role": "READER"}), ("end", {})):
        answer = client.post(f"/desk/people/{member.pk}/{step}/", {"version": 1, **sent})
        assert (answer.status_code, "the last admin of this desk" in answer.content.decode()) == (409, True)


def test_who_gives_up_being_admin_lands_where_they_may_be(workspace, admin, editor, log_in):
    client = log_in(admin)
    client.post(
        f"/desk/people/{Membership.objects.get(user=editor).pk}/role/", {"version": 1, "role": "ADMIN"}
    )

    answer = client.post(
        f"/desk/people/{Membership.objects.get(user=admin).pk}/role/", {"version": 1, "role": "EDITOR"}
    )

    assert answer["Location"] == "/desk/"


@pytest.mark.parametrize("step", ["", "role/", "end/", "restore/", "link/"])
def test_members_of_another_desk_are_not_there(step, workspace, admin, outsider, log_in):
    stranger = Membership.objects.get(user=outsider)
    client = log_in(admin)

    answer = (
        client.get(f"/desk/people/{stranger.pk}/")
        if not step
        else client.post(f"/desk/people/{stranger.pk}/{step}")
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["reader", "reviewer", "editor"])
def test_others_change_nothing(who, request, workspace, admin, log_in):
    person = request.getfixturevalue(who)
    member, client = Membership.objects.get(user=admin), log_in(person)

    answers = [client.get(f"/desk/people/{member.pk}/"), client.post(f"/desk/people/{member.pk}/link/")]
    answers += [
        client.post(f"/desk/people/{member.pk}/{step}/", {"version": 1, "role": "READER"})
        for step in ("role", "end", "restore")
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert Membership.objects.get(pk=member.pk).version == 1
