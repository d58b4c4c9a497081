"""Notices. What people chose is in the history; notices are made from it and forgotten, so they are not.

What happened before this migration is told to nobody.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

READ_SO_FAR = """
INSERT INTO annotations_noticebookmark (workspace_id, seq)
SELECT workspace_id, seq FROM annotations_audithead WHERE workspace_id <> 0;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0013_discussions"),
    ]

    operations = [
        migrations.CreateModel(
            name='NoticeBookmark',
            fields=[
                ('workspace_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=14)),
                ('code', models.CharField(max_length=24)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(max_length=80)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('is_shown', models.BooleanField(default=True)),
                ('mail_by', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('mail_tries', models.PositiveSmallIntegerField(default=0)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.article')),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.claim')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.workspace')),
                ('thread', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.thread')),
            ],
        ),
        migrations.CreateModel(
            name='NoticeSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=14)),
                ('is_shown', models.BooleanField(default=True)),
                ('mail', models.CharField(max_length=6)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='notice_setting_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['MENTIONED', 'REPLIED', 'ASSIGNED', 'CHANGES_ASKED', 'DECIDED', 'PUBLISHED', 'TAKEN_OVER', 'EXTRACTION']), ('mail__in', ['NOW', 'HOURLY', 'DAILY', 'OFF'])), name='notice_setting_known')],
            },
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['person', '-id'], name='notice_newest'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person'], name='notice_unread'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mail_by__isnull', False), ('mailed_at__isnull', True)), fields=['mail_by'], name='notice_to_mail'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('person', 'source'), name='notice_once'),
        ),
        _rules.audited("noticesetting", ""),
        _rules.refused("noticesetting", "DELETE"),
        migrations.RunSQL(READ_SO_FAR, "DELETE FROM annotations_noticebookmark"),
    ]
