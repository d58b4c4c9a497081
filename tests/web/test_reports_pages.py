"""Reports and checked claims: what is read, what is taken along, and that no draft is ever in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.people.models import User, Workspace
from annotations.reports.models import Export
from annotations.reports.services import confirm_amendment, publish_claims
from annotations.reviews.models import Amendment
from annotations.reviews.services.publishing import propose_correction, propose_retraction
from tests import factories

LogIn = Callable[[User], Any]


@pytest.fixture
def published(article: Article, reviewer: User, colleague: User, editor: User) -> Claim:
    claim = factories.approved(article, reviewer, colleague, "12,000")
    publish_claims(claims=[(claim, claim.version)], by=editor)
    claim.refresh_from_db()
    return claim


def corrected(claim: Claim, editor: User, admin: User, rating: str = "half_true") -> None:
    amendment = propose_correction(
        claim=claim,
        version=claim.version,
        correction_type="VERDICT_CHANGE" if rating != "mostly_true" else "TYPO",
        note="A count was withdrawn.",
        by=editor,
        rating=rating,
        reasons="One count was withdrawn [1].",
        confidence="LOW",
    )
    confirm_amendment(amendment=Amendment.objects.get(pk=amendment.pk), by=admin)
    claim.refresh_from_db()


def body(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))


def test_the_report_says_claim_rating_reasons_sources_and_people(
    article: Article, published: Claim, reader: User, log_in: LogIn
) -> None:
    page = log_in(reader).get(reverse("article-report", args=[article.pk])).content.decode()

    for words in ("Mostly true", "Two counts come close", "Official record", "Dorothy Camille Shea"):
        assert words in page
    assert "checked by Reviewer" in page
    assert "signed off by Colleague" in page
    assert f'id="claim-{published.pk}"' in page


def test_no_draft_is_in_it(
    article: Article, published: Claim, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    draft = factories.ready(article, reviewer, "45,000")
    client = log_in(editor)

    page = client.get(reverse("article-report", args=[article.pk])).content.decode()
    taken = body(client.get(reverse("article-report-json", args=[article.pk]))).decode()
    checked = body(client.get(reverse("checked-claims-csv"))).decode()

    for text in (page, taken, checked):
        assert draft.exact not in text
        assert published.exact in text


def test_csv_and_json_say_what_the_page_says(
    article: Article, published: Claim, reader: User, log_in: LogIn
) -> None:
    client = log_in(reader)

    table = rows(client.get(reverse("article-report-csv", args=[article.pk])))
    tree = json.loads(body(client.get(reverse("article-report-json", args=[article.pk]))))

    assert [row["rating"] for row in table] == ["Mostly true"]
    assert [entry["label"] for entry in tree["claims"]] == ["Mostly true"]
    assert table[0]["statement"] == tree["claims"][0]["statement"] == published.statement
    assert table[0]["exact_words"] == published.exact


def test_a_download_is_named_and_written_down(
    article: Article, published: Claim, reader: User, log_in: LogIn
) -> None:
    answer = log_in(reader).get(reverse("article-report-csv", args=[article.pk]))

    assert f'filename="verdict-report-{article.pk}-v1.csv"' in answer["Content-Disposition"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    export = Export.objects.get()
    assert (export.taken_by, export.format, export.selection) == (reader, "csv", {"article": article.pk})


def test_a_correction_is_told_and_the_older_version_stays_readable(
    article: Article, published: Claim, editor: User, admin: User, reader: User, log_in: LogIn
) -> None:
    corrected(published, editor, admin)
    client, address = log_in(reader), reverse("article-report", args=[article.pk])

    newest = client.get(address).content.decode()
    older = client.get(address, {"version": 1}).content.decode()

    assert "Half true" in newest
    assert "The version before rated this claim Mostly true." in newest
    assert "A count was withdrawn." in newest
    assert "This is an older version." in older
    assert "Half true" not in older


def test_a_correction_that_keeps_the_rating_does_not_speak_of_another(
    article: Article, published: Claim, editor: User, admin: User, reader: User, log_in: LogIn
) -> None:
    corrected(published, editor, admin, rating="mostly_true")

    page = log_in(reader).get(reverse("article-report", args=[article.pk])).content.decode()

    assert "A count was withdrawn." in page
    assert "The version before rated" not in page


def test_a_retracted_claim_stays_as_a_tombstone_without_its_verdict(
    article: Article, published: Claim, editor: User, admin: User, reader: User, log_in: LogIn
) -> None:
    amendment = propose_retraction(
        claim=published, version=published.version, note="The source was forged.", by=editor
    )
    confirm_amendment(amendment=Amendment.objects.get(pk=amendment.pk), by=admin)
    client = log_in(reader)

    page = client.get(reverse("article-report", args=[article.pk])).content.decode()
    checked = client.get(reverse("checked-claims"))

    assert "Retracted" in page
    assert "The source was forged." in page
    assert "Two counts come close" not in page
    assert checked.context["claims"] == []


def test_an_article_without_report_says_how_one_begins(article: Article, reader: User, log_in: LogIn) -> None:
    client = log_in(reader)

    page = client.get(reverse("article-report", args=[article.pk]))
    download = client.get(reverse("article-report-csv", args=[article.pk]))

    assert "A report begins with the first published claim" in page.content.decode()
    assert (page.status_code, download.status_code) == (200, 404)


@pytest.mark.parametrize("version", ["0", "2", "x", "-1", "9" * 18, "9" * 40, "1\x00", ""])
@pytest.mark.parametrize("name", ["article-report", "article-report-csv"])
def test_a_version_that_does_not_exist_is_not_found(
    article: Article, published: Claim, reader: User, log_in: LogIn, name: str, version: str
) -> None:
    answer = log_in(reader).get(reverse(name, args=[article.pk]), {"version": version})

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["article-report", "article-report-csv", "article-report-json"])
def test_to_another_desk_the_report_does_not_exist(
    article: Article, published: Claim, outsider: User, log_in: LogIn, name: str
) -> None:
    assert log_in(outsider).get(reverse(name, args=[article.pk])).status_code == 404


def test_the_list_names_the_newest_report_of_each_article_of_the_desk(
    article: Article,
    published: Claim,
    editor: User,
    admin: User,
    reader: User,
    outsider: User,
    log_in: LogIn,
) -> None:
    corrected(published, editor, admin)

    ours = log_in(reader).get(reverse("reports"))
    theirs = log_in(outsider).get(reverse("reports"))

    assert [report.number for report in ours.context["reports"]] == [2]
    assert theirs.context["reports"] == []


@pytest.mark.parametrize("before", ["x", "-3", "9" * 18, "9" * 30, "\x00"])
def test_no_address_breaks_the_list(published: Claim, reader: User, log_in: LogIn, before: str) -> None:
    assert log_in(reader).get(reverse("reports"), {"before": before}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 1),
        ({"rating": "mostly_true"}, 1),
        ({"rating": "false"}, 0),
        ({"q": "soldiers RUSSIA"}, 1),
        ({"q": "soldiers mars"}, 0),
        ({"q": "100%_"}, 0),
        ({"claimant": "camille"}, 1),
        ({"claimant": "somebody else"}, 0),
        ({"since": "2020-01-01"}, 1),
        ({"until": "2020-01-01"}, 0),
        ({"article": "999999"}, 0),
        ({"after": "nonsense"}, 1),
        ({"after": "0001-01-01T00:00:00+23:59_1"}, 1),
        ({"after": "9999-12-31T23:59:59-23:59_1"}, 1),
    ],
)
def test_page_and_downloads_obey_the_filter(
    published: Claim, reader: User, log_in: LogIn, asked: dict[str, str], found: int
) -> None:
    client = log_in(reader)

    page = client.get(reverse("checked-claims"), asked)
    table = rows(client.get(reverse("checked-claims-csv"), asked))
    tree = json.loads(body(client.get(reverse("checked-claims-json"), asked)))

    assert len(page.context["claims"]) == len(table) == len(tree["claims"]) == found


@pytest.mark.parametrize(
    "asked",
    [
        {"rating": "no_such"},
        {"since": "yesterday"},
        {"article": "x"},
        {"article": "9" * 30},
        {"q": "a\x00b"},
        {"q": "x" * 201},
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(
    published: Claim, reader: User, log_in: LogIn, asked: dict[str, str]
) -> None:
    client = log_in(reader)

    assert client.get(reverse("checked-claims"), asked).status_code == 422
    assert client.get(reverse("checked-claims-csv"), asked).status_code == 404


def test_checked_claims_of_another_desk_are_not_in_it(
    published: Claim, outsider: User, log_in: LogIn
) -> None:
    client = log_in(outsider)

    assert client.get(reverse("checked-claims")).context["claims"] == []
    assert rows(client.get(reverse("checked-claims-csv"))) == []


def test_a_claim_that_looks_like_a_formula_is_only_text_in_the_table(
    workspace: Workspace, reviewer: User, colleague: User, editor: User, reader: User, log_in: LogIn
) -> None:
    article = factories.article(workspace, reviewer, title='=HYPERLINK("http://evil.example")')
    claim = factories.approved(article, reviewer, colleague)
    publish_claims(claims=[(claim, claim.version)], by=editor)

    table = rows(log_in(reader).get(reverse("article-report-csv", args=[article.pk])))

    assert table[0]["article_title"] == '\'=HYPERLINK("http://evil.example")'


def test_words_of_a_source_are_text_and_never_markup(
    article: Article, reviewer: User, colleague: User, editor: User, reader: User, log_in: LogIn
) -> None:
    claim = factories.ready(article, reviewer, "12,000")
    factories.cited(claim, reviewer, title="<img src=x onerror=alert(1)>", quote="</script><b>")
    factories.submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)
    factories.approve_verdict(claim=claim, version=claim.version, by=colleague)
    publish_claims(claims=[(claim, claim.version)], by=editor)

    page = log_in(reader).get(reverse("article-report", args=[article.pk])).content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
