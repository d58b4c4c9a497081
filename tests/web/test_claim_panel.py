"""The claim panel by plain forms: its small forms, what is missing, two texts, the words that came too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.reports.services import publish_claims
from annotations.verdicts.models import Verdict
from annotations.verdicts.queries import latest_verdict
from tests import factories

LogIn = Callable[[User], Any]
HTMX = {"HX-Request": "true"}


def post(client: Any, name: str, pk: int, headers: dict[str, str] | None = None, **data: Any) -> Any:
    return client.post(reverse(name, args=[pk]), data, headers=headers or {})


@pytest.fixture
def claim(article: Article, reviewer: User) -> Claim:
    return factories.accepted(article, reviewer, "12,000")


def test_a_small_form_changes_its_own_facts_and_no_others(
    claim: Claim, reviewer: User, log_in: LogIn
) -> None:
    before = (claim.claimant, claim.quantities, claim.statement)

    post(log_in(reviewer), "claim-edit", claim.pk, version=claim.version, asks="place", place=" Kursk ")

    claim.refresh_from_db()
    assert claim.place == "Kursk"
    assert (claim.claimant, claim.quantities, claim.statement) == before


def test_figures_are_changed_added_and_taken_away_by_rows(
    claim: Claim, reviewer: User, log_in: LogIn
) -> None:
    client = log_in(reviewer)
    rows = {
        "comparator": [">", "between"], "value": ["12,000", "5"], "high": ["", "7"], "unit": ["soldiers", "months"],
        "per": ["", ""], "as_of": ["2025-01-08", ""], "text": ["over 12,000", ""],
    }  # fmt: skip

    post(client, "claim-edit", claim.pk, version=claim.version, asks="quantities", **rows)
    claim.refresh_from_db()
    two = [(row["comparator"], row["value"], row["high"], row["as_of"]) for row in claim.quantities]
    post(client, "claim-edit", claim.pk, version=claim.version, asks="quantities", remove="0", **rows)
    claim.refresh_from_db()

    assert two == [(">", "12000", "", "2025-01-08"), ("between", "5", "7", "")]
    assert [row["unit"] for row in claim.quantities] == ["months"]


def test_a_figure_that_cannot_be_right_comes_back_in_its_open_form(
    claim: Claim, reviewer: User, log_in: LogIn
) -> None:
    page = post(
        log_in(reviewer), "claim-edit", claim.pk, version=claim.version, asks="quantities", comparator=">",
        value="a lot", unit="men",
    )  # fmt: skip

    body = page.content.decode()
    assert page.status_code == 422
    assert 'id="fact-figures" open' in body
    assert 'value="a lot"' in body
    assert "Write a number such as" in body


@pytest.mark.parametrize(
    "data", [{"asks": "status", "status": "PUBLISHED"}, {"asks": "quantities\x00", "value": "1"}]
)
def test_a_form_cannot_ask_for_what_is_no_fact(
    claim: Claim, reviewer: User, log_in: LogIn, data: dict[str, str]
) -> None:
    page = post(log_in(reviewer), "claim-edit", claim.pk, version=claim.version, **data)

    before = claim.quantities
    claim.refresh_from_db()
    assert page.status_code == 302
    assert (claim.status, claim.quantities) == ("ACCEPTED", before)


def test_a_reader_sees_the_facts_and_no_form(claim: Claim, reader: User, log_in: LogIn) -> None:
    page = log_in(reader).get(reverse("workbench", args=[claim.article_id]), {"claim": claim.pk})

    body = page.content.decode()
    assert "Dorothy Camille Shea" in body
    assert "fact-edit" not in body
    assert "Only a reviewer" in body


def test_an_opinion_is_led_to_the_ways_that_fit_it(claim: Claim, reviewer: User, log_in: LogIn) -> None:
    client = log_in(reviewer)

    post(client, "claim-edit", claim.pk, version=claim.version, asks="type", type="OPINION")
    page = client.get(reverse("workbench", args=[claim.article_id]), {"claim": claim.pk})

    assert 'data-rate="not_checkable"' in page.content.decode()


def test_what_the_words_still_need_is_told_without_saving_them(
    claim: Claim, reviewer: User, log_in: LogIn
) -> None:
    factories.cited(claim, reviewer)

    answer = post(
        log_in(reviewer), "verdict-check", claim.pk, HTMX, rating="true", reasons="So it is [1], see [7]."
    )

    body = answer.content.decode()
    assert answer.status_code == 200
    assert f'href="#evidence-{claim.evidence.get().pk}"' in body
    assert 'class="no-source"' in body
    assert 'id="needs"' in body
    assert "cite [7]" in body
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("name", ["verdict-check", "verdict-compare"])
@pytest.mark.parametrize(
    "data", [{}, {"reasons": "a\x00b"}, {"reasons": "[" * 50_000}, {"rating": "x", "qualifiers": ["y"]}]
)
def test_no_words_break_the_looking(
    claim: Claim, reader: User, log_in: LogIn, name: str, data: dict[str, Any]
) -> None:
    answer = post(log_in(reader), name, claim.pk, HTMX, **data)

    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["verdict-check", "verdict-compare"])
def test_words_of_another_desk_are_not_looked_at(
    claim: Claim, outsider: User, log_in: LogIn, name: str
) -> None:
    assert post(log_in(outsider), name, claim.pk, HTMX, reasons="x").status_code == 404


def test_kept_words_are_laid_beside_what_is_saved(claim: Claim, reviewer: User, log_in: LogIn) -> None:
    factories.drafted(claim, reviewer, reasons="Over 12,000.", confidence="")
    client, same = log_in(reviewer), {"rating": "mostly_true", "confidence": "", "gaps": ""}

    answer = post(client, "verdict-compare", claim.pk, HTMX, reasons="Over 11,000.", **same)
    nothing = post(client, "verdict-compare", claim.pk, HTMX, reasons="Over 12,000.", **same)

    assert "<mark>11</mark>" in answer.content.decode()
    assert 'data-field="reasons"' in answer.content.decode()
    assert "data-field" not in nothing.content.decode()


def test_of_two_texts_each_field_is_chosen_without_scripts(
    claim: Claim, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    factories.drafted(claim, colleague, reasons="Theirs.", gaps="Their gap.")
    client = log_in(reviewer)
    mine = {"rating": "mostly_true", "confidence": "MEDIUM", "reasons": "Mine.", "gaps": "My gap."}

    stale = post(client, "verdict-draft", claim.pk, seen=0, **mine)
    hasty = post(
        client, "verdict-draft", claim.pk, seen=1, differs="gaps reasons", choose_gaps="theirs", **mine
    )
    saved = post(
        client, "verdict-draft", claim.pk, seen=1, differs="gaps reasons", choose_gaps="theirs",
        choose_reasons="yours", **mine,
    )  # fmt: skip

    body = stale.content.decode()
    assert (stale.status_code, hasty.status_code, saved.status_code) == (412, 422, 302)
    assert 'name="choose_reasons" value="theirs"' in body
    assert 'name="differs" value="gaps reasons "' in body
    verdict = latest_verdict(claim)
    assert verdict is not None
    assert (verdict.number, verdict.reasons, verdict.gaps) == (2, "Mine.", "Their gap.")


def test_words_that_come_after_the_submission_are_shown_and_overwrite_nothing(
    article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")

    late = post(
        log_in(colleague), "verdict-draft", claim.pk, HTMX, seen=1, rating="false", reasons="Too late."
    )

    body = late.content.decode()
    assert late.status_code == 403
    assert "These words came too late" in body
    assert "Too" in body
    assert "Two counts" in body
    assert Verdict.objects.filter(claim=claim).count() == 1


def test_a_claim_that_is_closed_says_why_and_what_would_open_it(
    article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    claim = factories.submitted(article, reviewer, "12,000")
    client, address = log_in(colleague), reverse("workbench", args=[article.pk])

    page = client.get(address, {"claim": claim.pk})

    assert "Submitted by Reviewer for second review" in page.content.decode()


def test_what_is_in_anothers_hands_can_be_taken_over(claim: Claim, colleague: User, log_in: LogIn) -> None:
    page = log_in(colleague).get(reverse("workbench", args=[claim.article_id]), {"claim": claim.pk})

    body = page.content.decode()
    assert "Reviewer checks this claim" in body
    assert "Take over" in body


def test_the_history_has_every_step_and_is_of_the_desk_alone(
    claim: Claim, reader: User, outsider: User, log_in: LogIn
) -> None:
    address = reverse("claim-history", args=[claim.pk])
    client = log_in(reader)

    page = client.get(address)
    odd = [client.get(address, {"before": value}) for value in ("1", "-1", "x", "9" * 30)]
    strange = log_in(outsider).get(address)

    assert "accepted the candidate" in page.content.decode()
    assert [answer.status_code for answer in odd] == [200] * 4
    assert strange.status_code == 404


def test_in_the_report_a_number_leads_to_its_source(
    article: Article, reviewer: User, colleague: User, editor: User, log_in: LogIn
) -> None:
    claim = factories.approved(article, reviewer, colleague, "12,000")
    publish_claims(claims=[(claim, claim.version)], by=editor)

    page = log_in(editor).get(reverse("article-report", args=[article.pk]))

    body = page.content.decode()
    assert f'href="#claim-{claim.pk}-source-1">[1]</a>' in body
    assert f'id="claim-{claim.pk}-source-1"' in body
