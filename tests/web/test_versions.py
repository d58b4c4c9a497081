"""The pages of an article's versions, and the tray of claims whose words a person has to look for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from annotations.articles.models import Article, Watch
from annotations.articles.services import edit_article
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.models import Claim
from annotations.claims.queries import anchors_waiting
from annotations.claims.services.versions import add_version
from annotations.people.models import User, Workspace
from tests import factories

LogIn = Callable[[User], Any]
HTMX = {"HX-Request": "true"}
TEXT = (
    "The council met. Over 12,000 people came to the harbour in Kursk. Nobody was hurt there, the mayor said."
)
WORDS = "Over 12,000 people came"
NOW = TEXT.replace("12,000", "11,000")


@pytest.fixture
def story(workspace: Workspace, reviewer: User) -> Article:
    return factories.article(workspace, reviewer, TEXT)


@pytest.fixture
def lost(story: Article, reviewer: User) -> ClaimAnchor:
    factories.marked(story, WORDS, reviewer)
    add_version(article=story, text=NOW, by=reviewer)
    return anchors_waiting(story).get()


def url(name: str, *args: int) -> str:
    return reverse(name, args=args)


def decide(client: Any, anchor: ClaimAnchor, do: str, **more: Any) -> Any:
    headers = more.pop("headers", {})
    return client.post(
        url("anchor-decide", anchor.pk),
        {"version": anchor.version, "do": do} | more,
        headers=headers,
    )


def test_a_pasted_text_becomes_the_next_version(story: Article, reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)

    answer = client.post(url("version-add", story.pk), {"text": NOW, "seen": "1"}, follow=True)

    page = answer.content.decode()
    assert story.versions.count() == 2
    assert "Added as version 2." in page
    assert "<del>12,000</del>" in page and "<ins>11,000</ins>" in page


def test_the_same_text_says_that_nothing_changed(story: Article, reviewer: User, log_in: LogIn) -> None:
    answer = log_in(reviewer).post(url("version-add", story.pk), {"text": TEXT, "seen": "1"}, follow=True)

    assert "nothing changed" in answer.content.decode()
    assert story.versions.count() == 1


def test_what_was_typed_is_kept_when_somebody_was_first(
    story: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    add_version(article=story, text=TEXT + " First.", by=colleague)

    answer = log_in(reviewer).post(url("version-add", story.pk), {"text": TEXT + " Mine.", "seen": "1"})

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "First" in page and "Mine" in page and 'name="seen" value="2"' in page


def test_the_workbench_says_which_version_it_shows_and_what_waits(
    lost: ClaimAnchor, reviewer: User, log_in: LogIn
) -> None:
    article = lost.claim.article_id

    page = log_in(reviewer).get(url("workbench", article), {"claim": lost.claim_id}).content.decode()

    assert "Version 2</a>" in page and "1 claim to place" in page
    assert "The claim stands on version 1." in page
    assert f'data-claims="{lost.claim_id}"' not in page


def test_a_checked_claim_is_marked_where_its_words_stand_now(
    workspace: Workspace, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    article = factories.article(workspace, reviewer)
    claim = factories.approved(article, reviewer, colleague)
    add_version(article=article, text="An update came today. " + claim.article_version.text, by=reviewer)

    page = log_in(reviewer).get(url("workbench", article.pk), {"claim": claim.pk}).content.decode()

    assert f'data-claims="{claim.pk}"' in page
    assert "The claim stands on version 1." in page


def test_the_list_of_versions_asks_a_fixed_number_of_queries(
    story: Article, reviewer: User, log_in: LogIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        add_version(article=story, text=f"{TEXT} Line {number} was added.", by=reviewer)
    client = log_in(reviewer)

    with django_assert_max_num_queries(16):
        page = client.get(url("article-versions", story.pk)).content.decode()

    assert page.count('name="from"') == 5


def test_an_old_version_says_that_it_is_not_the_newest(
    lost: ClaimAnchor, reader: User, log_in: LogIn
) -> None:
    page = log_in(reader).get(url("article-version", lost.claim.article_id, 1)).content.decode()

    assert "This is not the newest text" in page
    assert f'id="claim-{lost.claim_id}"' in page


def test_the_diff_marks_the_claims_that_were_touched(
    lost: ClaimAnchor, reviewer: User, log_in: LogIn
) -> None:
    address = url("article-diff", lost.claim.article_id)

    page = log_in(reviewer).get(address, {"from": "1", "to": "2"}).content.decode()

    assert '<span class="claimed" title="Claim 1"><del>12,000</del></span>' in page
    assert f"?claim={lost.claim_id}" in page


@pytest.mark.parametrize("query", ["?from=9&to=1", "?from=0", "?to=abc", "?after=99999999", "?from=1&to=1"])
def test_odd_questions_for_a_diff_are_answered(
    lost: ClaimAnchor, reviewer: User, log_in: LogIn, query: str
) -> None:
    answer = log_in(reviewer).get(url("article-diff", lost.claim.article_id) + query)

    assert answer.status_code in (200, 404)


def test_the_tray_shows_old_words_guesses_and_what_differs(
    lost: ClaimAnchor, reviewer: User, log_in: LogIn
) -> None:
    page = log_in(reviewer).get(url("article-tray", lost.claim.article_id)).content.decode()

    assert WORDS in page and "a figure" in page
    assert "<mark>11</mark>,000" in page


def test_a_guess_is_taken_and_can_be_taken_back(lost: ClaimAnchor, reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)

    answer = decide(client, lost, "place", guess="0", headers=HTMX)

    assert "Nothing to place" in answer.content.decode() and "Undo" in answer.content.decode()
    assert Claim.objects.get(pk=lost.claim_id).exact == "Over 11,000 people came"

    lost.refresh_from_db()
    decide(client, lost, "reopen")
    assert Claim.objects.get(pk=lost.claim_id).exact == WORDS


def test_words_can_be_typed_instead(lost: ClaimAnchor, reviewer: User, log_in: LogIn) -> None:
    decide(log_in(reviewer), lost, "place", exact="11,000 people came to the harbour")

    assert Claim.objects.get(pk=lost.claim_id).exact == "11,000 people came to the harbour"


@pytest.mark.parametrize(
    "given", [{"exact": "words that stand nowhere"}, {"guess": "9"}, {"guess": "\x00"}, {"exact": "e"}, {}]
)
def test_what_cannot_be_found_is_refused_and_kept(
    lost: ClaimAnchor, reviewer: User, log_in: LogIn, given: dict[str, str]
) -> None:
    answer = decide(log_in(reviewer), lost, "place", **given)

    assert answer.status_code == 422
    assert given.get("exact", "").strip() in answer.content.decode()


@pytest.mark.parametrize("do", ["keep", "withdraw"])
def test_a_claim_can_stay_on_the_old_version(
    lost: ClaimAnchor, reviewer: User, log_in: LogIn, do: str
) -> None:
    answer = decide(log_in(reviewer), lost, do)

    page = log_in(reviewer).get(answer.url).content.decode()
    assert "Nothing to place" in page and "Undo" in page
    assert Claim.objects.get(pk=lost.claim_id).article_version.number == 1


def test_two_hands_see_both_decisions(lost: ClaimAnchor, reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)
    decide(client, lost, "keep")

    answer = decide(client, lost, "withdraw", headers=HTMX)

    assert answer.status_code == 412
    assert "Kept on the old version" in answer.content.decode()


def test_readers_read_and_others_see_nothing(
    lost: ClaimAnchor, reader: User, outsider: User, log_in: LogIn
) -> None:
    article = lost.claim.article_id
    names = ("article-versions", "version-add", "article-diff", "article-tray")

    assert "You can read here." in log_in(reader).get(url("article-tray", article)).content.decode()
    assert decide(log_in(reader), lost, "keep").status_code == 403
    assert {log_in(outsider).get(url(name, article)).status_code for name in names} == {404}
    assert decide(log_in(outsider), lost, "keep").status_code == 404


def test_an_editor_has_an_article_watched_and_stops_it(
    story: Article, editor: User, reviewer: User, log_in: LogIn
) -> None:
    form = {"every": "6", "days": "7", "version": "0"}
    without = log_in(editor).post(url("article-watch", story.pk), form)
    edit_article(article=story, version=1, by=editor, url="https://paper.example/story")

    refused = log_in(reviewer).post(url("article-watch", story.pk), form)
    log_in(editor).post(url("article-watch", story.pk), form)
    stale = log_in(editor).post(url("article-watch", story.pk), form)
    watch = Watch.objects.get(article=story)
    log_in(editor).post(url("article-watch", story.pk), {"do": "stop", "version": str(watch.version)})

    assert (without.status_code, refused.status_code, stale.status_code) == (422, 403, 412)
    assert watch.is_on and watch.every == 6
    assert not Watch.objects.get(article=story).is_on


def test_the_page_of_changes_shows_both_versions_of_checked_words(
    workspace: Workspace, reviewer: User, colleague: User, editor: User, outsider: User, log_in: LogIn
) -> None:
    article = factories.article(workspace, reviewer)
    claim = factories.approved(article, reviewer, colleague)
    add_version(article=article, text=claim.article_version.text.replace("5 million", "6 million"), by=None)

    page = log_in(editor).get(url("text-changes")).content.decode()
    others = log_in(outsider).get(url("text-changes")).content.decode()

    assert "5 million" in page and "6 million" in page and "Version 1" in page
    assert "5 million" not in others
