"""Pages in another language: chosen, remembered, complete; and what is published does not change with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from annotations.articles.models import Article
from annotations.desks.scale import DEFAULT
from annotations.people.models import User, Workspace
from annotations.preferences.queries import language_of
from annotations.preferences.services import set_language
from annotations.refusals import Incomplete, NotAllowed
from annotations.reports.services import publish_claims
from annotations.reviews.models import Publication
from tests import factories
from tests.cast import PASSWORD

LogIn = Callable[[User], Any]
GERMAN: Any = {"headers": {"accept-language": "de-DE,de;q=0.9,en;q=0.5"}}
_ENGLISH = re.compile(
    r"\b(?:the|and|with|this|your|is|are|of|not|to|by|you|from|yet|none|claims?)\b", re.IGNORECASE
)
# Words of people, articles and the desk's own scale, and codes: they are in whatever language they were written in.
_OTHERS = "//*[@dir='auto' or self::code or self::kbd or self::script or self::style or self::title or self::option]"


def said_by(body: bytes) -> list[str]:
    """What a page says of itself, its labels for assistive technology included."""
    page = lxml.html.fromstring(body.decode())
    for other in [*page.xpath(_OTHERS), *page.xpath("//*[@data-rating or @lang][not(self::html)]")]:
        if other.getparent() is not None:
            other.drop_tree()
    words = [*page.itertext(), *page.xpath("//@title|//@aria-label|//@placeholder|//@data-label|//@alt")]
    return [" ".join(one.split()) for one in words if one.strip()]


def test_a_browser_that_asks_for_german_gets_whole_pages_in_german(
    workspace: Workspace, article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")
    client = log_in(colleague)
    there = [reverse("queue"), reverse("keys"), reverse("notice-settings"), reverse("reports")]
    there += [
        reverse("workbench", args=[article.pk]) + f"?claim={claim.pk}",
        reverse("second-review", args=[claim.pk]),
    ]
    shown = {article.headline, claim.statement, claim.exact}
    shown |= {words for one in DEFAULT.ratings for words in (one.label, one.definition)}

    pages = {address: client.get(address, **GERMAN) for address in there}

    for address, page in pages.items():
        assert page.headers["Content-Language"] == "de", address
        assert '<html lang="de" dir="ltr">' in page.content.decode(), address
        left = [words for words in said_by(page.content) if _ENGLISH.search(words)]
        assert [words for words in left if not any(one[:40] in words for one in shown)] == [], address


def test_a_choice_counts_more_than_the_browser_and_reaches_other_browsers(
    reviewer: User, log_in: LogIn
) -> None:
    here = log_in(reviewer)
    answer = here.post(reverse("language"), {"language": "de", "next": "/keys/"})
    elsewhere = Client().post(reverse("sign-in"), {"username": "reviewer", "password": PASSWORD})

    page = here.get("/keys/", headers={"accept-language": "en"}).content.decode()

    assert (answer.status_code, answer.url) == (302, "/keys/")
    assert "<h1>Tasten</h1>" in page
    assert 'value="de" lang="de" aria-current="true"' in page
    assert elsewhere.cookies["language"].value == "de"
    assert language_of(reviewer) == "de"


@pytest.mark.parametrize("sent", [{"language": "xx"}, {}, {"language": "\x00"}, {"language": "d" * 5000}])
def test_no_other_language_is_kept(reviewer: User, log_in: LogIn, sent: dict[str, str]) -> None:
    answer = log_in(reviewer).post(reverse("language"), sent)

    assert answer.status_code == 422
    assert "language" not in answer.cookies
    assert language_of(reviewer) == "en"


def test_nobody_is_sent_to_another_site(client: Any, db: None) -> None:
    answer = client.post(reverse("language"), {"language": "de", "next": "https://elsewhere.example/"})

    assert (answer.status_code, answer.url) == (302, "/")
    assert answer.cookies["language"].value == "de"


def test_a_person_chooses_for_nobody_else(reviewer: User, colleague: User) -> None:
    with pytest.raises(NotAllowed):
        set_language(person=reviewer, language="de", by=colleague)
    with pytest.raises(Incomplete):
        set_language(person=reviewer, language="fr", by=reviewer)


def test_programs_are_told_the_same_in_every_language(reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)

    english = client.get("/api/v1/claims/999999")
    german = client.get("/api/v1/claims/999999", **GERMAN)

    assert german.content == english.content
    assert "Content-Language" not in german.headers


def test_refusals_are_in_the_language_of_the_reader(reader: User, article: Article, log_in: LogIn) -> None:
    answer = log_in(reader).post(
        reverse("article-edit", args=[article.pk]), {"version": 1, "title": "x"}, **GERMAN
    )

    assert answer.status_code == 403
    assert "Dafür braucht es in dieser Redaktion die Rolle Prüfer/in" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_published_is_the_same_whoever_presses_the_button(
    article: Article, reviewer: User, colleague: User, editor: User, language: str
) -> None:
    claim = factories.approved(article, reviewer, colleague, "12,000")

    with translation.override(language):
        report = publish_claims(claims=[(claim, claim.version)], by=editor)

    content = Publication.objects.get(claim=claim).content
    told = json.dumps([content, report.content], ensure_ascii=False, default=str)
    assert '"label": "Mostly true"' in told
    assert not re.search(r"\b(?:Behauptung|Urteil|Quelle|Jan\.|und|der|die|von)\b|[äöüß]", told)
