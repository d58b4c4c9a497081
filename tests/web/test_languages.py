"""An article in a language that cannot be read says so wherever its claims are shown; people work on it by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.articles.services import edit_article
from annotations.jobs.services import retry_job
from annotations.people.models import User, Workspace
from tests import factories
from tests.claims.extraction.test_languages import FRENCH, GERMAN, KOREAN

NOTE = "No proposals for this language (Korean). Mark claims by hand."


@pytest.fixture
def korean(workspace: Workspace, reviewer: User) -> Article:
    return factories.article(workspace, reviewer, KOREAN, language="ko-KR")


@pytest.mark.parametrize(
    ("text", "language", "note"),
    [
        (KOREAN, "ko-KR", NOTE),
        (GERMAN, "de", "No proposals for this language (German). Mark claims by hand."),
        (FRENCH, "FR", "No proposals for this language (French). Mark claims by hand."),
        (FRENCH, "", "No proposals: the language of this text is not known. Mark claims by hand."),
    ],
)
def test_the_search_ends_well_without_candidates_and_says_why(
    workspace: Workspace, reviewer: User, text: str, language: str, note: str
) -> None:
    article = factories.article(workspace, reviewer, text, language=language)

    assert factories.extract(article) == []

    job = current_version(article).extraction
    assert (job.state, job.reason) == ("DONE", note)


def test_workbench_queue_and_api_show_it(korean: Article, reviewer: User, log_in: Any) -> None:
    factories.extract(korean)

    page = log_in(reviewer).get(reverse("workbench", args=[korean.pk])).content.decode()
    queue = log_in(reviewer).get(reverse("queue")).content.decode()
    told = log_in(reviewer).get(f"/api/v1/articles/{korean.pk}").json()["current"]["extraction"]

    assert NOTE in page
    assert "were found" not in page
    assert NOTE in queue
    assert (told["state"], told["reason"]) == ("DONE", NOTE)


def test_a_reader_sees_the_note_and_no_button(korean: Article, reader: User, log_in: Any) -> None:
    factories.extract(korean)

    page = log_in(reader).get(reverse("workbench", args=[korean.pk])).content.decode()

    assert NOTE in page
    assert reverse("extraction-retry", args=[korean.pk]) not in page


def test_claims_are_marked_by_hand_all_the_same(korean: Article, reviewer: User, log_in: Any) -> None:
    factories.extract(korean)

    claim = factories.marked(korean, "500만 유로", reviewer)

    page = log_in(reviewer).get(reverse("workbench", args=[korean.pk])).content.decode()
    assert f'data-claims="{claim.pk}"' in page
    assert NOTE not in log_in(reviewer).get(reverse("queue")).content.decode()


def test_once_the_language_is_corrected_looking_again_finds_claims(
    workspace: Workspace, reviewer: User, log_in: Any
) -> None:
    text = "The council spent 5 million euros on the bridge in 2023, the mayor said."
    article = factories.article(workspace, reviewer, text, language="ko")
    assert factories.extract(article) == []
    edit_article(article=article, version=article.version, by=reviewer, language="en")

    client = log_in(reviewer)
    assert "Look again" in client.get(reverse("workbench", args=[article.pk])).content.decode()
    client.post(reverse("extraction-retry", args=[article.pk]))

    assert [claim.exact for claim in factories.extract(article)] != []
    job = current_version(article).extraction
    assert (job.state, job.reason) == ("DONE", "")
    with pytest.raises(Exception, match="nothing to start again"):
        retry_job(job=job, by=reviewer)
