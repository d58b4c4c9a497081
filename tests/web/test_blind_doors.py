"""Blind review, door by door: two claims that differ in nothing but their verdicts answer alike to who must not know.

Every page and endpoint is asked about both, as a second reviewer and as an editor; with numbers and keys evened out,
not a byte may differ. One door that tells a rating, a word of the reasons or a filter that finds it fails the test.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotations.claims.services.wording import edit_claim
from annotations.people.services import set_blind_review
from annotations.snapshots.copies import pasted
from annotations.sources.services import cite_source, keep_copy
from annotations.verdicts.ratings import RATINGS
from annotations.verdicts.services import submit_verdict
from tests import factories
from tests.api.conftest import Caller

ONE = {
    "rating": "mostly_true",
    "reasons": "Ibises come near it [1].",
    "gaps": "A stork.",
    "confidence": "HIGH",
}
OTHER = {"rating": "false", "reasons": "Herons deny it.", "qualifiers": ["misquoted"], "confidence": "LOW"}
PAGES = (
    "/articles/{article}/?claim={claim}",
    "/articles/{article}/?claim={claim}&show=open",
    "/articles/{article}/?claim={claim}&show=decided",
    "/claims/{claim}/review/",
    "/claims/{claim}/sources/{evidence}/",
    "/reports/articles/{article}/",
    "/checked/?q=ibises+herons",
    "/",
)
PARTS = {
    "/articles/{article}/?claim={claim}": "panel",
    "/claims/{claim}/review/": "review-source",
    "/claims/{claim}/sources/{evidence}/": "beside",
}
ENDPOINTS = (
    "claims/{claim}",
    "claims?article={article}",
    *(f"claims?article={{article}}&rating={code}" for code in ("mostly_true", "false")),
    "claims/{claim}/verdicts",
    "claims/{claim}/reviews",
    "claims/{claim}/own-ratings",
    "claims/{claim}/evidence",
    "claims/{claim}/amendments",
    "claims/{claim}/matches",
    "articles/{article}",
)


@pytest.fixture(params=["SUBMITTED", "ACCEPTED"])
def pair(request, workspace, reviewer, admin):
    """Two claims in this state whose verdicts say opposite things, as keys for addresses."""
    set_blind_review(workspace=workspace, is_blind=True, version=workspace.version, by=admin)
    keys = []
    for number, verdict in enumerate((ONE, OTHER)):
        # Marked by hand: what extraction makes of two texts differs by more than their numbers.
        article = factories.article(
            workspace, reviewer, f"Paragraph {number} says that the council spent 5 euros."
        )
        claim = factories.marked(article, "the council spent 5 euros", reviewer)
        evidence = cite_source(
            claim=claim,
            by=reviewer,
            stance="CONTEXT",
            title=f"Record {number}",
            is_primary=True,
            quote="They counted",
        )
        keep_copy(source=evidence.source, matter=pasted(f"They counted {number}."), by=reviewer)
        factories.drafted(claim, reviewer, **verdict)
        if request.param == "SUBMITTED":
            edit_claim(
                claim=claim,
                version=claim.version,
                by=reviewer,
                is_claimant_unknown=True,
                is_date_unknown=True,
            )
            submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)
        keys.append(
            {"article": article.pk, "claim": claim.pk, "evidence": evidence.pk, "version": claim.version}
        )
    return keys


def evened(content: bytes) -> str:
    """The answer without what differs between any two claims: numbers, tokens, nonces."""
    text = content.decode()
    text = re.sub(
        r'csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|[0-9a-f]{64}|[0-9a-f]{4}…[0-9a-f]{2}|\b[0-9a-f]{8}…',
        "",
        text,
    )
    return re.sub(r"\d+", "0", text)


@pytest.mark.parametrize("who", ["colleague", "editor", "reader"])
def test_every_page_and_part_is_the_same_for_both(who, pair, log_in, request):
    client = log_in(request.getfixturevalue(who))
    for address in PAGES:
        answers = [client.get(address.format(**keys)) for keys in pair]
        assert {answer.status_code for answer in answers} == {200}, address
        assert len({evened(answer.content) for answer in answers}) == 1, address
    for address, target in PARTS.items():
        headers = {"HX-Request": "true", "HX-Target": target}
        answers = [client.get(address.format(**keys), headers=headers) for keys in pair]
        assert len({evened(answer.content) for answer in answers}) == 1, address


@pytest.mark.parametrize("who", ["colleague", "editor", "reader"])
def test_every_endpoint_answers_the_same_for_both(who, pair, request):
    caller: Any = Caller(request.getfixturevalue(who))
    for where in ENDPOINTS:
        answers = [caller.get(where.format(**keys)) for keys in pair]
        assert len({answer.status_code for answer in answers}) == 1, where
        assert len({evened(answer.content) for answer in answers}) == 1, where
        assert not re.search(rb"bises|erons|stork", answers[0].content + answers[1].content), where


def test_what_is_refused_tells_nothing_either(pair, log_in, colleague):
    """Writes that a curious person could try: their refusals hold neither rating nor reasons."""
    client = log_in(colleague)
    tries = (
        ("verdict-draft", {"seen": "0", "reasons": "Mine."}),
        ("verdict-submit", {"seen": "0"}),
        ("review-approve", {}),
        ("review-approve", {"page": "review"}),
        ("review-disagree", {"rating": "mostly_true", "note": "No.", "page": "review"}),
        ("review-disagree", {"rating": "false", "note": "No."}),
        ("review-request-changes", {"items": "Date it."}),
        ("review-lock", {"rating": "", "note": "", "page": "review"}),
    )
    for name, data in tries:
        answers = [
            client.post(reverse(name, args=[keys["claim"]]), data | {"version": keys["version"]})
            for keys in pair
        ]
        assert min(answer.status_code for answer in answers) >= 400, name
        assert len({evened(answer.content) for answer in answers}) == 1, name


def test_who_wrote_it_sees_it_so_the_test_could_fail(pair, log_in, reviewer):
    client = log_in(reviewer)

    page = client.get(PAGES[0].format(**pair[0])).content.decode()

    assert "Ibises come near it" in page
    assert RATINGS["mostly_true"].label in page
    assert evened(client.get(PAGES[0].format(**pair[1])).content) != evened(page.encode())
