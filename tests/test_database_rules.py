"""What the database refuses whoever asks: here by raw SQL, past every service."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from annotations.articles.models import ArticleVersion
from annotations.articles.queries import current_version
from annotations.audit.models import AuditEntry
from annotations.audit.services import AUDITED
from annotations.mentions.services import At, attach_mentions
from annotations.precedents.models import CheckImport, Match, OutsideCheck
from annotations.verdicts.models import Verdict
from tests import factories

FROZEN = (
    "auditentry",
    "articleversion",
    "verdict",
    "review",
    "publication",
    "report",
    "export",
    "label",
    "step",
    *("auditentry", "articleversion", "verdict", "review", "publication", "report", "export", "label"),
    *("scaleversion", "guidelinesversion", "policyversion"),
)
FROZEN = ("auditentry", "articleversion", "verdict", "review", "publication", "report", "export", "label")
FROZEN += ("storedfile", "snapshot", "storedcopy", "ownrating", "ratedreliability")


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
@pytest.mark.parametrize("table", FROZEN)
def test_what_is_written_once_has_a_trigger_that_refuses_changes(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [f"annotations_{table}"],
        )
        names = {name for (name,) in cursor.fetchall()}

    assert {f"{table}_frozen", f"{table}_no_truncate"} <= names


@pytest.mark.django_db
@pytest.mark.parametrize("table", AUDITED)
def test_what_people_change_has_a_trigger_that_writes_it_down(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s",
            [f"annotations_{table}", f"{table}_audited"],
        )

        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_an_article_text_and_the_history_are_never_changed(article, change):
    for table in ("annotations_articleversion", "annotations_auditentry"):
        with pytest.raises(Error, match="is not allowed"):
            sql(change.format(table))

    assert ArticleVersion.objects.count() == 1


def test_the_history_is_never_emptied(article):
    with pytest.raises(Error, match="TRUNCATE is not allowed"):
        sql("TRUNCATE annotations_auditentry")


def test_a_claim_stands_on_its_words(article, reviewer):
    claim = factories.marked(article, "over 12,000 North Korean soldiers", reviewer)

    with pytest.raises(Error, match="does not stand on its words"):
        sql("UPDATE annotations_claim SET start = start + 1 WHERE id = %s", claim.pk)


def test_no_claim_begins_as_published(article, reviewer):
    factories.marked(article, "over 12,000 North Korean soldiers", reviewer)

    with pytest.raises(Error, match="no claim begins as PUBLISHED"):
        sql(
            "INSERT INTO annotations_claim SELECT (jsonb_populate_record(c, jsonb_build_object("
            "'id', c.id + 1000, 'status', 'PUBLISHED'))).* FROM annotations_claim c"
        )


def test_nobody_approves_their_own_verdict_not_even_by_sql(article, reviewer, colleague):
    claim = factories.submitted(article, reviewer)
    verdict = Verdict.objects.get(claim=claim)
    review = (
        "INSERT INTO annotations_review (workspace_id, claim_id, verdict_id, reviewer_id, decision, note, own_rating,"
        " created_at) VALUES (%s, %s, %s, %s, 'APPROVED', '', '', now())"
    )

    with pytest.raises(Error, match="contributed to the verdict"):
        sql(review, claim.workspace_id, claim.pk, verdict.pk, reviewer.pk)

    sql(review, claim.workspace_id, claim.pk, verdict.pk, colleague.pk)


def test_no_claim_is_approved_without_a_review(article, reviewer):
    claim = factories.submitted(article, reviewer)

    with pytest.raises(Error, match="nobody approved the verdict"):
        sql("UPDATE annotations_claim SET status = 'APPROVED' WHERE id = %s", claim.pk)


def test_raw_sql_is_in_the_history_too(article):
    sql("UPDATE annotations_article SET title = 'Changed past every service' WHERE id = %s", article.pk)

    entry = AuditEntry.objects.filter(table_name="annotations_article").latest("seq")
    assert (entry.verb, entry.before, entry.after) == (
        "sql",
        {"title": ""},
        {"title": "Changed past every service"},
    )
    assert entry.actor_id is None


@pytest.fixture
def check(workspace, editor):
    batch = CheckImport.objects.create(
        workspace=workspace, filename="checks.csv", kind="csv", sha256="0" * 64, imported_by=editor
    )
    return OutsideCheck.objects.create(
        workspace=workspace, identity="1" * 64, claim="12,000 soldiers came.", batch=batch, line=2
    )


def _match(claim, check, **fields):
    with transaction.atomic():
        return Match.objects.create(
            workspace_id=claim.workspace_id,
            claim=claim,
            outside_check=check,
            score=0.8,
            strength="LIKELY",
            **fields,
        )


def test_no_machine_confirms_a_match(article, reviewer, check):
    claim = factories.accepted(article, reviewer)

    with pytest.raises(Error, match="match_decided_by_a_person"):
        _match(claim, check, status="CONFIRMED", relation="SAME")


def test_what_differs_is_never_confirmed_as_the_same(article, reviewer, check):
    claim = factories.accepted(article, reviewer)
    decided = {"status": "CONFIRMED", "decided_by": reviewer, "differs": True}

    with pytest.raises(Error, match="match_same_has_no_difference"):
        _match(claim, check, relation="SAME", **decided)
    with pytest.raises(Error, match="match_near_says_why"):
        _match(claim, check, relation="NEAR", **decided)

    assert _match(claim, check, relation="NEAR", note="Another month.", **decided).pk


def test_a_rejected_pair_stays_one_row(article, reviewer, check):
    claim = factories.accepted(article, reviewer)
    _match(claim, check, status="REJECTED", decided_by=reviewer)

    with pytest.raises(Error, match="match_once_a_check"):
        _match(claim, check)
    with pytest.raises(Error, match="DELETE is not allowed"):
        sql("DELETE FROM annotations_match")


def test_no_match_reaches_into_another_desk(article, reviewer, other_workspace, check):
    claim = factories.accepted(article, reviewer)

    with pytest.raises(Error, match="another desk"):
        sql(
            "INSERT INTO annotations_match (workspace_id, claim_id, outside_check_id, score, strength, differences,"
            " differs, status, relation, note, version, created_at)"
            " VALUES (%s, %s, %s, 0.8, 'LIKELY', '[]', false, 'SUGGESTED', '', '', 1, now())",
            other_workspace.pk,
            claim.pk,
            check.pk,
        )


def test_a_label_speaks_of_the_words_of_its_claim(article, reviewer, workspace):
    claim = factories.accepted(article, reviewer)
    other = factories.article(workspace, reviewer)
    copy = (
        "INSERT INTO annotations_label SELECT (jsonb_populate_record(l, jsonb_build_object('id', l.id + 1000) || %s))"
        ".* FROM annotations_label l WHERE claim_id = %s"
    )

    for wrong in (f'{{"article_id": {other.pk}}}', '{"sentence_end": 1000000}'):
        with pytest.raises(Error, match="does not stand in"):
            sql(copy, wrong, claim.pk)

    sql(copy, "{}", claim.pk)


def test_a_desk_has_one_calibration_in_use(workspace):
    row = (
        'INSERT INTO annotations_deskcalibration (workspace_id, number, version, extractor, slope, "offset", threshold,'
        " metrics, labels, is_active, created_at) VALUES (%s, %s, %s, 'x', 1, 0, 0.5, '{}', 9, true, now())"
    )
    sql(row, workspace.pk, 1, "desk-1")

    with pytest.raises(Error, match="calibration_one_active"):
        sql(row, workspace.pk, 2, "desk-2")
    with pytest.raises(Error, match="is not allowed"):
        sql("DELETE FROM annotations_deskcalibration")


def test_an_appearance_stands_on_its_words_within_its_desk(
    article, reviewer, other_workspace, outsider, workspace
):
    claim = factories.accepted(article, reviewer)
    other = factories.article(workspace, reviewer)
    place = At(current_version(other).pk, 0, 9)
    attach_mentions(claim=claim, places=[place], by=reviewer)
    abroad = current_version(factories.article(other_workspace, outsider))
    copy = (
        "INSERT INTO annotations_mention SELECT (jsonb_populate_record(m, jsonb_build_object('id', m.id + 1000) || %s))"
        ".* FROM annotations_mention m"
    )

    with pytest.raises(Error, match="does not stand on its words"):
        sql("UPDATE annotations_mention SET start = start + 1")
    with pytest.raises(Error, match="another desk"):
        sql(copy, f'{{"article_version_id": {abroad.pk}}}')
    with pytest.raises(Error, match="mention_once_a_place"):
        sql(copy, "{}")
    with pytest.raises(Error, match="is not allowed"):
        sql("DELETE FROM annotations_mention")
