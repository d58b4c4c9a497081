"""Sources in the panel and their stored copies beside the claim: what each form answers, shows and refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.screens.beside import beside
from annotations.snapshots.copies import pasted
from annotations.snapshots.models import Snapshot
from annotations.sources.models import Evidence, Source
from annotations.sources.services import keep_copy
from annotations.verdicts.services import submit_verdict
from tests import factories

HTMX = {"HX-Request": "true"}
TEXT = "First.\n\nThey counted 12,000 <b>soldiers</b> in Russia. Nobody denied it."
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def claim(article, reviewer):
    return factories.ready(article, reviewer, "12,000")


@pytest.fixture
def evidence(claim, reviewer):
    evidence = factories.cited(claim, reviewer, title="A record", quote="They counted 12,000")
    keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)
    evidence.refresh_from_db()
    return evidence


def post(client: Any, name: str, pk: int, headers: dict[str, str] | None = None, **data: Any) -> Any:
    return client.post(reverse(name, args=[pk]), data, headers=headers or {})


@pytest.mark.parametrize(
    ("what", "url", "title"),
    [
        ("https://records.example/9", "https://records.example/9", "https://records.example/9"),
        (
            "records.example/table?x=1",
            "https://records.example/table?x=1",
            "https://records.example/table?x=1",
        ),
        ("The annual report of 2024", "", "The annual report of 2024"),
    ],
)
def test_one_box_takes_an_address_or_a_title(what, url, title, claim, reviewer, log_in):
    answer = post(log_in(reviewer), "evidence-cite", claim.pk, what=what, stance="PARTLY")

    assert answer.status_code == 302
    cited = Evidence.objects.latest("pk")
    assert (cited.source.url, cited.source.title, cited.stance) == (url, title, "PARTLY")


def test_a_file_becomes_a_source_with_its_stored_copy(claim, reviewer, log_in):
    file = SimpleUploadedFile("report.txt", b"Title: Annual report\n\nThey counted 12,000.", "text/plain")

    answer = post(
        log_in(reviewer),
        "evidence-cite",
        claim.pk,
        what="",
        file=file,
        stance="SUPPORTS",
        quote="They counted 12,000",
    )

    assert answer.status_code == 302
    cited = Evidence.objects.latest("pk")
    assert (cited.source.title, cited.quote_state) == ("Annual report", "VERIFIED")


def test_a_file_that_cannot_be_kept_leaves_nothing_and_keeps_what_was_typed(claim, reviewer, log_in):
    file = SimpleUploadedFile("program.bin", b"\x7fELF" + b"\0" * 99)
    known = Source.objects.count()

    answer = post(log_in(reviewer), "evidence-cite", claim.pk, what="My words", file=file, stance="SUPPORTS")

    assert answer.status_code == 422
    assert 'value="My words"' in answer.content.decode()
    assert Source.objects.count() == known


def test_the_registry_answers_while_one_types_and_a_choice_is_cited(claim, article, reviewer, log_in):
    other = factories.marked(article, "enhancing its ability to wage war", reviewer)
    known = factories.cited(other, reviewer, title="Sanctions committee record").source
    client = log_in(reviewer)

    shown = client.get(reverse("source-suggest", args=[claim.pk]), {"what": "sanctions"}).content.decode()
    answer = post(client, "evidence-cite", claim.pk, what="sanctions", known=known.pk, stance="REFUTES")

    assert f'name="known" value="{known.pk}"' in shown
    assert answer.status_code == 302
    assert claim.evidence.latest("pk").source == known


@pytest.mark.parametrize("known", ["x", "0", "9" * 30, "-1"])
def test_a_choice_that_is_none_is_refused(known, claim, reviewer, log_in):
    assert post(log_in(reviewer), "evidence-cite", claim.pk, known=known, stance="REFUTES").status_code == 422


def test_nothing_of_another_desk_is_suggested_cited_or_shown(
    claim, evidence, outsider, other_workspace, log_in
):
    client = log_in(outsider)
    theirs = factories.accepted(factories.article(other_workspace, outsider), outsider)

    assert client.get(reverse("source-suggest", args=[claim.pk]), {"what": "rec"}).status_code == 404
    assert (
        "A record"
        not in client.get(reverse("source-suggest", args=[theirs.pk]), {"what": "A record"}).content.decode()
    )
    assert (
        post(client, "evidence-cite", theirs.pk, known=evidence.source.pk, stance="CONTEXT").status_code
        == 422
    )
    for name, args in (
        ("source-beside", [claim.pk, evidence.pk]),
        ("source-beside", [theirs.pk, evidence.pk]),
        ("snapshot-file", [evidence.quote_snapshot_id]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404
    for name in ("evidence-quote", "source-keep-copy", "source-type-text"):
        assert post(client, name, evidence.pk, version=1, text="x", snapshot=1).status_code == 404


def test_the_copy_stands_beside_the_claim_as_text(evidence, claim, reader, log_in):
    page = log_in(reader).get(reverse("source-beside", args=[claim.pk, evidence.pk])).content.decode()

    assert "<mark>They counted 12,000</mark> &lt;b&gt;soldiers&lt;/b&gt; in Russia." in page
    assert "quote verified" in page
    assert evidence.quote_snapshot.file.sha256[:4] in page
    assert 'rel="noreferrer noopener"' in page
    assert "Only a reviewer of this workspace can cite sources." in page
    assert reverse("evidence-quote", args=[evidence.pk]) not in page


def test_with_htmx_only_the_copy_comes(evidence, claim, reviewer, log_in):
    answer = log_in(reviewer).get(
        reverse("source-beside", args=[claim.pk, evidence.pk]), headers=HTMX | {"HX-Target": "beside"}
    )

    assert "<html" not in answer.content.decode()
    assert "They counted" in answer.content.decode()


def test_words_of_the_copy_become_the_quote(evidence, claim, reviewer, log_in):
    client = log_in(reviewer)
    at = TEXT.index("Nobody")

    done = post(
        client,
        "evidence-quote",
        evidence.pk,
        HTMX | {"HX-Target": "beside"},
        version=1,
        quote="Nobody denied it",
        at=at,
    )
    stale = post(client, "evidence-quote", evidence.pk, version=1, quote="Mine")

    evidence.refresh_from_db()
    assert "<mark>Nobody denied it</mark>" in done.content.decode()
    assert 'id="sources"' in done.content.decode()
    assert (evidence.quote, evidence.quote_start) == ("Nobody denied it", at)
    assert stale.status_code == 412
    assert "Mine" in stale.content.decode() and "Nobody denied it" in stale.content.decode()


@pytest.mark.parametrize("at", ["x", "-1", "9" * 30, "1.5"])
def test_a_place_that_is_none_is_refused(at, evidence, reviewer, log_in):
    answer = post(log_in(reviewer), "evidence-quote", evidence.pk, version=1, quote="They counted", at=at)

    assert answer.status_code == 422


def test_a_copy_is_pasted_uploaded_and_typed(claim, reviewer, log_in):
    cited = claim.evidence.get()
    client = log_in(reviewer)

    pasted_ = post(client, "source-keep-copy", cited.pk, text="The words that prove it.")
    picture = post(
        client, "source-keep-copy", cited.pk, file=SimpleUploadedFile("scan.png", PNG, "image/png")
    )
    bare = client.get(picture.url).content.decode()
    snapshot = Snapshot.objects.latest("pk")
    typed = post(
        client, "source-type-text", cited.pk, snapshot=snapshot.pk, text="The words that prove it, in ink."
    )

    assert [answer.status_code for answer in (pasted_, picture, typed)] == [302] * 3
    assert "This copy has no text" in bare
    last = Snapshot.objects.latest("pk")
    assert (last.file, last.text) == (snapshot.file, "The words that prove it, in ink.")
    cited.refresh_from_db()
    assert (cited.quote_state, cited.quote_snapshot) == ("VERIFIED", last)


@pytest.mark.parametrize("data", [{}, {"text": "  "}, {"text": "\x00 "}])
def test_a_copy_without_words_is_refused_or_kept_but_never_breaks(data, claim, reviewer, log_in):
    answer = post(log_in(reviewer), "source-keep-copy", claim.evidence.get().pk, **data)

    assert answer.status_code in (302, 422)


def test_stored_bytes_are_only_ever_downloaded(claim, reviewer, reader, log_in):
    page = (
        b"<!doctype html><html><body><p>"
        + b"Words of the page. " * 30
        + b"</p><script>1</script></body></html>"
    )
    post(
        log_in(reviewer),
        "source-keep-copy",
        claim.evidence.get().pk,
        file=SimpleUploadedFile('pa"ge\r\n.html', page, "text/html"),
    )

    answer = log_in(reader).get(reverse("snapshot-file", args=[Snapshot.objects.get().pk]))

    assert answer.content == page
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_was_taken_off_offers_the_way_back(evidence, claim, reviewer, log_in):
    client = log_in(reviewer)
    headers = HTMX | {"HX-Target": "sources"}

    off = post(client, "evidence-remove", evidence.pk, headers, version=1).content.decode()
    back = post(client, "evidence-restore", evidence.pk, headers, version=2).content.decode()

    assert "Taken off: A record." in off and 'id="undo-taken-off"' in off
    assert "quote verified" in back


def test_after_review_the_copy_is_read_but_not_quoted_from(evidence, claim, reviewer, log_in):
    claim.refresh_from_db()
    submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)
    client = log_in(reviewer)

    shown = client.get(reverse("source-beside", args=[claim.pk, evidence.pk])).content.decode()
    answer = post(client, "evidence-quote", evidence.pk, version=1, quote="Nobody denied it")

    assert "its sources can be changed only while in review" in shown
    assert answer.status_code == 403


def test_a_source_that_is_none_is_not_found(claim, evidence, reviewer, log_in):
    client = log_in(reviewer)

    assert client.get(reverse("source-beside", args=[claim.pk, 2**62])).status_code == 404
    assert (
        client.get(reverse("source-beside", args=[claim.pk, evidence.pk]), {"copy": "9" * 40}).status_code
        == 200
    )


def test_it_takes_as_many_queries_for_thirty_sources_as_for_one(claim, evidence, reviewer):
    few = _asked(claim, reviewer, evidence.pk)
    for number in range(30):
        factories.cited(claim, reviewer)
        keep_copy(source=evidence.source, matter=pasted(f"{TEXT} {number}"), by=reviewer)

    assert _asked(claim, reviewer, evidence.pk) == few <= 6


def _asked(claim: Claim, person: User, evidence: int) -> int:
    claim = Claim.objects.select_related("article__workspace", "workspace").get(pk=claim.pk)
    person = User.objects.get(pk=person.pk)
    with CaptureQueriesContext(connection) as queries:
        assert beside(claim=claim, person=person, evidence_id=evidence)
    return len(queries)
