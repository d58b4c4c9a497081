"""Further appearances of claims, under the same rules as claims: in the history, never deleted, on their own words,
never across desks. See 0002_database_rules."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

STANDS = """
CREATE FUNCTION factcheck_mention_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words text; owner bigint; claim_owner bigint;
BEGIN
    SELECT substring(text FROM NEW.start + 1 FOR NEW."end" - NEW.start), workspace_id
      INTO words, owner FROM annotations_articleversion WHERE id = NEW.article_version_id;
    IF words IS DISTINCT FROM NEW.exact THEN
        RAISE EXCEPTION 'mention % does not stand on its words', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    SELECT workspace_id INTO claim_owner FROM annotations_claim WHERE id = NEW.claim_id;
    IF owner <> NEW.workspace_id OR claim_owner <> NEW.workspace_id THEN
        RAISE EXCEPTION 'mention % reaches into another desk', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mention_stands BEFORE INSERT OR UPDATE OF start, "end", exact, article_version_id, claim_id,
    workspace_id ON annotations_mention FOR EACH ROW EXECUTE FUNCTION factcheck_mention_stands();
"""
STANDS_NO_MORE = """
DROP TRIGGER mention_stands ON annotations_mention; DROP FUNCTION factcheck_mention_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0006_precedent_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('exact', models.TextField()),
                ('prefix', models.CharField(blank=True, max_length=32)),
                ('suffix', models.CharField(blank=True, max_length=32)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('article_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='annotations.articleversion')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='annotations.claim')),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['article_version', 'start'], name='mention_in_text')],
                'constraints': [models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='mention_span_not_empty'), models.UniqueConstraint(fields=('claim', 'article_version', 'start', 'end'), name='mention_once_a_place'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='mention_removed_by_somebody')],
            },
        ),
        _rules.audited("mention", "workspace_id"),
        _rules.refused("mention", "DELETE"),
        migrations.RunSQL(STANDS, STANDS_NO_MORE),
    ]
