from __future__ import annotations

from tests import factories

WORDS = "The council spent 5 million euros"
TEXT = f"{WORDS} on trams.\n\n{WORDS} again."


def _claim(workspace, reviewer):
    return factories.marked(factories.article(workspace, reviewer, TEXT), WORDS, reviewer)


def test_an_appearance_is_offered_attached_taken_off_and_put_back(workspace, reviewer, api):
    claim = _claim(workspace, reviewer)
    here = f"claims/{claim.pk}/mentions"
    client = api(reviewer)

    found = client.get(f"{here}/offered").json()
    place = found["articles"][0]["places"][0]
    body = {"places": [{name: place[name] for name in ("text", "start", "end", "exact")}]}
    (row,) = client.post(here, body).json()
    (again,) = client.post(here, body).json()
    off = client.post(f"{here}/{row['id']}/detach", {"version": 1})
    stale = client.post(f"{here}/{row['id']}/restore", {"version": 1})
    back = client.post(f"{here}/{row['id']}/restore", {}, headers={"If-Match": '"2"'})

    assert (found["total"], found["exact"], place["kind"], place["claim"]) == (1, 1, "EXACT", None)
    assert (row["exact"], row["start"], row["article"]) == (WORDS, TEXT.rindex(WORDS), claim.article_id)
    assert again == row
    assert (off.status_code, off.json()["removed_at"] is not None, off.headers["ETag"]) == (200, True, '"2"')
    assert (stale.status_code, stale.json()["version"]) == (412, 2)
    assert (back.status_code, back.json()["removed_at"]) == (200, None)
    assert [one["id"] for one in client.get(here).json()["results"]] == [row["id"]]
    assert client.get(here, {"removed": "true"}).json()["results"] == []


def test_wrong_places_are_refused(workspace, reviewer, outsider, api):
    claim = _claim(workspace, reviewer)
    here = f"claims/{claim.pk}/mentions"
    place = {"text": claim.article_version_id, "start": 0, "end": 3, "exact": "One"}

    client = api(reviewer)
    assert client.post(here, {"places": [place]}).status_code == 422
    assert client.post(here, {"places": []}).status_code == 400
    assert client.post(here, {"places": [{**place, "text": 10**17}]}).status_code == 422
    assert client.post(f"{here}/{10**17}/detach", {"version": 1}).status_code == 422
    assert api(outsider).get(f"{here}/offered").status_code == 404
