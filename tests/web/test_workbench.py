"""The workbench page by plain forms: what is shown, what is answered, what is refused. No rules tested twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.claims.models import Claim
from annotations.claims.services.wording import edit_claim
from annotations.people.models import User
from annotations.verdicts.models import Verdict
from annotations.verdicts.queries import latest_verdict
from tests import factories

LogIn = Callable[[User], Any]
HTMX = {"HX-Request": "true"}


def post(client: Any, name: str, pk: int, headers: dict[str, str] | None = None, **data: Any) -> Any:
    return client.post(reverse(name, args=[pk]), data, headers=headers or {})


def test_it_shows_list_article_and_the_claim_in_hand(article: Article, reviewer: User, log_in: LogIn) -> None:
    claim = factories.candidate(article)

    page = log_in(reviewer).get(reverse("workbench", args=[article.pk]), {"claim": claim.pk})

    assert page.status_code == 200
    assert page.context["panel"].claim == claim
    assert f'data-claims="{claim.pk}"' in page.content.decode()


def test_nobody_sees_it_signed_out_and_another_desk_finds_nothing(
    article: Article, outsider: User, client: Any, log_in: LogIn
) -> None:
    address = reverse("workbench", args=[article.pk])

    signed_out = client.get(address)
    stranger = log_in(outsider).get(address)

    assert signed_out.status_code == 302
    assert stranger.status_code == 404


@pytest.mark.parametrize(
    "name",
    ["claim-accept", "claim-dismiss", "claim-edit", "claim-edit-span", "verdict-draft", "evidence-cite"],
)
def test_a_reader_is_refused_with_the_reason_on_the_page(
    article: Article, reader: User, log_in: LogIn, name: str
) -> None:
    claim = factories.candidate(article)
    data = {"version": 1, "seen": 0, "reason": "TRIVIAL", "exact": claim.exact, "stance": "SUPPORTS"}

    page = post(log_in(reader), name, claim.pk, **data)

    assert page.status_code in (403, 422)
    assert "Only a reviewer" in page.content.decode()
    assert page.context["panel"].claim == claim


@pytest.mark.parametrize("name", ["claim-accept", "claim-merge", "verdict-submit", "evidence-cite"])
def test_a_claim_of_another_desk_does_not_exist(
    article: Article, outsider: User, log_in: LogIn, name: str
) -> None:
    claim = factories.candidate(article)

    page = post(log_in(outsider), name, claim.pk, version=1)

    assert page.status_code == 404


def test_a_form_without_its_version_is_refused(article: Article, reviewer: User, log_in: LogIn) -> None:
    claim = factories.candidate(article)

    page = post(log_in(reviewer), "claim-accept", claim.pk)

    assert page.status_code == 422
    assert Claim.objects.get(pk=claim.pk).status == "CANDIDATE"


def test_words_that_are_pasted_become_a_claim_without_scripts(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    version = current_version(article)

    post(
        log_in(reviewer),
        "claim-mark",
        article.pk,
        article_version=version.pk,
        exact="  enhancing its ability ",
    )

    claim = article.claims.get(exact="enhancing its ability")
    assert version.text[claim.start : claim.end] == claim.exact
    assert claim.status == "ACCEPTED"


@pytest.mark.parametrize("words", ["words that are not there", "North Korea"])
def test_pasted_words_that_stand_nowhere_or_in_many_places_come_back_in_the_form(
    article: Article, reviewer: User, log_in: LogIn, words: str
) -> None:
    version = current_version(article)

    page = post(log_in(reviewer), "claim-mark", article.pk, article_version=version.pk, exact=words)

    assert page.status_code == 422
    assert f">{words}</textarea>" in page.content.decode()


def test_a_selection_whose_words_do_not_stand_there_is_refused(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    version = current_version(article)

    page = post(
        log_in(reviewer), "claim-mark", article.pk, article_version=version.pk, exact="North", start=1, end=6
    )

    assert page.status_code == 422
    assert not article.claims.filter(extractor="").exists()


def test_a_stale_wording_shows_both_texts_and_the_merged_save_works(
    article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    claim = factories.candidate(article)
    seen = claim.version
    edit_claim(claim=claim, version=seen, by=colleague, statement="Their wording.")
    client = log_in(reviewer)

    stale = post(client, "claim-edit", claim.pk, version=seen, statement="My wording.", type=claim.type,
                 attribution=claim.attribution)  # fmt: skip
    merged = post(client, "claim-edit", claim.pk, version=stale.context["panel"].claim.version, type=claim.type,
                  statement="A merged wording.", attribution=claim.attribution)  # fmt: skip

    assert stale.status_code == 412
    assert ("Wording", "Their wording.", "My wording.") in stale.context["sides"]
    assert stale.context["claim_form"]["statement"].value() == "My wording."
    assert merged.status_code == 302
    assert Claim.objects.get(pk=claim.pk).statement == "A merged wording."


def test_a_stale_verdict_keeps_what_was_typed_and_begins_from_the_other_one(
    article: Article, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    claim = factories.accepted(article, reviewer)
    factories.drafted(claim, colleague, reasons="Theirs.")
    client = log_in(reviewer)

    stale = post(client, "verdict-draft", claim.pk, HTMX, version=claim.version, seen=0, reasons="Mine.")
    merged = post(
        client, "verdict-draft", claim.pk, HTMX, seen=stale.context["seen"], reasons="Mine and theirs."
    )

    assert stale.status_code == 412
    assert stale.headers["HX-Retarget"] == "#panel"
    assert ("Why", "Theirs.", "Mine.") in stale.context["sides"]
    assert stale.context["verdict_form"]["reasons"].value() == "Mine."
    assert merged.status_code == 200
    assert Verdict.objects.get(claim=claim, number=2).reasons == "Mine and theirs."


def test_a_draft_saves_quietly_and_hands_out_the_number_for_the_next_save(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    claim = factories.accepted(article, reviewer)

    answer = post(
        log_in(reviewer), "verdict-draft", claim.pk, HTMX, seen=0, rating="false",
        qualifiers=["exaggerated", "misquoted"], reasons="Because.",
    )  # fmt: skip

    assert answer.context["seen"] == 1
    assert 'id="verdict-seen" value="1" hx-swap-oob' in answer.content.decode()
    verdict = latest_verdict(claim)
    assert verdict is not None
    assert verdict.qualifiers == ["exaggerated", "misquoted"]


def test_submitting_too_early_says_all_that_is_missing_and_saves_what_was_written(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    claim = factories.accepted(article, reviewer)

    page = post(
        log_in(reviewer), "verdict-submit", claim.pk, version=claim.version, seen=0, reasons="So far."
    )

    assert page.status_code == 422
    assert "Choose a rating." in page.content.decode()
    assert Verdict.objects.get(claim=claim).reasons == "So far."


def test_what_is_submitted_is_what_stood_in_the_form(article: Article, reviewer: User, log_in: LogIn) -> None:
    claim = factories.ready(article, reviewer)

    post(
        log_in(reviewer), "verdict-submit", claim.pk, version=claim.version, seen=1, rating="half_true",
        reasons="Thought again.",
    )  # fmt: skip

    claim.refresh_from_db()
    assert claim.status == "SUBMITTED"
    assert Verdict.objects.get(claim=claim, number=2).rating == "half_true"


def test_a_source_is_added_edited_taken_off_and_put_back(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    claim = factories.accepted(article, reviewer)
    client = log_in(reviewer)

    post(
        client, "evidence-cite", claim.pk, url="https://records.example/1", title="Record", stance="SUPPORTS"
    )
    evidence = claim.evidence.get()
    post(client, "evidence-edit", evidence.pk, version=evidence.version, stance="REFUTES", quote="No.")
    evidence.refresh_from_db()
    post(client, "evidence-remove", evidence.pk, version=evidence.version)
    evidence.refresh_from_db()
    gone = evidence.removed_at
    post(client, "evidence-restore", evidence.pk, version=evidence.version)
    evidence.refresh_from_db()

    assert (evidence.stance, evidence.quote) == ("REFUTES", "No.")
    assert gone is not None
    assert evidence.removed_at is None


def test_a_bad_address_or_date_comes_back_in_the_form_with_the_reason(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    claim = factories.accepted(article, reviewer)
    client = log_in(reviewer)

    address = post(
        client,
        "evidence-cite",
        claim.pk,
        what="javascript:alert(1)",
        url="javascript:alert(1)",
        title="Mine",
        stance="SUPPORTS",
    )
    day = post(
        client, "evidence-cite", claim.pk, url="https://a.example/", stance="CONTEXT", published_on="soon"
    )

    assert (address.status_code, day.status_code) == (422, 422)
    assert 'value="javascript:alert(1)"' in address.content.decode()
    assert "YYYY-MM-DD" in day.content.decode()
    assert not claim.evidence.exists()


def test_markup_in_an_article_is_words_and_nothing_else(
    workspace: Any, reviewer: User, log_in: LogIn
) -> None:
    article = factories.article(workspace, reviewer, "He wrote <script>alert(1)</script> 5 times on Monday.")

    page = log_in(reviewer).get(reverse("workbench", args=[article.pk]))

    assert "&lt;script&gt;alert(1)" in page.content.decode()
    assert "<script>alert(1)" not in page.content.decode()


def test_extraction_that_waits_is_asked_after_and_one_that_ended_reloads_the_page(
    article: Article, reviewer: User, log_in: LogIn
) -> None:
    client, address = log_in(reviewer), reverse("workbench-progress", args=[article.pk])

    before = client.get(address, headers=HTMX)
    factories.extract(article)
    after = client.get(address, headers=HTMX)

    assert 'hx-trigger="every 1s"' in before.content.decode()
    assert after.headers["HX-Refresh"] == "true"
