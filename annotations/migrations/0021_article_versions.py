"""Later versions of an article, where each claim's words stand in them, and articles that are watched."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

TABLES = {"claimanchor": ("workspace_id", "guesses"), "watch": ("workspace_id", "next_at", "read_at", "problem")}

# What was found without a person says the very words; typeset otherwise at most when the outcome is REWORDED.
STANDS = """
CREATE FUNCTION factcheck_anchor_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was text; words text; owner_article bigint; old_article bigint; claim_article bigint; owner bigint;
BEGIN
    SELECT substring(text FROM NEW.from_start + 1 FOR NEW.from_end - NEW.from_start), article_id
      INTO was, old_article FROM annotations_articleversion WHERE id = NEW.from_version_id;
    SELECT substring(text FROM NEW.start + 1 FOR NEW."end" - NEW.start), article_id
      INTO words, owner_article FROM annotations_articleversion WHERE id = NEW.article_version_id;
    SELECT article_id, workspace_id INTO claim_article, owner FROM annotations_claim WHERE id = NEW.claim_id;
    IF was IS DISTINCT FROM NEW.from_exact OR (NEW.start IS NOT NULL AND length(words) <> NEW."end" - NEW.start) THEN
        RAISE EXCEPTION 'anchor % does not stand on its words', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.start IS NOT NULL AND NEW.decision = '' AND NEW.outcome IN ('ANCHORED', 'MOVED') AND words <> was THEN
        RAISE EXCEPTION 'anchor % was moved to other words', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF owner <> NEW.workspace_id OR claim_article <> owner_article OR claim_article <> old_article THEN
        RAISE EXCEPTION 'anchor % belongs to another article', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER anchor_stands BEFORE INSERT OR UPDATE ON annotations_claimanchor
    FOR EACH ROW EXECUTE FUNCTION factcheck_anchor_stands();

CREATE FUNCTION factcheck_watch_in_one_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM annotations_article WHERE id = NEW.article_id AND workspace_id = NEW.workspace_id) THEN
        RAISE EXCEPTION 'watch % is of an article of another desk', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER watch_in_one_desk BEFORE INSERT OR UPDATE OF workspace_id, article_id ON annotations_watch
    FOR EACH ROW EXECUTE FUNCTION factcheck_watch_in_one_desk();
"""
STANDS_NO_MORE = """
DROP TRIGGER watch_in_one_desk ON annotations_watch; DROP FUNCTION factcheck_watch_in_one_desk();
DROP TRIGGER anchor_stands ON annotations_claimanchor; DROP FUNCTION factcheck_anchor_stands();
"""
# Going back, nobody can have chosen a kind of notice that is no more.
NO_CHOICES = """
DELETE FROM annotations_noticesetting WHERE kind = 'TEXT_CHANGED';
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0020_fetching"),
    ]

    operations = [
        migrations.CreateModel(
            name='ClaimAnchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_start', models.PositiveIntegerField()),
                ('from_end', models.PositiveIntegerField()),
                ('from_exact', models.TextField()),
                ('outcome', models.CharField(choices=[('ANCHORED', 'Words stand'), ('MOVED', 'Words stand elsewhere'), ('REWORDED', 'Words changed'), ('AMBIGUOUS', 'Two places'), ('GONE', 'Words are gone')], max_length=9)),
                ('score', models.FloatField()),
                ('why', models.JSONField(blank=True, default=list)),
                ('start', models.PositiveIntegerField(null=True)),
                ('end', models.PositiveIntegerField(null=True)),
                ('guesses', models.JSONField(blank=True, default=list)),
                ('decision', models.CharField(blank=True, choices=[('PLACED', 'Placed by hand'), ('KEPT', 'Kept on the old version'), ('WITHDRAWN', 'Withdrawn by the outlet')], max_length=9)),
                ('decided_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=True)),
                ('every', models.PositiveSmallIntegerField()),
                ('until', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('next_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='articleversion',
            name='article_text_once',
        ),
        migrations.RemoveConstraint(
            model_name='noticesetting',
            name='notice_setting_known',
        ),
        migrations.AddField(
            model_name='articleversion',
            name='added_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='how',
            field=models.CharField(choices=[('TYPED', 'Handed in'), ('FETCHED', 'Read from its address')], default='TYPED', max_length=7),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(condition=models.Q(('number', 1)), fields=('workspace', 'sha256'), name='article_text_once'),
        ),
        migrations.AddConstraint(
            model_name='noticesetting',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['MENTIONED', 'REPLIED', 'ASSIGNED', 'CHANGES_ASKED', 'DECIDED', 'PUBLISHED', 'TAKEN_OVER', 'EXTRACTION', 'TEXT_CHANGED']), ('mail__in', ['NOW', 'HOURLY', 'DAILY', 'OFF'])), name='notice_setting_known'),
        ),
        migrations.AddField(
            model_name='claimanchor',
            name='article_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='anchors', to='annotations.articleversion'),
        ),
        migrations.AddField(
            model_name='claimanchor',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='anchors', to='annotations.claim'),
        ),
        migrations.AddField(
            model_name='claimanchor',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claimanchor',
            name='from_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.articleversion'),
        ),
        migrations.AddField(
            model_name='claimanchor',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace'),
        ),
        migrations.AddField(
            model_name='watch',
            name='article',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='watch', to='annotations.article'),
        ),
        migrations.AddField(
            model_name='watch',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='watch',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace'),
        ),
        migrations.AddIndex(
            model_name='claimanchor',
            index=models.Index(fields=['article_version', 'id'], name='anchor_in_version'),
        ),
        migrations.AddIndex(
            model_name='claimanchor',
            index=models.Index(condition=models.Q(('start', None), models.Q(('decision', ''), _negated=True), _connector='OR'), fields=['workspace', '-id'], name='anchor_unplaced'),
        ),
        migrations.AddConstraint(
            model_name='claimanchor',
            constraint=models.UniqueConstraint(fields=('claim', 'article_version'), name='anchor_once_a_version'),
        ),
        migrations.AddConstraint(
            model_name='claimanchor',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['ANCHORED', 'MOVED', 'REWORDED', 'AMBIGUOUS', 'GONE'])), name='anchor_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='claimanchor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', None), ('start', None)), models.Q(('start__isnull', False), ('start__lt', models.F('end'))), _connector='OR'), name='anchor_place_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='claimanchor',
            constraint=models.CheckConstraint(condition=models.Q(('start', None), ('outcome__in', ['ANCHORED', 'MOVED', 'REWORDED']), ('decision', 'PLACED'), _connector='OR'), name='anchor_place_is_certain'),
        ),
        migrations.AddConstraint(
            model_name='claimanchor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decision', 'PLACED'), ('start__isnull', False)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decision__in', ['KEPT', 'WITHDRAWN']), ('start', None)), _connector='OR'), name='anchor_decided_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='watch',
            index=models.Index(condition=models.Q(('is_on', True)), fields=['next_at'], name='watch_due'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.CheckConstraint(condition=models.Q(('every__in', [1, 6, 24])), name='watch_every_known'),
        ),
        *(_rules.audited(table, *arguments) for table, arguments in TABLES.items()),
        *(_rules.refused(table, "DELETE") for table in TABLES),
        migrations.RunSQL(STANDS, STANDS_NO_MORE),
        migrations.RunSQL("", NO_CHOICES),
    ]
