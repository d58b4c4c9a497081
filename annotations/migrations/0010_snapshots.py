"""Stored copies of sources, and where the quoted words stand in them. Files, snapshots and copies are written once, in
the history (without bytes and text), and nothing of them reaches into another desk. See 0002_database_rules."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

ONE_DESK = """
CREATE FUNCTION factcheck_copy_in_one_desk() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owner bigint; other bigint; size bigint;
BEGIN
    IF TG_TABLE_NAME = 'annotations_snapshot' THEN
        SELECT workspace_id INTO owner FROM annotations_storedfile WHERE id = NEW.file_id;
    ELSIF TG_TABLE_NAME = 'annotations_storedcopy' THEN
        SELECT workspace_id INTO owner FROM annotations_snapshot WHERE id = NEW.snapshot_id;
        SELECT workspace_id INTO other FROM annotations_source WHERE id = NEW.source_id;
        IF other <> NEW.workspace_id THEN owner := other; END IF;
    ELSE
        SELECT workspace_id, length INTO owner, size FROM annotations_snapshot WHERE id = NEW.quote_snapshot_id;
        IF NEW.quote_state IN ('VERIFIED', 'NEAR')
           AND NOT (NEW.quote_start < NEW.quote_end AND NEW.quote_end <= size) THEN
            RAISE EXCEPTION 'evidence % quotes words outside its copy', NEW.id USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF owner <> NEW.workspace_id THEN
        RAISE EXCEPTION '% % reaches into another desk', TG_TABLE_NAME, NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER snapshot_in_one_desk BEFORE INSERT ON annotations_snapshot
    FOR EACH ROW EXECUTE FUNCTION factcheck_copy_in_one_desk();
CREATE TRIGGER storedcopy_in_one_desk BEFORE INSERT ON annotations_storedcopy
    FOR EACH ROW EXECUTE FUNCTION factcheck_copy_in_one_desk();
CREATE TRIGGER evidence_quote_in_one_desk BEFORE INSERT OR UPDATE OF quote_snapshot_id, quote_state, quote_start,
    quote_end ON annotations_evidence FOR EACH ROW WHEN (NEW.quote_snapshot_id IS NOT NULL)
    EXECUTE FUNCTION factcheck_copy_in_one_desk();
"""
NOT_ONE_DESK = """
DROP TRIGGER evidence_quote_in_one_desk ON annotations_evidence;
DROP TRIGGER storedcopy_in_one_desk ON annotations_storedcopy;
DROP TRIGGER snapshot_in_one_desk ON annotations_snapshot;
DROP FUNCTION factcheck_copy_in_one_desk();
"""

LEFT_OUT = {"storedfile": ("data",), "snapshot": ("text",), "storedcopy": ()}


def key():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def to(table, related_name="+", **options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=table, **options
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0009_claim_panel")]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", key()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("workspace", to("annotations.workspace")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "sha256"), name="stored_file_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", key()),
                ("content_type", models.CharField(max_length=100)),
                ("filename", models.CharField(blank=True, max_length=200)),
                ("url", models.CharField(blank=True, max_length=2000)),
                (
                    "how",
                    models.CharField(
                        choices=[("UPLOADED", "Uploaded"), ("PASTED", "Pasted"), ("FETCHED", "Fetched")],
                        max_length=8,
                    ),
                ),
                ("read_at", models.DateTimeField()),
                ("title", models.CharField(blank=True, max_length=500)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                ("length", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("added_by", to(settings.AUTH_USER_MODEL, null=True)),
                ("file", to("annotations.storedfile", "snapshots")),
                ("workspace", to("annotations.workspace")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["UPLOADED", "PASTED", "FETCHED"])),
                        name="snapshot_how_known",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="StoredCopy",
            fields=[
                ("id", key()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("added_by", to(settings.AUTH_USER_MODEL)),
                ("snapshot", to("annotations.snapshot", "copies")),
                ("source", to("annotations.source", "copies")),
                ("workspace", to("annotations.workspace")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "snapshot"), name="stored_copy_once")
                ]
            },
        ),
        migrations.AddField("evidence", "quote_end", models.PositiveIntegerField(default=0)),
        migrations.AddField("evidence", "quote_score", models.FloatField(default=0)),
        migrations.AddField("evidence", "quote_start", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "evidence",
            "quote_state",
            models.CharField(
                blank=True,
                choices=[("VERIFIED", "VERIFIED"), ("NEAR", "NEAR"), ("NOT_FOUND", "NOT_FOUND")],
                default="",
                max_length=9,
            ),
            preserve_default=False,
        ),
        migrations.AddField("evidence", "quote_snapshot", to("annotations.snapshot", null=True)),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=models.Q(("quote_snapshot", None), ("quote_state", ""))
                | models.Q(
                    ("quote_snapshot__isnull", False),
                    ("quote_state__in", ["VERIFIED", "NEAR", "NOT_FOUND"]),
                ),
                name="evidence_quote_found_in_a_copy",
            ),
        ),
        *(_rules.audited(table, "workspace_id", *left_out) for table, left_out in LEFT_OUT.items()),
        *(_rules.refused(table, "UPDATE OR DELETE") for table in LEFT_OUT),
        migrations.RunSQL(ONE_DESK, NOT_ONE_DESK),
    ]
