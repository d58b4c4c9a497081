"""Sorting by plain forms and parts: what comes into hand next, many at once, undo and redo. No rules tested twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.services.triage import accept_claim
from annotations.claims.services.wording import edit_claim
from annotations.people.models import User
from annotations.preferences.services import set_preferences
from annotations.steps.queries import steps_of
from tests import factories

LogIn = Callable[[User], Any]
HTMX = {"HX-Request": "true"}
TEXT = "The port moved 900 tons. A gull sat on a rail. The mayor came by bike. The fee is 4 euros."


def post(client: Any, name: str, pk: int, headers: dict[str, str] | None = None, **data: Any) -> Any:
    query = data.pop("query", "")
    return client.post(reverse(name, args=[pk]) + query, data, headers=headers or {})


@pytest.fixture
def claims(workspace: Any, reviewer: User) -> list[Claim]:
    return factories.proposed(factories.article(workspace, reviewer, TEXT), [0.99, 0.95, 0.9, 0.5])


@pytest.fixture
def town(claims: list[Claim]) -> Article:
    return claims[0].article


def rows(claims: list[Claim]) -> list[str]:
    return [f"{claim.pk}:{claim.version}" for claim in claims]


def test_after_accepting_the_next_candidate_is_in_hand_and_the_step_can_be_undone(
    town: Article, claims: list[Claim], reviewer: User, log_in: LogIn
) -> None:
    answer = post(log_in(reviewer), "claim-accept", claims[0].pk, HTMX, version=1)

    body = answer.content.decode()
    assert answer.headers["HX-Push-Url"] == f"/articles/{town.pk}/?claim={claims[1].pk}"
    assert answer.context["panel"].claim == claims[1]
    assert answer.context["undo"].said == "accepted “The port moved 900 tons.”"
    assert "<html" not in body
    for part in ('id="claim-list"', 'id="article"', 'id="toasts"'):
        assert part in body


def test_who_likes_to_stay_keeps_the_claim_that_was_accepted(
    claims: list[Claim], reviewer: User, log_in: LogIn
) -> None:
    set_preferences(person=reviewer, by=reviewer, version=0, keys={}, mode="SINGLE", after_accepting="STAY")

    answer = post(log_in(reviewer), "claim-accept", claims[0].pk, HTMX, version=1)

    assert answer.context["panel"].claim == claims[0]


@pytest.mark.parametrize("step", ["accept", "dismiss"])
def test_without_scripts_it_goes_on_as_well_and_offers_the_undo(
    town: Article, claims: list[Claim], reviewer: User, log_in: LogIn, step: str
) -> None:
    page = log_in(reviewer).post(
        reverse(f"claim-{step}", args=[claims[0].pk]) + "?show=candidates",
        {"version": 1, "reason": "OPINION"},
        follow=True,
    )

    assert page.redirect_chain[0][0] == f"/articles/{town.pk}/?claim={claims[1].pk}&show=candidates&undo=1"
    assert page.context["undo"].claims == (claims[0].pk,)


def test_after_the_last_candidate_the_page_says_that_all_is_sorted_and_what_is_next(
    town: Article, claims: list[Claim], reviewer: User, log_in: LogIn
) -> None:
    client = log_in(reviewer)
    for claim in claims[:3]:
        post(client, "claim-accept", claim.pk, version=1)

    last = post(client, "claim-dismiss", claims[3].pk, HTMX, version=1, reason="TRIVIAL")

    body = last.content.decode()
    assert last.context["panel"] is None
    assert "All sorted" in body
    assert "3 claims kept, 1 set aside" in body
    assert f'data-key="j" href="/articles/{town.pk}/?claim={claims[0].pk}"' in body
    assert last.context["undo"].claims == (claims[3].pk,)


def test_choosing_what_to_merge_into_works_as_a_page_and_narrows_as_a_part(
    claims: list[Claim], reviewer: User, log_in: LogIn
) -> None:
    client, address = log_in(reviewer), reverse("claim-merge", args=[claims[0].pk])

    page = client.get(address, {"q": "mayor"})
    part = client.get(address, {"q": "mayor"}, headers=HTMX | {"HX-Target": "merge-list"})
    strange = client.get(address, {"q": "\x00" * 500})

    assert "<html" in page.content.decode()
    assert part.content.decode().count('name="into"') == 1
    assert f'value="{claims[2].pk}"' in part.content.decode()
    assert strange.status_code == 200


def test_a_merged_candidate_is_followed_by_the_next_one_and_comes_back(
    town: Article, claims: list[Claim], reviewer: User, log_in: LogIn
) -> None:
    client = log_in(reviewer)

    merged = post(client, "claim-merge", claims[0].pk, HTMX, version=1, into=claims[3].pk)
    undone = post(client, "step-undo", town.pk, HTMX, step=merged.context["undo"].key)

    assert merged.context["panel"].claim == claims[1]
    assert undone.context["panel"].claim == claims[0]
    assert Claim.objects.get(pk=claims[0].pk).status == "CANDIDATE"


class TestMany:
    def test_a_preview_counts_and_says_what_is_left_out_and_why(
        self, town: Article, claims: list[Claim], reviewer: User, colleague: User, log_in: LogIn
    ) -> None:
        seen = rows(claims)
        accept_claim(claim=claims[0], version=1, by=colleague)

        page = post(log_in(reviewer), "bulk-preview", town.pk, HTMX, do="dismiss", row=seen)

        body = page.content.decode()
        assert "3 claims will be dismissed." in body
        assert "It is in review already (Colleague)." in body
        assert Claim.objects.filter(status="CANDIDATE").count() == 3

    def test_all_candidates_and_the_weakest_are_found_by_the_server(
        self, town: Article, claims: list[Claim], reviewer: User, log_in: LogIn
    ) -> None:
        client = log_in(reviewer)

        every = post(client, "bulk-preview", town.pk, do="accept", which="candidates")
        weak = post(client, "bulk-preview", town.pk, do="dismiss", which="possible")

        assert [row.pk for row in every.context["plan"]] == [claim.pk for claim in claims]
        assert [row.pk for row in weak.context["plan"]] == [claims[3].pk]

    def test_many_are_dismissed_and_one_undo_brings_them_all_back(
        self, town: Article, claims: list[Claim], reviewer: User, log_in: LogIn
    ) -> None:
        client = log_in(reviewer)

        done = post(client, "bulk-dismiss", town.pk, HTMX, row=rows(claims[:3]), reason="TRIVIAL")
        gone = Claim.objects.filter(status="DISMISSED").count()
        undone = post(client, "step-undo", town.pk, HTMX, step=done.context["undo"].key)

        assert "Dismissed 3 claims." in done.content.decode()
        assert done.context["undo"].said == "dismissed 3 claims"
        assert done.context["panel"].claim == claims[3]
        assert gone == 3
        assert "Undone for 3 claims." in undone.content.decode()
        assert Claim.objects.filter(status="CANDIDATE").count() == 4

    def test_what_changed_meanwhile_is_listed_with_who_did_it(
        self, town: Article, claims: list[Claim], reviewer: User, colleague: User, log_in: LogIn
    ) -> None:
        seen = rows(claims)
        edit_claim(claim=claims[0], version=1, by=colleague, claimant="Somebody")

        page = post(log_in(reviewer), "bulk-accept", town.pk, HTMX, row=seen)

        body = page.content.decode()
        assert "Accepted 3 claims." in body
        assert "It was changed meanwhile (Colleague)." in body

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"row": ["x"]},
            {"row": ["1:-1"]},
            {"row": ["9" * 30 + ":1"]},
            {"row": [f"{n}:1" for n in range(300)]},
        ],
    )
    def test_a_selection_that_cannot_be_meant_is_refused(
        self, town: Article, reviewer: User, log_in: LogIn, sent: dict[str, Any]
    ) -> None:
        client = log_in(reviewer)

        for name in ("bulk-preview", "bulk-accept", "bulk-dismiss"):
            assert post(client, name, town.pk, reason="TRIVIAL", **sent).status_code == 422

    def test_a_reader_is_refused_and_another_desk_finds_nothing(
        self, town: Article, claims: list[Claim], reader: User, outsider: User, log_in: LogIn
    ) -> None:
        refused = post(log_in(reader), "bulk-accept", town.pk, row=rows(claims))
        stranger = post(log_in(outsider), "bulk-accept", town.pk, row=rows(claims))

        assert (refused.status_code, stranger.status_code) == (403, 404)
        assert "Only a reviewer" in refused.content.decode()


class TestSteps:
    def test_a_refused_undo_says_who_did_what(
        self, town: Article, claims: list[Claim], reviewer: User, colleague: User, log_in: LogIn
    ) -> None:
        accept_claim(claim=claims[0], version=1, by=reviewer)
        step = steps_of(reviewer, town).undo
        assert step is not None
        edit_claim(claim=claims[0], version=2, by=colleague, claimant="Somebody")

        seen = {
            "HX-Current-URL": f"http://localhost/articles/{town.pk}/?claim={claims[2].pk}&show=candidates"
        }
        page = post(log_in(reviewer), "step-undo", town.pk, HTMX | seen, step=step.key)

        assert page.status_code == 409
        assert (page.context["panel"].claim, page.context["board"].show) == (claims[2], "candidates")
        assert "Colleague edited its wording since." in page.content.decode()
        assert Claim.objects.get(pk=claims[0].pk).claimant == "Somebody"

    def test_the_list_shows_what_can_be_taken_back_and_what_cannot(
        self, town: Article, claims: list[Claim], reviewer: User, colleague: User, log_in: LogIn
    ) -> None:
        accept_claim(claim=claims[0], version=1, by=reviewer)
        accept_claim(claim=claims[1], version=1, by=reviewer)
        edit_claim(claim=claims[1], version=2, by=colleague, claimant="Somebody")
        client = log_in(reviewer)

        page = client.get(reverse("steps", args=[town.pk]))
        buttons = client.get(reverse("steps", args=[town.pk]) + "?buttons", headers=HTMX)

        body = page.content.decode()
        assert "Accepted “A gull sat on a rail.”" in body
        assert "Colleague edited its wording since." in body
        assert "Undo: accepted “The port moved 900 tons.”" in buttons.content.decode()

    def test_redo_is_offered_until_something_new_is_done(
        self, town: Article, claims: list[Claim], reviewer: User, log_in: LogIn
    ) -> None:
        client = log_in(reviewer)
        post(client, "claim-accept", claims[0].pk, version=1)
        post(client, "step-undo", town.pk)
        offered = steps_of(reviewer, town).redo
        assert offered is not None

        post(client, "step-redo", town.pk, step=offered.key)
        again = Claim.objects.get(pk=claims[0].pk).status
        post(client, "step-undo", town.pk)
        post(client, "claim-dismiss", claims[1].pk, version=1, reason="TRIVIAL")

        assert again == "ACCEPTED"
        assert steps_of(reviewer, town).redo is None
        assert post(client, "step-redo", town.pk).status_code == 409

    @pytest.mark.parametrize("step", ["x", "0" * 40, "\x00"])
    def test_a_step_that_is_none_is_refused(
        self, town: Article, reviewer: User, log_in: LogIn, step: str
    ) -> None:
        assert post(log_in(reviewer), "step-undo", town.pk, step=step).status_code == 422

    def test_another_desk_finds_nothing(self, town: Article, outsider: User, log_in: LogIn) -> None:
        client = log_in(outsider)

        assert client.get(reverse("steps", args=[town.pk])).status_code == 404
        assert post(client, "step-undo", town.pk).status_code == 404


def test_the_list_is_a_page_at_a_time_and_lean(workspace: Any, reviewer: User, log_in: LogIn) -> None:
    text = "".join(
        f"Claim number {n:03} says that so and so many million people agreed. " for n in range(230)
    )
    article = factories.article(workspace, reviewer, text)
    claims = factories.proposed(article, [0.9] * 230)
    client, address = log_in(reviewer), reverse("workbench", args=[article.pk])

    first = client.get(address).content.decode()
    second = client.get(address, {"claim": claims[150].pk})
    last = client.get(address, {"from": "200"})
    beyond = client.get(address, {"from": "99999999"})

    rows_html = first[first.index('<ol class="claims"') : first.index("</ol>")].split("<li ")[1:]
    assert len(rows_html) == 100
    assert max(len(row.encode()) for row in rows_html) <= 450
    assert [item.pk for item in second.context["sorting"].rows] == [claim.pk for claim in claims[100:200]]
    assert (last.context["sorting"].first, last.context["sorting"].last) == (201, 230)
    assert beyond.status_code == 200


def test_the_page_asks_as_often_for_one_step_as_for_many(
    workspace: Any, reviewer: User, log_in: LogIn
) -> None:
    article = factories.article(
        workspace, reviewer, "The port moved 900 tons. " * 1 + TEXT + " " + TEXT.replace("4", "5")
    )
    claims = factories.proposed(article, [0.9] * 8)
    client, address = log_in(reviewer), reverse("workbench", args=[article.pk])
    client.get(address)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address, {"claim": claims[7].pk})
        return len(queries)

    accept_claim(claim=claims[0], version=1, by=reviewer)
    few = asked()
    for claim in claims[1:6]:
        accept_claim(claim=claim, version=1, by=reviewer)

    assert asked() == few <= 36
