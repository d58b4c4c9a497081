"""“Said elsewhere” in the panel of a claim, by plain forms and by htmx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.mentions.models import Mention
from annotations.mentions.queries import offered
from annotations.mentions.services import At, attach_mentions
from annotations.people.models import User, Workspace
from tests import factories

LogIn = Callable[[User], Any]
HTMX = {"HX-Request": "true"}
WORDS = "The council spent 5 million euros"


@pytest.fixture
def claim(workspace: Workspace, reviewer: User) -> Claim:
    text = f"{WORDS} on trams.\n\n{WORDS} again, the mayor said."
    return factories.marked(factories.article(workspace, reviewer, text), WORDS, reviewer)


@pytest.fixture
def elsewhere(workspace: Workspace, reviewer: User) -> Article:
    text = f"{WORDS.lower()}, <b>they</b> wrote."
    return factories.article(workspace, reviewer, text, title="The <i>other</i> article")


def keys(claim: Claim) -> list[str]:
    return [place.key for one in offered(claim).articles for place in one.places]


def address(claim: Claim, step: str = "claim-mentions") -> str:
    return reverse(step, args=[claim.pk])


def test_the_panel_asks_for_it_later_so_the_page_stays_quick(
    claim: Claim, reviewer: User, log_in: LogIn
) -> None:
    page = log_in(reviewer).get(reverse("workbench", args=[claim.article_id]), {"claim": claim.pk})

    assert f'hx-get="{address(claim)}"' in page.content.decode()


def test_what_stands_elsewhere_is_offered_with_the_very_words_ticked(
    claim: Claim, elsewhere: Article, reviewer: User, log_in: LogIn
) -> None:
    part = log_in(reviewer).get(address(claim), headers=HTMX).content.decode()

    here, there = keys(claim)
    assert f'value="{here}" checked' in part
    assert f'value="{there}">' in part
    assert "The &lt;i&gt;other&lt;/i&gt; article" in part
    assert "&lt;b&gt;they&lt;/b&gt;" in part
    assert "<html" not in part


def test_a_plain_form_attaches_and_the_page_says_so(
    claim: Claim, elsewhere: Article, reviewer: User, log_in: LogIn
) -> None:
    client = log_in(reviewer)

    answer = client.post(address(claim, "mentions-attach"), {"place": keys(claim)}, follow=True)

    assert answer.redirect_chain == [(address(claim), 302)]
    assert "Attached: 2 appearances." in answer.content.decode()
    assert Mention.objects.count() == 2


def test_with_htmx_the_text_gets_its_lighter_mark_at_once_and_the_step_can_be_undone(
    claim: Claim, elsewhere: Article, reviewer: User, log_in: LogIn
) -> None:
    client = log_in(reviewer)

    answer = client.post(address(claim, "mentions-attach"), {"place": keys(claim)}, headers=HTMX)
    part = answer.content.decode()
    rows = [f"{row.pk}:{row.version}" for row in Mention.objects.order_by("pk")]
    undone = client.post(address(claim, "mentions-detach"), {"mention": rows}, headers=HTMX).content.decode()

    assert f'<mark data-mention="{claim.pk}"' in part
    assert f'action="{address(claim, "mentions-detach")}"' in part
    assert all(f'value="{row}"' in part for row in rows)
    assert "data-mention" not in undone
    assert f'action="{address(claim, "mentions-restore")}"' in undone
    assert not Mention.objects.attached().exists()


def test_the_other_article_shows_the_words_and_leads_to_the_claim(
    claim: Claim, elsewhere: Article, reviewer: User, log_in: LogIn
) -> None:
    attach_mentions(claim=claim, places=[At(*map(int, keys(claim)[1].split(":")))], by=reviewer)

    page = log_in(reviewer).get(reverse("workbench", args=[elsewhere.pk])).content.decode()

    assert f'<mark data-mention="{claim.pk}" data-state="mention">{WORDS.lower()}</mark>' in page
    assert f'href="{reverse("workbench", args=[claim.article_id])}?claim={claim.pk}"' in page


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"place": "1:2"},
        {"place": "a:b:c"},
        {"place": "1:0:9\x00"},
        {"place": "9" * 18 + ":0:5"},
        {"place": "1:5:" + "9" * 18},
        {"place": "1:0:4;drop"},
    ],
)
def test_what_is_no_place_is_answered_and_not_an_error(
    sent: dict[str, str], claim: Claim, reviewer: User, log_in: LogIn
) -> None:
    for headers in (HTMX, {}):
        answer = log_in(reviewer).post(address(claim, "mentions-attach"), sent, headers=headers)

        assert answer.status_code == 422
        assert b'role="alert"' in answer.content


def test_another_desk_gets_no_answer_and_a_reader_reads_why(
    claim: Claim, reader: User, outsider: User, log_in: LogIn
) -> None:
    for step in ("claim-mentions", "mentions-attach", "mentions-detach", "mentions-restore"):
        client = log_in(outsider)
        call = client.get if step == "claim-mentions" else client.post
        assert call(address(claim, step)).status_code == 404

    shown = log_in(reader).get(address(claim)).content.decode()
    refused = log_in(reader).post(address(claim, "mentions-attach"), {"place": keys(claim)})

    assert "Only a reviewer" in shown
    assert "checkbox" not in shown
    assert refused.status_code == 403


def test_a_long_list_has_pages_and_takes_the_same_queries(
    workspace: Workspace, reviewer: User, log_in: LogIn, django_assert_max_num_queries: Any
) -> None:
    text = "\n\n".join(f"In town {number} rain fell." for number in range(60))
    article = factories.article(workspace, reviewer, text)
    claim = factories.marked(article, "In town 0", reviewer)
    places = [text.index("rain fell", text.index(f"In town {number} ")) for number in range(60)]
    rows = attach_mentions(
        claim=claim,
        places=[At(claim.article_version_id, start, start + 9, "rain fell") for start in places],
        by=reviewer,
    )
    client = log_in(reviewer)
    client.get(address(claim), headers=HTMX)

    with django_assert_max_num_queries(12):
        first = client.get(address(claim), headers=HTMX).content.decode()
    rest = client.get(address(claim), {"after": rows[49].pk}, headers=HTMX).content.decode()

    assert (first.count("Take off"), rest.count("Take off")) == (50, 10)
    assert f"?after={rows[49].pk}" in first
