"""The desk's own scale, guidelines and policy, version by version, under the same rules as everything else: in the
history, never changed. A verdict, a review and an amendment name a rating that their version of the scale has."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

TABLES = ("scaleversion", "guidelinesversion", "policyversion")
RATED = {"verdict": "INSERT", "review": "INSERT", "amendment": "INSERT OR UPDATE OF rating, scale_version"}

ON_SCALE = """
CREATE FUNCTION factcheck_rating_on_scale() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE given text; wanted integer;
BEGIN
    IF TG_TABLE_NAME = 'annotations_review' THEN
        given := NEW.own_rating;
        SELECT scale_version INTO wanted FROM annotations_verdict WHERE id = NEW.verdict_id;
    ELSE
        given := NEW.rating;
        wanted := NEW.scale_version;
    END IF;
    IF given = '' OR wanted = 1 AND given IN ('true', 'mostly_true', 'half_true', 'mostly_false', 'false', 'unproven',
                                              'sources_conflict', 'outdated', 'not_checkable', 'satire') THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM annotations_scaleversion
                    WHERE workspace_id = NEW.workspace_id AND number = wanted
                      AND content -> 'ratings' @> jsonb_build_array(jsonb_build_object('code', given))) THEN
        RAISE EXCEPTION 'version % of the scale has no rating %', wanted, given USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
""" + "".join(
    f"CREATE TRIGGER {table}_rating_on_scale BEFORE {events} ON annotations_{table}"
    " FOR EACH ROW EXECUTE FUNCTION factcheck_rating_on_scale();\n"
    for table, events in RATED.items()
)
NOT_ON_SCALE = (
    "".join(f"DROP TRIGGER {table}_rating_on_scale ON annotations_{table};\n" for table in RATED)
    + "DROP FUNCTION factcheck_rating_on_scale();"
)


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0016_saved_views"),
    ]

    operations = [
        migrations.CreateModel(
            name='GuidelinesVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScaleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='review',
            name='review_rating_known',
        ),
        migrations.RemoveConstraint(
            model_name='verdict',
            name='verdict_rating_known',
        ),
        migrations.AddField(
            model_name='amendment',
            name='scale_version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='membership',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='verdict',
            name='guidelines_version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='guidelinesversion',
            name='published_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='guidelinesversion',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace'),
        ),
        migrations.AddField(
            model_name='policyversion',
            name='published_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='policyversion',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace'),
        ),
        migrations.AddField(
            model_name='scaleversion',
            name='published_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scaleversion',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.workspace'),
        ),
        migrations.AddConstraint(
            model_name='guidelinesversion',
            constraint=models.UniqueConstraint(fields=('workspace', 'number'), name='guidelinesversion_number_once'),
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=models.UniqueConstraint(fields=('workspace', 'number'), name='policyversion_number_once'),
        ),
        migrations.AddConstraint(
            model_name='scaleversion',
            constraint=models.UniqueConstraint(fields=('workspace', 'number'), name='scaleversion_number_once'),
        ),
        *(_rules.audited(table, "workspace_id") for table in TABLES),
        *(_rules.refused(table, "UPDATE OR DELETE") for table in TABLES),
        migrations.RunSQL(ON_SCALE, NOT_ON_SCALE),
    ]
