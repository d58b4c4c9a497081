"""The registry of sources, a source's page, and what the panel says of sources: what each shows, takes and refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.flags.models import Flag
from annotations.flags.services import flag_evidence
from annotations.snapshots.copies import pasted
from annotations.sources.models import Evidence, Source
from annotations.sources.services import keep_copy
from tests import factories
from tests.sources.test_origins import OWN_HEAD, WITH_DATELINE

HTMX = {"HX-Request": "true", "HX-Target": "sources"}


@pytest.fixture
def claim(article, reviewer):
    return factories.ready(article, reviewer, "12,000")


@pytest.fixture
def evidence(claim):
    return claim.evidence.get()


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(found), answer.content.decode()


def test_the_registry_is_paged_filtered_and_its_queries_do_not_grow(claim, reviewer, log_in):
    client, address = log_in(reviewer), reverse("sources")
    client.get(address)
    few, _page = queries(client, address)
    for number in range(34):
        factories.cited(claim, reviewer, title=f"Record {number}", type="NEWS" if number % 2 else "OFFICIAL")

    many, first = queries(client, address)
    second = client.get(address + "?after=" + first.split("after=")[1].split('"')[0]).content.decode()
    _count, news = queries(client, address + "?type=NEWS&q=Record%203&after=nonsense&reliability=NONE")

    assert many == few
    assert ("Record 33<" in first, "Record 2<" in first, "Record 2<" in second) == (True, False, True)
    assert ("Record 33<" in news, "Record 32<" in news) == (True, False)
    assert "Nothing fits" in client.get(address + "?q=%00&type=RUMOUR&reliability=LOW").content.decode()


def test_a_sources_page_is_edited_rated_and_shows_both_texts_when_stale(claim, evidence, reviewer, log_in):
    client, source = log_in(reviewer), evidence.source
    keep_copy(source=source, matter=pasted("The words that prove it."), by=reviewer)
    seen = {"version": source.version}
    rated = client.post(
        reverse("source-rate", args=[source.pk]), seen | {"level": "HIGH", "reason": "Open data."}
    )
    stale = client.post(
        reverse("source-edit", args=[source.pk]), seen | {"title": "My title", "licence": "CC0"}
    )
    source.refresh_from_db()
    wrong = client.post(
        reverse("source-edit", args=[source.pk]),
        {"version": source.version, "title": "", "licence": "CC BY-SA", "published_on": "soon"},
    )
    done = client.post(
        reverse("source-edit", args=[source.pk]),
        {"version": source.version, "title": "Table 3", "language": "en", "conflict_note": "Is a party."},
    )
    page = client.get(reverse("source", args=[source.pk])).content.decode()

    assert [answer.status_code for answer in (rated, stale, wrong, done)] == [302, 412, 422, 302]
    assert "My title" in stale.content.decode()
    assert "CC BY-SA" in wrong.content.decode()
    for words in ("Table 3", "Is a party.", "Reliable", "Open data.", claim.statement[:30], "sha256"):
        assert words in page


def test_without_a_reason_or_a_version_nothing_is_rated(evidence, reviewer, log_in):
    address = reverse("source-rate", args=[evidence.source_id])
    client = log_in(reviewer)

    assert client.post(address, {"level": "HIGH", "reason": "", "version": "1"}).status_code == 422
    assert client.post(address, {"level": "HIGH", "reason": "Why."}).status_code == 422
    assert client.post(address, {"level": "x" * 99, "reason": "\x00", "version": "9" * 30}).status_code == 422
    assert Source.objects.get().reliability == ""


def test_readers_read_and_other_desks_see_nothing(claim, evidence, reader, outsider, log_in):
    client = log_in(reader)
    page = client.get(reverse("source", args=[evidence.source_id])).content.decode()
    refused = client.post(
        reverse("source-rate", args=[evidence.source_id]), {"level": "LOW", "reason": "No.", "version": 1}
    )
    stranger = log_in(outsider)

    assert ("Only a reviewer" in page, "source-edit" in page, refused.status_code) == (True, False, 403)
    assert stranger.get(reverse("source", args=[evidence.source_id])).status_code == 404
    assert (
        reverse("source", args=[evidence.source_id]) not in stranger.get(reverse("sources")).content.decode()
    )
    assert stranger.post(reverse("evidence-flag", args=[evidence.pk]), {}).status_code == 404
    assert stranger.post(reverse("evidence-apart", args=[evidence.pk]), {}).status_code == 404


def test_the_whole_form_of_evidence_is_kept_and_told(claim, evidence, reviewer, log_in):
    client, address = log_in(reviewer), reverse("evidence-edit", args=[evidence.pk])
    whole = {
        "stance": "PARTLY",
        "quote": "The words that prove it.",
        "locator": "Page 4",
        "stance_reason": "Counts vehicles.",
        "how_found": "Archive search",
        "accessed_on": "2025-01-09",
        "origin": "",
        "figure_value": "12,300",
        "figure_unit": "North Korean soldiers",
        "figure_method": "Satellite pictures",
    }

    done = client.post(address, whole | {"version": evidence.version}, headers=HTMX)
    evidence.refresh_from_db()
    short = client.post(
        address, {"version": evidence.version, "stance": "SUPPORTS", "quote": "Words."}, headers=HTMX
    )
    evidence.refresh_from_db()
    wrong = client.post(address, whole | {"version": evidence.version, "figure_value": "lots"}, headers=HTMX)

    page = done.content.decode()
    for words in (
        "Page 4",
        "Counts vehicles.",
        "Archive search",
        "9 Jan 2025",
        "Satellite pictures",
        "1 partly",
    ):
        assert words in page
    assert "12,300 is 2.5 % over “more than 12,000”." in page
    assert (short.status_code, evidence.stance, evidence.locator) == (200, "SUPPORTS", "Page 4")
    assert wrong.status_code == 422
    assert "lots" in wrong.content.decode()


def test_the_panel_says_what_has_one_origin_and_what_is_younger_than_the_claim(claim, reviewer, log_in):
    for paper, text in (("Times", WITH_DATELINE), ("Herald", OWN_HEAD)):
        item = factories.cited(
            claim, reviewer, publisher=paper, is_primary=False, published_on=date(2025, 3, 4)
        )
        keep_copy(source=item.source, matter=pasted(text), by=reviewer)
    client, address = log_in(reviewer), reverse("workbench", args=[claim.article_id]) + f"?claim={claim.pk}"

    before = client.get(address).content.decode()
    item = Evidence.objects.latest("pk")
    apart = {"version": item.version, "is_apart": "1"}
    after = client.post(reverse("evidence-apart", args=[item.pk]), apart, headers=HTMX).content.decode()

    assert "[2] and [3] tell the same wire story. They count as one origin." in " ".join(before.split())
    assert before.count("data-hindsight") == 2
    assert "tell the same wire story" not in after
    assert "Set apart by hand" in after


def test_flags_are_raised_answered_and_opened_again(claim, evidence, reviewer, colleague, log_in):
    client = log_in(colleague)
    address = reverse("evidence-flag", args=[evidence.pk])
    raised = client.post(address, {"kind": "WEAK", "note": "Hearsay only."}, headers=HTMX).content.decode()
    empty = client.post(address, {"kind": "OUTDATED", "note": ""}, headers=HTMX)
    flag = Flag.objects.get()
    answers = reverse("flag-answer", args=[flag.pk])
    answered = client.post(answers, {"version": 1, "answer": "It stays."}, headers=HTMX).content.decode()
    stale = client.post(answers, {"version": 1, "answer": "Taken off."}, headers=HTMX)
    reopened = client.post(reverse("flag-reopen", args=[flag.pk]), {"version": 2})

    assert ("Hearsay only." in raised, empty.status_code) == (True, 422)
    assert ("Answered flags" in answered, stale.status_code, reopened.status_code) == (True, 412, 302)
    assert "Taken off." in stale.content.decode()
    flag.refresh_from_db()
    assert flag.answered_at is None


def test_what_the_panel_asks_does_not_grow_with_sources_and_flags(claim, reviewer, colleague, log_in):
    client, address = log_in(reviewer), reverse("workbench", args=[claim.article_id]) + f"?claim={claim.pk}"
    factories.cited(claim, reviewer)
    client.get(address)
    few, _page = queries(client, address)
    for _number in range(6):
        flag_evidence(evidence=factories.cited(claim, reviewer), kind="WEAK", note="Hearsay.", by=colleague)

    assert queries(client, address)[0] <= few
