"""Evidence ties a document of the registry to a claim; taken off, it can be put back."""

from __future__ import annotations

import pytest

from annotations.refusals import Incomplete, NotAllowed, Stale
from annotations.sources.models import Evidence, Source
from annotations.sources.queries import evidence_for
from annotations.sources.services import (
    cite_source,
    edit_evidence,
    edit_source,
    remove_evidence,
    restore_evidence,
)
from tests import factories

URL = "https://records.example/table-3"


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


def test_one_address_is_one_document_in_the_registry(claim, article, reviewer, colleague):
    other = factories.marked(article, "enhancing its ability to wage war", reviewer)

    first = factories.cited(claim, reviewer, url=URL, title="Table 3")
    second = factories.cited(other, colleague, url=URL, title="Another name for it")

    assert first.source == second.source
    assert Source.objects.get().title == "Table 3"


def test_sent_twice_it_is_the_same_evidence(claim, reviewer):
    first = factories.cited(claim, reviewer, url=URL)

    assert factories.cited(claim, reviewer, url=URL) == first


def test_a_document_without_an_address_needs_a_title(claim, reviewer):
    with pytest.raises(Incomplete):
        cite_source(claim=claim, by=reviewer, stance="SUPPORTS")

    evidence = cite_source(claim=claim, by=reviewer, stance="SUPPORTS", title="Minutes of the council, 1987")
    assert evidence.source.url == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "javascript:alert(1)"},
        {"url": "ftp://records.example"},
        {"url": "https://"},
        {"url": "https://a b.example"},
        {"stance": "MAYBE"},
        {"type": "RUMOUR"},
        {"published_on": "yesterday"},
        {"title": "x" * 501},
        {"quote": "a\x00b"},
    ],
)
def test_what_cannot_be_right_is_refused_by_field(wrong, claim, reviewer):
    with pytest.raises(Incomplete) as refused:
        factories.cited(claim, reviewer, **wrong)

    assert list(refused.value.problems) == list(wrong)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("who", ["reader", "outsider"])
def test_only_reviewers_of_the_desk_cite(who, claim, request):
    with pytest.raises(NotAllowed):
        factories.cited(claim, request.getfixturevalue(who))


def test_sources_stand_still_once_the_verdict_is_submitted(article, reviewer):
    claim = factories.submitted(article, reviewer, "12,000")
    evidence = claim.evidence.get()

    with pytest.raises(NotAllowed):
        factories.cited(claim, reviewer)
    with pytest.raises(NotAllowed):
        edit_evidence(evidence=evidence, version=evidence.version, quote="Other words.", by=reviewer)
    with pytest.raises(NotAllowed):
        remove_evidence(evidence=evidence, version=evidence.version, by=reviewer)


def test_evidence_is_taken_off_and_put_back(claim, reviewer):
    evidence = factories.cited(claim, reviewer)

    remove_evidence(evidence=evidence, version=evidence.version, by=reviewer)
    without = list(evidence_for(claim))
    restore_evidence(evidence=evidence, version=evidence.version, by=reviewer)

    assert without == []
    assert list(evidence_for(claim)) == [evidence]


def test_a_stale_edit_shows_both_texts(claim, reviewer, colleague):
    evidence = factories.cited(claim, reviewer)
    seen = evidence.version
    edit_evidence(evidence=evidence, version=seen, quote="Theirs.", by=colleague)

    with pytest.raises(Stale) as refused:
        edit_evidence(evidence=evidence, version=seen, quote="Mine.", by=reviewer)

    assert (refused.value.current["quote"], refused.value.yours["quote"]) == ("Theirs.", "Mine.")


def test_the_registry_is_corrected_but_a_source_keeps_a_title(claim, reviewer):
    source = factories.cited(claim, reviewer).source

    edit_source(source=source, version=source.version, title="A better title", by=reviewer)
    with pytest.raises(Incomplete):
        edit_source(source=source, version=source.version, title=" ", by=reviewer)

    source.refresh_from_db()
    assert source.title == "A better title"
