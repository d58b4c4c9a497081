"""The search page, saved views and the private calendar on their pages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotations.saved_views.models import SavedView
from annotations.saved_views.services import save_view, set_default_view
from tests import factories


def test_hits_are_marked_and_words_are_never_markup(workspace, reviewer, log_in):
    article = factories.article(
        workspace, reviewer, "It sold <img src=x onerror=alert(1)> 40 boats. It rained."
    )
    factories.marked(article, "It sold <img src=x onerror=alert(1)> 40 boats", reviewer)

    page = log_in(reviewer).get(reverse("search"), {"q": "boats img"}).content.decode()

    assert "<mark>boats</mark>" in page
    assert "<img src=x" not in page
    assert "&lt;<mark>img</mark>" in page


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "\x00"},
        {"q": "' : * & ! ( ) | \\"},
        {"q": "x" * 5000},
        {"q": "a", "after": "1_x_2"},
        {"q": "a", "after": f"{2**70}_2025-01-01T00:00:00+00:00_1"},
        {"person": "9" * 40, "rating": "x", "age": "x"},
        {"workspace": "elsewhere"},
    ],
)
def test_no_address_breaks_it(article, reviewer, log_in, query):
    factories.extract(article)

    assert log_in(reviewer).get(reverse("search"), query).status_code == 200


def test_the_bar_searches_everything(reviewer, log_in):
    assert f'action="{reverse("search")}"' in log_in(reviewer).get(reverse("queue")).content.decode()


def test_a_view_is_saved_shared_opened_first_removed_and_put_back(article, reviewer, colleague, log_in):
    client = log_in(reviewer)
    given = {"page": "QUEUE", "name": "Late", "query": "show=overdue", "is_shared": "on"}
    saved = client.post(reverse("view-save"), given)
    view = SavedView.objects.get()
    client.post(reverse("view-default", args=[view.pk]), {"version": 1, "is_default": "1"})
    opened = client.get(reverse("queue"))
    everything = client.get(reverse("queue"), {"show": "all"})
    theirs = log_in(colleague).get(reverse("queue")).content.decode()
    client = log_in(reviewer)
    removed = client.post(reverse("view-remove", args=[view.pk]), {"version": 2})
    page = client.get(removed["Location"]).content.decode()
    client.post(reverse("view-restore", args=[view.pk]), {"version": 3})

    assert saved["Location"] == f"{reverse('queue')}?show=overdue"
    assert opened["Location"] == f"{reverse('queue')}?show=overdue"
    assert everything.status_code == 200
    assert "Late" in theirs
    assert reverse("view-restore", args=[view.pk]) in page
    assert SavedView.objects.get().removed_at is None


def test_a_broken_saved_view_never_breaks_the_page(workspace, article, reviewer, log_in):
    for name, page in (("a", "QUEUE"), ("b", "CLAIMS"), ("c", "SEARCH")):
        view = save_view(
            workspace=workspace, page=page, name=name, query="person=999&after=%00&q=%FF&%&=", by=reviewer
        )
        set_default_view(view=view, version=1, is_default=True, by=reviewer)
    client = log_in(reviewer)

    for name in ("queue", "queue-claims", "search"):
        page = client.get(reverse(name), follow=True)
        assert page.status_code == 200
        assert "no longer fits" in page.content.decode()


def test_other_peoples_views_are_not_there(workspace, reviewer, colleague, outsider, log_in):
    view = save_view(workspace=workspace, page="QUEUE", name="Mine", query="show=mine", by=reviewer)

    for person in (colleague, outsider):
        client = log_in(person)
        assert client.post(reverse("view-remove", args=[view.pk]), {"version": 1}).status_code == 404
        assert "Mine</a>" not in client.get(reverse("views")).content.decode()


def test_a_stale_or_nameless_change_is_refused_in_place(workspace, reviewer, log_in):
    view = save_view(workspace=workspace, page="QUEUE", name="Mine", query="show=mine", by=reviewer)
    client, address = log_in(reviewer), reverse("view-change", args=[view.pk])

    assert client.post(address, {"version": 1, "name": " "}).status_code == 422
    assert client.post(address, {"version": 7, "name": "Other"}).status_code == 412
    assert client.post(address, {"name": "Other"}).status_code == 422
    assert client.post(reverse("view-save"), {"page": "NOWHERE"}).status_code == 302


def test_a_calendar_address_is_made_shown_and_revoked(reviewer, log_in):
    client = log_in(reviewer)

    client.post(reverse("calendar-open"))
    page = client.get(reverse("calendar")).content.decode()
    address = page.split('id="feed-address" value="')[1].split('"')[0]
    alive = client.get(address)
    client.post(reverse("calendar-revoke"))

    assert alive.status_code == 200
    assert client.get(address).status_code == 404
    assert "Make a private address" in client.get(reverse("calendar")).content.decode()


def test_strangers_are_sent_to_sign_in(client, db):
    for name in ("search", "queue-claims", "queue-progress", "views", "calendar"):
        assert client.get(reverse(name))["Location"].startswith(reverse("sign-in"))
