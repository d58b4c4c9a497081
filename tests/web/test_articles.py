"""Articles come in and are corrected: what is kept, what is refused, and that nobody's words are lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.articles.models import Article
from annotations.articles.services import edit_article
from annotations.people.models import User, Workspace
from tests import factories

LogIn = Callable[[User], Any]
TEXT = "The council spent 5 million euros on roads in 2023. It will meet again."
FACTS = {
    "title": "Roads",
    "byline": "",
    "outlet": "The Paper",
    "published_on": "2025-01-09",
    "language": "en",
    "url": "",
}


def file(content: bytes, name: str = "story.txt", kind: str = "text/plain") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def add(client: Any, **data: Any) -> Any:
    return client.post(reverse("articles-add"), data)


def test_pasted_text_becomes_an_article_and_opens(reviewer: User, log_in: LogIn) -> None:
    answer = add(log_in(reviewer), text=TEXT)

    article = Article.objects.get()
    assert answer["Location"] == reverse("workbench", args=[article.pk])
    assert article.versions.get().text == TEXT
    assert article.added_by == reviewer


def test_it_is_read_by_a_worker_once_it_is_kept(
    reviewer: User, log_in: LogIn, broker: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as rung:
        add(log_in(reviewer), text=TEXT)

    assert len(rung) == 1
    assert Article.objects.get().versions.get().extraction.state == "WAITING"


def test_several_files_become_several_articles(reviewer: User, log_in: LogIn) -> None:
    page = (
        b"<html><head><title>Bridges</title></head><body><article><p>"
        + TEXT.encode() * 4
        + b"</p></article></body></html>"
    )

    answer = add(log_in(reviewer), files=[file(b"One story. " * 20), file(page, "b.html", "text/html")])

    assert answer["Location"] == reverse("queue")
    assert Article.objects.count() == 2


def test_the_same_text_again_is_the_same_article(reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)
    add(client, text=TEXT)

    answer = client.post(reverse("articles-add"), {"text": TEXT}, follow=True)

    assert Article.objects.count() == 1
    assert "is here already" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00", "x" * 1_000_001])
def test_text_that_cannot_be_kept_is_refused_with_the_reason(
    reviewer: User, log_in: LogIn, text: str
) -> None:
    answer = add(log_in(reviewer), text=text)

    assert answer.status_code == 422
    assert answer.context["results"]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.txt"),
        (b"%PDF-1.7 ...", "a.pdf"),
        (b"\x89PNG\r\n\x1a\n\x00", "a.txt"),
        (bytes(range(256)) * 9, "b.txt"),
    ],
)
def test_files_that_cannot_be_read_are_refused_by_name(
    reviewer: User, log_in: LogIn, content: bytes, name: str
) -> None:
    answer = add(log_in(reviewer), files=[file(content, name)])

    assert answer.status_code == 422
    assert name in answer.content.decode()
    assert not Article.objects.exists()


def test_one_bad_file_does_not_keep_the_good_one_out(reviewer: User, log_in: LogIn) -> None:
    answer = add(log_in(reviewer), files=[file(b"", "empty.txt"), file(TEXT.encode())])

    assert answer.status_code == 422
    assert "empty.txt" in answer.content.decode()
    assert Article.objects.count() == 1


def test_a_refused_text_stands_in_the_box_again(reviewer: User, log_in: LogIn) -> None:
    answer = add(log_in(reviewer), text="\u200b \u2060", title="t")

    assert answer.status_code == 422
    assert answer.context["typed_text"] == "\u200b \u2060"


def test_a_reader_adds_nothing(reader: User, log_in: LogIn) -> None:
    answer = add(log_in(reader), text=TEXT)

    assert answer.status_code == 403
    assert not Article.objects.exists()


def test_adding_takes_a_form(reviewer: User, log_in: LogIn) -> None:
    assert log_in(reviewer).get(reverse("articles-add")).status_code == 405


def test_facts_are_corrected(article: Article, reviewer: User, log_in: LogIn) -> None:
    answer = log_in(reviewer).post(reverse("article-edit", args=[article.pk]), FACTS | {"version": 1})

    article.refresh_from_db()
    assert answer.status_code == 302
    assert (article.title, article.outlet, article.version) == ("Roads", "The Paper", 2)


def test_a_stale_save_shows_both_texts_and_can_be_sent_again(
    article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    edit_article(article=article, version=1, by=colleague, title="Their headline")
    client, address = log_in(reviewer), reverse("article-edit", args=[article.pk])

    stale = client.post(address, FACTS | {"title": "My headline", "version": 1})
    again = client.post(address, FACTS | {"title": "My headline", "version": stale.context["version"]})

    page = stale.content.decode()
    assert stale.status_code == 412
    assert "Their headline" in page
    assert "My headline" in page
    assert again.status_code == 302
    article.refresh_from_db()
    assert article.title == "My headline"


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": ""},
        {"version": "seven"},
        {"published_on": "2025-13-40"},
        {"url": "javascript:alert(1)"},
        {"title": "x" * 501},
        {"title": "a\x00b"},
    ],
)
def test_facts_that_cannot_be_right_are_refused(
    article: Article, reviewer: User, log_in: LogIn, wrong: dict[str, str]
) -> None:
    answer = log_in(reviewer).post(
        reverse("article-edit", args=[article.pk]), FACTS | {"version": "1"} | wrong
    )

    assert answer.status_code == 422
    article.refresh_from_db()
    assert article.version == 1


def test_a_version_nobody_ever_saw_is_stale(article: Article, reviewer: User, log_in: LogIn) -> None:
    answer = log_in(reviewer).post(reverse("article-edit", args=[article.pk]), FACTS | {"version": "9" * 18})

    assert answer.status_code == 412


def test_a_reader_sees_the_facts_and_why_they_cannot_be_edited(
    article: Article, reader: User, log_in: LogIn
) -> None:
    client, address = log_in(reader), reverse("article-edit", args=[article.pk])

    page = client.get(address)
    refused = client.post(address, FACTS | {"version": 1})

    assert "Only a reviewer" in page.content.decode()
    assert (page.status_code, refused.status_code) == (200, 403)


def test_the_due_time_is_the_editors_to_set(
    article: Article, reviewer: User, editor: User, log_in: LogIn
) -> None:
    due = {"what": "due", "due_at": "2030-01-01T12:00", "version": 1}
    address = reverse("article-edit", args=[article.pk])

    by_reviewer = log_in(reviewer).post(address, due)
    by_editor = log_in(editor).post(address, due)

    assert (by_reviewer.status_code, by_editor.status_code) == (403, 302)
    article.refresh_from_db()
    assert article.due_at is not None
    assert article.due_at.isoformat() == "2030-01-01T12:00:00+00:00"


@pytest.mark.parametrize("due_at", ["soon", "0000-00-00T00:00"])
def test_a_due_time_that_is_none_is_refused(
    article: Article, editor: User, log_in: LogIn, due_at: str
) -> None:
    answer = log_in(editor).post(
        reverse("article-edit", args=[article.pk]), {"what": "due", "due_at": due_at, "version": 1}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["article-edit", "article-report", "workbench"])
def test_an_article_of_another_desk_does_not_exist(
    article: Article, outsider: User, log_in: LogIn, name: str
) -> None:
    client = log_in(outsider)

    assert client.get(reverse(name, args=[article.pk])).status_code == 404


@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 40])
def test_a_number_that_is_no_article_is_not_found(
    workspace: Workspace, reviewer: User, log_in: LogIn, pk: str
) -> None:
    assert log_in(reviewer).get(f"/articles/{pk}/edit/").status_code == 404


def test_the_facts_page_shows_what_is_known(workspace: Workspace, reviewer: User, log_in: LogIn) -> None:
    article = factories.article(workspace, reviewer, outlet="The <Paper>")

    page = log_in(reviewer).get(reverse("article-edit", args=[article.pk])).content.decode()

    assert "The &lt;Paper&gt;" in page


def test_addresses_are_fetched_and_stand_above_the_queue(reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)

    answer = client.post(
        reverse("articles-add"),
        {"text": "https://paper.example/1\n https://paper.example/2#part\nhttps://paper.example/1"},
        follow=True,
    )

    page = answer.content.decode()
    assert "2 addresses are being fetched." in page
    assert page.count("waiting for its turn") == 2
    assert not Article.objects.exists()


def test_an_address_among_words_is_text(reviewer: User, log_in: LogIn) -> None:
    add(log_in(reviewer), text=f"https://paper.example/1\n\n{TEXT}")

    assert Article.objects.count() == 1


def test_each_file_is_told_what_became_of_it(article: Article, reviewer: User, log_in: LogIn) -> None:
    answer = add(log_in(reviewer), files=[file(b"", "empty.txt"), file(TEXT.encode(), "good.txt")])

    told = {result.name: result.tone for result in answer.context["results"]}
    assert told == {"empty.txt": "bad", "good.txt": "good"}


def test_an_editor_sets_how_urgent_an_article_is(
    article: Article, editor: User, reviewer: User, log_in: LogIn
) -> None:
    address = reverse("article-edit", args=[article.pk])
    forbidden = log_in(reviewer).post(address, {"what": "priority", "priority": "4", "version": 1})
    client = log_in(editor)

    done = client.post(address, {"what": "priority", "priority": "4", "version": 1})
    wrong = client.post(address, {"what": "priority", "priority": "9", "version": 2})

    article.refresh_from_db()
    assert (forbidden.status_code, done.status_code, wrong.status_code) == (403, 302, 422)
    assert article.priority == 4
