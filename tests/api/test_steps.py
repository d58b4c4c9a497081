"""Many at once, undo and redo, and preferences, as programs use them."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.claims.models import Claim
from annotations.claims.services.wording import edit_claim
from tests import factories

TEXT = "The port moved 900 tons. A gull sat on a rail. The mayor came by bike. The fee is 4 euros."


@pytest.fixture
def claims(workspace, reviewer):
    return factories.proposed(factories.article(workspace, reviewer, TEXT), [0.99, 0.95, 0.9, 0.5])


@pytest.fixture
def where(claims):
    return f"articles/{claims[0].article_id}"


def rows(claims):
    return [{"claim": claim.pk, "version": claim.version} for claim in claims]


def test_many_are_sorted_and_each_says_what_became_of_it(api, reviewer, colleague, claims, where):
    seen = rows(claims)
    edit_claim(claim=claims[0], version=1, by=colleague, claimant="Somebody")
    caller = api(reviewer)

    preview = caller.post(f"{where}/claims/dismiss", {"rows": seen, "reason": "TRIVIAL", "is_preview": True})
    untouched = Claim.objects.filter(status="CANDIDATE").count()
    done = caller.post(f"{where}/claims/dismiss", {"rows": seen, "reason": "TRIVIAL"})

    assert (preview.json()["done"], preview.json()["left_out"], untouched) == (3, 1, 4)
    assert (done.json()["done"], done.json()["left_out"]) == (3, 1)
    assert done.json()["rows"][0] == {
        "claim": claims[0].pk,
        "version": 1,
        "is_done": False,
        "reason": "It was changed meanwhile (Colleague).",
    }
    assert done.json()["rows"][1]["version"] == 2


def test_undo_and_redo_go_through_all_of_it(api, reviewer, claims, where):
    caller = api(reviewer)
    caller.post(f"{where}/claims/accept", {"rows": rows(claims)})
    listed = caller.get(f"{where}/steps").json()

    undone = caller.post(f"{where}/undo", {"step": listed["done"][0]["step"]})
    after_undo = set(Claim.objects.values_list("status", flat=True))
    redone = caller.post(f"{where}/redo", {})

    assert listed["done"][0]["said"] == "accepted 4 claims"
    assert sorted(undone.json()["claims"]) == [claim.pk for claim in claims]
    assert after_undo == {"CANDIDATE"}
    assert redone.json()["left"] == []
    assert set(Claim.objects.values_list("status", flat=True)) == {"ACCEPTED"}


def test_what_cannot_be_undone_says_why(api, reviewer, colleague, claims, where):
    caller = api(reviewer)
    caller.post(f"claims/{claims[0].pk}/accept", {"version": 1})
    edit_claim(claim=Claim.objects.get(pk=claims[0].pk), version=2, by=colleague, claimant="Somebody")

    refused = caller.post(f"{where}/undo", {})
    unknown = caller.post(f"{where}/undo", {"step": str(uuid4())})

    assert (refused.status_code, unknown.status_code) == (409, 409)
    assert refused.json()["detail"].startswith("Colleague edited its wording since.")


def test_the_undo_of_one_claim_goes_on_working(api, reviewer, claims):
    caller = api(reviewer)
    done = caller.post(f"claims/{claims[0].pk}/accept", {"version": 1})

    undone = caller.post(f"claims/{claims[0].pk}/undo", {"version": done.json()["version"]})
    stale = caller.post(f"claims/{claims[0].pk}/undo", {"version": 1})

    assert undone.json()["status"] == "CANDIDATE"
    assert stale.status_code == 409


@pytest.mark.parametrize(
    "body", [{}, {"rows": []}, {"rows": [{"claim": 1}]}, {"rows": [{"claim": 0, "version": 1}]}]
)
def test_rows_name_claim_and_version(api, reviewer, where, body):
    assert api(reviewer).post(f"{where}/claims/accept", body).status_code == 400


def test_who_may_not_sort_is_refused(api, reader, outsider, claims, where):
    body = {"rows": rows(claims)}

    for caller, status in ((api(reader), 403), (api(outsider), 404)):
        assert caller.post(f"{where}/claims/accept", body).status_code == status
        assert caller.post(f"{where}/claims/accept", body | {"is_preview": True}).status_code == status
        assert caller.post(f"{where}/undo", {}).status_code == status
    assert api(outsider).get(f"{where}/steps").status_code == 404


def test_preferences_are_ones_own(api, reviewer, colleague):
    caller = api(reviewer)
    wanted = {"keys": {"a": "q"}, "mode": "CTRL_ALT", "after_accepting": "STAY"}

    before = caller.get("preferences").json()
    saved = caller.put("preferences", wanted | {"version": 0})
    stale = caller.put("preferences", wanted | {"version": 0})
    clash = caller.put("preferences", wanted | {"version": 1, "keys": {"a": "x"}})

    assert before == {"keys": {}, "mode": "SINGLE", "after_accepting": "NEXT", "language": "", "version": 0}
    assert saved.json() == wanted | {"language": "", "version": 1}
    assert (stale.status_code, clash.status_code) == (412, 422)
    assert api(colleague).get("preferences").json()["keys"] == {}
