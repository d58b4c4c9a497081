"""The page of a second review: what it shows, what it refuses, and the way to the next one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.people.models import User
from annotations.people.services import set_blind_review
from annotations.reviews.models import Review
from annotations.reviews.queries import open_items
from annotations.reviews.services.deciding import request_changes, tick_item
from annotations.screens.second_review import second_review
from annotations.snapshots.copies import pasted
from annotations.sources.services import edit_evidence, keep_copy
from annotations.verdicts.models import OwnRating
from annotations.verdicts.services import draft_verdict, submit_verdict
from tests import factories

HTMX = {"HX-Request": "true", "HX-Target": "decision"}


@pytest.fixture
def claim(article, reviewer):
    return factories.submitted(article, reviewer, "12,000")


@pytest.fixture
def blind(workspace, admin):
    return set_blind_review(workspace=workspace, is_blind=True, version=workspace.version, by=admin)


def page(client: Any, claim: Any, **query: Any) -> str:
    answer = client.get(reverse("second-review", args=[claim.pk]), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(client: Any, name: str, claim: Any, headers: dict[str, str] | None = None, **data: Any) -> Any:
    claim.refresh_from_db()
    data = {"page": "review", "version": claim.version} | data
    return client.post(reverse(name, args=[claim.pk]), data, headers=headers or {})


def test_it_shows_claim_copy_and_verdict(claim, reviewer, colleague, log_in):
    keep_copy(
        source=claim.evidence.get().source,
        matter=pasted("Before. The words that prove it. After."),
        by=reviewer,
    )

    shown = page(log_in(colleague), claim)

    assert '<mark class="claim-mark">' in shown
    assert "<mark>The words that prove it</mark>" in shown or "<mark>The words that prove it.</mark>" in shown
    assert "quote verified" in shown
    assert "Two counts come close [1]." in shown
    assert "Claim 1 of 1 waiting" in shown


def test_who_may_not_review_reads_why(claim, reviewer, log_in):
    shown = page(log_in(reviewer), claim)

    assert "A verdict is reviewed by somebody who did not work on it." in shown
    assert reverse("review-approve", args=[claim.pk]) not in shown


def test_another_desk_sees_nothing(claim, outsider, log_in):
    client = log_in(outsider)

    assert client.get(reverse("second-review", args=[claim.pk])).status_code == 404
    assert post(client, "review-approve", claim).status_code == 404
    assert post(client, "review-lock", claim, rating="true", note="Why.").status_code == 404


def test_a_decision_comes_back_to_the_page(claim, colleague, log_in):
    client = log_in(colleague)

    answer = post(client, "review-approve", claim, note="Well done.")

    assert answer.status_code == 302
    assert answer.url == reverse("second-review", args=[claim.pk])
    assert "does not wait for a second review" in page(client, claim)
    assert Review.objects.get().note == "Well done."


def test_with_htmx_only_the_column_comes_back(claim, colleague, log_in):
    answer = post(log_in(colleague), "review-approve", claim, HTMX)

    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Approved." in answer.content.decode()


def test_items_are_kept_when_the_decision_is_stale(claim, colleague, log_in):
    answer = post(
        log_in(colleague), "review-request-changes", claim, HTMX, version=1, items=["Date it.", "Name it."]
    )

    assert answer.status_code == 412
    assert 'value="Date it."' in answer.content.decode()
    assert 'value="Name it."' in answer.content.decode()
    assert not Review.objects.exists()


def test_each_field_and_each_line_is_an_item(claim, colleague, log_in):
    post(log_in(colleague), "review-request-changes", claim, items=["Date it.", "Name it.\nCount it.", ""])

    assert [item.text for item in open_items(claim)] == ["Date it.", "Name it.", "Count it."]


def test_the_second_submission_shows_what_changed_since(claim, reviewer, colleague, log_in):
    request_changes(claim=claim, version=claim.version, items=["Name the range."], by=colleague)
    tick_item(item=open_items(claim)[0], is_done=True, note="Named it.", by=reviewer)
    old = claim.evidence.get()
    edit_evidence(evidence=old, version=old.version, by=reviewer, quote="The words that disprove it.")
    factories.cited(claim, reviewer, title="A new record")
    draft_verdict(claim=claim, seen=1, by=reviewer, rating="half_true", reasons="Two counts come apart [1].")
    submit_verdict(claim=claim, version=claim.version, seen=2, by=reviewer)

    shown = page(log_in(colleague), claim)

    assert "Named it." in shown
    assert "<del>close</del>" in shown
    assert "<ins>apart</ins>" in shown
    assert "<ins>disprove</ins>" in shown
    assert "Source added" in shown and "A new record" in shown
    assert "<del>Mostly</del>" in shown and "<ins>Half</ins>" in shown


def test_blind_it_asks_for_ones_own_rating_first_then_shows_both(blind, claim, colleague, log_in):
    client = log_in(colleague)
    before = page(client, claim)

    refused = post(client, "review-lock", claim, HTMX, rating="half_true", note="")
    locked = post(client, "review-lock", claim, HTMX, rating="half_true", note="One count comes close.")

    assert "Two counts" not in before and "before you see theirs" in before
    assert refused.status_code == 422
    assert 'value="half_true" data-key="3" checked' in refused.content.decode()
    shown = locked.content.decode()
    assert '<mark class="differs-here">Two counts come</mark>' in shown
    assert "your rating differs from theirs" in shown
    assert OwnRating.objects.get().reasons == "One count comes close."


def test_a_third_person_sees_both_columns(article, reviewer, colleague, editor, log_in):
    claim = factories.disputed(article, reviewer, colleague, "12,000")

    shown = page(log_in(editor), claim)
    answer = post(log_in(editor), "review-adjudicate", claim, outcome="return", note="Count again.")

    assert "First reviewer" in shown and "Second reviewer" in shown
    assert "The count is not there" in shown.replace("</mark>", "").replace('<mark class="differs-here">', "")
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert claim.status == "ACCEPTED"


def test_next_goes_round_what_waits(article, reviewer, colleague, log_in):
    one = factories.submitted(article, reviewer, "12,000")
    two = factories.submitted(article, reviewer, "45,000")
    client = log_in(colleague)

    steps = [client.get(reverse("review-next"), {"after": after}).url for after in ("", one.pk, two.pk)]

    places = [reverse("second-review", args=[claim.pk]) for claim in (one, two, one)]
    assert steps == places


@pytest.mark.parametrize("after", ["", "x", "0", "9" * 30, "-1"])
def test_when_nothing_waits_next_leads_to_the_queue(after, workspace, colleague, log_in):
    answer = log_in(colleague).get(reverse("review-next"), {"after": after})

    assert answer.status_code == 302
    assert answer.url == reverse("queue")


def test_it_takes_as_many_queries_for_thirty_sources_as_for_one(article, reviewer, colleague):
    claim = factories.submitted(article, reviewer, "12,000")
    few = _asked(claim, colleague)
    other = factories.ready(article, reviewer, "45,000")
    for _ in range(30):
        factories.cited(other, reviewer)
    submit_verdict(claim=other, version=other.version, seen=1, by=reviewer)

    many = _asked(other, colleague)

    assert many == few <= 20


def _asked(claim: Any, person: User) -> int:
    rows = type(claim).objects.select_related("article__workspace", "workspace")
    claim, person = rows.get(pk=claim.pk), User.objects.get(pk=person.pk)
    with CaptureQueriesContext(connection) as queries:
        second_review(claim=claim, person=person)
    return len(queries)
