"""A private calendar address: for one person's due claims alone, until it is revoked."""

from __future__ import annotations

from datetime import UTC, datetime

from django.urls import reverse

from annotations.calendars.ical import Event, calendar
from annotations.calendars.models import CalendarFeed
from annotations.calendars.queries import due_claims, feed_by_token, token_of
from annotations.calendars.services import open_feed, revoke_feed
from annotations.claims.services.assigning import set_due
from annotations.people.models import Membership
from tests import factories

DUE = datetime(2030, 1, 9, 17, 0, tzinfo=UTC)


def test_it_holds_what_is_due_for_its_person(client, article, reviewer, colleague, editor):
    mine, theirs = factories.accepted(article, reviewer, "12,000"), factories.accepted(article, colleague)
    for claim in (mine, theirs):
        set_due(claim=claim, version=claim.version, due_at=DUE, by=editor)
    token = token_of(open_feed(by=reviewer))

    answer = client.get(reverse("calendar-feed", args=[token]))

    body = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20300109T170000Z" in body
    assert body.count("BEGIN:VEVENT") == 1
    assert f"claim-{mine.pk}@" in body


def test_a_revoked_or_made_up_address_is_dead(client, reviewer):
    token = token_of(open_feed(by=reviewer))
    again = open_feed(by=reviewer)
    assert token_of(again) == token

    revoke_feed(by=reviewer)
    dead = client.get(reverse("calendar-feed", args=[token]))

    assert dead.status_code == 404
    assert token_of(open_feed(by=reviewer)) != token
    for wrong in ("1", f"{again.pk}:x", "x" * 2000, "\u20ac", "1:\x00"):
        assert feed_by_token(wrong) is None
    assert CalendarFeed.objects.count() == 2


def test_who_left_a_desk_sees_nothing_of_it(workspace, article, reviewer, editor):
    claim = factories.accepted(article, reviewer, "12,000")
    set_due(claim=claim, version=claim.version, due_at=DUE, by=editor)
    assert due_claims(reviewer) == [claim]

    Membership.objects.filter(user=reviewer).update(is_active=False)

    assert due_claims(reviewer) == []


def test_words_begin_no_line_of_their_own():
    words = "One, two; three\\ \r\nEND:VCALENDAR \x07" + "é" * 80
    body = calendar("Due", [Event("k", words, words, "https://a.example/", DUE, DUE, 3)])

    lines = body.split("\r\n")
    assert lines.count("END:VCALENDAR") == 1
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = body.replace("\r\n ", "")
    assert "SUMMARY:One\\, two\\; three\\\\ \\nEND:VCALENDAR  éé" in unfolded
