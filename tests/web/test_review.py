"""Second review and publication through the pages: what each decision answers, shows and refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.reports.models import Report
from annotations.reviews.models import Amendment, ChangeItem, Publication, Review
from tests import factories

LogIn = Callable[[User], Any]
HTMX = {"HX-Request": "true"}


def post(client: Any, name: str, pk: int, headers: dict[str, str] | None = None, **data: Any) -> Any:
    return client.post(reverse(name, args=[pk]), data, headers=headers or {})


def panel(client: Any, claim: Claim) -> str:
    page = client.get(reverse("workbench", args=[claim.article_id]), {"claim": claim.pk})
    assert page.status_code == 200
    return str(page.content.decode())


def test_a_second_person_approves(article: Article, reviewer: User, colleague: User, log_in: LogIn) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    answer = post(log_in(colleague), "review-approve", claim.pk, version=claim.version, note="Well done.")

    claim.refresh_from_db()
    assert answer.status_code == 302
    assert claim.status == "APPROVED"
    assert Review.objects.get(claim=claim).note == "Well done."


def test_the_author_is_refused_with_the_reason_and_sees_it_beforehand(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")
    client = log_in(reviewer)

    shown = panel(client, claim)
    answer = post(client, "review-approve", claim.pk, version=claim.version)

    reason = "A verdict is reviewed by somebody who did not work on it."
    assert reason in shown
    assert reverse("review-approve", args=[claim.pk]) not in shown
    assert answer.status_code == 403
    assert reason in answer.content.decode()
    claim.refresh_from_db()
    assert claim.status == "SUBMITTED"


def test_with_htmx_only_the_parts_come_back(
    article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    answer = post(log_in(colleague), "review-approve", claim.pk, HTMX, version=claim.version)

    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert f"claim={claim.pk}" in answer["HX-Push-Url"]


def test_who_comes_second_hears_that_it_is_approved_already(
    article: Article, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")
    seen = claim.version
    post(log_in(colleague), "review-approve", claim.pk, version=seen)

    answer = post(log_in(editor), "review-approve", claim.pk, version=seen)

    assert answer.status_code == 409
    assert "approved" in answer.content.decode()
    assert Review.objects.count() == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5", "9" * 25])
def test_a_decision_without_the_version_it_was_made_from_is_refused(
    article: Article, reviewer: User, colleague: User, log_in: LogIn, version: str
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    answer = post(log_in(colleague), "review-approve", claim.pk, version=version)

    assert answer.status_code == 422
    claim.refresh_from_db()
    assert claim.status == "SUBMITTED"


def test_an_old_version_is_stale(article: Article, reviewer: User, colleague: User, log_in: LogIn) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    answer = post(log_in(colleague), "review-approve", claim.pk, version=claim.version - 1)

    assert answer.status_code == 412
    claim.refresh_from_db()
    assert claim.status == "SUBMITTED"


def test_asked_for_changes_the_author_ticks_them_off(
    article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    sent = post(
        log_in(colleague),
        "review-request-changes",
        claim.pk,
        version=claim.version,
        items="Name the range\n\nDate it",
    )
    item = ChangeItem.objects.get(text="Name the range")
    client = log_in(reviewer)
    shown = panel(client, claim)
    ticked = post(client, "item-tick", item.pk, done="yes")

    assert (sent.status_code, ticked.status_code) == (302, 302)
    assert ChangeItem.objects.count() == 2
    assert "Name the range" in shown
    assert "Date it" in shown
    item.refresh_from_db()
    assert (item.is_done, item.done_by) == (True, reviewer)


def test_changes_without_an_item_are_refused(
    article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    answer = post(log_in(colleague), "review-request-changes", claim.pk, version=claim.version, items=" \n ")

    assert answer.status_code == 422
    assert "Say what has to change." in answer.content.decode()


def test_a_disagreement_is_settled_by_an_editor(
    article: Article, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    disagreed = post(
        log_in(colleague),
        "review-disagree",
        claim.pk,
        version=claim.version,
        rating="false",
        note="No count says so.",
    )
    claim.refresh_from_db()
    disputed = claim.status
    settled = post(
        log_in(editor),
        "review-adjudicate",
        claim.pk,
        version=claim.version,
        outcome="approve",
        note="It stands.",
    )

    claim.refresh_from_db()
    assert (disagreed.status_code, settled.status_code) == (302, 302)
    assert (disputed, claim.status) == ("DISPUTED", "APPROVED")


def test_a_disagreement_names_another_rating_and_why(
    article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    answer = post(log_in(colleague), "review-disagree", claim.pk, version=claim.version, rating="mostly_true")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is the rating that was submitted." in page
    assert "Say why you come to another rating." in page


def test_who_disagreed_does_not_settle_it(
    article: Article, reviewer: User, editor: User, log_in: LogIn
) -> None:
    claim = factories.disputed(article, reviewer, editor, "12,000")
    client = log_in(editor)

    shown = panel(client, claim)
    answer = post(
        client, "review-adjudicate", claim.pk, version=claim.version, outcome="approve", note="Mine."
    )

    assert "other than the one who disagreed" in shown
    assert answer.status_code == 403


def test_an_approved_claim_is_reopened_for_a_reason(
    article: Article, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    claim = factories.approved(article, reviewer, colleague, "12,000")
    client = log_in(editor)

    without = post(client, "claim-reopen", claim.pk, version=claim.version)
    reopened = post(client, "claim-reopen", claim.pk, version=claim.version, note="A new count is out.")

    claim.refresh_from_db()
    assert (without.status_code, reopened.status_code) == (422, 302)
    assert claim.status == "ACCEPTED"


def test_only_an_editor_publishes(
    article: Article, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    claim = factories.approved(article, reviewer, colleague, "12,000")

    refused = post(log_in(colleague), "claim-publish", claim.pk, version=claim.version)
    published = post(log_in(editor), "claim-publish", claim.pk, version=claim.version)

    claim.refresh_from_db()
    assert (refused.status_code, published.status_code) == (403, 302)
    assert claim.status == "PUBLISHED"
    assert Report.objects.get(article=article).number == 1


def test_publishing_twice_makes_one_publication(
    article: Article, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    claim = factories.approved(article, reviewer, colleague, "12,000")
    client = log_in(editor)
    post(client, "claim-publish", claim.pk, version=claim.version)

    again = post(client, "claim-publish", claim.pk, version=claim.version)

    assert again.status_code == 409
    assert Publication.objects.count() == 1


def test_all_approved_claims_are_published_at_once_in_one_report(
    article: Article, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    claims = [factories.approved(article, reviewer, colleague, words) for words in ("12,000", "45,000")]
    client = log_in(editor)
    offer = client.get(reverse("article-report", args=[article.pk])).content.decode()
    seen = [f"{claim.pk}:{claim.version}" for claim in claims]

    answer = client.post(reverse("article-publish", args=[article.pk]), {"claim": seen})
    again = client.post(reverse("article-publish", args=[article.pk]), {"claim": seen})

    assert all(f'value="{pair}"' in offer for pair in seen)
    assert answer.status_code == 302
    assert again.status_code == 409
    assert (Publication.objects.count(), Report.objects.count()) == (2, 1)


@pytest.mark.parametrize("claim", ["", "x", "1:2:3", "9999999999999999999999:1", "1:", ":", "²:1"])
def test_publishing_what_is_no_claim_is_refused(
    article: Article, editor: User, log_in: LogIn, claim: str
) -> None:
    answer = log_in(editor).post(reverse("article-publish", args=[article.pk]), {"claim": [claim]})

    assert answer.status_code == 409
    assert not Report.objects.exists()


def test_one_stale_claim_keeps_all_back(
    article: Article, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    first = factories.approved(article, reviewer, colleague, "12,000")
    second = factories.approved(article, reviewer, colleague, "45,000")
    seen = [f"{first.pk}:{first.version}", f"{second.pk}:{second.version - 1}"]

    answer = log_in(editor).post(reverse("article-publish", args=[article.pk]), {"claim": seen})

    assert answer.status_code == 412
    assert not Publication.objects.exists()


def test_a_correction_is_proposed_by_one_and_confirmed_by_another(
    article: Article, reviewer: User, colleague: User, editor: User, admin: User, log_in: LogIn
) -> None:
    claim = factories.published(article, reviewer, colleague, editor, "12,000")
    fields = {"rating": "half_true", "reasons": "One count was withdrawn [1].", "confidence": "LOW"}
    note = {"correction_type": "VERDICT_CHANGE", "note": "A count was withdrawn."}

    proposed = post(
        log_in(editor), "claim-propose-correction", claim.pk, version=claim.version, **fields, **note
    )
    amendment = Amendment.objects.get()
    by_same = post(log_in(editor), "amendment-confirm", amendment.pk)
    client = log_in(admin)
    shown = panel(client, claim)
    by_other = post(client, "amendment-confirm", amendment.pk)

    assert (proposed.status_code, by_same.status_code, by_other.status_code) == (302, 403, 302)
    assert reverse("amendment-confirm", args=[amendment.pk]) in shown
    live = Publication.objects.filter(claim=claim).latest("number")
    assert (live.number, live.kind, live.rating) == (2, "CORRECTED", "half_true")


def test_a_correction_that_is_refused_keeps_what_stands(
    article: Article, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    claim = factories.published(article, reviewer, colleague, editor, "12,000")

    answer = post(
        log_in(editor), "claim-propose-correction", claim.pk, version=claim.version, rating="no_such"
    )

    assert answer.status_code == 422
    assert not Amendment.objects.exists()


def test_a_proposed_retraction_can_be_dropped_or_confirmed(
    article: Article, reviewer: User, colleague: User, editor: User, admin: User, log_in: LogIn
) -> None:
    claim = factories.published(article, reviewer, colleague, editor, "12,000")
    client = log_in(editor)

    post(client, "claim-propose-retraction", claim.pk, version=claim.version, note="First thought.")
    dropped = post(client, "amendment-cancel", Amendment.objects.get().pk)
    post(client, "claim-propose-retraction", claim.pk, version=claim.version, note="The source was forged.")
    waiting = Amendment.objects.get(state="PROPOSED")
    confirmed = post(log_in(admin), "amendment-confirm", waiting.pk)
    again = post(log_in(admin), "amendment-confirm", waiting.pk)

    claim.refresh_from_db()
    assert (dropped.status_code, confirmed.status_code, again.status_code) == (302, 302, 409)
    assert claim.status == "RETRACTED"
    assert "The source was forged." in panel(log_in(reviewer), claim)


NAMES = [
    "review-approve",
    "review-request-changes",
    "review-disagree",
    "review-adjudicate",
    "claim-reopen",
    "claim-publish",
    "claim-propose-correction",
    "claim-propose-retraction",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_decides_nothing(
    article: Article, reviewer: User, reader: User, log_in: LogIn, name: str
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")
    words = {"items": "x", "rating": "false", "note": "x", "reasons": "x", "correction_type": "TYPO"}

    answer = post(log_in(reader), name, claim.pk, version=claim.version, **words)

    claim.refresh_from_db()
    assert answer.status_code == 403
    assert claim.status == "SUBMITTED"


@pytest.mark.parametrize("name", NAMES)
def test_to_another_desk_the_claim_does_not_exist(
    article: Article, reviewer: User, outsider: User, log_in: LogIn, name: str
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    answer = post(log_in(outsider), name, claim.pk, version=claim.version)

    assert answer.status_code == 404


@pytest.mark.parametrize("name", [*NAMES, "amendment-confirm", "amendment-cancel", "item-tick"])
def test_decisions_take_a_form_and_signing_in(reviewer: User, client: Any, log_in: LogIn, name: str) -> None:
    signed_out = client.post(reverse(name, args=[1]))
    client = log_in(reviewer)

    assert signed_out["Location"].startswith(reverse("sign-in"))
    assert client.get(reverse(name, args=[1])).status_code == 405
    assert client.post(reverse(name, args=[10**18 * 99]), {"version": 1}).status_code == 404


def test_an_amendment_and_an_item_of_another_desk_do_not_exist(
    article: Article, reviewer: User, colleague: User, editor: User, outsider: User, log_in: LogIn
) -> None:
    returned = factories.submitted(article, reviewer, "45,000")
    post(log_in(colleague), "review-request-changes", returned.pk, version=returned.version, items="Date it")
    claim = factories.published(article, reviewer, colleague, editor, "12,000")
    post(log_in(editor), "claim-propose-retraction", claim.pk, version=claim.version, note="Forged.")
    client = log_in(outsider)

    assert post(client, "item-tick", ChangeItem.objects.get().pk, done="yes").status_code == 404
    assert post(client, "amendment-confirm", Amendment.objects.get().pk).status_code == 404
    assert post(client, "amendment-cancel", Amendment.objects.get().pk).status_code == 404


@pytest.mark.parametrize("name", ["review-request-changes", "review-disagree", "review-approve"])
def test_a_nul_in_the_words_is_refused_and_not_a_crash(
    article: Article, reviewer: User, colleague: User, log_in: LogIn, name: str
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    answer = post(
        log_in(colleague),
        name,
        claim.pk,
        version=claim.version,
        items="a\x00b",
        note="a\x00b",
        rating="fal\x00se",
    )

    assert answer.status_code == 422
