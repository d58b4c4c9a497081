"""Whose claim it is, how urgent and due when: fields beside the state. Nobody is second reviewer of what they wrote."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SECOND = """
CREATE FUNCTION factcheck_second_reviewer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.second_reviewer_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.second_reviewer_id IS NOT DISTINCT FROM OLD.second_reviewer_id THEN
        -- Who takes the claim over is no longer its second reviewer.
        IF NEW.reviewer_id = NEW.second_reviewer_id THEN
            NEW.second_reviewer_id := NULL;
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM annotations_verdict WHERE claim_id = NEW.id AND author_id = NEW.second_reviewer_id)
       OR EXISTS (SELECT 1 FROM annotations_evidence
                  WHERE claim_id = NEW.id AND added_by_id = NEW.second_reviewer_id) THEN
        RAISE EXCEPTION 'person % contributed to the verdict on claim %', NEW.second_reviewer_id, NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_second_reviewer BEFORE UPDATE OF reviewer_id, second_reviewer_id ON annotations_claim
    FOR EACH ROW EXECUTE FUNCTION factcheck_second_reviewer();
"""
NO_SECOND = """
DROP TRIGGER claim_second_reviewer ON annotations_claim; DROP FUNCTION factcheck_second_reviewer();
"""

PRIORITIES = [(1, "Low"), (2, "Normal"), (3, "High"), (4, "Urgent")]
PERSON = {
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


class Migration(migrations.Migration):
    dependencies = [("annotations", "0014_notices")]

    operations = [
        migrations.AddField(
            "article", "priority", models.PositiveSmallIntegerField(choices=PRIORITIES, default=2)
        ),
        migrations.AddField("article", "sorting_by", models.ForeignKey(**PERSON)),
        migrations.AddField("article", "sorting_until", models.DateTimeField(null=True)),
        migrations.AddField("claim", "second_reviewer", models.ForeignKey(**PERSON)),
        migrations.AddField(
            "claim",
            "priority",
            models.PositiveSmallIntegerField(null=True, blank=True, choices=PRIORITIES),
        ),
        migrations.AddField("claim", "due_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("claim", "is_held", models.BooleanField(default=False)),
        migrations.AddField("claim", "hold_reason", models.CharField(max_length=300, blank=True)),
        migrations.AddField("claim", "assignment_note", models.CharField(max_length=500, blank=True)),
        migrations.AddIndex(
            "claim", models.Index(name="claim_newest", fields=["workspace", "-moved_at", "-id"])
        ),
        migrations.AddIndex(
            "claim", models.Index(name="claim_of_reviewer", fields=["reviewer", "status"])
        ),
        migrations.AddIndex(
            "claim", models.Index(name="claim_of_second", fields=["second_reviewer", "status"])
        ),
        migrations.AddConstraint(
            "article",
            models.CheckConstraint(
                name="article_priority_known", condition=models.Q(priority__in=[1, 2, 3, 4])
            ),
        ),
        migrations.AddConstraint(
            "claim",
            models.CheckConstraint(
                name="claim_priority_known",
                condition=models.Q(priority=None) | models.Q(priority__in=[1, 2, 3, 4]),
            ),
        ),
        migrations.AddConstraint(
            "claim",
            models.CheckConstraint(
                name="claim_held_for_a_reason",
                condition=models.Q(is_held=True) & ~models.Q(hold_reason="")
                | models.Q(is_held=False, hold_reason=""),
            ),
        ),
        migrations.AddConstraint(
            "claim",
            models.CheckConstraint(
                name="claim_second_is_another",
                condition=models.Q(second_reviewer=None)
                | models.Q(reviewer=None)
                | ~models.Q(second_reviewer=models.F("reviewer")),
            ),
        ),
        migrations.RunSQL(SECOND, NO_SECOND),
    ]
