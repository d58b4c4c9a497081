"""What the database refuses whoever asks: here by raw SQL, past every service."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from annotations.articles.models import ArticleVersion
from annotations.audit.models import AuditEntry
from annotations.audit.services import AUDITED
from annotations.verdicts.models import Verdict
from tests import factories

FROZEN = ("auditentry", "articleversion", "verdict", "review", "publication", "report", "export", "label")


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
    with transaction.atomic(), connection.cursor() as cursor:
        # The test runner has this trigger off so that it can clean up after itself.
        cursor.execute("ALTER TABLE annotations_auditentry ENABLE TRIGGER auditentry_no_truncate")

    with pytest.raises(Error, match="TRUNCATE is not allowed"):
        sql("TRUNCATE annotations_auditentry")

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE annotations_auditentry DISABLE TRIGGER auditentry_no_truncate")


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
