"""Second review may be blind: a person's own rating is locked before the first one is shown. Written once, in the
history, and never by somebody who worked on the verdict. See docs/decisions/0016-second-review.md."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_rules = import_module("annotations.migrations.0002_database_rules")

FOUR_EYES = """
CREATE FUNCTION factcheck_own_rating_is_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM annotations_verdict v WHERE v.id = NEW.verdict_id AND v.claim_id = NEW.claim_id
                   AND v.workspace_id = NEW.workspace_id) THEN
        RAISE EXCEPTION 'own rating % is about another claim', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM annotations_verdict WHERE claim_id = NEW.claim_id AND author_id = NEW.reviewer_id)
       OR EXISTS (SELECT 1 FROM annotations_evidence WHERE claim_id = NEW.claim_id AND added_by_id = NEW.reviewer_id)
    THEN
        RAISE EXCEPTION 'person % contributed to the verdict on claim %', NEW.reviewer_id, NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ownrating_is_own BEFORE INSERT ON annotations_ownrating
    FOR EACH ROW EXECUTE FUNCTION factcheck_own_rating_is_own();
"""
NO_FOUR_EYES = """
DROP TRIGGER ownrating_is_own ON annotations_ownrating; DROP FUNCTION factcheck_own_rating_is_own();
"""


def to(table, related_name="+"):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=table)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0010_snapshots")]

    operations = [
        migrations.AddField("workspace", "is_review_blind", models.BooleanField(default=False)),
        migrations.AddField(
            "changeitem", "note", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.CreateModel(
            name="OwnRating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rating", models.CharField(max_length=20)),
                ("reasons", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("claim", to("annotations.claim", "own_ratings")),
                ("reviewer", to(settings.AUTH_USER_MODEL)),
                ("verdict", to("annotations.verdict", "own_ratings")),
                ("workspace", to("annotations.workspace")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("verdict", "reviewer"), name="own_rating_once"),
                    models.CheckConstraint(
                        condition=models.Q(("rating", ""), _negated=True)
                        & models.Q(("reasons", ""), _negated=True),
                        name="own_rating_explained",
                    ),
                ]
            },
        ),
        _rules.audited("ownrating", "workspace_id"),
        _rules.refused("ownrating", "UPDATE OR DELETE"),
        migrations.RunSQL(FOUR_EYES, NO_FOUR_EYES),
    ]
