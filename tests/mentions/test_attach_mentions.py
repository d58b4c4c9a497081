"""Further appearances are attached in one action, taken off and put back; nothing gets lost or doubled."""

from __future__ import annotations

from functools import partial

import pytest

from annotations.articles.queries import current_version
from annotations.audit.models import AuditEntry
from annotations.mentions.models import Mention
from annotations.mentions.queries import attached_to, mentions_in, offered, taken_off
from annotations.mentions.services import At, attach_mentions, detach_mentions, restore_mentions
from annotations.refusals import Incomplete, Stale
from tests import factories
from tests.test_two_hands import at_once

WORDS = "The council spent 5 million euros"


@pytest.fixture
def claim(workspace, reviewer):
    text = f"{WORDS} on trams. It met on Monday.\n\n{WORDS} again, the mayor said."
    return factories.marked(factories.article(workspace, reviewer, text), WORDS, reviewer)


@pytest.fixture
def elsewhere(workspace, reviewer):
    return factories.article(workspace, reviewer, f"A year later: “{WORDS.lower()}”, they wrote.")


def at(found):
    return At(found.version_id, found.start, found.end, found.words)


def all_of(claim):
    return [place for one in offered(claim).articles for place in one.places]


def test_the_desks_articles_are_searched_and_this_one_comes_first(
    claim, elsewhere, other_workspace, outsider
):
    factories.article(other_workspace, outsider, f"{WORDS}, says another desk.")

    found = offered(claim)

    assert [(one.article.pk, one.is_here) for one in found.articles] == [
        (claim.article_id, True),
        (elsewhere.pk, False),
    ]
    assert [(place.words, place.kind) for place in all_of(claim)] == [
        (WORDS, "EXACT"),
        (WORDS.lower(), "SAME"),
    ]
    assert (found.total, found.exact, found.unread) == (2, 1, 0)


def test_all_are_attached_in_one_step_and_offered_no_more(claim, elsewhere, reviewer):
    places = [at(found) for found in all_of(claim)]

    rows = attach_mentions(claim=claim, places=places, by=reviewer)

    assert [row.exact for row in rows] == [WORDS, WORDS.lower()]
    assert offered(claim).total == 0
    assert list(mentions_in(current_version(elsewhere))) == [rows[1]]
    verbs = AuditEntry.objects.filter(table_name="annotations_mention").values_list("verb", "actor_id")
    assert set(verbs) == {("attach_mentions", reviewer.pk)}


def test_attaching_twice_attaches_once(claim, elsewhere, reviewer, colleague):
    places = [at(found) for found in all_of(claim)]

    first = attach_mentions(claim=claim, places=places, by=reviewer)
    second = attach_mentions(claim=claim, places=[*places, places[0]], by=colleague)

    assert first == second
    assert {row.added_by_id for row in second} == {reviewer.pk}


def test_one_that_is_taken_off_is_offered_again_and_can_be_put_back(claim, reviewer, colleague):
    (row,) = attach_mentions(claim=claim, places=[at(all_of(claim)[0])], by=reviewer)

    (off,) = detach_mentions(claim=claim, seen={row.pk: row.version}, by=colleague)
    again = detach_mentions(claim=claim, seen={row.pk: row.version}, by=colleague)

    assert (off.removed_by, again) == (colleague, [off])
    assert (list(attached_to(claim)), list(taken_off(claim)), offered(claim).total) == ([], [off], 1)

    (back,) = restore_mentions(claim=claim, seen={off.pk: off.version}, by=reviewer)

    assert (back.removed_at, back.removed_by, back.version) == (None, None, 3)


def test_attaching_puts_back_what_was_taken_off(claim, reviewer, colleague):
    place = at(all_of(claim)[0])
    (row,) = attach_mentions(claim=claim, places=[place], by=reviewer)
    detach_mentions(claim=claim, seen={row.pk: row.version}, by=reviewer)

    (back,) = attach_mentions(claim=claim, places=[place], by=colleague)

    assert (back.pk, back.removed_at, back.added_by) == (row.pk, None, colleague)


def test_who_did_not_see_that_it_was_put_back_is_told(claim, reviewer):
    place = at(all_of(claim)[0])
    (row,) = attach_mentions(claim=claim, places=[place], by=reviewer)
    detach_mentions(claim=claim, seen={row.pk: row.version}, by=reviewer)
    attach_mentions(claim=claim, places=[place], by=reviewer)

    with pytest.raises(Stale) as stale:
        detach_mentions(claim=claim, seen={row.pk: row.version}, by=reviewer)

    assert stale.value.version == 3
    assert stale.value.current == {"exact": WORDS, "is_attached": True}


def test_what_is_no_place_of_this_desk_is_refused_and_nothing_is_attached(
    claim, elsewhere, reviewer, other_workspace, outsider
):
    good = at(all_of(claim)[0])
    abroad = current_version(factories.article(other_workspace, outsider))
    own = At(claim.article_version_id, claim.start, claim.end)
    wrong = [
        [],
        [good, At(abroad.pk, 0, 9)],
        [good, At(good.article_version_id, 0, 10**9)],
        [good, At(good.article_version_id, 5, 5)],
        [good, At(good.article_version_id, 0, 4, "That")],
        [good, own],
        [good] * 501,
    ]

    for places in wrong:
        with pytest.raises(Incomplete):
            attach_mentions(claim=claim, places=places, by=reviewer)

    assert not Mention.objects.exists()


def test_an_appearance_of_another_claim_is_not_taken_off_here(claim, elsewhere, reviewer):
    (row,) = attach_mentions(claim=claim, places=[at(all_of(claim)[0])], by=reviewer)
    other = factories.marked(elsewhere, "A year later", reviewer)

    for seen in ({row.pk: 1}, {10**12: 1}, {}):
        with pytest.raises(Incomplete, match="no such appearance"):
            detach_mentions(claim=other, seen=seen, by=reviewer)


def test_a_place_where_a_claim_stands_already_says_so(claim, workspace, reviewer):
    other = factories.article(workspace, reviewer, f"Again: {WORDS}.")
    there = factories.marked(other, WORDS, reviewer)

    found = {place.claim.pk if place.claim else None for place in all_of(claim)}

    assert found == {None, there.pk}


def test_the_search_takes_as_many_queries_for_many_articles_and_says_what_it_did_not_read(
    claim, workspace, reviewer, django_assert_num_queries
):
    for number in range(33):
        factories.article(
            workspace, reviewer, f"Text {number}: {WORDS}. The council spent all 5 million euros."
        )

    with django_assert_num_queries(4):
        found = offered(claim)

    assert found.unread == 3
    assert sum(len(one.places) for one in found.articles) == min(100, found.total)


@pytest.mark.django_db(transaction=True)
def test_two_hands_attach_the_same_place_and_there_is_one_row(claim, elsewhere, reviewer, colleague):
    places = [at(found) for found in all_of(claim)]
    attach = partial(attach_mentions, claim=claim, places=places)

    results = at_once(partial(attach, by=reviewer), partial(attach, by=colleague))

    assert results[0] == results[1]
    assert Mention.objects.filter(removed_at=None).count() == 2
