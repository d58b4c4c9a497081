"""What is fetched from outside: the work behind a source's copy, the answer of the site, articles on their way in, and
feeds. When a feed was polled last and what the site said then is no act of anybody, and not in the history."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

POLLED = ("etag", "last_modified", "polled_at", "next_poll_at")

ONE_DESK = """
CREATE FUNCTION factcheck_arrival_in_one_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM annotations_feed WHERE id = NEW.feed_id AND workspace_id <> NEW.workspace_id)
       OR EXISTS (SELECT 1 FROM annotations_article WHERE id = NEW.article_id AND workspace_id <> NEW.workspace_id)
       OR EXISTS (SELECT 1 FROM annotations_snapshot WHERE id = NEW.snapshot_id AND workspace_id <> NEW.workspace_id)
       OR EXISTS (SELECT 1 FROM annotations_job WHERE id = NEW.fetching_id AND workspace_id <> NEW.workspace_id) THEN
        RAISE EXCEPTION 'arrival % reaches into another desk', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER arrival_in_one_desk BEFORE INSERT OR UPDATE ON annotations_arrival
    FOR EACH ROW EXECUTE FUNCTION factcheck_arrival_in_one_desk();
"""
NOT_ONE_DESK = """
DROP TRIGGER arrival_in_one_desk ON annotations_arrival;
DROP FUNCTION factcheck_arrival_in_one_desk();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0019_language"),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='final_url',
            field=models.CharField(blank=True, default='', max_length=2000),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='headers',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='pages',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='status',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='source',
            name='fetching',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='source', to='annotations.job'),
        ),
        migrations.AlterField(
            model_name='job',
            name='kind',
            field=models.CharField(choices=[('EXTRACT_CLAIMS', 'Extract Claims'), ('MATCH_CLAIMS', 'Match Claims'), ('FETCH_SOURCE', 'Fetch Source'), ('FETCH_ARTICLE', 'Fetch Article'), ('POLL_FEED', 'Poll Feed')], max_length=20),
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=2000)),
                ('key', models.CharField(max_length=64)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('is_paused', models.BooleanField(default=False)),
                ('removed_at', models.DateTimeField(null=True)),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, max_length=100)),
                ('polled_at', models.DateTimeField(null=True)),
                ('next_poll_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('polling', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed', to='annotations.job')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=2000)),
                ('key', models.CharField(max_length=64)),
                ('guid', models.CharField(blank=True, max_length=500)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('byline', models.CharField(blank=True, max_length=300)),
                ('outlet', models.CharField(blank=True, max_length=200)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('set_aside_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='annotations.article')),
                ('fetching', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='arrival', to='annotations.job')),
                ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.snapshot')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace')),
                ('feed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='annotations.feed')),
            ],
        ),
        migrations.AddIndex(
            model_name='feed',
            index=models.Index(condition=models.Q(('is_paused', False), ('removed_at', None)), fields=['next_poll_at'], name='feed_due'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.UniqueConstraint(fields=('workspace', 'key'), name='feed_once'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(condition=models.Q(('article', None), ('set_aside_at', None)), fields=['workspace', '-id'], name='arrival_on_the_way'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(condition=models.Q(('feed__isnull', False)), fields=['feed', 'guid'], name='arrival_of_feed'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(fields=('workspace', 'key'), name='arrival_once'),
        ),
        _rules.audited("feed", "workspace_id", *POLLED),
        _rules.audited("arrival", "workspace_id"),
        _rules.refused("feed", "DELETE"),
        _rules.refused("arrival", "DELETE"),
        migrations.RunSQL(ONE_DESK, NOT_ONE_DESK),
    ]
