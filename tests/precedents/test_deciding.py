"""What a person decides about a suggested match, and what is remembered of it."""

from __future__ import annotations

import pytest

from annotations.audit.models import AuditEntry
from annotations.precedents.models import CheckImport, Match, OutsideCheck
from annotations.precedents.services.deciding import confirm_match, link_as_near, reject_match, reopen_match
from annotations.refusals import IllegalMove, Incomplete, Stale
from tests import factories


@pytest.fixture
def suggest(workspace, editor, article, reviewer):
    def make(**fields):
        batch = CheckImport.objects.create(
            workspace=workspace, filename="checks.csv", sha256="0" * 64, imported_by=editor
        )
        check = OutsideCheck.objects.create(
            workspace=workspace, identity="1" * 64, claim="11,000 troops came.", batch=batch, line=2
        )
        claim = factories.accepted(article, reviewer, "12,000")
        return Match.objects.create(
            workspace=workspace, claim=claim, outside_check=check, score=0.8, strength="LIKELY", **fields
        )

    return make


def test_a_confirmed_match_is_a_link_and_leaves_the_claim_without_a_verdict(suggest, reviewer):
    match = confirm_match(match=suggest(), version=1, by=reviewer)

    assert (match.status, match.relation, match.decided_by, match.version) == (
        "CONFIRMED",
        "SAME",
        reviewer,
        2,
    )
    assert not match.claim.verdicts.exists()
    entry = AuditEntry.objects.filter(table_name="annotations_match").latest("seq")
    assert (entry.verb, entry.actor_id, entry.after["status"]) == ("confirm_match", reviewer.pk, "CONFIRMED")


def test_what_differs_is_linked_only_with_the_difference_seen_and_named(suggest, reviewer):
    match = suggest(differs=True)

    with pytest.raises(IllegalMove, match="differ"):
        confirm_match(match=match, version=1, by=reviewer)
    with pytest.raises(Incomplete) as refused:
        link_as_near(match=match, version=1, note=" ", is_acknowledged=False, by=reviewer)
    near = link_as_near(match=match, version=1, note="A month later.", is_acknowledged=True, by=reviewer)

    assert set(refused.value.problems) == {"note", "is_acknowledged"}
    assert (near.relation, near.note) == ("NEAR", "A month later.")


def test_a_decision_can_be_taken_back(suggest, reviewer, colleague):
    match = reject_match(match=suggest(), version=1, by=reviewer)

    match = reopen_match(match=match, version=2, by=colleague)

    assert (match.status, match.decided_by, match.decided_at, match.version) == ("SUGGESTED", None, None, 3)


def test_a_stale_decision_is_refused_and_a_second_one_told_what_stands(suggest, reviewer, colleague):
    match = suggest()
    Match.objects.filter(pk=match.pk).update(version=2)

    with pytest.raises(Stale) as stale:
        reject_match(match=match, version=1, by=reviewer)
    reject_match(match=match, version=2, by=reviewer)
    with pytest.raises(IllegalMove, match="not the same already"):
        confirm_match(match=match, version=2, by=colleague)

    assert stale.value.version == 2
