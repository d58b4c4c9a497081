"""Saved views, private calendars, and one search document a claim that the database itself keeps up to date."""

from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Lower

_rules = import_module("annotations.migrations.0002_database_rules")

# `factcheck_plain` folds accents, so that no extension is needed for it. `factcheck_query` lets words match by their
# beginning: every lexeme of a web-style query that stands alone gets `:*`; phrases and what is excluded stay exact.
FIND = r"""
CREATE FUNCTION factcheck_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(normalize(coalesce(words, ''), NFKD), '[\u0300-\u036f]', '', 'g')
$$;

CREATE FUNCTION factcheck_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(websearch_to_tsquery('simple', factcheck_plain(words))::text,
                          '(^|[(&|] ?)(''(?:[^'']|'''')*'')(?! <)', '\1\2:*', 'g')::tsquery
$$;

CREATE FUNCTION factcheck_find_again(keys bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO annotations_searchdocument (claim_id, workspace_id, rating, qualifiers, words, all_words)
    SELECT found.id, found.workspace_id, found.rating, found.qualifiers, found.words,
           found.words || setweight(to_tsvector('simple', factcheck_plain(left(found.reasons, 20000))), 'C')
      FROM (
        SELECT c.id, c.workspace_id, coalesce(v.rating, '') AS rating, coalesce(v.qualifiers, '{}') AS qualifiers,
               v.reasons,
               setweight(to_tsvector('simple', factcheck_plain(c.statement)), 'A')
               || setweight(to_tsvector('simple', factcheck_plain(left(c.exact, 20000))), 'A')
               || setweight(to_tsvector('simple', factcheck_plain(concat_ws(' ', c.claimant,
                      coalesce(nullif(a.title, ''), a.opening), a.outlet))), 'B')
               || setweight(to_tsvector('simple', factcheck_plain(left(e.cited, 30000))), 'D') AS words
          FROM annotations_claim c
          JOIN annotations_article a ON a.id = c.article_id
          LEFT JOIN LATERAL (SELECT rating, qualifiers, reasons FROM annotations_verdict
                              WHERE claim_id = c.id ORDER BY number DESC LIMIT 1) v ON true
          LEFT JOIN LATERAL (SELECT string_agg(concat_ws(' ', e.quote, s.title, s.publisher), ' ') AS cited
                               FROM annotations_evidence e JOIN annotations_source s ON s.id = e.source_id
                              WHERE e.claim_id = c.id AND e.removed_at IS NULL) e ON true
         WHERE c.id = ANY(keys) ORDER BY c.id
      ) AS found
    ON CONFLICT (claim_id) DO UPDATE SET rating = excluded.rating, qualifiers = excluded.qualifiers,
        words = excluded.words, all_words = excluded.all_words
$$;

CREATE FUNCTION factcheck_found_by() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_ARGV[0] = 'claim' THEN
        PERFORM factcheck_find_again(ARRAY[NEW.id]);
    ELSIF TG_ARGV[0] = 'part' THEN
        PERFORM factcheck_find_again(ARRAY[NEW.claim_id]);
    ELSIF TG_ARGV[0] = 'source' THEN
        PERFORM factcheck_find_again(ARRAY(SELECT claim_id FROM annotations_evidence
                                            WHERE source_id = NEW.id AND removed_at IS NULL));
    ELSE
        PERFORM factcheck_find_again(ARRAY(SELECT id FROM annotations_claim WHERE article_id = NEW.id));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_found AFTER INSERT OR UPDATE OF statement, exact, claimant ON annotations_claim
    FOR EACH ROW EXECUTE FUNCTION factcheck_found_by('claim');
CREATE TRIGGER verdict_found AFTER INSERT ON annotations_verdict
    FOR EACH ROW EXECUTE FUNCTION factcheck_found_by('part');
CREATE TRIGGER evidence_found AFTER INSERT OR UPDATE ON annotations_evidence
    FOR EACH ROW EXECUTE FUNCTION factcheck_found_by('part');
CREATE TRIGGER source_found AFTER UPDATE OF title, publisher ON annotations_source
    FOR EACH ROW EXECUTE FUNCTION factcheck_found_by('source');
CREATE TRIGGER article_found AFTER UPDATE OF title, opening, outlet ON annotations_article
    FOR EACH ROW EXECUTE FUNCTION factcheck_found_by('article');

SELECT factcheck_find_again(ARRAY(SELECT id FROM annotations_claim));
"""

NO_FIND = """
DROP TRIGGER claim_found ON annotations_claim; DROP TRIGGER verdict_found ON annotations_verdict;
DROP TRIGGER evidence_found ON annotations_evidence; DROP TRIGGER source_found ON annotations_source;
DROP TRIGGER article_found ON annotations_article;
DROP FUNCTION factcheck_found_by(); DROP FUNCTION factcheck_find_again(bigint[]);
DROP FUNCTION factcheck_query(text); DROP FUNCTION factcheck_plain(text);
"""


def key():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def kept_by(to):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0015_assignment")]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", key()),
                (
                    "page",
                    models.CharField(
                        max_length=6,
                        choices=[("QUEUE", "Queue"), ("CLAIMS", "Claims"), ("SEARCH", "Search")],
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=1500)),
                ("is_shared", models.BooleanField(default=False)),
                ("is_default", models.BooleanField(default=False)),
                ("removed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("owner", kept_by(settings.AUTH_USER_MODEL)),
                ("workspace", kept_by("annotations.workspace")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(name="saved_view_has_name", condition=~models.Q(name="")),
                    models.UniqueConstraint(
                        "workspace",
                        "owner",
                        "page",
                        Lower("name"),
                        name="saved_view_name_once",
                        condition=models.Q(removed_at=None),
                    ),
                    models.UniqueConstraint(
                        name="saved_view_one_default",
                        fields=["workspace", "owner", "page"],
                        condition=models.Q(is_default=True, removed_at=None),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", key()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("person", kept_by(settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        name="calendar_feed_one_open",
                        fields=["person"],
                        condition=models.Q(revoked_at=None),
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="annotations.claim",
                    ),
                ),
                ("rating", models.CharField(blank=True, max_length=20)),
                (
                    "qualifiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), blank=True, default=list, size=None
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("all_words", django.contrib.postgres.search.SearchVectorField()),
                ("workspace", kept_by("annotations.workspace")),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(name="search_words", fields=["words"]),
                    django.contrib.postgres.indexes.GinIndex(name="search_all_words", fields=["all_words"]),
                    models.Index(name="search_rating", fields=["workspace", "rating"]),
                ]
            },
        ),
        _rules.audited("savedview", "workspace_id"),
        _rules.audited("calendarfeed", ""),
        _rules.refused("savedview", "DELETE"),
        _rules.refused("calendarfeed", "DELETE"),
        _rules.refused("searchdocument", "DELETE"),
        migrations.RunSQL(FIND, NO_FIND),
    ]
