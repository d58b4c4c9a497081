"""Notices by e-mail: gathered, once, and only where somebody wants them."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db.models import F

from annotations.discussions.services import start_thread
from annotations.notices.models import Notice
from annotations.notices.queries import notices_of
from annotations.notices.services.choosing import choose_notices, read_all, set_address
from annotations.notices.services.mailing import send_digests
from annotations.refusals import Incomplete
from tests import factories

_down = {"is": False}


class Unreliable(EmailBackend):
    """Django's own outbox, which refuses while the test says that the server is down."""

    def send_messages(self, messages):
        if _down["is"]:
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def mail_is_on(settings):
    settings.MAIL_ON = True
    settings.EMAIL_BACKEND = f"{__name__}.Unreliable"
    _down["is"] = False


@pytest.fixture
def claim(article, reviewer, editor):
    set_address(address="editor@desk.example", by=editor)
    return factories.submitted(article, reviewer, "12,000")


def mention(claim, by, words="@editor, which <ministry>?"):
    start_thread(claim=claim, text=words, by=by)
    factories.noticed()


def later(**by):
    Notice.objects.update(
        mail_by=F("mail_by") - timedelta(**by), created_at=F("created_at") - timedelta(**by)
    )


def test_at_once_means_the_next_round_and_once(claim, colleague, editor, mailoutbox):
    choose_notices(choices={"MENTIONED": (True, "NOW")}, by=editor)
    mention(claim, colleague)

    assert [send_digests(), send_digests()] == [1, 0]
    (mail,) = mailoutbox
    html = mail.alternatives[0][0]
    assert mail.to == ["editor@desk.example"]
    assert mail.subject == "Colleague mentioned you"
    assert "which <ministry>?" in mail.body
    assert "which &lt;ministry&gt;?" in html
    assert re.search(r"http://localhost:8000/notices/\d+/", mail.body)
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["List-Unsubscribe"][1:-1] in mail.body


def test_hourly_waits_an_hour_and_gathers(claim, colleague, editor, mailoutbox):
    mention(claim, colleague)
    early = send_digests()
    later(minutes=61)
    mention(claim, colleague, "@editor, and this?")

    assert (early, send_digests(), send_digests()) == (0, 1, 0)
    assert mailoutbox[0].subject == "2 notices from the fact-check workbench"


def test_what_waits_a_day_does_not_go_with_what_goes_at_once(claim, colleague, editor, mailoutbox):
    choose_notices(choices={"MENTIONED": (True, "DAILY")}, by=editor)
    mention(claim, colleague, "@editor, no hurry.")
    choose_notices(choices={"MENTIONED": (True, "NOW")}, by=editor)
    mention(claim, colleague, "@editor, hurry.")

    assert send_digests() == 1
    assert "no hurry" not in mailoutbox[0].body
    later(hours=25)
    assert send_digests() == 1
    assert "no hurry" in mailoutbox[1].body


def test_what_was_read_or_has_no_address_is_not_sent(claim, colleague, editor, mailoutbox):
    choose_notices(choices={"MENTIONED": (True, "NOW")}, by=editor)
    mention(claim, colleague)
    read_all(up_to=notices_of(editor)[0].pk, by=editor)
    read = send_digests()
    set_address(address="", by=editor)
    mention(claim, colleague)

    assert (read, send_digests(), mailoutbox) == (0, 0, [])


def test_with_mail_switched_off_nothing_is_sent_and_nothing_breaks(
    settings, claim, colleague, editor, mailoutbox
):
    choose_notices(choices={"MENTIONED": (True, "NOW")}, by=editor)
    settings.MAIL_ON = False
    mention(claim, colleague)

    assert (send_digests(), mailoutbox) == (0, [])
    assert notices_of(editor).count() == 1


def test_a_server_that_is_down_is_tried_again_and_nothing_goes_twice(claim, colleague, editor, mailoutbox):
    choose_notices(choices={"MENTIONED": (True, "NOW")}, by=editor)
    mention(claim, colleague)
    _down["is"] = True
    failed = send_digests()
    _down["is"] = False
    too_early = send_digests()
    later(minutes=6)

    assert (failed, too_early, send_digests(), send_digests()) == (0, 0, 1, 0)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("address", ["nobody", "a@b\nBcc: c@d.example", "x" * 300 + "@desk.example"])
def test_an_address_is_one(editor, address):
    with pytest.raises(Incomplete):
        set_address(address=address, by=editor)

    editor.refresh_from_db()
    assert editor.email == ""
