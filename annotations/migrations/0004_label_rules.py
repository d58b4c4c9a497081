"""Rules for labels and calibrations that hold for every hand, raw SQL included: they are in the history, labels are
written once and speak of their claim's article, and calibrations are kept. See 0002_database_rules."""

from django.db import migrations

LABEL = """
CREATE FUNCTION factcheck_label_speaks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owner bigint; owner_article bigint; owner_version bigint; earlier bigint; size bigint;
BEGIN
    SELECT c.workspace_id, c.article_id, c.article_version_id, v.length
      INTO owner, owner_article, owner_version, size
      FROM annotations_claim c JOIN annotations_articleversion v ON v.id = c.article_version_id
     WHERE c.id = NEW.claim_id;
    IF (owner, owner_article, owner_version) IS DISTINCT FROM
       (NEW.workspace_id, NEW.article_id, NEW.article_version_id) OR NEW.sentence_end > size THEN
        RAISE EXCEPTION 'a label speaks of words that claim % does not stand in', NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.takes_back_id IS NOT NULL THEN
        SELECT claim_id INTO earlier FROM annotations_label WHERE id = NEW.takes_back_id;
        IF earlier <> NEW.claim_id THEN
            RAISE EXCEPTION 'label % is about another claim', NEW.takes_back_id USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER label_speaks BEFORE INSERT ON annotations_label
    FOR EACH ROW EXECUTE FUNCTION factcheck_label_speaks();
"""

NO_LABEL = "DROP TRIGGER label_speaks ON annotations_label; DROP FUNCTION factcheck_label_speaks();"


def audited(table):
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER {table}_audited AFTER INSERT OR UPDATE OR DELETE ON annotations_{table}"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION factcheck_audit('workspace_id');",
        f"DROP TRIGGER {table}_audited ON annotations_{table};",
    )


def refused(table, events, name):
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_{name} BEFORE {events} ON annotations_{table}"
        " FOR EACH ROW EXECUTE FUNCTION factcheck_refuse();"
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON annotations_{table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();",
        f"DROP TRIGGER {table}_{name} ON annotations_{table}; DROP TRIGGER {table}_no_truncate ON annotations_{table};",
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_labels")]

    operations = [
        audited("label"),
        audited("deskcalibration"),
        refused("label", "UPDATE OR DELETE", "frozen"),
        refused("deskcalibration", "DELETE", "kept"),
        migrations.RunSQL(LABEL, NO_LABEL),
    ]
