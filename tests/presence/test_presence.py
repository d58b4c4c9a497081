"""Who is here, and who works on a claim: given, lost by silence, taken over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from annotations.presence.models import Presence
from annotations.presence.queries import people_here
from annotations.presence.services import be_here, leave, take_over
from annotations.refusals import Incomplete, NotAllowed
from annotations.verdicts.services import draft_verdict
from tests import factories

MINE, THEIRS = "tab-of-mine", "tab-of-theirs"


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


def silence(seconds: int) -> None:
    Presence.objects.update(seen_at=F("seen_at") - timedelta(seconds=seconds))


def holder(claim):
    found = [here for here in people_here(claim.article, claim_id=claim.pk) if here.working_since]
    return found[0].person if found else None


def test_people_are_here_until_they_fall_silent(article, reviewer, colleague):
    be_here(article=article, claim=None, tab=MINE, is_working=False, by=reviewer)
    be_here(article=article, claim=None, tab=THEIRS, is_working=False, by=colleague)
    both = [here.person for here in people_here(article)]
    silence(100)
    be_here(article=article, claim=None, tab=MINE, is_working=False, by=reviewer)

    assert both == [colleague, reviewer]
    assert [here.person for here in people_here(article)] == [reviewer]
    assert Presence.objects.count() == 1


def test_somebody_with_two_tabs_is_here_once(article, reviewer):
    for tab in (MINE, THEIRS):
        be_here(article=article, claim=None, tab=tab, is_working=False, by=reviewer)

    assert len(people_here(article)) == 1


def test_the_first_who_works_holds_the_claim(claim, reviewer, colleague):
    be_here(article=claim.article, claim=claim, tab=MINE, is_working=True, by=reviewer)
    first = Presence.objects.get().working_since
    be_here(article=claim.article, claim=claim, tab=THEIRS, is_working=True, by=colleague)
    be_here(article=claim.article, claim=claim, tab=MINE, is_working=True, by=reviewer)

    assert holder(claim) == reviewer
    assert Presence.objects.get(person=reviewer).working_since == first


def test_who_leaves_or_falls_silent_holds_it_no_more(claim, reviewer, colleague):
    be_here(article=claim.article, claim=claim, tab=MINE, is_working=True, by=reviewer)
    silence(100)
    be_here(article=claim.article, claim=claim, tab=THEIRS, is_working=True, by=colleague)
    after_silence = holder(claim)
    for _ in range(2):
        leave(tab=THEIRS, by=colleague)

    assert (after_silence, holder(claim)) == (colleague, None)


def test_who_stops_working_lets_go(claim, reviewer, colleague):
    be_here(article=claim.article, claim=claim, tab=MINE, is_working=True, by=reviewer)
    be_here(article=claim.article, claim=claim, tab=MINE, is_working=False, by=reviewer)
    be_here(article=claim.article, claim=claim, tab=THEIRS, is_working=True, by=colleague)

    assert holder(claim) == colleague


def test_a_claim_is_taken_over_and_nothing_is_blocked(claim, reviewer, colleague):
    be_here(article=claim.article, claim=claim, tab=MINE, is_working=True, by=reviewer)

    for _ in range(2):
        take_over(claim=claim, tab=THEIRS, by=colleague)
    be_here(article=claim.article, claim=claim, tab=MINE, is_working=True, by=reviewer)
    saved = draft_verdict(claim=claim, seen=0, by=reviewer, rating="true", reasons="Mine.")

    assert holder(claim) == colleague
    assert saved.number == 1


def test_readers_are_here_but_hold_nothing(claim, reader):
    be_here(article=claim.article, claim=claim, tab=MINE, is_working=True, by=reader)

    assert [here.person for here in people_here(claim.article)] == [reader]
    assert holder(claim) is None
    with pytest.raises(NotAllowed):
        take_over(claim=claim, tab=MINE, by=reader)


def test_nobody_of_another_desk_is_here(claim, outsider):
    with pytest.raises(NotAllowed):
        be_here(article=claim.article, claim=claim, tab=MINE, is_working=False, by=outsider)

    leave(tab=MINE, by=outsider)
    assert not Presence.objects.exists()


@pytest.mark.parametrize("tab", ["", "short", "x" * 41, "a tab with spaces", "nul-\x00-inside"])
def test_a_tab_has_a_fit_name(article, reviewer, tab):
    with pytest.raises(Incomplete):
        be_here(article=article, claim=None, tab=tab, is_working=False, by=reviewer)


def test_a_claim_belongs_to_its_article(claim, workspace, reviewer):
    other = factories.article(workspace, reviewer)

    with pytest.raises(Incomplete):
        be_here(article=other, claim=claim, tab=MINE, is_working=False, by=reviewer)


def test_tabs_of_one_person_do_not_pile_up(article, reviewer):
    for number in range(30):
        be_here(article=article, claim=None, tab=f"tab-number-{number}", is_working=False, by=reviewer)

    assert Presence.objects.count() == 20


def test_who_is_here_is_one_question(claim, reviewer, colleague, django_assert_num_queries):
    be_here(article=claim.article, claim=claim, tab=MINE, is_working=True, by=reviewer)
    be_here(article=claim.article, claim=None, tab=THEIRS, is_working=False, by=colleague)

    with django_assert_num_queries(1):
        assert len(people_here(claim.article, claim_id=claim.pk)) == 2
