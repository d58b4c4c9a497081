"""The road, pair by pair, against the table of the product's design; and the database's own copy of it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from annotations.claims.lifecycle import ROAD, Move, Status, legal_moves
from annotations.claims.models import Claim
from annotations.claims.services.moving import move_claim
from annotations.refusals import IllegalMove, Stale
from tests import factories

# from · moves that lead on, and where to: written out once more, so that a slip in the product is seen.
TABLE = {
    "CANDIDATE": {"ACCEPT": "ACCEPTED", "DISMISS": "DISMISSED", "MERGE": "MERGED"},
    "DISMISSED": {"RESTORE": "CANDIDATE", "MARK_AGAIN": "ACCEPTED"},
    "ACCEPTED": {
        "MERGE": "MERGED",
        "SUBMIT": "SUBMITTED",
        "UNDO_ACCEPT": "CANDIDATE",
        "UNDO_MARK": "DISMISSED",
    },
    "SUBMITTED": {
        "WITHDRAW": "ACCEPTED",
        "APPROVE": "APPROVED",
        "REQUEST_CHANGES": "ACCEPTED",
        "DISAGREE": "DISPUTED",
    },
    "DISPUTED": {"ADJUDICATE_APPROVE": "APPROVED", "ADJUDICATE_RETURN": "ACCEPTED"},
    "APPROVED": {"PUBLISH": "PUBLISHED", "REOPEN": "ACCEPTED"},
    "PUBLISHED": {"CORRECT": "PUBLISHED", "RETRACT": "RETRACTED"},
    "RETRACTED": {},
    "MERGED": {"UNMERGE": "CANDIDATE", "UNMERGE_ACCEPTED": "ACCEPTED"},
}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("move", list(Move))
def test_each_pair_leads_where_the_table_says(status, move):
    assert ROAD.get((status, move)) == TABLE[status].get(move)


def test_legal_moves_are_those_that_lead_on():
    assert [move.value for move in legal_moves(Status.SUBMITTED)] == list(TABLE["SUBMITTED"])


def test_a_move_that_leads_nowhere_is_refused_with_those_that_lead_on(article, reviewer):
    claim = factories.marked(article, "over 12,000 North Korean soldiers", reviewer)

    with pytest.raises(IllegalMove) as refused:
        move_claim(claim=claim, move=Move.PUBLISH, version=claim.version)

    assert set(refused.value.legal) == set(TABLE["ACCEPTED"])
    assert "in review" in refused.value.reason


def test_a_move_names_the_version_it_saw(article, reviewer):
    claim = factories.marked(article, "over 12,000 North Korean soldiers", reviewer)

    with pytest.raises(Stale) as refused:
        move_claim(claim=claim, move=Move.SUBMIT, version=claim.version + 1)

    assert refused.value.version == claim.version
    assert Claim.objects.get(pk=claim.pk).status == "ACCEPTED"


@pytest.mark.parametrize("status", list(Status))
def test_the_database_lets_no_claim_leave_the_road(article, reviewer, status):
    claim = factories.marked(article, "over 12,000 North Korean soldiers", reviewer)
    known = set(TABLE["ACCEPTED"].values()) | {"ACCEPTED"}
    also = {
        "DISMISSED": ", dismissal = 'TRIVIAL'",
        "MERGED": f", merged_into_id = {_other(article, reviewer).pk}",
    }
    change = f"UPDATE annotations_claim SET status = %s{also.get(status, '')} WHERE id = %s"  # noqa: S608

    def jump() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change, [status.value, claim.pk])

    if status in known:
        jump()
    else:
        with pytest.raises(IntegrityError, match="no road from ACCEPTED"):
            jump()


def _other(article, reviewer):
    return factories.marked(article, "any additional measures", reviewer)
