"""Search: found by every word that belongs to a claim, narrowed by facets, and nothing leaks."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from annotations.articles.services import edit_article
from annotations.claims.services.triage import dismiss_claim
from annotations.claims.services.wording import edit_claim
from annotations.screens.filters import Filter, read_query
from annotations.screens.search import PAGE, search
from annotations.search.models import SearchDocument
from annotations.sources.services import edit_source, remove_evidence
from tests import factories


@pytest.fixture
def found(workspace, reviewer):
    def ask(q="", person=reviewer, desk=workspace, **more):
        return search(desk=desk, person=person, asked=Filter(q=q, **more))

    return ask


def keys(result):
    return {hit.claim.pk for hit in result.hits}


def test_every_word_that_belongs_to_a_claim_finds_it(found, article, reviewer):
    claim = factories.ready(article, reviewer, "12,000")
    factories.drafted(claim, reviewer, seen=1, reasons="The zeppelin register disagrees.")
    factories.cited(
        claim, reviewer, title="Quixotic ledger", publisher="Ostrava office", quote="Nine ostriches."
    )

    for words in ("12,000", "Shea", "zeppelin", "quixotic", "ostrava", "ostriches", "zepp ostr"):
        assert claim.pk in keys(found(words)), words
    assert keys(found("zeppelin aardvark")) == set()


def test_words_phrases_alternatives_and_exclusions(found, workspace, reviewer):
    text = "Two Cafés sell tea. Three cafés sell coffee. A bar sells tea."
    article = factories.article(workspace, reviewer, text, title="Prices")
    two, three, bar = (claim.pk for claim in factories.proposed(article, [0.9, 0.8, 0.7]))

    assert keys(found("cafe")) == {two, three}
    assert keys(found('"sell tea"')) == {two}
    assert keys(found('"cafes sell" -coffee')) == {two}
    assert keys(found("coffee or bar")) == {three, bar}
    assert keys(found("price")) == {two, three, bar}
    assert keys(found("' : * & !")) == set()
    assert keys(found("")) == {two, three, bar}


def test_a_change_is_found_in_its_new_words_and_no_longer_in_the_old_ones(found, article, reviewer):
    claim = factories.accepted(article, reviewer, "12,000")
    evidence = factories.cited(claim, reviewer, title="Almanac", quote="Pelican.")
    edit_claim(claim=claim, version=claim.version, statement="A walrus was seen.", by=reviewer)
    edit_article(article=article, version=1, title="Marmalade", outlet="The Gazette", by=reviewer)
    edit_source(source=evidence.source, version=1, title="Chronicle", by=reviewer)

    assert claim.pk in keys(found("walrus")) & keys(found("marmalade")) & keys(found("chronicle pelican"))
    assert keys(found("almanac")) == set()
    remove_evidence(evidence=evidence, version=evidence.version, by=reviewer)
    assert keys(found("pelican")) == set()


def test_facets_count_under_the_rest_of_the_filter_and_lead_to_their_rows(
    found, article, reviewer, colleague
):
    factories.submitted(article, reviewer, "12,000")
    factories.accepted(article, colleague, "45,000")
    result = found(state="SUBMITTED")

    facets = {facet.name: {one.label: one.count for one in facet.choices} for facet in result.facets}
    assert facets["state"]["In review"] == 1
    assert facets["rating"] == {"Mostly true": 1}
    assert facets["person"] == {"Reviewer": 1}
    assert facets["age"] == {"Last 24 hours": result.total}
    for facet in found().facets:
        for choice in facet.choices:
            asked = read_query(choice.query, [reviewer, colleague])
            again = search(desk=result.desk, person=reviewer, asked=asked)
            assert again.total == choice.count, (facet.name, choice)


def test_what_was_set_aside_is_found_only_when_asked_for(found, article, reviewer):
    claim = factories.candidate(article, "12,000")
    dismiss_claim(claim=claim, version=claim.version, reason="TRIVIAL", by=reviewer)

    assert claim.pk not in keys(found("12,000"))
    assert keys(found("12,000", state="DISMISSED")) == {claim.pk}
    assert "Dismissed" in {one.label for one in found("12,000").facets[0].choices}


def test_pages_go_by_key_without_losing_or_repeating(workspace, reviewer):
    for number in range(PAGE // 4 + 2):
        text = " ".join(f"Boat {number}{place} carries {place} tonnes." for place in range(1, 6))
        factories.proposed(factories.article(workspace, reviewer, text), [0.9, 0.8, 0.7, 0.6])
    for asked in (Filter(q="boat tonnes"), Filter(q="boat", sort="newest"), Filter()):
        first = search(desk=workspace, person=reviewer, asked=asked)
        second = search(desk=workspace, person=reviewer, asked=asked, after=first.next_page)

        assert len(first.hits) == PAGE
        assert second.next_page == ""
        assert len(keys(first) | keys(second)) == len(first.hits) + len(second.hits) == first.total


def test_it_asks_as_many_questions_for_many_as_for_one(found, workspace, article, reviewer, colleague):
    factories.submitted(article, reviewer, "12,000")
    found("soldiers")  # whether this person decides blind is asked once
    with CaptureQueriesContext(connection) as for_one:
        found("soldiers")
    for _ in range(5):
        factories.submitted(factories.article(workspace, reviewer), colleague)
    with CaptureQueriesContext(connection) as for_many:
        found("")

    assert len(for_many) == len(for_one) <= 18


def test_nothing_of_another_desk_is_found(found, article, reviewer, outsider, other_workspace):
    factories.accepted(article, reviewer, "12,000")

    result = found("12,000", person=outsider, desk=other_workspace)

    assert (result.total, result.hits) == (0, ())
    assert all(facet.choices == () for facet in result.facets)


def test_a_verdict_that_may_not_be_seen_leaks_by_no_way(found, workspace, article, reviewer, colleague):
    claim = factories.submitted(article, reviewer, "12,000")
    unseen = ~Q(pk=claim.pk)
    with (
        patch("annotations.search.queries.ratings_seen_by", lambda person: unseen),
        patch("annotations.screens.search.ratings_seen_by", lambda person: unseen),
    ):
        by_words = found("12,000", person=colleague)
        by_reasons = found("counts close", person=colleague)
        by_rating = found(rating="mostly_true", person=colleague)

    assert [hit.rating for hit in by_words.hits if hit.claim.pk == claim.pk] == [""]
    assert claim.pk not in keys(by_reasons) | keys(by_rating)
    assert {facet.name: facet.choices for facet in by_words.facets}["rating"] == ()
    assert claim.pk in keys(found("counts close"))


def test_there_is_one_document_a_claim_made_by_the_database(article, reviewer):
    factories.extract(article)

    assert SearchDocument.objects.count() == article.claims.count()
