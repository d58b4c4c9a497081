"""Who is here, and the database telling web processes what changed: numbers only, sent when the transaction commits.

Once a transaction and desk for the history (when its head is closed), and for each step of reading an article.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TELL = """
CREATE FUNCTION factcheck_tell_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('factcheck', 'history ' || NEW.workspace_id);
    RETURN NULL;
END $$;
CREATE TRIGGER audithead_tells AFTER UPDATE OF seq ON annotations_audithead
    FOR EACH ROW WHEN (NEW.seq > OLD.seq) EXECUTE FUNCTION factcheck_tell_history();

CREATE FUNCTION factcheck_tell_progress() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('factcheck', 'job ' || NEW.workspace_id || ' ' || NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER job_tells AFTER UPDATE OF state, done, total ON annotations_job
    FOR EACH ROW WHEN (NEW.kind = 'EXTRACT_CLAIMS' AND (NEW.state, NEW.done, NEW.total)
                       IS DISTINCT FROM (OLD.state, OLD.done, OLD.total))
    EXECUTE FUNCTION factcheck_tell_progress();
"""
TELL_NO_MORE = """
DROP TRIGGER job_tells ON annotations_job; DROP FUNCTION factcheck_tell_progress();
DROP TRIGGER audithead_tells ON annotations_audithead; DROP FUNCTION factcheck_tell_history();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0011_blind_review"),
    ]

    operations = [
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tab', models.CharField(max_length=40)),
                ('working_since', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.article')),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.claim')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['article', 'seen_at'], name='presence_in_article'), models.Index(fields=['seen_at'], name='presence_seen')],
                'constraints': [models.UniqueConstraint(fields=('person', 'tab'), name='presence_once_a_tab'), models.UniqueConstraint(condition=models.Q(('working_since__isnull', False)), fields=('claim',), name='presence_one_works'), models.CheckConstraint(condition=models.Q(('working_since__isnull', True), ('claim__isnull', False), _connector='OR'), name='presence_works_on_a_claim')],
            },
        ),
        migrations.RunSQL(TELL, TELL_NO_MORE),
    ]
