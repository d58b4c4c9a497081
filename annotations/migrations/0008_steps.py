"""Steps that can be undone and done again, and how a person likes to work.

Entries of the history learn which act they belong to: a column default takes it from the transaction, so neither the
trigger nor the hash changes. The road of claims gets the ways back that undoing needs.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

ACT = (
    "ALTER TABLE annotations_auditentry ALTER COLUMN act"
    " SET DEFAULT nullif(current_setting('factcheck.act', true), '')::uuid;"
)
NO_ACT = "ALTER TABLE annotations_auditentry ALTER COLUMN act DROP DEFAULT;"

_MOVES = _rules.CLAIM[_rules.CLAIM.index("CREATE FUNCTION factcheck_claim_moves") : _rules.CLAIM.index("CREATE TRIGGER claim_moves")]
OLD_ROAD = _MOVES.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
assert "('PUBLISHED', 'RETRACTED')\n" in OLD_ROAD
ROAD = OLD_ROAD.replace(
    "('PUBLISHED', 'RETRACTED')\n",
    "('PUBLISHED', 'RETRACTED'),\n"
    "        ('DISMISSED', 'ACCEPTED'), ('MERGED', 'CANDIDATE'), ('MERGED', 'ACCEPTED')\n",
)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0007_mentions")]

    operations = [
        migrations.AddField("auditentry", "act", models.UUIDField(null=True)),
        migrations.RunSQL(ACT, NO_ACT),
        migrations.AddIndex(
            "auditentry",
            models.Index(
                fields=["act"], name="audit_entry_act", condition=models.Q(("act__isnull", False))
            ),
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["workspace_id", "actor_id", "seq"], name="audit_entry_actor"),
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('keys', models.JSONField(blank=True, default=dict)),
                ('mode', models.CharField(choices=[('SINGLE', 'One key'), ('ALT', 'Alt and the key'), ('CTRL_ALT', 'Ctrl, Alt and the key'), ('OFF', 'Off: no keys of ours at all')], default='SINGLE', max_length=8)),
                ('after_accepting', models.CharField(choices=[('NEXT', 'The next candidate'), ('STAY', 'The claim that was accepted')], default='NEXT', max_length=4)),
                ('version', models.PositiveIntegerField(default=1)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='preference', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('mode__in', ['SINGLE', 'ALT', 'CTRL_ALT', 'OFF'])), name='preference_mode_known'), models.CheckConstraint(condition=models.Q(('after_accepting__in', ['NEXT', 'STAY'])), name='preference_after_known')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('UNDO', 'Undo'), ('REDO', 'Redo')], max_length=4)),
                ('verb', models.CharField(max_length=40)),
                ('turns', models.UUIDField()),
                ('act', models.UUIDField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.article')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['article', 'person', '-id'], name='step_newest')],
                'constraints': [models.UniqueConstraint(fields=('turns',), name='step_turns_once'), models.UniqueConstraint(fields=('act',), name='step_once_an_act'), models.CheckConstraint(condition=models.Q(('kind__in', ['UNDO', 'REDO'])), name='step_kind_known')],
            },
        ),
        _rules.audited("step", "workspace_id"),
        _rules.audited("preference", ""),
        _rules.refused("step", "UPDATE OR DELETE"),
        _rules.refused("preference", "DELETE"),
        migrations.RunSQL(ROAD, OLD_ROAD),
    ]
