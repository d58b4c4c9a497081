"""“Checked before?” in the panel: what is shown, and what is decided by plain forms and by htmx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.jobs.services import ask_again
from annotations.people.models import User, Workspace
from annotations.precedents.models import CheckImport, Match, OutsideCheck
from annotations.screens.precedents import checked_before, pieces
from tests import factories

LogIn = Callable[[User], Any]
HTMX = {"HX-Request": "true"}
BUDGET = "The council spent 7 million euros."


@pytest.fixture
def claim(workspace: Workspace, reviewer: User) -> Claim:
    article = factories.article(workspace, reviewer, "The council spent 5 million euros. It met on Monday.")
    return factories.marked(article, "The council spent 5 million euros", reviewer)


@pytest.fixture
def suggest(workspace: Workspace, editor: User, claim: Claim) -> Callable[..., Match]:
    batch = CheckImport.objects.create(
        workspace=workspace, filename="checks.csv", sha256="0" * 64, imported_by=editor
    )

    def make(number: int = 1, *, differs: bool = False) -> Match:
        check = OutsideCheck.objects.create(
            workspace=workspace,
            identity=str(number) * 64,
            claim=BUDGET if differs else "The council spent 5 million euros.",
            publisher="Budget <b>Watch</b>",
            rating="false",
            rating_text="Pants on fire",
            url="https://house.example/1",
            reviewed_on="2024-05-01",
            batch=batch,
            line=2,
        )
        difference = {"kind": "NUMBER", "a_text": "5 million", "a_start": 18, "a_end": 27}
        difference |= {"b_text": "7 million", "b_start": 18, "b_end": 27}
        return Match.objects.create(
            workspace=workspace,
            claim=claim,
            outside_check=check,
            score=0.8,
            strength="LIKELY",
            differs=differs,
            differences=[difference] if differs else [],
        )

    return make


def shown(client: Any, claim: Claim) -> str:
    page = client.get(reverse("workbench", args=[claim.article_id]), {"claim": claim.pk})
    assert page.status_code == 200
    return page.content.decode()


def decide(client: Any, match: Match, decision: str, *, htmx: bool = False, **data: Any) -> Any:
    address = reverse("match-decide", args=[match.claim_id, match.pk])
    given = {"version": match.version, "decision": decision} | data
    return client.post(address, given, headers=HTMX if htmx else {})


def test_an_earlier_check_is_shown_with_its_rating_house_and_day(
    claim: Claim, suggest: Any, reviewer: User, log_in: LogIn
) -> None:
    suggest()

    page = shown(log_in(reviewer), claim)

    for words in ("Checked before? · 1", "likely", "“Pants on fire”", "1 May 2024", "Same claim"):
        assert words in page
    assert "Budget &lt;b&gt;Watch" in page
    assert 'href="https://house.example/1"' in page


def test_what_differs_is_marked_in_both_wordings_and_cannot_be_called_the_same(
    claim: Claim, suggest: Any, reviewer: User, log_in: LogIn
) -> None:
    match = suggest(differs=True)
    client = log_in(reviewer)

    page = shown(client, claim)
    refused = decide(client, match, "same", htmx=True)

    assert '<mark data-kind="number">5 million</mark>' in page
    assert '<mark data-kind="number">7 million</mark>' in page
    assert 'value="same"' not in page
    assert refused.status_code == 409
    assert "not the same claim" in refused.content.decode()


@pytest.mark.parametrize("htmx", [True, False])
def test_each_decision_is_made_and_taken_back(
    claim: Claim, suggest: Any, reviewer: User, log_in: LogIn, htmx: bool
) -> None:
    match, client = suggest(), log_in(reviewer)
    for decision, state in (("same", "CONFIRMED"), ("undo", "SUGGESTED"), ("not", "REJECTED")):
        answer = decide(client, match, decision, htmx=htmx)

        match.refresh_from_db()
        assert match.status == state
        assert answer.status_code == (200 if htmx else 302)
    if htmx:
        assert answer.content.decode().lstrip().startswith('<section id="before"')
    assert "Not the same · 1" in shown(client, claim)


@pytest.mark.parametrize("htmx", [True, False])
def test_near_but_different_needs_the_tick_and_the_note_and_keeps_what_was_typed(
    claim: Claim, suggest: Any, reviewer: User, log_in: LogIn, htmx: bool
) -> None:
    match, client = suggest(differs=True), log_in(reviewer)

    refused = decide(client, match, "near", htmx=htmx, note="Another year's <budget>")
    done = decide(client, match, "near", htmx=htmx, note="Another year's budget.", seen="yes")

    match.refresh_from_db()
    assert refused.status_code == 422
    assert "Another year&#x27;s &lt;budget&gt;" in refused.content.decode()
    assert done.status_code == (200 if htmx else 302)
    assert (match.relation, match.note) == ("NEAR", "Another year's budget.")
    assert "Near but different" in shown(client, claim)


def test_a_stale_or_senseless_decision_is_refused(suggest: Any, reviewer: User, log_in: LogIn) -> None:
    match, client = suggest(), log_in(reviewer)

    assert decide(client, match, "same", htmx=True, version=7).status_code == 412
    assert decide(client, match, "same", htmx=True, version="x").status_code == 422
    assert decide(client, match, "perhaps").status_code == 409
    match.refresh_from_db()
    assert match.status == "SUGGESTED"


def test_a_reader_reads_and_is_told_why_not_more(
    claim: Claim, suggest: Any, reader: User, log_in: LogIn
) -> None:
    match, client = suggest(), log_in(reader)

    page = shown(client, claim)

    assert "Pants on fire" in page
    assert 'value="same"' not in page
    assert "Only a reviewer of this workspace can decide" in page
    assert decide(client, match, "same", htmx=True).status_code == 403


def test_another_desk_finds_nothing(suggest: Any, outsider: User, log_in: LogIn) -> None:
    match, client = suggest(), log_in(outsider)

    assert decide(client, match, "same").status_code == 404
    assert client.get(reverse("claim-before", args=[match.claim_id])).status_code == 404


def test_a_match_of_another_claim_is_not_decided_here(
    suggest: Any, article: Article, reviewer: User, log_in: LogIn
) -> None:
    match = suggest()
    other = factories.candidate(article)

    address = reverse("match-decide", args=[other.pk, match.pk])

    assert log_in(reviewer).post(address, {"version": 1, "decision": "same"}).status_code == 404


def test_it_says_whether_it_is_waiting_or_found_nothing(
    claim: Claim, workspace: Workspace, reviewer: User, log_in: LogIn
) -> None:
    client = log_in(reviewer)
    assert "Nothing like it was found" in shown(client, claim)

    ask_again(workspace_id=workspace.pk, kind=Job.Kind.MATCH_CLAIMS, key="desk")

    page = shown(client, claim)
    assert "Comparing with earlier claims" in page
    assert 'hx-trigger="every 5s"' in page
    address = reverse("claim-before", args=[claim.pk])
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 200
    assert client.get(address).url.endswith("#before")


def test_a_claim_of_ours_shows_its_approved_rating_from_both_sides(
    claim: Claim, workspace: Workspace, reviewer: User, colleague: User, log_in: LogIn
) -> None:
    article = factories.article(workspace, reviewer, title="The budget of last year")
    decided = factories.approved(article, reviewer, colleague)
    match = Match.objects.create(
        workspace=workspace, claim=decided, earlier=claim, score=0.6, strength="POSSIBLE"
    )
    client = log_in(reviewer)

    from_earlier, from_later = shown(client, claim), shown(client, decided)

    assert "The budget of last year" in from_earlier
    assert "Mostly true" in from_earlier.split('id="before"')[1].split("</section>")[0]
    assert f'action="{reverse("match-decide", args=[claim.pk, match.pk])}"' in from_earlier
    assert f"?claim={claim.pk}" in from_later.split('id="before"')[1].split("</section>")[0]


def test_it_reads_in_the_same_number_of_queries_however_many_there_are(
    claim: Claim, suggest: Any, reviewer: User, django_assert_num_queries: Any
) -> None:
    for number in range(1, 9):
        suggest(number, differs=number > 1)

    with django_assert_num_queries(3):
        found = checked_before(claim=Claim.objects.get(pk=claim.pk), person=reviewer)
    assert len(found.standing) == 8


def test_accepting_a_claim_has_its_desk_compared(
    article: Article, reviewer: User, log_in: LogIn, broker: str, django_capture_on_commit_callbacks: Any
) -> None:
    claim = factories.candidate(article)

    with django_capture_on_commit_callbacks(execute=True):
        log_in(reviewer).post(reverse("claim-accept", args=[claim.pk]), {"version": claim.version})

    job = Job.objects.get(kind="MATCH_CLAIMS")
    assert (job.workspace_id, job.key, job.state) == (article.workspace_id, "desk", "WAITING")


def test_a_place_whose_words_have_changed_is_not_marked() -> None:
    places = [(4, 8, "five", "number"), (9, 12, "men", "actor"), (5, 9, "iveo", "number")]

    cut = pieces("for five men", places)
    stale = pieces("for nine men", places)

    assert [(piece.text, piece.kind) for piece in cut] == [
        ("for ", ""),
        ("five", "number"),
        (" ", ""),
        ("men", "actor"),
    ]
    assert [piece.text for piece in stale if piece.kind] == ["men"]
