"""Threads on a claim: what they are about, who is named, what is kept, and what they keep from being published."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.audit.models import AuditEntry
from annotations.claims.models import Claim
from annotations.discussions.models import Comment, Thread
from annotations.discussions.queries import discussion, earlier_words, open_blockers
from annotations.discussions.services import (
    reply,
    resolve_thread,
    reword_comment,
    set_blocker,
    start_thread,
)
from annotations.refusals import Incomplete, Stale
from annotations.reports import content
from annotations.reports.formats import json as report_json
from annotations.reports.services import publish_claims
from tests import factories


@pytest.fixture
def claim(article: Any, reviewer: Any) -> Claim:
    return factories.ready(article, reviewer, "12,000")


def test_a_thread_on_the_claim_keeps_its_words(claim, reviewer, colleague):
    comment = start_thread(claim=claim, text="  Which ministry?\r\nAsk @Reviewer. ", by=colleague)

    assert comment.text == "Which ministry?\nAsk @Reviewer."
    assert comment.mentions == [reviewer.pk]
    assert (comment.thread.anchor, comment.thread.quote) == ("CLAIM", claim.statement)
    assert AuditEntry.objects.filter(table_name=Comment._meta.db_table, verb="start_thread").count() == 1


def test_a_thread_on_a_sentence_of_the_reasons_says_when_it_was_reworded(claim, reviewer, colleague):
    start_thread(
        claim=claim, text="Which?", anchor="REASONS", quote="Two counts come close [1].", by=colleague
    )
    before = discussion(claim).talks[0]

    factories.drafted(claim, reviewer, seen=1, reasons="One count comes close [1].")

    after = discussion(claim).talks[0]
    assert (before.is_reworded, after.is_reworded) == (False, True)
    assert after.thread.quote == "Two counts come close [1]."


def test_a_thread_on_a_source_keeps_the_quoted_words(claim, colleague):
    evidence = claim.evidence.get()

    comment = start_thread(claim=claim, text="Secondary?", anchor="EVIDENCE", evidence=evidence, by=colleague)

    assert comment.thread.quote == evidence.quote


@pytest.mark.parametrize(
    "anchor", [{"anchor": "REASONS", "quote": "never said"}, {"anchor": "EVIDENCE"}, {"anchor": "TITLE"}]
)
def test_a_thread_is_about_something_that_is_there(claim, colleague, anchor):
    with pytest.raises(Incomplete):
        start_thread(claim=claim, text="Hm.", by=colleague, **anchor)

    assert not Thread.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n ", "NUL \x00", "x" * 5_001])
def test_a_comment_says_something_that_can_be_kept(claim, colleague, text):
    with pytest.raises(Incomplete):
        start_thread(claim=claim, text=text, by=colleague)

    assert not Comment.objects.exists()


def test_sent_twice_it_is_one_comment(claim, colleague):
    first = start_thread(claim=claim, text="Once.", key="abc", by=colleague)
    again = start_thread(claim=claim, text="Once.", key="abc", by=colleague)
    answer = reply(thread=first.thread, text="And more.", key="def", by=colleague)

    assert reply(thread=first.thread, text="And more.", key="def", by=colleague) == answer
    assert again == first
    assert Comment.objects.count() == 2


def test_only_people_of_the_desk_are_mentioned(claim, colleague, outsider):
    comment = start_thread(
        claim=claim, text=f"@{outsider.username} @nobody @{colleague.username}", by=colleague
    )

    assert comment.mentions == [colleague.pk]


def test_reworded_words_are_kept_in_the_history(claim, colleague):
    comment = start_thread(claim=claim, text="First words.", by=colleague)

    reword_comment(comment=comment, version=1, text="Second words.", by=colleague)

    assert (comment.text, comment.version, comment.edited_at is not None) == ("Second words.", 2, True)
    assert [words for _, words in earlier_words(comment)] == ["First words."]


def test_of_two_hands_the_second_sees_both_texts(claim, colleague):
    comment = start_thread(claim=claim, text="First words.", by=colleague)
    stale = Comment.objects.get(pk=comment.pk)
    reword_comment(comment=comment, version=1, text="Second words.", by=colleague)

    with pytest.raises(Stale) as refused:
        reword_comment(comment=stale, version=1, text="Other words.", by=colleague)

    assert refused.value.current == {"text": "Second words."}
    assert refused.value.yours == {"text": "Other words."}


def test_resolving_says_a_state(claim, reviewer, colleague):
    thread = start_thread(claim=claim, text="Open.", by=colleague).thread

    for _ in range(2):
        resolve_thread(thread=thread, is_resolved=True, by=reviewer)
    resolved = (thread.resolved_by, discussion(claim).open)
    resolve_thread(thread=thread, is_resolved=False, by=colleague)

    assert resolved == (reviewer, 0)
    assert (thread.resolved_by, thread.resolved_at, discussion(claim).open) == (None, None, 1)
    assert AuditEntry.objects.filter(verb="resolve_thread").count() == 1


def test_an_open_blocker_keeps_a_claim_from_being_published(article, reviewer, colleague, editor):
    claim = factories.approved(article, reviewer, colleague, "12,000")
    thread = start_thread(claim=claim, text="The count is from 2024!", is_blocker=True, by=colleague).thread

    with pytest.raises(Incomplete) as refused:
        publish_claims(claims=[(claim, claim.version)], by=editor)
    claim.refresh_from_db()
    held = claim.status
    resolve_thread(thread=thread, is_resolved=True, by=colleague)
    publish_claims(claims=[(claim, claim.version)], by=editor)

    assert held == "APPROVED"
    assert refused.value.problems == {
        "discussions": [
            f"Discussion {thread.pk} is not resolved: “The count is from 2024!” ({colleague.display_name})."
        ]
    }


def test_a_thread_that_blocks_no_more_lets_the_claim_out(article, reviewer, colleague, editor):
    claim = factories.approved(article, reviewer, colleague, "12,000")
    thread = start_thread(claim=claim, text="Wait.", is_blocker=True, by=colleague).thread

    set_blocker(thread=thread, is_blocker=False, by=editor)

    assert open_blockers(claim) == []
    assert publish_claims(claims=[(claim, claim.version)], by=editor).number == 1


def test_nothing_of_a_discussion_is_in_a_report(article, reviewer, colleague, editor):
    claim = factories.approved(article, reviewer, colleague, "12,000")
    start_thread(claim=claim, text="A secret between colleagues.", by=colleague)

    report = publish_claims(claims=[(claim, claim.version)], by=editor)

    exported = b"".join(report_json.write(content.from_values(report.content).claims, {}))
    assert "secret" not in str(report.content)
    assert b"secret" not in exported


def test_a_page_of_threads_asks_as_much_for_one_as_for_many(claim, colleague, django_assert_num_queries):
    start_thread(claim=claim, text="One.", by=colleague)
    with django_assert_num_queries(3):
        discussion(claim)
    for number in range(25):
        thread = start_thread(claim=claim, text=f"Thread {number}.", by=colleague).thread
    for number in range(14):
        reply(thread=thread, text=f"Answer {number}.", by=colleague)

    with django_assert_num_queries(3):
        found = discussion(claim)
        newest = found.talks[0]
        words = [said.comment.text for said in newest.said]

    assert (len(found.talks), found.total) == (20, 26)
    assert (newest.earlier, words[0], words[-1]) == (5, "Answer 4.", "Answer 13.")
    assert len(discussion(claim, before=found.next).talks) == 6
