"""Stored copies of a source, and what they prove: looked up by the server whenever quote or copy changes."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from annotations.refusals import IllegalMove, NotAllowed, Stale
from annotations.snapshots.copies import pasted
from annotations.snapshots.models import Snapshot
from annotations.snapshots.services import take_snapshot
from annotations.sources.models import StoredCopy
from annotations.sources.queries import newest_copy, sources_like
from annotations.sources.services import (
    cite_source,
    edit_evidence,
    keep_copy,
    remove_evidence,
    restore_evidence,
)
from annotations.verdicts.services import submit_verdict
from tests import factories

TEXT = "First paragraph.\n\nThey counted 12,000 soldiers in Russia. They counted 12,000 soldiers in Kursk."


@pytest.fixture
def claim(article, reviewer):
    return factories.ready(article, reviewer, "12,000")


@pytest.fixture
def evidence(claim, reviewer):
    return factories.cited(claim, reviewer, quote="They counted 12,000 soldiers", is_primary=True)


def proof(evidence):
    evidence.refresh_from_db()
    text = evidence.quote_snapshot.text if evidence.quote_snapshot else ""
    return evidence.quote_state, text[evidence.quote_start : evidence.quote_end]


def test_without_a_copy_nothing_is_proved(evidence):
    assert proof(evidence) == ("", "")


def test_a_copy_proves_the_quotes_that_wait_for_it(evidence, reviewer):
    copy = keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)

    assert proof(evidence) == ("VERIFIED", "They counted 12,000 soldiers")
    assert evidence.quote_snapshot == copy.snapshot
    assert evidence.version == 1


def test_a_changed_quote_is_looked_up_as_it_is_written(evidence, reviewer):
    keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)

    edit_evidence(evidence=evidence, version=1, by=reviewer, quote="They counted 12,500 soldiers in Russia")
    near = proof(evidence)
    edit_evidence(evidence=evidence, version=2, by=reviewer, quote="Nobody ever said a thing of the sort")
    missing = proof(evidence)
    edit_evidence(evidence=evidence, version=3, by=reviewer, quote="")

    assert near == ("NEAR", "They counted 12,000 soldiers in Russia")
    assert missing == ("NOT_FOUND", "")
    assert proof(evidence) == ("", "")


def test_words_taken_from_a_place_are_found_at_that_place(evidence, reviewer):
    keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)
    second = TEXT.rindex("They counted")

    edit_evidence(
        evidence=evidence, version=1, by=reviewer, quote="They counted 12,000 soldiers", quote_at=second
    )

    evidence.refresh_from_db()
    assert evidence.quote_start == second


def test_a_new_citation_is_proved_at_once(evidence, claim, reviewer):
    keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)

    again = cite_source(
        claim=claim, by=reviewer, stance="CONTEXT", known=evidence.source, quote="soldiers in Kursk"
    )

    assert proof(again) == ("VERIFIED", "soldiers in Kursk")
    assert again.source == evidence.source


def test_the_same_copy_again_is_the_copy_that_is_there(evidence, reviewer):
    first = keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)

    again = keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)
    changed = keep_copy(source=evidence.source, matter=pasted("It says otherwise now."), by=reviewer)

    assert again == first
    assert newest_copy(evidence.source) == changed
    assert StoredCopy.objects.count() == 2
    assert proof(evidence)[0] == "NOT_FOUND"


def test_what_left_review_keeps_the_copy_that_its_reviewers_saw(evidence, claim, reviewer):
    first = keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)
    claim.refresh_from_db()
    submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    keep_copy(source=evidence.source, matter=pasted("It says otherwise now."), by=reviewer)

    assert proof(evidence) == ("VERIFIED", "They counted 12,000 soldiers")
    assert evidence.quote_snapshot == first.snapshot


def test_evidence_that_comes_back_is_proved_in_the_newest_copy(evidence, reviewer):
    remove_evidence(evidence=evidence, version=1, by=reviewer)
    keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)

    restore_evidence(evidence=evidence, version=2, by=reviewer)

    assert proof(evidence)[0] == "VERIFIED"


def test_an_old_page_does_not_change_the_quote(evidence, reviewer, colleague):
    edit_evidence(evidence=evidence, version=1, by=colleague, quote="Theirs.")

    with pytest.raises(Stale) as stale:
        edit_evidence(evidence=evidence, version=1, by=reviewer, quote="Mine.")

    assert (stale.value.current["quote"], stale.value.yours["quote"]) == ("Theirs.", "Mine.")


@pytest.mark.parametrize("who", ["reader", "outsider"])
def test_others_add_no_copy(who, evidence, request):
    with pytest.raises(NotAllowed):
        keep_copy(source=evidence.source, matter=pasted(TEXT), by=request.getfixturevalue(who))


def test_a_source_of_another_desk_is_not_cited(claim, reviewer, other_workspace, outsider):
    article = factories.article(other_workspace, outsider)
    theirs = factories.cited(factories.accepted(article, outsider), outsider).source

    with pytest.raises(IllegalMove, match="another desk"):
        cite_source(claim=claim, by=reviewer, stance="CONTEXT", known=theirs)


def test_the_registry_is_searched_in_one_desk_and_titles_that_begin_so_come_first(
    claim, reviewer, workspace, other_workspace
):
    inside = factories.cited(claim, reviewer, title="An older official briefing").source
    first = factories.cited(claim, reviewer, title="Official briefing").source

    found = list(sources_like(workspace, "official  brief"))

    assert found == [first, inside]
    assert not sources_like(other_workspace, "official brief").exists()
    assert not sources_like(workspace, "o").exists()
    assert not sources_like(workspace, "\x00").exists()


def test_the_database_lets_no_copy_reach_into_another_desk(evidence, workspace, other_workspace, outsider):
    theirs = take_snapshot(workspace=other_workspace, matter=pasted("Theirs."), by=outsider)

    with pytest.raises(Error, match="another desk"), transaction.atomic():
        StoredCopy.objects.create(
            workspace=workspace, source=evidence.source, snapshot=theirs, added_by=outsider
        )
    with pytest.raises(Error, match="another desk"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotations_evidence SET quote_snapshot_id = %s, quote_state = 'NOT_FOUND' WHERE id = %s",
            [theirs.pk, evidence.pk],
        )


def test_the_database_lets_no_quote_stand_outside_its_copy(evidence, reviewer):
    keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)

    with pytest.raises(Error, match="outside its copy"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_evidence SET quote_end = 100000 WHERE id = %s", [evidence.pk])


@pytest.mark.parametrize("table", ["storedfile", "snapshot", "storedcopy"])
def test_a_stored_copy_is_never_changed(table, evidence, reviewer):
    keep_copy(source=evidence.source, matter=pasted(TEXT), by=reviewer)

    for statement in ("UPDATE annotations_{} SET id = id", "DELETE FROM annotations_{}"):
        with (
            pytest.raises(Error, match="is not allowed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table))

    assert Snapshot.objects.count() == 1
