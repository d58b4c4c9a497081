"""Rules that hold for every hand, raw SQL included: the chained history, what is never changed, the road, the span,
and that nobody approves what they helped to write. See docs/decisions/0004-one-chained-history.md."""

from django.db import migrations

AUDIT = """
CREATE FUNCTION factcheck_audit_hash(
    prev_hash text, workspace_id bigint, seq bigint, at timestamptz, actor_id bigint, actor_name text, verb text,
    action text, table_name text, row_id text, before jsonb, after jsonb
) RETURNS text LANGUAGE sql STABLE SET timezone TO 'UTC' AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        prev_hash, workspace_id, seq, at::text, actor_id, actor_name, verb, action, table_name, row_id, before, after
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION factcheck_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- First argument: the column that names the workspace ('' for the house). The others: columns left out.
    left_out text[] := TG_ARGV[1:];
    old_row jsonb;
    new_row jsonb;
    one jsonb;
    last annotations_auditentry%ROWTYPE;
    entry annotations_auditentry%ROWTYPE;
BEGIN
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - left_out; END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - left_out; END IF;
    one := coalesce(new_row, old_row);
    IF TG_OP = 'UPDATE' THEN
        IF old_row = new_row THEN RETURN NULL; END IF;
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key)
          INTO entry.before, entry.after
          FROM jsonb_each(old_row) AS o WHERE o.value IS DISTINCT FROM new_row -> o.key;
    ELSE
        entry.before := old_row;
        entry.after := new_row;
    END IF;
    entry.workspace_id := CASE WHEN TG_ARGV[0] = '' THEN 0 ELSE (one ->> TG_ARGV[0])::bigint END;
    entry.at := clock_timestamp();
    entry.actor_id := nullif(current_setting('factcheck.actor', true), '')::bigint;
    entry.actor_name := coalesce(nullif(current_setting('factcheck.actor_name', true), ''), session_user::text);
    entry.verb := coalesce(nullif(current_setting('factcheck.verb', true), ''), 'sql');
    entry.action := TG_OP;
    entry.table_name := TG_TABLE_NAME;
    entry.row_id := one ->> 'id';
    INSERT INTO annotations_audithead VALUES (entry.workspace_id, 0, '', 0) ON CONFLICT DO NOTHING;
    -- Keeps the chain in one line until this transaction ends.
    PERFORM 1 FROM annotations_audithead WHERE workspace_id = entry.workspace_id FOR UPDATE;
    SELECT * INTO last FROM annotations_auditentry WHERE workspace_id = entry.workspace_id ORDER BY seq DESC LIMIT 1;
    entry.seq := coalesce(last.seq, 0) + 1;
    entry.prev_hash := coalesce(last.hash, '');
    entry.hash := factcheck_audit_hash(
        entry.prev_hash, entry.workspace_id, entry.seq, entry.at, entry.actor_id, entry.actor_name, entry.verb,
        entry.action, entry.table_name, entry.row_id, entry.before, entry.after);
    INSERT INTO annotations_auditentry
        (workspace_id, seq, at, actor_id, actor_name, verb, action, table_name, row_id, before, after, prev_hash, hash)
    VALUES (entry.workspace_id, entry.seq, entry.at, entry.actor_id, entry.actor_name, entry.verb, entry.action,
            entry.table_name, entry.row_id, entry.before, entry.after, entry.prev_hash, entry.hash);
    UPDATE annotations_audithead SET open_in = txid_current()
     WHERE workspace_id = entry.workspace_id AND open_in <> txid_current();
    RETURN NULL;
END $$;

-- Once a transaction and chain, after its last entry: the head is where the chain ends. Written by each entry, the row
-- would leave a dead version a time, and a transaction with thousands of entries would take quadratic time.
CREATE FUNCTION factcheck_audit_close() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last annotations_auditentry%ROWTYPE;
BEGIN
    SELECT * INTO last FROM annotations_auditentry WHERE workspace_id = NEW.workspace_id ORDER BY seq DESC LIMIT 1;
    UPDATE annotations_audithead SET seq = last.seq, hash = last.hash, open_in = 0
     WHERE workspace_id = NEW.workspace_id AND open_in <> 0;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audithead_closes AFTER UPDATE OF open_in ON annotations_audithead
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.open_in <> 0) EXECUTE FUNCTION factcheck_audit_close();
"""

NO_AUDIT = """
DROP TRIGGER audithead_closes ON annotations_audithead;
DROP FUNCTION factcheck_audit_close();
DROP FUNCTION factcheck_audit();
DROP FUNCTION factcheck_audit_hash(
    text, bigint, bigint, timestamptz, bigint, text, text, text, text, text, jsonb, jsonb);
"""

# table -> (column that names the workspace, columns left out of the entries)
AUDITED = {
    "user": ("", "password", "last_login"),
    "workspace": ("id",),
    "membership": ("workspace_id",),
    "article": ("workspace_id",),
    "articleversion": ("workspace_id", "text"),
    "claim": ("workspace_id",),
    "source": ("workspace_id",),
    "evidence": ("workspace_id",),
    "verdict": ("workspace_id",),
    "review": ("workspace_id",),
    "changeitem": ("workspace_id",),
    "amendment": ("workspace_id",),
    "publication": ("workspace_id", "content"),
    "report": ("workspace_id", "content"),
    "export": ("workspace_id",),
}

FROZEN = ("auditentry", "articleversion", "verdict", "review", "publication", "report", "export")
KEPT = ("audithead", "claim", "article", "evidence", "source", "changeitem", "amendment", "membership", "workspace")


