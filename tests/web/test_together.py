"""Pages of discussions, notices and presence: status, what is shown, what is refused, nothing across desks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from annotations.discussions.models import Comment, Thread
from annotations.discussions.services import resolve_thread, start_thread
from annotations.notices.models import Notice
from annotations.notices.queries import choices_of, notices_of
from annotations.notices.services.choosing import unsubscribe_token
from annotations.presence.models import Presence
from annotations.presence.services import be_here
from tests import factories


@pytest.fixture
def claim(article: Any, reviewer: Any) -> Any:
    return factories.ready(article, reviewer, "12,000")


@pytest.fixture
def thread(claim: Any, reviewer: Any, colleague: Any) -> Thread:
    return start_thread(claim=claim, text="Which ministry, @colleague?", by=reviewer).thread


def test_a_discussion_is_begun_answered_reworded_and_resolved_by_plain_forms(
    claim: Any, colleague: Any, log_in: Any, broker: str
) -> None:
    client = log_in(colleague)

    client.post(f"/claims/{claim.pk}/discussion/start/", {"text": "Which?", "about": "why:0", "key": "k1"})
    thread = Thread.objects.get()
    client.post(f"/threads/{thread.pk}/reply/", {"text": "This one.", "key": "k2"})
    answer = Comment.objects.latest("pk")
    client.post(f"/comments/{answer.pk}/reword/", {"text": "That one.", "version": 1})
    client.post(f"/threads/{thread.pk}/blocker/", {"blocker": "yes"})
    done = client.post(f"/threads/{thread.pk}/resolve/", {"resolved": "yes"}, follow=True)

    thread.refresh_from_db()
    page = done.content.decode()
    assert (thread.anchor, thread.quote, thread.is_blocker) == ("REASONS", "Two counts come close [1].", True)
    assert thread.resolved_by == colleague
    assert "That one." in page and "This one." not in page
    assert "This one." in client.get(f"/comments/{answer.pk}/earlier/").content.decode()


def test_a_refusal_keeps_what_was_typed(claim: Any, colleague: Any, log_in: Any) -> None:
    answer = log_in(colleague).post(
        f"/claims/{claim.pk}/discussion/start/", {"text": "Half a thought", "about": "source:999999"}
    )

    assert answer.status_code == 422
    assert "Half a thought" in answer.content.decode()


def test_a_stale_rewording_shows_both_texts(thread: Thread, reviewer: Any, log_in: Any, broker: str) -> None:
    comment = thread.comments.get()
    client = log_in(reviewer)
    client.post(f"/comments/{comment.pk}/reword/", {"text": "Second words.", "version": 1})

    answer = client.post(f"/comments/{comment.pk}/reword/", {"text": "Other words.", "version": 1})

    assert answer.status_code == 412
    assert "Second words." in answer.content.decode()
    assert "Other words." in answer.content.decode()


def test_a_reader_reads_and_is_told_why_not_more(thread: Thread, reader: Any, log_in: Any) -> None:
    client = log_in(reader)

    page = client.get(f"/claims/{thread.claim_id}/discussion/").content.decode()
    refused = client.post(f"/threads/{thread.pk}/reply/", {"text": "Me too."})

    assert "Which ministry" in page
    assert "Only a reviewer of this workspace can comment." in page
    assert refused.status_code == 403


def test_the_publish_button_says_which_discussion_is_open(
    article: Any, reviewer: Any, colleague: Any, editor: Any, log_in: Any
) -> None:
    claim = factories.approved(article, reviewer, colleague, "12,000")
    thread = start_thread(claim=claim, text="The count is old!", is_blocker=True, by=colleague).thread
    client = log_in(editor)

    before = client.get(f"/articles/{article.pk}/?claim={claim.pk}").content.decode()
    refused = client.post(f"/claims/{claim.pk}/publish/", {"version": claim.version})
    resolve_thread(thread=thread, is_resolved=True, by=colleague)
    after = client.get(f"/articles/{article.pk}/?claim={claim.pk}").content.decode()

    assert "The count is old!" in before and 'disabled title="An open discussion' in before
    assert (refused.status_code, "The count is old!" in refused.content.decode()) == (422, True)
    assert "The count is old!" not in after


def test_nothing_of_another_desk_is_found(thread: Thread, claim: Any, outsider: Any, log_in: Any) -> None:
    client = log_in(outsider)
    comment = thread.comments.get()

    asked = [
        client.get(f"/claims/{claim.pk}/discussion/"),
        client.get(f"/claims/{claim.pk}/people/?q=r"),
        client.get(f"/threads/{thread.pk}/"),
        client.get(f"/comments/{comment.pk}/earlier/"),
        client.get(f"/articles/{claim.article_id}/live/"),
        client.post(f"/claims/{claim.pk}/discussion/start/", {"text": "Hm."}),
        client.post(f"/threads/{thread.pk}/reply/", {"text": "Hm."}),
        client.post(f"/threads/{thread.pk}/resolve/", {"resolved": "yes"}),
        client.post(f"/comments/{comment.pk}/reword/", {"text": "Hm.", "version": 1}),
        client.post(f"/articles/{claim.article_id}/here/", {"tab": "some-tab-1"}),
        client.post(f"/claims/{claim.pk}/take-over/", {"tab": "some-tab-1"}),
    ]
    changes = client.get("/live/changes/?since=1-0").json()

    assert {answer.status_code for answer in asked} == {404}
    assert changes["changes"] == []


@pytest.mark.parametrize(
    "sent",
    [{"text": "\x00"}, {"text": "x" * 6_000}, {"about": "why:99"}, {"about": "\x00"}, {"key": "k" * 900}, {}],
)
def test_no_input_breaks_the_page(
    claim: Any, colleague: Any, log_in: Any, sent: dict[str, str], broker: str
) -> None:
    answer = log_in(colleague).post(f"/claims/{claim.pk}/discussion/start/", {"text": "Hm."} | sent)

    assert answer.status_code in (302, 422)


def test_people_are_suggested_by_how_their_names_begin(
    claim: Any, reviewer: Any, colleague: Any, log_in: Any
) -> None:
    found = log_in(reviewer).get(f"/claims/{claim.pk}/people/?q=Coll").content.decode()

    assert "@colleague" in found and "@reviewer" not in found


def test_notices_are_listed_opened_and_read(thread: Thread, colleague: Any, log_in: Any) -> None:
    factories.noticed()
    client = log_in(colleague)
    notice = notices_of(colleague).get()

    bell = client.get("/").content.decode()
    listed = client.get("/notices/").content.decode()
    opened = client.get(f"/notices/{notice.pk}/")
    after = client.get("/notices/?show=unread").content.decode()
    client.post(f"/notices/{notice.pk}/mark/", {"read": "no"})
    client.post("/notices/read/", {"up_to": notice.pk})

    assert "Notices, 1 unread" in bell
    assert "mentioned you" in listed and "Which ministry" in listed
    assert opened.url == f"/articles/{thread.claim.article_id}/?claim={thread.claim_id}#thread-{thread.pk}"
    assert "mentioned you" not in after
    assert Notice.objects.get(pk=notice.pk).read_at is not None


def test_notices_of_somebody_else_are_not_there(
    thread: Thread, colleague: Any, reviewer: Any, log_in: Any
) -> None:
    factories.noticed()
    notice = notices_of(colleague).get()
    client = log_in(reviewer)

    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    assert client.post(f"/notices/{notice.pk}/mark/").status_code == 404
    assert "mentioned you" not in client.get("/notices/").content.decode()


def test_notices_come_in_pages(claim: Any, reviewer: Any, colleague: Any, log_in: Any) -> None:
    for number in range(32):
        start_thread(claim=claim, text=f"@colleague {number}", by=reviewer)
    factories.noticed()
    client = log_in(colleague)

    first = client.get("/notices/")
    second = client.get(f"/notices/?before={first.context['next']}")

    assert (len(first.context["notices"]), len(second.context["notices"])) == (30, 2)
    for wrong in ("before=x", "before=" + "9" * 30, "show=nothing"):
        assert client.get(f"/notices/?{wrong}").status_code == 200


def test_what_one_is_told_is_chosen(colleague: Any, log_in: Any) -> None:
    client = log_in(colleague)
    form = {
        "address": "c@desk.example",
        "mail-MENTIONED": "NOW",
        "show-MENTIONED": "on",
        "mail-PUBLISHED": "OFF",
    }

    saved = client.post("/notices/settings/", form)
    refused = client.post("/notices/settings/", form | {"address": "no address"})

    chosen = choices_of([colleague.pk])[colleague.pk]
    colleague.refresh_from_db()
    assert (saved.status_code, refused.status_code) == (302, 422)
    assert (chosen["MENTIONED"].mail, chosen["PUBLISHED"].is_shown, chosen["DECIDED"].is_shown) == (
        "NOW",
        False,
        True,
    )
    assert colleague.email == "c@desk.example"


def test_mail_is_ended_without_signing_in_by_the_button_alone(colleague: Any) -> None:
    client, address = (
        Client(enforce_csrf_checks=True),
        f"/notices/unsubscribe/{unsubscribe_token(colleague)}/",
    )

    looked = client.get(address)
    before = choices_of([colleague.pk])[colleague.pk]["MENTIONED"].mail
    ended = client.post(address, {"List-Unsubscribe": "One-Click"})
    wrong = client.get("/notices/unsubscribe/1:abc:def/")

    assert (looked.status_code, before, ended.status_code, wrong.status_code) == (200, "HOURLY", 200, 403)
    assert {choice.mail for choice in choices_of([colleague.pk])[colleague.pk].values()} == {"OFF"}


def test_the_others_see_who_works_on_a_claim_and_may_take_it(
    claim: Any, reviewer: Any, colleague: Any, reader: Any, log_in: Any
) -> None:
    be_here(article=claim.article, claim=claim, tab="tab-of-reviewer", is_working=True, by=reviewer)
    here, sent = (
        f"/articles/{claim.article_id}/here/",
        {"claim": claim.pk, "tab": "my-own-tab", "working": "yes"},
    )

    seen = log_in(colleague).post(here, sent).content.decode()
    taken = log_in(colleague).post(f"/claims/{claim.pk}/take-over/", {"tab": "my-own-tab"}).content.decode()
    by_reader = log_in(reader).post(here, sent | {"tab": "reader-tab"}).content.decode()
    gone = log_in(colleague).post("/here/gone/", {"tab": "my-own-tab"})

    assert "<b>Reviewer</b> is working on this claim since" in seen and "Take over anyway" in seen
    assert "is working on this claim" not in taken
    assert "<b>Colleague</b> is working" in by_reader and "Take over anyway" not in by_reader
    assert gone.status_code == 204
    assert not Presence.objects.filter(person=colleague).exists()


@pytest.mark.parametrize(
    "sent", [{}, {"tab": "\x00" * 9}, {"tab": "good-tab-1", "claim": "9" * 40}, {"claim": "x"}]
)
def test_a_sign_of_life_that_makes_no_sense_breaks_nothing(
    article: Any, reviewer: Any, log_in: Any, sent: dict[str, str]
) -> None:
    assert log_in(reviewer).post(f"/articles/{article.pk}/here/", sent).status_code in (200, 422)


def test_a_server_without_streams_says_so_and_answers_in_steps(
    claim: Any, reviewer: Any, log_in: Any
) -> None:
    client = log_in(reviewer)

    stream = client.get("/live/stream/")
    first = client.get("/live/changes/").json()
    wrong = client.get("/live/changes/?since=%00-5.x")

    assert (stream.status_code, wrong.status_code) == (204, 200)
    assert first["changes"] == []
    assert Client().get("/live/stream/").status_code == 204
    assert Client().get("/live/changes/").status_code == 302


def test_list_and_text_come_alone_for_an_open_page(claim: Any, reviewer: Any, log_in: Any) -> None:
    answer = (
        log_in(reviewer)
        .get(f"/articles/{claim.article_id}/live/?claim={claim.pk}&show=open")
        .content.decode()
    )

    assert 'id="claim-list"' in answer and 'id="article"' in answer
    assert "verdict-form" not in answer
