"""The practice pages: the comparison comes at once, with and without scripts, and to its owner only."""

from __future__ import annotations

import pytest

from annotations.practice.models import PracticeAnswer
from annotations.practice.queries import lessons
from annotations.practice.services import start_run

LESSON = lessons()[0]
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "panel"}


@pytest.fixture
def run(reader):
    return start_run(lesson=LESSON, by=reader)


def item_of(run, reason="", rating=""):
    gold = next(
        one for one in LESSON.gold if one.is_proposed and (one.reason, one.rating) == (reason, rating)
    )
    return gold, PracticeAnswer.objects.get(run=run, start=gold.start)


def test_even_a_reader_may_practise(reader, log_in):
    client = log_in(reader)
    assert "Start" in client.get("/practice/").content.decode()

    answer = client.post("/practice/sandholm/start/")

    assert answer["Location"] == "/practice/sandholm/"
    page = client.get("/practice/sandholm/").content.decode()
    assert page.count('data-item="') == sum(one.is_proposed for one in LESSON.gold)
    assert LESSON.gold[1].why not in page


def test_the_answer_is_compared_at_once(run, reader, log_in):
    gold, item = item_of(run, reason="OPINION")
    client = log_in(reader)

    part = client.post(f"/practice/items/{item.pk}/dismiss/", {"version": 1, "reason": "TRIVIAL"}, **HTMX)

    words = part.content.decode()
    assert "Right to dismiss, for another reason." in words and gold.why in words
    assert 'id="claim-list"' in words and "hx-swap-oob" in words and "<html" not in words
    page = client.post(f"/practice/items/{item.pk}/undo/", {"version": 2})
    assert page["Location"] == f"/practice/sandholm/?item={item.pk}"


def test_a_rating_is_compared_by_what_the_search_turned_up(run, reader, log_in):
    gold, item = item_of(run, rating="unproven")
    client = log_in(reader)
    accepted = client.post(f"/practice/items/{item.pk}/accept/", {"version": 1}, **HTMX).content.decode()

    rated = client.post(f"/practice/items/{item.pk}/accept/", {"version": 2, "rating": "false"}, **HTMX)

    assert gold.records in accepted and gold.why not in accepted
    assert "Another rating." in rated.content.decode() and "Check it: Unproven" in rated.content.decode()


def test_words_can_be_marked_without_scripts(run, reader, log_in):
    gold = next(one for one in LESSON.gold if not one.is_proposed)
    client = log_in(reader)

    answer = client.post("/practice/sandholm/mark/", {"exact": gold.exact})

    item = PracticeAnswer.objects.get(run=run, is_by_hand=True)
    assert answer["Location"] == f"/practice/sandholm/?item={item.pk}"
    assert (item.start, item.end) == (gold.start, gold.end)


def test_at_the_end_it_says_what_was_missed_and_starts_again(run, reader, log_in):
    client = log_in(reader)

    client.post("/practice/sandholm/finish/")
    page = client.get("/practice/sandholm/").content.decode()

    assert "How it went" in page
    assert all(one.why.split("“")[0][:30] in page for one in LESSON.gold if not one.is_proposed)
    client.post("/practice/sandholm/start/")
    assert "How it went" not in client.get("/practice/sandholm/").content.decode()


def test_somebody_elses_items_are_not_there(run, admin, log_in):
    _, item = item_of(run, reason="OPINION")
    client = log_in(admin)

    for step in ("accept", "dismiss", "undo"):
        assert (
            client.post(f"/practice/items/{item.pk}/{step}/", {"version": 1, "reason": "OPINION"}).status_code
            == 404
        )
    assert client.post("/practice/sandholm/finish/").status_code == 404
    assert client.get(f"/practice/sandholm/?item={item.pk}").status_code == 200
    assert "Start" in client.get(f"/practice/sandholm/?item={item.pk}").content.decode()


@pytest.mark.parametrize(
    "sent",
    [{}, {"version": "x"}, {"version": "1", "reason": "\x00"}, {"version": "9" * 30, "reason": "OPINION"},
     {"version": "1", "reason": "OPINION" * 99, "rating": "\x00"}],
)  # fmt: skip
def test_nothing_that_is_sent_breaks_it(sent, run, reader, log_in):
    _, item = item_of(run, reason="OPINION")
    client = log_in(reader)

    for step in ("dismiss", "accept"):
        assert client.post(f"/practice/items/{item.pk}/{step}/", sent, **HTMX).status_code in (200, 412, 422)
    for given in (
        {},
        {"exact": "\x00"},
        {"exact": "x", "start": "9" * 8},
        {"exact": "not there"},
        {"exact": "T" * 10**5},
    ):
        assert client.post("/practice/sandholm/mark/", given, **HTMX).status_code == 422
    assert client.get("/practice/nowhere/").status_code == 404
    assert client.get("/practice/sandholm/?item=99999999999999999999").status_code == 200
