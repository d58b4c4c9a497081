"""A new version of an article: when there is one, what becomes of the claims, and what a person decides."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from annotations.articles.models import ArticleVersion
from annotations.articles.queries import current_version
from annotations.audit.models import AuditEntry
from annotations.audit.services import verify_audit
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.models import Claim
from annotations.claims.queries import anchors_waiting
from annotations.claims.services.anchoring import keep_anchor, place_anchor, reopen_anchor, withdraw_anchor
from annotations.claims.services.triage import dismiss_claim
from annotations.claims.services.versions import add_version
from annotations.claims.services.wording import edit_span
from annotations.refusals import IllegalMove, Incomplete, Stale
from tests import factories

TEXT = (
    "The council spent 5 million euros on boats in March. Mayor Jane Smith denied it on Monday. "
    "Over 12,000 people came to the harbour in Kursk.\n\nThe budget grew by 7 percent last year, the town said."
)
BOATS, PEOPLE = "spent 5 million euros", "Over 12,000 people came"


@pytest.fixture
def story(workspace, reviewer):
    return factories.article(workspace, reviewer, TEXT)


def anchor_of(claim):
    return ClaimAnchor.objects.filter(claim=claim).latest("pk")


def test_the_same_text_is_no_new_version(story, reviewer):
    added = add_version(article=story, text=TEXT.replace("\n", "\r\n"), by=reviewer)

    assert (added.is_new, added.version.number) == (False, 1)
    assert story.versions.count() == 1


def test_a_changed_text_is_the_next_version_with_its_own_extraction(story, reviewer):
    added = add_version(article=story, text=TEXT + " More came.", by=reviewer, seen=1)

    assert (added.is_new, added.version.number, added.version.added_by) == (True, 2, reviewer)
    assert added.version.extraction_id != story.versions.get(number=1).extraction_id


def test_an_outlet_may_take_a_change_back(story, reviewer, workspace):
    add_version(article=story, text=TEXT + " More came.", by=reviewer)

    added = add_version(article=story, text=TEXT, by=reviewer)

    assert (added.is_new, added.version.number) == (True, 3)
    assert factories.article(workspace, reviewer, TEXT).pk == story.pk


def test_two_hands_with_two_texts_meet_with_both_texts(story, reviewer, colleague):
    add_version(article=story, text=TEXT + " One.", by=reviewer, seen=1)

    with pytest.raises(Stale) as refused:
        add_version(article=story, text=TEXT + " Two.", by=colleague, seen=1)

    assert refused.value.current["text"].endswith(" One.")
    assert refused.value.yours["text"].endswith(" Two.")
    assert refused.value.version == 2


@pytest.mark.parametrize("text", ["", " \n", "\x00" * 40, "x" * 1_000_001])
def test_what_is_no_text_is_refused(story, reviewer, text):
    with pytest.raises(Incomplete):
        add_version(article=story, text=text, by=reviewer)


def test_claims_in_hand_go_along_with_their_words(story, reviewer):
    claim = factories.marked(story, PEOPLE, reviewer)

    added = add_version(article=story, text="Updated today. " + TEXT, by=reviewer)
    claim.refresh_from_db()

    assert (claim.article_version, claim.exact) == (added.version, PEOPLE)
    assert added.version.text[claim.start : claim.end] == PEOPLE
    assert (anchor_of(claim).outcome, anchor_of(claim).from_exact) == ("ANCHORED", PEOPLE)
    entry = AuditEntry.objects.filter(table_name="annotations_claim", row_id=claim.pk).latest("seq")
    assert (entry.verb, entry.actor_id) == ("add_version", reviewer.pk)


def test_a_verdict_keeps_the_version_it_was_given_on(workspace, reviewer, colleague):
    article = factories.article(workspace, reviewer)
    claim = factories.approved(article, reviewer, colleague)
    old, words = claim.article_version, claim.exact

    add_version(article=article, text="Updated today. " + old.text, by=reviewer)
    claim.refresh_from_db()
    anchor = anchor_of(claim)

    assert (claim.article_version, claim.exact) == (old, words)
    assert anchor.article_version.text[anchor.start : anchor.end] == words


def test_changed_figures_wait_for_a_person_and_the_claim_stays(story, reviewer):
    claim = factories.marked(story, PEOPLE, reviewer)

    add_version(article=story, text=TEXT.replace("12,000", "11,000"), by=reviewer)
    claim.refresh_from_db()
    (waiting,) = anchors_waiting(story)

    assert claim.article_version.number == 1
    assert (waiting.claim, waiting.outcome, waiting.why) == (claim, "REWORDED", ["NUMBER"])
    assert waiting.guesses[0]["exact"] == "Over 11,000 people came"


@pytest.fixture
def waiting(story, reviewer):
    factories.marked(story, PEOPLE, reviewer)
    add_version(article=story, text=TEXT.replace("12,000", "11,000"), by=reviewer)
    return anchors_waiting(story).get()


def guess_of(anchor):
    guess = anchor.guesses[0]
    return {"start": guess["start"], "end": guess["end"], "exact": guess["exact"]}


def test_a_person_places_it_and_can_take_that_back(waiting, reviewer):
    placed = place_anchor(anchor=waiting, version=1, by=reviewer, **guess_of(waiting))
    claim = Claim.objects.get(pk=waiting.claim_id)
    assert (claim.article_version.number, claim.exact) == (2, "Over 11,000 people came")

    reopen_anchor(anchor=placed, version=2, by=reviewer)
    claim.refresh_from_db()

    assert (claim.article_version.number, claim.exact, claim.start) == (1, PEOPLE, TEXT.index(PEOPLE))
    assert anchors_waiting(claim.article).get().pk == waiting.pk
    assert all(not chain.problem for chain in verify_audit())


def test_words_that_do_not_stand_there_are_refused(waiting, reviewer):
    with pytest.raises(Incomplete):
        place_anchor(anchor=waiting, version=1, start=0, end=5, exact="Other", by=reviewer)


@pytest.mark.parametrize(("verb", "decision"), [(keep_anchor, "KEPT"), (withdraw_anchor, "WITHDRAWN")])
def test_it_can_stay_on_the_old_version(waiting, reviewer, verb, decision):
    verb(anchor=waiting, version=1, by=reviewer)

    claim = Claim.objects.get(pk=waiting.claim_id)
    assert (waiting.decision, claim.article_version.number) == (decision, 1)
    assert not anchors_waiting(claim.article).exists()


def test_two_hands_decide_once(waiting, reviewer, colleague):
    keep_anchor(anchor=ClaimAnchor.objects.get(pk=waiting.pk), version=1, by=reviewer)

    with pytest.raises(Stale) as refused:
        withdraw_anchor(anchor=waiting, version=1, by=colleague)

    assert refused.value.current["decision"] == "Kept on the old version"
    assert refused.value.yours["decision"] == "Withdrawn by the outlet"


def test_an_older_version_is_not_decided_on(waiting, reviewer):
    add_version(article=waiting.claim.article, text=TEXT.replace("12,000", "10,000"), by=reviewer)

    with pytest.raises(IllegalMove, match="newer version"):
        keep_anchor(anchor=waiting, version=1, by=reviewer)


def test_who_decided_is_not_asked_again_for_the_same(waiting, reviewer):
    keep_anchor(anchor=waiting, version=1, by=reviewer)
    article = waiting.claim.article

    add_version(article=article, text=current_version(article).text + " A late line.", by=reviewer)

    assert not anchors_waiting(article).exists()
    assert anchor_of(waiting.claim).decision == "KEPT"


def test_words_that_come_back_are_found_again(waiting, reviewer):
    added = add_version(article=waiting.claim.article, text=TEXT + " Corrected.", by=reviewer)

    claim = Claim.objects.get(pk=waiting.claim_id)
    assert (claim.article_version, claim.exact) == (added.version, PEOPLE)


def test_marking_on_an_older_version_finds_the_words_in_the_newest(story, reviewer):
    added = add_version(article=story, text="Updated today. " + TEXT, by=reviewer)
    old = story.versions.get(number=1)
    start = old.text.index(BOATS)
    from annotations.claims.services.wording import mark_claim

    claim = mark_claim(
        article=story, article_version=old, start=start, end=start + len(BOATS), exact=BOATS, by=reviewer
    )

    assert (claim.article_version, claim.exact) == (added.version, BOATS)


def test_a_span_can_be_moved_to_the_newest_version(waiting, reviewer):
    claim, version = Claim.objects.get(pk=waiting.claim_id), waiting.article_version
    place = guess_of(waiting)

    edit_span(claim=claim, version=claim.version, by=reviewer, article_version=version, **place)

    assert (claim.article_version, claim.exact) == (version, place["exact"])


def test_extraction_proposes_from_new_sentences_only(story, reviewer):
    first = factories.proposed(story, [0.9, 0.8, 0.7, 0.6])
    dismiss_claim(claim=first[0], version=1, reason="TRIVIAL", by=reviewer)
    add_version(article=story, text=TEXT + " Some 40 ships sank near Lima on 3 May.", by=reviewer)

    factories.proposed(story, [0.9, 0.8, 0.7, 0.6, 0.95])

    fresh = Claim.objects.filter(article=story).exclude(pk__in=[claim.pk for claim in first])
    assert [claim.exact for claim in fresh] == ["Some 40 ships sank near Lima on 3 May."]
    assert Claim.objects.get(pk=first[0].pk).status == "DISMISSED"


def test_a_claim_that_waits_is_not_proposed_a_second_time(story, reviewer):
    factories.proposed(story, [0, 0, 0.9])
    add_version(article=story, text=TEXT.replace("12,000", "11,000"), by=reviewer)

    factories.proposed(story, [0, 0, 0.9])

    assert story.claims.count() == 1


def test_the_database_refuses_a_silent_move_to_other_words(story, reviewer):
    claim = factories.marked(story, PEOPLE, reviewer)
    add_version(article=story, text="Updated today. " + TEXT, by=reviewer)

    for change in (
        'UPDATE annotations_claimanchor SET start = start + 1, "end" = "end" + 1',
        "UPDATE annotations_claimanchor SET from_exact = 'Other'",
        "UPDATE annotations_claimanchor SET start = NULL",
        "DELETE FROM annotations_claimanchor",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert ClaimAnchor.objects.get(claim=claim).from_exact == PEOPLE


def test_a_new_version_tells_editors_when_checked_words_changed(workspace, reviewer, colleague, editor):
    article = factories.article(workspace, reviewer)
    claim = factories.approved(article, reviewer, colleague)
    factories.noticed()

    add_version(article=article, text=claim.article_version.text.replace("5 million", "6 million"), by=None)
    factories.noticed()

    told = editor.notices.get(code="TEXT_CHANGED")
    assert (told.claim, told.actor) == (claim, None)
    assert reviewer.notices.filter(code="TEXT_CHANGED").exists()


def test_many_claims_are_anchored_in_few_queries_each(workspace, reviewer, django_assert_max_num_queries):
    lines = [
        f"Line {n} says that {n + 2} boats of fleet {n % 13} came to port {n % 97} today." for n in range(120)
    ]
    article = factories.article(workspace, reviewer, " ".join(lines))
    factories.proposed(article, [0.9] * 120)

    with django_assert_max_num_queries(300):
        add_version(article=article, text="Later update. " + " ".join(lines), by=reviewer)

    assert ArticleVersion.objects.get(number=2).claims.count() == 120
