"""Later reviewers flag evidence; a flag stays with it, is pointed out, and is answered by somebody."""

from __future__ import annotations

import pytest

from annotations.flags.models import Flag
from annotations.flags.services import answer_flag, flag_evidence, reopen_flag
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.sources.services import remove_evidence
from annotations.verdicts.checklist import saved_checks
from annotations.verdicts.queries import latest_verdict
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.ready(article, reviewer, "12,000")


@pytest.fixture
def evidence(claim):
    return claim.evidence.get()


def flag(evidence, by, kind="MISREAD", note="The table counts vehicles."):
    return flag_evidence(evidence=evidence, kind=kind, note=note, by=by)


def test_an_open_flag_is_pointed_out_and_keeps_nothing_back(claim, evidence, colleague, reviewer):
    raised = flag(evidence, colleague)
    open_one = saved_checks(claim, latest_verdict(claim))
    answer_flag(flag=raised, version=1, answer="Quoted the right row.", by=reviewer)

    assert "[1] is flagged: misread. The table counts vehicles." in open_one.warnings
    assert open_one.is_ready
    assert saved_checks(claim, latest_verdict(claim)).warnings == ()


def test_sent_twice_it_is_one_flag_and_others_may_say_the_same(evidence, colleague, editor):
    assert flag(evidence, colleague) == flag(evidence, colleague, note="Again.")
    assert flag(evidence, editor) != flag(evidence, colleague)
    assert Flag.objects.count() == 2


def test_a_published_claims_evidence_can_be_flagged(article, reviewer, colleague, editor):
    claim = factories.published(article, reviewer, colleague, editor, "12,000")

    assert flag(claim.evidence.get(), colleague, kind="OUTDATED").kind == "OUTDATED"


@pytest.mark.parametrize(
    ("wrong", "field"), [({"kind": "UGLY"}, "kind"), ({"note": " "}, "note"), ({"note": "a\x00"}, "note")]
)
def test_what_cannot_be_right_is_refused_by_field(wrong, field, evidence, colleague):
    with pytest.raises(Incomplete) as refused:
        flag(evidence, colleague, **wrong)

    assert list(refused.value.problems) == [field]


def test_two_who_answer_at_once_see_both_answers(evidence, colleague, reviewer, editor):
    raised = flag(evidence, colleague)
    again = Flag.objects.get(pk=raised.pk)
    answer_flag(flag=raised, version=1, answer="Changed the quote.", by=reviewer)

    with pytest.raises(Stale) as refused:
        answer_flag(flag=again, version=1, answer="It stays.", by=editor)
    assert (refused.value.current, refused.value.yours) == (
        {"answer": "Changed the quote."},
        {"answer": "It stays."},
    )


def test_an_answer_can_be_taken_back_unless_the_same_was_flagged_again(evidence, colleague, reviewer):
    raised = flag(evidence, colleague)
    answer_flag(flag=raised, version=1, answer="It stays.", by=reviewer)
    reopen_flag(flag=raised, version=2, by=colleague)
    answer_flag(flag=raised, version=3, answer="It stays.", by=reviewer)
    flag(evidence, colleague)

    with pytest.raises(IllegalMove):
        reopen_flag(flag=raised, version=4, by=colleague)


def test_what_was_taken_off_is_not_flagged(evidence, reviewer, colleague):
    remove_evidence(evidence=evidence, version=evidence.version, by=reviewer)

    with pytest.raises(IllegalMove):
        flag(evidence, colleague)
