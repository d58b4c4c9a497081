"""Practice, in tables of its own. They are private to the person, so their history is in the chain of the house and in
no desk's."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

TABLES = ("practicerun", "practiceanswer")


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0017_desk_settings"),
    ]

    operations = [
        migrations.CreateModel(
            name='PracticeRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lesson', models.SlugField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PracticeAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('exact', models.TextField()),
                ('is_by_hand', models.BooleanField(default=False)),
                ('decision', models.CharField(blank=True, choices=[('ACCEPTED', 'Accepted'), ('DISMISSED', 'Dismissed')], max_length=9)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('rating', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='annotations.practicerun')),
            ],
        ),
        migrations.AddConstraint(
            model_name='practicerun',
            constraint=models.UniqueConstraint(fields=('person', 'lesson', 'number'), name='practice_run_once'),
        ),
        migrations.AddConstraint(
            model_name='practiceanswer',
            constraint=models.UniqueConstraint(fields=('run', 'start', 'end'), name='practice_span_once'),
        ),
        migrations.AddConstraint(
            model_name='practiceanswer',
            constraint=models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='practice_span_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='practiceanswer',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['', 'ACCEPTED', 'DISMISSED'])), name='practice_decision_known'),
        ),
        migrations.AddConstraint(
            model_name='practiceanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'DISMISSED'), ('reason__in', ['OPINION', 'PREDICTION', 'TRIVIAL', 'DUPLICATE', 'ALREADY_CHECKED', 'OUT_OF_SCOPE', 'EXTRACTION_ERROR', 'MARKED_BY_MISTAKE'])), models.Q(models.Q(('decision', 'DISMISSED'), _negated=True), ('reason', '')), _connector='OR'), name='practice_dismissed_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='practiceanswer',
            constraint=models.CheckConstraint(condition=models.Q(('rating', ''), models.Q(('decision', 'ACCEPTED'), ('rating__in', ['true', 'mostly_true', 'half_true', 'mostly_false', 'false', 'unproven', 'sources_conflict', 'outdated', 'not_checkable', 'satire'])), _connector='OR'), name='practice_rated_when_accepted'),
        ),
        *(_rules.audited(table, "") for table in TABLES),
        *(_rules.refused(table, "DELETE") for table in TABLES),
    ]
