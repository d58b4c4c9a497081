from __future__ import annotations

import pytest

from annotations.articles.services import edit_article
from annotations.claims.models import Claim
from annotations.claims.services.versions import add_version
from tests import factories

TEXT = (
    "The council met. Over 12,000 people came to the harbour in Kursk. Nobody was hurt there, the mayor said."
)
WORDS = "Over 12,000 people came"
NOW = TEXT.replace("12,000", "11,000")


@pytest.fixture
def story(workspace, reviewer):
    article = factories.article(workspace, reviewer, TEXT)
    factories.marked(article, WORDS, reviewer)
    return article


def test_a_text_is_added_once_and_its_lost_span_placed(story, reviewer, api):
    client, here = api(reviewer), f"articles/{story.pk}"

    added = client.post(f"{here}/versions", {"text": NOW, "seen": 1})
    again = client.post(f"{here}/versions", {"text": NOW, "seen": 1})
    stale = client.post(f"{here}/versions", {"text": TEXT + " More.", "seen": 1})
    (anchor,) = client.get(f"{here}/anchors").json()["results"]
    place = {name: anchor["guesses"][0][name] for name in ("start", "end", "exact")}
    placed = client.post(f"anchors/{anchor['id']}/place", place | {"version": 1})
    kept = client.post(f"anchors/{anchor['id']}/keep", {"version": 1})
    back = client.post(f"anchors/{anchor['id']}/reopen", {}, headers={"If-Match": '"2"'})

    assert (added.status_code, added.json()["version"]["number"], added.json()["waiting"]) == (201, 2, 1)
    assert (again.status_code, again.json()["is_new"]) == (200, False)
    assert (stale.status_code, stale.json()["version"]) == (412, 2)
    assert (anchor["outcome"], anchor["why"], anchor["from_exact"]) == ("REWORDED", ["NUMBER"], WORDS)
    assert (placed.status_code, placed.json()["decision"], placed.headers["ETag"]) == (200, "PLACED", '"2"')
    assert kept.status_code == 412 and "words" in kept.json()["current"]
    assert (back.status_code, back.json()["is_waiting"]) == (200, True)
    assert Claim.objects.get().exact == WORDS


def test_versions_are_listed_and_compared(story, reviewer, api, django_assert_max_num_queries):
    add_version(article=story, text=NOW, by=reviewer)
    client, here = api(reviewer), f"articles/{story.pk}/versions"

    rows = client.get(here, {"limit": 1}).json()
    with django_assert_max_num_queries(14):
        diff = client.get(f"{here}/diff", {"old": 1, "new": 2}).json()

    assert (rows["results"][0]["number"], rows["next"] is not None) == (2, True)
    assert [(one["kind"], one["text"]) for one in diff["pieces"] if one["kind"] in ("GONE", "NEW")] == [
        ("GONE", "12,000"),
        ("NEW", "11,000"),
    ]
    assert [one["claim"] for one in diff["touched"]] == [Claim.objects.get().pk]
    assert client.get(f"{here}/diff", {"old": 1, "new": 7}).status_code == 404
    assert client.get(f"{here}/diff", {"old": 0, "new": "x"}).status_code == 400


def test_an_article_is_watched_and_no_more(story, editor, reviewer, api):
    edit_article(article=story, version=1, by=editor, url="https://paper.example/story")
    client, here, asked = api(editor), f"articles/{story.pk}/watch", {"every": 6, "days": 3, "version": 0}

    nothing = client.get(here)
    on = client.put(here, asked)
    stale = client.put(here, asked)
    off = client.post(f"{here}/stop", {"version": 1})

    assert (nothing.status_code, on.status_code, stale.status_code) == (404, 200, 412)
    assert (on.json()["is_on"], off.json()["is_on"]) == (True, False)
    assert api(reviewer).put(here, asked).status_code == 403


def test_changed_words_that_were_checked_are_listed(workspace, reviewer, colleague, outsider, api):
    article = factories.article(workspace, reviewer)
    claim = factories.approved(article, reviewer, colleague)
    add_version(article=article, text=claim.article_version.text.replace("5 million", "6 million"), by=None)

    rows = api(reviewer).get("anchors").json()["results"]

    assert [(row["claim"], row["why"]) for row in rows] == [(claim.pk, ["NUMBER"])]
    assert api(outsider).get("anchors").json()["results"] == []
    assert api(outsider).get(f"anchors/{rows[0]['id']}").status_code == 404
