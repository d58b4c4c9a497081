"""From the history to notices: who is told of what, once, and never of one's own doing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from annotations.claims.services.triage import take_claim
from annotations.discussions.services import reply, reword_comment, start_thread
from annotations.jobs.models import Job
from annotations.notices.models import Notice, NoticeBookmark
from annotations.notices.queries import notices_of, unread_count
from annotations.notices.services.choosing import (
    choose_notices,
    read_all,
    read_notice,
    stop_mail,
    unsubscribe_token,
)
from annotations.notices.services.noticing import forget_notices
from annotations.people.models import Membership
from annotations.people.services import end_membership
from annotations.refusals import Incomplete, NotAllowed
from annotations.reports.services import publish_claims
from annotations.reviews.services.deciding import approve_verdict, disagree, request_changes
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.submitted(article, reviewer, "12,000")


def told(person, *kinds):
    """What the person is told, newest first; how extraction ended only if that is asked for."""
    factories.noticed()
    rows = notices_of(person)
    rows = rows.filter(kind__in=kinds) if kinds else rows.exclude(kind="EXTRACTION")
    return [(notice.code, notice.actor) for notice in rows]


def test_who_is_named_is_told_and_who_speaks_is_not(claim, reviewer, colleague, editor):
    start_thread(claim=claim, text="@editor and @colleague: which ministry?", by=colleague)

    assert told(editor) == [("MENTIONED", colleague)]
    assert told(reviewer) == [("COMMENTED", colleague)]
    assert told(colleague) == []


def test_who_spoke_before_is_told_of_an_answer(claim, reviewer, colleague, editor):
    thread = start_thread(claim=claim, text="Which?", by=colleague).thread
    reply(thread=thread, text="The first.", by=editor)

    assert told(colleague) == [("REPLIED", editor)]
    assert told(editor) == []


def test_a_name_that_is_added_later_is_told_once(claim, colleague, editor):
    comment = start_thread(claim=claim, text="Which?", by=colleague)
    reword_comment(comment=comment, version=1, text="Which, @editor?", by=colleague)
    first = told(editor)
    reword_comment(comment=comment, version=2, text="Which one, @editor?", by=colleague)

    assert first == told(editor) == [("MENTIONED", colleague)]


def test_the_author_is_told_what_was_decided(article, reviewer, colleague, editor):
    one, two, three = (
        factories.submitted(article, reviewer, words) for words in ("12,000", "45,000", "2006")
    )
    approve_verdict(claim=one, version=one.version, by=colleague)
    request_changes(claim=two, version=two.version, items=["Name the ministry."], by=colleague)
    disagree(claim=three, version=three.version, rating="false", note="It is not.", by=colleague)
    publish_claims(claims=[(one, one.version)], by=editor)

    found = told(reviewer)

    assert found == [
        ("PUBLISHED", editor),
        ("DISAGREED", colleague),
        ("CHANGES", colleague),
        ("APPROVED", colleague),
    ]


def test_who_lost_a_claim_is_told(article, reviewer, colleague):
    claim = factories.accepted(article, reviewer, "12,000")

    take_claim(claim=claim, version=claim.version, by=colleague)

    assert told(reviewer) == [("TAKEN_OVER", colleague)]
    assert told(colleague) == []


@pytest.mark.parametrize(("state", "code"), [("DONE", "FOUND"), ("FAILED", "FAILED")])
def test_who_added_an_article_is_told_how_extraction_ended(article, reviewer, state, code):
    factories.extract(article)
    Job.objects.update(
        state=state, reason="It broke." if state == "FAILED" else "", finished_at=timezone.now()
    )

    assert told(reviewer, "EXTRACTION") == [(code, None)]
    assert told(reviewer, "EXTRACTION") == [(code, None)]


def test_read_twice_the_history_tells_once(claim, reviewer, colleague):
    start_thread(claim=claim, text="@reviewer?", by=colleague)
    factories.noticed()
    NoticeBookmark.objects.update(seq=0)

    assert factories.noticed() == 0
    assert Notice.objects.filter(person=reviewer, kind="MENTIONED").count() == 1


def test_nobody_of_another_desk_is_told_and_who_left_sees_no_more(claim, admin, colleague, editor):
    start_thread(claim=claim, text="@editor?", by=colleague)
    before = told(editor)
    end_membership(membership=Membership.objects.get(user=editor), version=1, by=admin)
    start_thread(claim=claim, text="@editor again?", by=colleague)

    assert before == [("MENTIONED", colleague)]
    assert told(editor) == []
    assert unread_count(editor) == 0
    assert Notice.objects.filter(person=editor).count() == 1


def test_what_is_switched_off_is_not_told(claim, colleague, editor):
    choose_notices(choices={"MENTIONED": (False, "OFF")}, by=editor)
    start_thread(claim=claim, text="@editor?", by=colleague)

    assert told(editor) == []
    assert not Notice.objects.filter(person=editor).exists()


def test_what_is_wanted_by_mail_alone_is_not_in_the_bell(claim, colleague, editor):
    choose_notices(choices={"MENTIONED": (False, "NOW")}, by=editor)
    start_thread(claim=claim, text="@editor?", by=colleague)

    assert told(editor) == []
    assert Notice.objects.get(person=editor).mail_by is not None


@pytest.mark.parametrize("choice", [{"GOSSIP": (True, "NOW")}, {"MENTIONED": (True, "WEEKLY")}])
def test_there_are_no_other_choices(editor, choice):
    with pytest.raises(Incomplete):
        choose_notices(choices=choice, by=editor)


def test_reading_says_a_state_and_all_means_what_was_seen(claim, colleague, editor):
    for number in range(3):
        start_thread(claim=claim, text=f"@editor {number}", by=colleague)
    told(editor)
    newest, middle, _ = notices_of(editor)
    for _ in range(2):
        read_notice(notice=newest, by=editor)
    read_notice(notice=newest, is_read=False, by=editor)

    assert read_all(up_to=middle.pk, by=editor) == 2
    assert unread_count(editor) == 1
    with pytest.raises(NotAllowed):
        read_notice(notice=newest, by=colleague)


def test_old_notices_are_forgotten(claim, colleague, editor):
    for number in range(3):
        start_thread(claim=claim, text=f"@editor {number}", by=colleague)
    told(editor)
    read, unread, old = notices_of(editor)
    Notice.objects.filter(pk=read.pk).update(read_at=timezone.now() - timedelta(days=31))
    Notice.objects.filter(pk=old.pk).update(created_at=F("created_at") - timedelta(days=181))

    forget_notices()

    assert list(notices_of(editor)) == [unread]


def test_a_token_ends_mail_and_nothing_else(editor):
    token = unsubscribe_token(editor)

    assert {stop_mail(token=token), stop_mail(token=token)} == {editor}
    with pytest.raises(NotAllowed):
        stop_mail(token=token[:-3] + "abc")


def test_the_list_asks_as_much_for_one_as_for_many(claim, colleague, editor, django_assert_num_queries):
    for number in range(12):
        start_thread(claim=claim, text=f"@editor {number}", by=colleague)
    factories.noticed()

    with django_assert_num_queries(1):
        lines = [
            (n.says, n.actor.display_name, n.article.headline, n.workspace.name) for n in notices_of(editor)
        ]

    assert len(lines) == 12
