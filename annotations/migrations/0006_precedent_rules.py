"""Earlier checks under the same rules as everything else: in the history, never deleted, never across desks.

Vectors are made by a machine and remade at will: they are kept from deletion, and left out of the history.
"""

from importlib import import_module

from django.db import migrations

_rules = import_module("annotations.migrations.0002_database_rules")

AUDITED = ("checkimport", "outsidecheck", "match")
KEPT = (*AUDITED, "vector")

ONE_DESK = """
CREATE FUNCTION factcheck_match_in_one_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM annotations_claim
               WHERE id IN (NEW.claim_id, NEW.earlier_id) AND workspace_id <> NEW.workspace_id)
       OR EXISTS (SELECT 1 FROM annotations_outsidecheck
                  WHERE id = NEW.outside_check_id AND workspace_id <> NEW.workspace_id) THEN
        RAISE EXCEPTION 'match % reaches into another desk', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER match_in_one_desk BEFORE INSERT OR UPDATE OF workspace_id, claim_id, earlier_id, outside_check_id
    ON annotations_match FOR EACH ROW EXECUTE FUNCTION factcheck_match_in_one_desk();
"""
NOT_ONE_DESK = """
DROP TRIGGER match_in_one_desk ON annotations_match; DROP FUNCTION factcheck_match_in_one_desk();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0005_precedents")]

    operations = [
        *(_rules.audited(table, "workspace_id") for table in AUDITED),
        *(_rules.refused(table, "DELETE") for table in KEPT),
        migrations.RunSQL(ONE_DESK, NOT_ONE_DESK),
    ]
