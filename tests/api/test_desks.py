"""The rules of the desk and its people through the API: everybody reads the rules, admins change them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.desks.models import ScaleVersion
from annotations.people.models import Membership
from annotations.people.roles import Role
from tests import factories

POLICY = {
    "primary_needed": 2,
    "origins_needed": 3,
    "exempt": ["satire"],
    "confidence_asked": "REQUIRED",
    "names_printed": False,
}


def scale_of(caller):
    found = caller.get("scale").json()
    labels = [one["label"] for one in found["qualifiers"]]
    return found | {"qualifiers": labels}


def test_everybody_reads_and_an_admin_publishes_the_scale(api, workspace, reader, admin):
    scale = scale_of(api(reader))
    assert (scale["number"], len(scale["ratings"])) == (1, 10)
    scale["ratings"][4]["label"] = "Wrong"
    sent = {name: scale[name] for name in ("ratings", "qualifiers", "worst", "best")}

    answer = api(admin).put("scale", sent, HTTP_IF_MATCH='"1"', format="json")
    stale = api(admin).put("scale", sent | {"qualifiers": ["old picture"], "seen": 1}, format="json")

    assert (answer.status_code, answer["ETag"], answer.json()["ratings"][4]["label"]) == (200, '"2"', "Wrong")
    assert (stale.status_code, stale.json()["version"]) == (412, 2)
    assert "old picture" in stale.json()["yours"]["qualifiers"]
    assert api(reader).get("scale?number=1").json()["ratings"][4]["label"] == "False"
    assert api(reader).get("scale?number=9").status_code == 422


def test_a_scale_with_faults_is_refused_by_field(api, workspace, admin):
    scale = scale_of(api(admin))
    scale["ratings"][0] |= {"number": 7, "colour": "#ffffff #ffffff #ffffff #ffffff"}
    sent = {name: scale[name] for name in ("ratings", "qualifiers")} | {"worst": 5, "best": 1, "seen": 1}

    answer = api(admin).put("scale", sent, format="json")

    assert answer.status_code == 422
    assert {"bounds", "ratings.0.colour"} <= set(answer.json()["problems"])
    assert ScaleVersion.objects.count() == 0


def test_guidelines_and_policy(api, workspace, reader, admin):
    caller = api(admin)
    rules = caller.put(
        "guidelines", {"seen": 0, "sections": [{"title": "T", "text": "x", "field": "date"}]}, format="json"
    )
    policy = caller.put("policy", {"seen": 0, **POLICY}, format="json")

    assert (rules.status_code, policy.status_code) == (200, 200)
    assert api(reader).get("guidelines").json() == {
        "number": 1,
        "sections": [{"title": "T", "text": "x", "field": "date"}],
    }
    found = api(reader).get("policy").json()
    assert (found["number"], found["exempt"], found["contact"]) == (1, ["satire"], "")
    assert caller.put("policy", {"seen": 0, **POLICY, "primary_needed": 9}, format="json").status_code == 422


@pytest.mark.parametrize("who", ["reader", "reviewer", "editor"])
def test_others_change_nothing(api, request, workspace, admin, who):
    caller, member = api(request.getfixturevalue(who)), Membership.objects.get(user=admin)
    scale = scale_of(caller)
    sent = {name: scale[name] for name in ("ratings", "qualifiers")} | {"seen": 1}

    answers = [
        caller.put("scale", sent, format="json"),
        caller.put("guidelines", {"seen": 0, "sections": []}, format="json"),
        caller.put("policy", {"seen": 0, **POLICY}, format="json"),
        caller.get("people"),
        caller.get(f"people/{member.pk}"),
        caller.post("people", {"username": "nora", "role": "READER"}, format="json"),
        caller.patch(f"people/{member.pk}", {"version": 1, "role": "READER"}, format="json"),
        caller.post(f"people/{member.pk}/end", {"version": 1}, format="json"),
        caller.post(f"people/{member.pk}/restore", {"version": 1}, format="json"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 9


def test_nothing_of_another_desk_is_read_or_changed(api, anonymous, workspace, admin, outsider):
    member, caller = Membership.objects.get(user=admin), api(outsider)

    for where in ("scale", "guidelines", "policy", "people"):
        assert caller.get(f"{where}?workspace={workspace.pk}").status_code == 422
        assert anonymous.get(where).status_code == 401
    assert caller.get(f"people/{member.pk}").status_code == 404
    assert (
        caller.patch(f"people/{member.pk}", {"version": 1, "role": "READER"}, format="json").status_code
        == 404
    )
    sent = {"workspace": workspace.pk, "username": "nora", "role": "ADMIN"}
    assert caller.post("people", sent, format="json").status_code == 422


def test_people_are_let_in_changed_and_shut_out(api, workspace, admin):
    caller = api(admin)
    added = caller.post("people", {"username": "nora", "name": "Nora", "role": "READER"}, format="json")
    where = f"people/{added.json()['id']}"

    changed = caller.patch(where, {"version": 1, "role": "EDITOR"}, format="json")
    stale = caller.patch(where, {"version": 1, "role": "READER"}, format="json")
    ended = caller.post(f"{where}/end", {"version": 2}, format="json")
    again = caller.post(f"{where}/restore", {"version": 3}, format="json")

    assert (added.status_code, added.json()["name"]) == (201, "Nora")
    assert (changed.json()["role"], changed["ETag"], stale.status_code) == ("EDITOR", '"2"', 412)
    assert (ended.json()["is_active"], again.json()["is_active"]) == (False, True)
    me = Membership.objects.get(user=admin)
    refused = caller.patch(f"people/{me.pk}", {"version": 1, "role": "READER"}, format="json")
    assert (refused.status_code, "last admin" in refused.json()["detail"]) == (409, True)


def test_the_list_of_people_is_paged_and_asks_no_more_of_many(api, workspace, admin):
    caller = api(admin)
    with CaptureQueriesContext(connection) as few:
        caller.get("people")
    for number in range(5):
        factories.person(workspace, f"p{number}", Role.READER)
    with CaptureQueriesContext(connection) as many:
        page = caller.get("people?limit=4").json()

    assert [one["username"] for one in page["results"]] == ["admin", "p0", "p1", "p2"]
    assert page["next"]
    assert len(few) == len(many)


def test_outcomes_are_told_as_the_page_tells_them(api, workspace, article, reviewer, colleague, editor):
    factories.published(article, reviewer, colleague, editor, "12,000")

    found = api(editor).get("insights/outcomes").json()

    assert found["ratings"] == [{"rating": "mostly_true", "label": "Mostly true", "claims": 1}]
    assert found["agreement"][0]["claims"] == found["agreement"][0]["same"] == 1
    assert found["pace"][0]["month"] == "all" and found["pace"][0]["claims"] == 1
    assert api(editor).get("insights/outcomes?until=2000-01-01").json()["ratings"] == []
    assert api(editor).get("insights/outcomes?since=never").status_code == 400
    assert api(reviewer).get("insights/outcomes").status_code == 403
