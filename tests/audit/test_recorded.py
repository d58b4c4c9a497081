"""Every change leaves who, through which verb, what it was and what it is; whatever way it was made."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from annotations.articles.models import Article
from annotations.audit.models import AuditEntry
from annotations.audit.services import recorded, verify_audit
from annotations.claims.models import Claim
from annotations.claims.services.triage import accept_claim, dismiss_claim
from annotations.claims.services.wording import edit_claim
from annotations.people.models import User
from annotations.refusals import Incomplete
from tests import factories


def newest(table, row=None):
    """The newest entry of a table, once the deferred triggers have run."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    entries = AuditEntry.objects.filter(table_name=f"annotations_{table}")
    return (entries.filter(row_id=str(row)) if row else entries).latest("id")


def test_an_edit_holds_only_what_changed_before_and_after(article, reviewer):
    claim = factories.accepted(article, reviewer, "12,000")
    old = claim.statement

    edit_claim(claim=claim, version=claim.version, statement="More than 12,000 are there.", by=reviewer)

    entry = newest("claim", claim.pk)
    assert (entry.actor_id, entry.actor_name, entry.verb, entry.action) == (
        reviewer.pk,
        "Reviewer",
        "edit_claim",
        "UPDATE",
    )
    assert entry.before == {"statement": old, "version": claim.version - 1}
    assert entry.after == {"statement": "More than 12,000 are there.", "version": claim.version}


def test_a_move_holds_both_states(article, reviewer):
    claim = factories.candidate(article, "12,000")

    dismiss_claim(claim=claim, version=claim.version, reason="OPINION", by=reviewer)

    entry = newest("claim", claim.pk)
    assert (entry.before["status"], entry.after["status"]) == ("CANDIDATE", "DISMISSED")
    assert entry.after["dismissal"] == "OPINION"


def test_extraction_signs_as_itself(article):
    claim = factories.candidate(article)

    entry = newest("claim", claim.pk)
    assert (entry.actor_id, entry.actor_name, entry.verb, entry.before) == (
        None,
        "Extraction",
        "propose_claims",
        None,
    )


def test_a_bulk_write_past_every_service_is_in_it(article, reviewer):
    factories.extract(article)
    before = AuditEntry.objects.count()

    changed = Claim.objects.filter(article=article).update(cue="by the back door")

    entry = newest("claim")
    assert AuditEntry.objects.count() == before + changed
    assert (entry.verb, entry.actor_id, entry.after) == ("sql", None, {"cue": "by the back door"})


def test_a_write_that_changes_nothing_leaves_nothing(article):
    newest("article")
    before = AuditEntry.objects.count()

    Article.objects.filter(pk=article.pk).update(note=article.note)

    newest("article")
    assert AuditEntry.objects.count() == before


def test_what_is_refused_leaves_nothing(article, reviewer):
    claim = factories.candidate(article, "12,000")
    before = AuditEntry.objects.count()

    with pytest.raises(Incomplete):
        dismiss_claim(claim=claim, version=claim.version, reason="NONSENSE", by=reviewer)

    assert AuditEntry.objects.count() == before


def test_a_verb_within_a_verb_keeps_the_outer_name(article, reviewer):
    claim = factories.candidate(article, "12,000")

    with recorded(by=None, verb="clean_up", name="The house"):
        accept_claim(claim=claim, version=claim.version, by=reviewer)

    entry = newest("claim", claim.pk)
    assert (entry.verb, entry.actor_name) == ("clean_up", "The house")


def test_the_name_of_the_verb_does_not_stick_to_what_comes_after(article, reviewer):
    claim = factories.accepted(article, reviewer, "12,000")

    Claim.objects.filter(pk=claim.pk).update(cue="later")

    assert newest("claim", claim.pk).verb == "sql"


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_there(article, reviewer):
    claim = factories.accepted(article, reviewer, "12,000")
    before = AuditEntry.objects.count()

    with transaction.atomic():
        edit_claim(claim=claim, version=claim.version, statement="Never said.", by=reviewer)
        transaction.set_rollback(True)

    assert AuditEntry.objects.count() == before
    assert [chain.problem for chain in verify_audit() if chain.problem] == []


def test_passwords_and_texts_are_not_in_it(article, reviewer):
    User.objects.filter(pk=reviewer.pk).update(password="new secret", name="New name")

    assert newest("user", reviewer.pk).after == {"name": "New name"}
    assert not AuditEntry.objects.filter(after__has_key="password").exists()
    assert not AuditEntry.objects.filter(
        table_name="annotations_articleversion", after__has_key="text"
    ).exists()


def test_each_desk_has_a_chain_of_its_own(article, other_workspace, outsider):
    factories.article(other_workspace, outsider)

    chains = {chain.workspace_id: chain for chain in verify_audit()}

    assert {0, article.workspace_id, other_workspace.pk} <= set(chains)
    assert [chain.problem for chain in chains.values() if chain.problem] == []
