"""Discussions about a claim, under the rules of everything else: in the history, never deleted, never across desks."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

TABLES = ("thread", "comment")

ONE_DESK = """
CREATE FUNCTION factcheck_thread_in_one_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM annotations_claim WHERE id = NEW.claim_id AND workspace_id = NEW.workspace_id)
       OR (NEW.evidence_id IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM annotations_evidence WHERE id = NEW.evidence_id AND claim_id = NEW.claim_id)) THEN
        RAISE EXCEPTION 'thread % is about something of another desk or claim', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER thread_in_one_desk BEFORE INSERT OR UPDATE OF workspace_id, claim_id, evidence_id
    ON annotations_thread FOR EACH ROW EXECUTE FUNCTION factcheck_thread_in_one_desk();

CREATE FUNCTION factcheck_comment_in_one_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM annotations_thread WHERE id = NEW.thread_id AND workspace_id = NEW.workspace_id) THEN
        RAISE EXCEPTION 'comment % is in a thread of another desk', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comment_in_one_desk BEFORE INSERT OR UPDATE OF workspace_id, thread_id
    ON annotations_comment FOR EACH ROW EXECUTE FUNCTION factcheck_comment_in_one_desk();
"""
NOT_ONE_DESK = """
DROP TRIGGER comment_in_one_desk ON annotations_comment; DROP FUNCTION factcheck_comment_in_one_desk();
DROP TRIGGER thread_in_one_desk ON annotations_thread; DROP FUNCTION factcheck_thread_in_one_desk();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0012_presence"),
    ]

    operations = [
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anchor', models.CharField(choices=[('CLAIM', 'Claim'), ('REASONS', 'Reasons'), ('EVIDENCE', 'Evidence')], default='CLAIM', max_length=8)),
                ('quote', models.TextField(blank=True)),
                ('is_blocker', models.BooleanField(default=False)),
                ('resolved_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='annotations.claim')),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.evidence')),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('mentions', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('key', models.CharField(blank=True, max_length=40)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='annotations.thread')),
            ],
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['claim', '-id'], name='thread_of_claim'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('is_blocker', True), ('resolved_at__isnull', True)), fields=['claim'], name='thread_blocks'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.CheckConstraint(condition=models.Q(('anchor__in', ['CLAIM', 'REASONS', 'EVIDENCE'])), name='thread_anchor_known'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('anchor', 'EVIDENCE'), ('evidence__isnull', False)), models.Q(models.Q(('anchor', 'EVIDENCE'), _negated=True), ('evidence__isnull', True)), _connector='OR'), name='thread_about_evidence'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='thread_resolved_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['thread', 'id'], name='comment_in_thread'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('author', 'key'), name='comment_once'),
        ),
        *(_rules.audited(table, "workspace_id") for table in TABLES),
        *(_rules.refused(table, "DELETE") for table in TABLES),
        migrations.RunSQL(ONE_DESK, NOT_ONE_DESK),
    ]
