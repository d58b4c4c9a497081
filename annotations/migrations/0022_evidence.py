"""Evidence in full: where in the source, why this stance, figures as data, sets, and whose story it is; the registry's
reliability with its dated history; texts that were compared; flags of later reviewers."""

from importlib import import_module

import annotations.sources.models
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

TABLES = ("ratedreliability", "likestory", "flag")


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0021_article_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('OFF_TOPIC', 'Off topic'), ('MISREAD', 'Misread'), ('OUTDATED', 'Outdated'), ('NO_ACCESS', 'Not accessible'), ('WEAK', 'Weak')], max_length=9)),
                ('note', models.CharField(max_length=1000)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='LikeStory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField()),
                ('is_same', models.BooleanField()),
                ('agency', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='RatedReliability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('HIGH', 'Reliable'), ('MOSTLY', 'Mostly reliable'), ('MIXED', 'Mixed'), ('LOW', 'Not reliable')], max_length=6)),
                ('reason', models.CharField(max_length=1000)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name='evidence',
            name='accessed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='evidence',
            name='describes_claim_time',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='evidence',
            name='figure',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='evidence',
            name='how_found',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='evidence',
            name='is_apart',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='evidence',
            name='locator',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='evidence',
            name='sets',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=annotations.sources.models.one_set, size=None),
        ),
        migrations.AddField(
            model_name='evidence',
            name='stance_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='source',
            name='conflict_note',
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name='source',
            name='language',
            field=models.CharField(blank=True, max_length=35),
        ),
        migrations.AddField(
            model_name='source',
            name='licence',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='source',
            name='reliability',
            field=models.CharField(blank=True, choices=[('HIGH', 'Reliable'), ('MOSTLY', 'Mostly reliable'), ('MIXED', 'Mixed'), ('LOW', 'Not reliable')], max_length=6),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('sets__len__gte', 1)), name='evidence_in_a_set'),
        ),
        migrations.AddField(
            model_name='flag',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='flag',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='annotations.evidence'),
        ),
        migrations.AddField(
            model_name='flag',
            name='raised_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='flag',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace'),
        ),
        migrations.AddField(
            model_name='likestory',
            name='one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.source'),
        ),
        migrations.AddField(
            model_name='likestory',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.source'),
        ),
        migrations.AddField(
            model_name='likestory',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace'),
        ),
        migrations.AddField(
            model_name='ratedreliability',
            name='rated_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ratedreliability',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reliabilities', to='annotations.source'),
        ),
        migrations.AddField(
            model_name='ratedreliability',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['OFF_TOPIC', 'MISREAD', 'OUTDATED', 'NO_ACCESS', 'WEAK'])), name='flag_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='flag_has_a_note'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='flag_answered_in_words'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('evidence', 'kind', 'raised_by'), name='flag_once_while_open'),
        ),
        migrations.AddConstraint(
            model_name='likestory',
            constraint=models.UniqueConstraint(fields=('one', 'other'), name='like_story_once'),
        ),
        migrations.AddConstraint(
            model_name='likestory',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='like_story_in_order'),
        ),
        migrations.AddConstraint(
            model_name='ratedreliability',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), ('level__in', ['HIGH', 'MOSTLY', 'MIXED', 'LOW'])), name='reliability_has_a_reason'),
        ),
        *(_rules.audited(table, "workspace_id") for table in TABLES),
        _rules.refused("ratedreliability", "UPDATE OR DELETE"),
        *(_rules.refused(table, "DELETE") for table in ("likestory", "flag")),
    ]