def audited(table, column, *left_out):
    arguments = ", ".join(f"'{argument}'" for argument in (column, *left_out))
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER {table}_audited AFTER INSERT OR UPDATE OR DELETE ON annotations_{table}"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION"
        f" factcheck_audit({arguments});",
        f"DROP TRIGGER {table}_audited ON annotations_{table};",
    )


def refused(table, events):
    name = f"{table}_{'frozen' if 'UPDATE' in events else 'kept'}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {events} ON annotations_{table}"
        " FOR EACH ROW EXECUTE FUNCTION factcheck_refuse();"
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON annotations_{table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();",
        f"DROP TRIGGER {name} ON annotations_{table}; DROP TRIGGER {table}_no_truncate ON annotations_{table};",
    )


REFUSE = """
CREATE FUNCTION factcheck_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is not allowed on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

CLAIM = """
CREATE FUNCTION factcheck_claim_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words text; place bigint; owner bigint; owner_article bigint;
BEGIN
    SELECT substring(text FROM NEW.start + 1 FOR NEW."end" - NEW.start), workspace_id, article_id
      INTO words, owner, owner_article FROM annotations_articleversion WHERE id = NEW.article_version_id;
    IF words IS DISTINCT FROM NEW.exact THEN
        RAISE EXCEPTION 'claim % does not stand on its words', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF owner <> NEW.workspace_id OR owner_article <> NEW.article_id THEN
        RAISE EXCEPTION 'claim % belongs to another article', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_stands BEFORE INSERT OR UPDATE OF start, "end", exact, article_version_id, article_id,
    workspace_id ON annotations_claim FOR EACH ROW EXECUTE FUNCTION factcheck_claim_stands();

CREATE FUNCTION factcheck_claim_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('CANDIDATE', 'ACCEPTED') THEN
            RAISE EXCEPTION 'no claim begins as %', NEW.status USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (
        ('CANDIDATE', 'ACCEPTED'), ('CANDIDATE', 'DISMISSED'), ('CANDIDATE', 'MERGED'), ('DISMISSED', 'CANDIDATE'),
        ('ACCEPTED', 'MERGED'), ('ACCEPTED', 'CANDIDATE'), ('ACCEPTED', 'DISMISSED'), ('ACCEPTED', 'SUBMITTED'),
        ('SUBMITTED', 'ACCEPTED'), ('SUBMITTED', 'APPROVED'), ('SUBMITTED', 'DISPUTED'),
        ('DISPUTED', 'APPROVED'), ('DISPUTED', 'ACCEPTED'), ('APPROVED', 'PUBLISHED'), ('APPROVED', 'ACCEPTED'),
        ('PUBLISHED', 'RETRACTED')
    ) THEN
        RAISE EXCEPTION 'no road from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_moves BEFORE INSERT OR UPDATE OF status ON annotations_claim
    FOR EACH ROW EXECUTE FUNCTION factcheck_claim_moves();
"""

NO_CLAIM = """
DROP TRIGGER claim_moves ON annotations_claim; DROP FUNCTION factcheck_claim_moves();
DROP TRIGGER claim_stands ON annotations_claim; DROP FUNCTION factcheck_claim_stands();
"""

FOUR_EYES = """
CREATE FUNCTION factcheck_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decision IN ('APPROVED', 'ADJUDICATED_APPROVED', 'DISAGREED') AND (
        EXISTS (SELECT 1 FROM annotations_verdict WHERE claim_id = NEW.claim_id AND author_id = NEW.reviewer_id)
        OR EXISTS (SELECT 1 FROM annotations_evidence WHERE claim_id = NEW.claim_id AND added_by_id = NEW.reviewer_id)
    ) THEN
        RAISE EXCEPTION 'person % contributed to the verdict on claim %', NEW.reviewer_id, NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_four_eyes BEFORE INSERT ON annotations_review
    FOR EACH ROW EXECUTE FUNCTION factcheck_four_eyes();

CREATE FUNCTION factcheck_approved_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE newest bigint;
BEGIN
    SELECT id INTO newest FROM annotations_verdict WHERE claim_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF NOT EXISTS (SELECT 1 FROM annotations_review WHERE claim_id = NEW.id AND verdict_id = newest
                   AND decision IN ('APPROVED', 'ADJUDICATED_APPROVED')) THEN
        RAISE EXCEPTION 'nobody approved the verdict on claim %', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_approved_by_another AFTER UPDATE OF status ON annotations_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.status IN ('APPROVED', 'PUBLISHED')) EXECUTE FUNCTION factcheck_approved_by_another();
"""

NO_FOUR_EYES = """
DROP TRIGGER claim_approved_by_another ON annotations_claim; DROP FUNCTION factcheck_approved_by_another();
DROP TRIGGER review_four_eyes ON annotations_review; DROP FUNCTION factcheck_four_eyes();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_tables")]

    operations = [
        migrations.RunSQL(AUDIT, NO_AUDIT),
        *(audited(table, *arguments) for table, arguments in AUDITED.items()),
        migrations.RunSQL(REFUSE, "DROP FUNCTION factcheck_refuse();"),
        *(refused(table, "UPDATE OR DELETE") for table in FROZEN),
        *(refused(table, "DELETE") for table in KEPT),
        migrations.RunSQL(CLAIM, NO_CLAIM),
        migrations.RunSQL(FOUR_EYES, NO_FOUR_EYES),
    ]
